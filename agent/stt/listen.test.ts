/** Listening to recorded speech with the real VAD: turns, pauses, holding, noise, hanging up. */
import { inference, initializeLogger, stt } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { pauses, said, samplesOf } from '../../tests/speech/clips.ts';
import { isBackchannel, looksComplete } from '../fastpath.ts';
import { remoteEndpointing } from './endpointing.ts';
import { Listener, type ListenerOptions } from './listen.ts';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const rateHz = 16_000;
const frameSamples = 320;
const { FINAL_TRANSCRIPT, PREFLIGHT_TRANSCRIPT, START_OF_SPEECH, END_OF_SPEECH } =
  stt.SpeechEventType;

/** A listener with a microphone that runs about four times faster than real time. */
const newRig = (changes: Partial<ListenerOptions> = {}) => {
  const asked: { samples: number; signal: AbortSignal }[] = [];
  const told: string[] = [];
  const events: { type: stt.SpeechEventType; text: string | undefined }[] = [];
  let words = (_samples: number): string | Error => 'What time is it?';
  const listener = new Listener({
    transcribe: async (frames, signal) => {
      const samples = frames.reduce((sum, frame) => sum + frame.samplesPerChannel, 0);
      asked.push({ samples, signal });
      await new Promise((resolve) => setTimeout(resolve, 10));
      const answer = words(samples);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    vad: new inference.VAD({ minSilenceDuration: 100 }),
    limits: () => remoteEndpointing,
    events: {
      transcript: (text, final) => told.push(`${final ? 'final' : 'interim'} ${text}`),
      committed: ({ hold }) => told.push(hold ? 'committed hold' : 'committed'),
      wordless: (hold) => told.push(hold ? 'wordless hold' : 'wordless'),
      failed: () => told.push('failed'),
      overButler: () => undefined,
    },
    endingOf: (text) => (looksComplete(text) ? 'finished' : 'unfinished'),
    isBackchannel,
    isButlerSpeaking: () => false,
    releaseGraceMs: 0,
    ...changes,
  });
  let push: ReadableStreamDefaultController<AudioFrame> | undefined;
  const audio = new ReadableStream<AudioFrame>({
    start: (controller) => {
      push = controller;
    },
  });
  const done = (async () => {
    for await (const event of listener.hear(audio)) {
      events.push({ type: event.type, text: event.alternatives?.[0]?.text });
    }
  })();
  const feed = async (samples: Int16Array): Promise<void> => {
    for (let at = 0; at < samples.length; at += frameSamples) {
      const frame = new Int16Array(frameSamples);
      frame.set(samples.subarray(at, at + frameSamples));
      push?.enqueue(new AudioFrame(frame, rateHz, 1, frameSamples));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const silence = (ms: number) => feed(new Int16Array((rateHz * ms) / 1000).map((_, at) => at % 7));
  return {
    listener,
    asked,
    told,
    events,
    feed,
    silence,
    done,
    answer: (next: typeof words) => {
      words = next;
    },
    types: () => events.map(({ type }) => type),
  };
};

describe('an open microphone', () => {
  it('guesses early, thinks early, and commits once the person has finished', async () => {
    const rig = newRig();
    await rig.silence(300);
    await rig.feed(said('What time is it?').samples);
    await rig.silence(250);
    expect(rig.types()).toEqual([START_OF_SPEECH, PREFLIGHT_TRANSCRIPT]);
    await rig.silence(400);
    expect(rig.types()).toEqual([
      START_OF_SPEECH,
      PREFLIGHT_TRANSCRIPT,
      FINAL_TRANSCRIPT,
      END_OF_SPEECH,
    ]);
    expect(rig.told).toEqual(['interim What time is it?', 'final What time is it?', 'committed']);
    rig.listener.close();
    await rig.done;
  });

  it.each(pauses)('does not cut $id in a pause of 0.7 s', async ({ a, b, text }) => {
    const rig = newRig();
    rig.answer((samples) => (samples > a.samples.length + rateHz ? text : a.text));
    await rig.silence(300);
    await rig.feed(a.samples);
    await rig.silence(700);
    expect(rig.types()).not.toContain(FINAL_TRANSCRIPT);
    await rig.feed(b.samples);
    await rig.silence(1_600);
    expect(rig.told.filter((line) => line.startsWith('final'))).toEqual([`final ${text}`]);
    rig.listener.close();
  });

  it('hears two sentences one after the other', async () => {
    const rig = newRig();
    for (let turn = 1; turn <= 2; turn++) {
      await rig.feed(said('What time is it?').samples);
      await rig.silence(700);
    }
    expect(rig.told.filter((line) => line === 'committed')).toHaveLength(2);
    rig.listener.close();
  });

  it.each(['silence.wav', 'white-noise.wav', 'hum.wav', 'clicks.wav'])(
    'takes no turn from %s',
    async (file) => {
      const rig = newRig();
      rig.answer(() => '');
      await rig.feed(samplesOf(file));
      await rig.silence(800);
      expect(rig.types()).not.toContain(FINAL_TRANSCRIPT);
      expect(rig.told.filter((line) => line !== 'wordless')).toEqual([]);
      rig.listener.close();
    },
  );

  it('ignores "mm-hm" while Butler speaks, but not "stop"', async () => {
    const rig = newRig({ isButlerSpeaking: () => true });
    rig.answer(() => 'Mm-hmm.');
    await rig.feed(said('What time is it?').samples);
    await rig.silence(1_600);
    expect(rig.types()).not.toContain(FINAL_TRANSCRIPT);
    rig.answer(() => 'Stop, wait a moment.');
    await rig.feed(said('Stop, wait a moment.').samples);
    await rig.silence(1_600);
    expect(rig.types()).toContain(FINAL_TRANSCRIPT);
    rig.listener.close();
  });

  it('ends the turn when the microphone is closed in the middle', async () => {
    const rig = newRig();
    await rig.feed(said('What time is it?').samples);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(rig.told).toContain('committed');
    rig.listener.close();
  });

  it('tells when transcription failed, and hears the next turn', async () => {
    const rig = newRig();
    rig.answer(() => new Error('no such key'));
    await rig.feed(said('What time is it?').samples);
    await rig.silence(500);
    expect(rig.told).toEqual(['failed']);
    rig.answer(() => 'What time is it?');
    await rig.feed(said('What time is it?').samples);
    await rig.silence(700);
    expect(rig.told.at(-1)).toBe('committed');
    rig.listener.close();
  });
});

describe('hold to talk', () => {
  it('commits at the release, without waiting for silence', async () => {
    const rig = newRig();
    rig.listener.press();
    await rig.feed(said('What time is it?').samples);
    rig.listener.release();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(rig.told).toEqual([
      'interim What time is it?',
      'final What time is it?',
      'committed hold',
    ]);
    rig.listener.close();
  });

  it('keeps a held turn whole over a long pause', async () => {
    const rig = newRig();
    rig.listener.press();
    await rig.feed(said('What time is it?').samples);
    await rig.silence(2_500);
    expect(rig.types()).not.toContain(FINAL_TRANSCRIPT);
    rig.listener.release();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(rig.types().at(-1)).toBe(END_OF_SPEECH);
    // The words were there from the pause: nothing was transcribed again.
    expect(rig.asked).toHaveLength(1);
    rig.listener.close();
  });

  it('says so when nothing was said', async () => {
    const rig = newRig();
    rig.answer(() => '');
    rig.listener.press();
    rig.listener.release();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(rig.told).toEqual(['wordless hold']);
    rig.listener.close();
  });

  it('lets go of everything when the person hangs up', async () => {
    const rig = newRig();
    rig.listener.press();
    await rig.feed(said('What time is it?').samples);
    rig.listener.release();
    await new Promise((resolve) => setTimeout(resolve, 3));
    rig.listener.close();
    await rig.done;
    expect(rig.asked[0]?.signal.aborted).toBe(true);
  });
});
