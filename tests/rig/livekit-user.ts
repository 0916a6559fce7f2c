/** A person at the LiveKit door: a 48 kHz microphone, the agent's track in the ear, messages. */
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  dispose,
  LocalAudioTrack,
  Room,
  RoomEvent,
  type Track,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { Ear } from './ear.ts';
import { Messages } from './messages.ts';
import { Microphone } from './microphone.ts';
import { CLIP_SAMPLE_RATE_HZ, type User } from './user.ts';
import { resample } from './wav.ts';

export interface LiveKitUser extends User {
  readonly room: Room;
  /** When the first sound track of somebody else was subscribed, `performance.now()`. */
  heardTrackAtMs(): number | undefined;
  /** Resolves when somebody else's sound track is there: the agent has joined. */
  waitForTrack(withinMs?: number): Promise<number>;
}

interface Joining {
  /** As `/api/v1/voice/session` answers it. */
  url: string;
  token: string;
}

const SAMPLE_RATE_HZ = 48_000;
const FRAME_MS = 10;
const TOPIC = 'butler';

/** Shorter gaps belong to one answer; the page has the same rule. */
const ANSWER_GAP_MS = 700;

/** Calls back at the first sound of each answer, with how long ago it began. */
function watchForAnswers(ear: Ear, answered: (agoMs: number) => void) {
  let lastMs = Number.NEGATIVE_INFINITY;
  return () => {
    const soundMs = ear.lastSound();
    if (soundMs === undefined || soundMs <= lastMs) return;
    if (soundMs - lastMs > ANSWER_GAP_MS) {
      const beganMs = ear.firstSoundAfter(lastMs);
      // A single loud frame is a click; the second one makes it a sound.
      if (beganMs === undefined) return;
      answered(Math.max(0, performance.now() - beganMs));
    }
    lastMs = soundMs;
  };
}

async function listen(track: Track, ear: Ear, answered: (agoMs: number) => void): Promise<void> {
  const watch = watchForAnswers(ear, answered);
  const options = { sampleRate: SAMPLE_RATE_HZ, numChannels: 1, frameSizeMs: FRAME_MS };
  const frames = new AudioStream(track, options).getReader();
  while (true) {
    const { done, value } = await frames.read();
    if (done) return;
    ear.hear(value.data, performance.now());
    watch();
  }
}

/**
 * The native queue evens out our timer: measured without it, 31 to 331 ms from mouth to ear; with
 * it, 67 to 123 ms on the same machine.
 */
async function publishMicrophone(
  room: Room,
): Promise<{ microphone: Microphone; source: AudioSource }> {
  const source = new AudioSource(SAMPLE_RATE_HZ, 1, 100);
  const track = LocalAudioTrack.createAudioTrack('microphone', source);
  const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
  await room.localParticipant?.publishTrack(track, options);
  const microphone = new Microphone({
    sampleRateHz: SAMPLE_RATE_HZ,
    frameMs: FRAME_MS,
    send: (frame) => source.captureFrame(new AudioFrame(frame, SAMPLE_RATE_HZ, 1, frame.length)),
  });
  microphone.open();
  return { microphone, source };
}

/** Joins the room, publishes a microphone, and listens to every other participant. */
export async function joinByLiveKit({ url, token }: Joining): Promise<LiveKitUser> {
  const room = new Room();
  const ear = new Ear({ sampleRateHz: SAMPLE_RATE_HZ });
  const messages = new Messages();
  const send = (message: Record<string, unknown>) => {
    const bytes = new TextEncoder().encode(JSON.stringify(message));
    room.localParticipant
      ?.publishData(bytes, { reliable: true, topic: TOPIC })
      .catch((error) => messages.end(`A message could not be sent: ${error}`));
  };
  let trackAtMs: number | undefined;
  room.on(RoomEvent.TrackSubscribed, (track) => {
    if (track.kind !== TrackKind.KIND_AUDIO) return;
    const atMs = performance.now();
    trackAtMs ??= atMs;
    messages.receive(JSON.stringify({ type: 'track-subscribed' }), atMs);
    listen(track, ear, (ms) => send({ type: 'played', ms })).catch((error) =>
      messages.end(`The track broke: ${error}`),
    );
  });
  room.on(RoomEvent.DataReceived, (payload, ...[, , topic]) => {
    if (topic === TOPIC) messages.receive(new TextDecoder().decode(payload));
  });
  room.on(RoomEvent.Disconnected, () => messages.end('The room is closed.'));
  await room.connect(url, token, { autoSubscribe: true, dynacast: false });
  const { microphone, source } = await publishMicrophone(room);
  return {
    room,
    ear,
    microphone,
    messages,
    say: (clip) => microphone.say(resample(clip, CLIP_SAMPLE_RATE_HZ, SAMPLE_RATE_HZ)),
    talk: (down) => send({ type: 'talk', down }),
    text: (text) => send({ type: 'text', text }),
    stop: () => send({ type: 'stop' }),
    waitFor: messages.waitFor.bind(messages),
    heardTrackAtMs: () => trackAtMs,
    waitForTrack: async (withinMs = 10_000) =>
      (await messages.waitFor('track-subscribed', undefined, { withinMs })).atMs,
    leave: async () => {
      microphone.close();
      await room.disconnect();
      await source.close();
    },
  };
}

/** Ends rtc-node's own threads; once, when the last user of this process has left. */
export const disposeLiveKit: () => Promise<void> = dispose;
