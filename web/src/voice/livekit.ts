/** The voice over a LiveKit room: the same messages, as data packets beside real tracks. */
import {
  LocalAudioTrack,
  type LocalTrackPublication,
  type Participant,
  RemoteAudioTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  Track,
} from 'livekit-client';
import type { ReactNode } from 'react';
import type { LiveKitSession } from '../api/api.ts';
import { voiceWords as words } from '../words/voice.ts';
import type { ConnectionEvents, Devices, TalkMode, VoiceConnection } from './connection.ts';
import { roomSound } from './livekit-sound.tsx';
import { type ClientMessage, parseServerMessage } from './messages.ts';
import { TrackListener } from './track-listener.ts';

const topic = 'butler';
const agentWithinMs = 3_000;
const dispatchesMax = 3;
/** A room that is not entered, or not found again, within this: there is another way to talk. */
const roomWithinMs = 5_000;
/** An interrupted answer stays silent until the agent has said that it stopped. */
const hushForMs = 1_000;

export interface LiveKitRequest {
  session: LiveKitSession;
  devices: Devices;
  events: ConnectionEvents;
  dispatch(room: string): Promise<void>;
}

export async function connectLiveKit(request: LiveKitRequest): Promise<VoiceConnection> {
  const connection = new LiveKitConnection(request);
  await connection.open();
  return connection;
}

class LiveKitConnection implements VoiceConnection {
  readonly transport = 'livekit';
  readonly element: ReactNode;
  readonly #request: LiveKitRequest;
  readonly #room = new Room({ disconnectOnPageLeave: true });
  readonly #listener: TrackListener;
  #publication: LocalTrackPublication | undefined;
  #voice: RemoteTrack | undefined;
  #over = false;
  #ready = false;
  #state = '';
  #talking = false;
  #hush: ReturnType<typeof setTimeout> | undefined;
  #agentTimer: ReturnType<typeof setTimeout> | undefined;
  #healTimer: ReturnType<typeof setTimeout> | undefined;
  #dispatches = 0;

  constructor(request: LiveKitRequest) {
    this.#request = request;
    const answered = (ms: number) => this.#send({ type: 'played', ms: Math.round(ms) });
    this.#listener = new TrackListener(request.devices.sound, answered);
    this.element = roomSound(this.#room);
    this.#follow();
  }

  get level(): number {
    return this.#listener.level;
  }

  get sounding(): boolean {
    return this.#state === 'speaking' && this.#hush === undefined;
  }

  async open(): Promise<void> {
    const { url, token } = this.#request.session;
    await this.#room.connect(url, token, {
      peerConnectionTimeout: roomWithinMs,
      websocketTimeout: roomWithinMs,
      maxRetries: 0,
    });
    this.soundChanged();
    this.#request.events.soundBlocked(!this.#room.canPlaybackAudio);
    this.#awaitAgent();
    for (const participant of this.#room.remoteParticipants.values()) this.#greet(participant);
  }

  async startTalking(mode: TalkMode): Promise<void> {
    this.#talking = true;
    if (mode === 'hold') {
      if (this.sounding) this.#beQuiet();
      this.#send({ type: 'talk', down: true });
    }
    // The frames themselves travel in the track; here they only feed the level meter.
    this.#request.devices.microphone.open(() => undefined);
    await this.#publish();
    if (!this.#talking) return;
    await this.#publication?.unmute();
    this.#obeyMute();
  }

  async stopTalking(): Promise<void> {
    if (!this.#talking) return;
    this.#talking = false;
    await this.#request.devices.microphone.shut();
    this.#send({ type: 'talk', down: false });
    await this.#publication?.mute();
  }

  sendText(text: string): void {
    this.#send({ type: 'text', text });
  }

  tell(message: ClientMessage): void {
    this.#send(message);
  }

  stop(): void {
    this.#beQuiet();
    this.#send({ type: 'stop' });
  }

  async turnOnSound(): Promise<void> {
    await this.#request.devices.sound.turnOn();
    await this.#room.startAudio();
  }

  soundChanged(): void {
    this.#setVolume();
    const { speaker } = this.#request.devices.sound;
    // Where a page may not choose, or the loudspeaker has gone, the system's own sounds.
    void this.#room.switchActiveDevice('audiooutput', speaker || 'default').catch(() => undefined);
  }

  close(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#agentTimer);
    clearTimeout(this.#healTimer);
    clearTimeout(this.#hush);
    this.#listener.close();
    const { microphone } = this.#request.devices;
    if (this.#talking) void microphone.shut();
    // The microphone belongs to the page: the next connection uses the same track.
    void this.#room.disconnect(false).then(() => this.#obeyMute());
  }

  /** LiveKit switches the track on and off by itself: the person's word counts. */
  #obeyMute(): void {
    const { track, muted = false } = this.#request.devices.microphone;
    if (track) track.enabled = !muted;
  }

  #follow(): void {
    const { events } = this.#request;
    this.#room
      .on(RoomEvent.DataReceived, (...[payload, sender, , from]) => {
        if (from === topic && sender?.isAgent) this.#receive(new TextDecoder().decode(payload));
      })
      .on(RoomEvent.ParticipantConnected, (participant) => this.#greet(participant))
      .on(RoomEvent.ParticipantAttributesChanged, (_changed, participant) =>
        this.#greet(participant),
      )
      .on(RoomEvent.ParticipantDisconnected, (participant) => this.#miss(participant))
      .on(RoomEvent.TrackSubscribed, (track) => this.#hear(track))
      .on(RoomEvent.AudioPlaybackStatusChanged, () =>
        events.soundBlocked(!this.#room.canPlaybackAudio),
      )
      .on(RoomEvent.SignalReconnecting, () => this.#heal())
      .on(RoomEvent.Reconnecting, () => this.#heal())
      .on(RoomEvent.Reconnected, () => this.#healed())
      .on(RoomEvent.Disconnected, () => this.#lose());
  }

  /** LiveKit goes on trying for a minute; a person who waits to speak does not. */
  #heal(): void {
    this.#healTimer ??= setTimeout(() => this.#lose(), roomWithinMs);
    this.#request.events.interrupted();
  }

  #healed(): void {
    clearTimeout(this.#healTimer);
    this.#healTimer = undefined;
    if (this.#ready) this.#request.events.ready();
  }

  #receive(json: string): void {
    const message = parseServerMessage(json);
    if (!message || this.#over) return;
    if (message.type === 'ready') this.#beReady();
    if (message.type === 'clear') this.#speakUp();
    if (message.type === 'state') {
      if (message.state === 'thinking') this.#speakUp();
      this.#state = message.state;
    }
    this.#request.events.message(message);
  }

  /** The agent's state is an attribute too: its `ready` may have been sent before we came. */
  #greet(participant: Participant): void {
    if (!participant.isAgent) return;
    clearTimeout(this.#agentTimer);
    const state = participant.attributes['lk.agent.state'];
    if (state && state !== 'initializing') this.#beReady();
  }

  #miss(participant: Participant): void {
    if (!participant.isAgent || this.#over) return;
    this.#ready = false;
    this.#request.events.interrupted();
    this.#dispatches = 0;
    this.#awaitAgent();
  }

  #beReady(): void {
    clearTimeout(this.#agentTimer);
    if (this.#ready) return;
    this.#ready = true;
    this.#request.events.ready();
  }

  /** LiveKit gives up silently when no worker takes the job: ask again, then say so. */
  #awaitAgent(): void {
    clearTimeout(this.#agentTimer);
    this.#agentTimer = setTimeout(() => {
      if (this.#over) return;
      if (this.#dispatches >= dispatchesMax) return this.#lose(words.noAgent);
      this.#dispatches += 1;
      // Whether it worked shows in the agent's arrival; a refusal is followed by the next try.
      this.#request.dispatch(this.#request.session.room).catch(() => undefined);
      this.#awaitAgent();
    }, agentWithinMs);
  }

  #hear(track: RemoteTrack): void {
    if (track.kind !== Track.Kind.Audio) return;
    this.#voice = track;
    this.#setVolume();
    this.#listener.follow(track.mediaStreamTrack);
  }

  async #publish(): Promise<void> {
    const track = this.#request.devices.microphone.track;
    if (!track) return;
    const published = this.#publication?.track;
    if (published instanceof LocalAudioTrack) {
      if (published.mediaStreamTrack !== track) await published.replaceTrack(track, true);
      return;
    }
    this.#publication = await this.#room.localParticipant.publishTrack(track, {
      source: Track.Source.Microphone,
      // Discontinuous transmission would cut the silence that tells Butler a turn has ended.
      dtx: false,
    });
    if (!this.#talking) await this.#publication.mute();
  }

  #beQuiet(): void {
    clearTimeout(this.#hush);
    this.#hush = setTimeout(() => this.#speakUp(), hushForMs);
    this.#setVolume();
  }

  #speakUp(): void {
    clearTimeout(this.#hush);
    this.#hush = undefined;
    this.#setVolume();
  }

  #setVolume(): void {
    const hushed = this.#hush !== undefined;
    this.#listener.hushed = hushed;
    if (this.#voice instanceof RemoteAudioTrack) {
      this.#voice.setVolume(hushed ? 0 : this.#request.devices.sound.volume);
    }
  }

  #send(message: ClientMessage): void {
    const payload = new TextEncoder().encode(JSON.stringify(message));
    this.#room.localParticipant.publishData(payload, { reliable: true, topic }).catch(() => {
      this.#request.events.interrupted();
    });
  }

  #lose(reason?: string): void {
    if (this.#over) return;
    this.close();
    this.#request.events.lost(reason);
  }
}
