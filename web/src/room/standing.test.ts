/** A device in a room, with a house in which every step is made by hand. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem, type Session } from '../api/api.ts';
import type { ConnectionEvents, VoiceConnection } from '../voice/connection.ts';
import type { FrameListener } from '../voice/microphone.ts';
import type { Claim } from './asking.ts';
import type { Ear, EarOptions } from './ear.ts';
import { Standing } from './standing.ts';

const frame = (value: number): ArrayBuffer => new Int16Array(320).fill(value).buffer;
const preroll = new ArrayBuffer(0);
const session: Session = { transport: 'websocket', url: 'ws://house/voice', ticket: 't' };
const wishes = { word: 'hey_butler', sensitivity: 0.5, chime: true, followUp: true };

class FakeMicrophone {
  readonly taps = new Set<FrameListener>();
  track = undefined;
  level = 0;
  held = false;
  sending: FrameListener | undefined;
  refusal: Error | undefined;
  async acquire(): Promise<void> {
    if (this.refusal) throw this.refusal;
    this.held = true;
  }
  release(): void {
    this.held = false;
    this.sending = undefined;
  }
  tap(listener: FrameListener): () => void {
    this.taps.add(listener);
    return () => this.taps.delete(listener);
  }
  open(listener: FrameListener): void {
    this.sending = listener;
  }
  async shut(): Promise<void> {
    this.sending = undefined;
  }
  say(value: number, frames = 1): void {
    for (let count = 0; count < frames; count += 1) {
      for (const tap of this.taps) tap(frame(value));
      this.sending?.(frame(value));
    }
  }
}

/** A device, and the house behind it, in which every step is made by hand. */
const scene = (changed: Partial<typeof wishes> = {}) => {
  const microphone = new FakeMicrophone();
  const sent: number[] = [];
  const claims: (Claim | undefined)[] = [];
  const chimes: string[] = [];
  const heard = { ear: 0 };
  let ear: EarOptions | undefined;
  let events: ConnectionEvents | undefined;
  let answer: () => Promise<Session> = async () => session;
  const connection = {
    transport: 'websocket' as const,
    level: 0,
    sounding: false,
    closed: 0,
    stopped: 0,
    startTalking: async () => input?.open((one) => sent.push(new Int16Array(one)[0] ?? 0)),
    stopTalking: async () => input?.shut(),
    stop: () => (connection.stopped += 1),
    tell: vi.fn(),
    close: () => {
      connection.closed += 1;
      void input?.shut();
    },
  };
  let input: { open(listener: FrameListener): void; shut(): Promise<void> } | undefined;
  const standing = new Standing(
    {
      microphone,
      sound: { turnOn: async () => true },
      newEar: (options): Ear => {
        ear = options;
        return {
          hear: () => (heard.ear += 1),
          reset: () => undefined,
          listenFor: () => undefined,
          close: () => undefined,
        };
      },
      openSession: (claim) => {
        claims.push(claim);
        return answer();
      },
      connect: async (_session, parts) => {
        events = parts.events;
        input = parts.microphone;
        return connection as unknown as VoiceConnection;
      },
      chime: (kind) => chimes.push(kind),
      troubleOf: () => 'refused',
      signedOut: () => undefined,
      unreached: 'No house.',
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      now: () => performance.now(),
    },
    { ...wishes, ...changed },
  );
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
  const state = () => standing.view.get().state;
  const call = async () => {
    ear?.onHeard({
      word: 'hey_butler',
      score: 0.9,
      loudness: 0.1,
      atMs: performance.now(),
      preroll,
    });
    await settle();
  };
  const say = (spoken: 'listening' | 'thinking' | 'speaking', expects?: boolean) =>
    events?.message({ type: 'state', state: spoken, ...(expects && { expects }) });
  return {
    ...{ standing, microphone, connection, sent, claims, chimes, heard, settle, state, call, say },
    events: () => events,
    houseAnswers: (next: () => Promise<Session>) => (answer = next),
    waiting: async () => {
      void standing.start();
      await settle();
      ear?.onReady?.();
    },
    talking: async () => {
      await call();
      events?.ready();
      await settle();
    },
    answers: async (expects: boolean) => {
      say('thinking');
      say('speaking');
      await settle(1_000);
      say('listening', expects);
      await settle(300);
    },
  };
};

const problem = (status: number, code = '', detail = '') =>
  new Problem({ status, code, title: '', detail });

describe('a device that stands in a room', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('asks the house only after the word, and says what was said since', async () => {
    const room = scene();
    await room.waiting();
    room.microphone.say(3_000, 200);
    expect([room.state(), room.claims, room.sent]).toEqual(['waiting', [], []]);
    await room.call();
    expect(room.state()).toBe('asking');
    expect(room.claims[0]).toMatchObject({ word: 'hey_butler', score: 0.9, agoMs: 0 });
    room.microphone.say(2_000, 10);
    room.events()?.ready();
    await room.settle(200);
    expect(room.state()).toBe('talking');
    expect(room.chimes).toEqual(['heard']);
    room.microphone.say(1_000);
    expect(room.sent.slice(-12)).toEqual([3_000, ...Array(10).fill(2_000), 1_000]);
    expect(room.sent.length).toBeLessThanOrEqual(86);
  });

  it('stays quiet where another device answers, and waits again', async () => {
    const room = scene();
    await room.waiting();
    const lost = problem(409, 'another-device-answers', 'The kitchen answers.');
    room.houseAnswers(() => Promise.reject(lost));
    await room.call();
    expect(room.state()).toBe('elsewhere');
    expect(room.standing.view.get().elsewhere).toBe('The kitchen answers.');
    expect([room.chimes, room.connection.closed]).toEqual([[], 0]);
    await room.settle(2_100);
    expect(room.state()).toBe('waiting');
  });

  it('tries a house that is away again, then says so and goes on waiting', async () => {
    const room = scene();
    await room.waiting();
    room.houseAnswers(() => Promise.reject(problem(0)));
    await room.call();
    await room.settle(3_000);
    expect(room.claims.length).toBeGreaterThan(3);
    expect(room.claims.at(-1)?.agoMs).toBeGreaterThan(1_000);
    await room.settle(5_000);
    expect(room.state()).toBe('waiting');
    expect(room.standing.view.get().faults.house).toBe('No house.');
    room.houseAnswers(async () => session);
    await room.talking();
    expect(room.standing.view.get().faults.house).toBeUndefined();
  });

  it('leaves after eight seconds of silence, sooner where an answer asks nothing', async () => {
    const room = scene();
    await room.waiting();
    await room.talking();
    await room.settle(7_000);
    expect(room.state()).toBe('talking');
    await room.settle(1_500);
    expect([room.state(), room.chimes]).toEqual(['waiting', ['heard', 'left']]);
    expect(room.microphone.sending).toBeUndefined();
    await room.talking();
    await room.answers(false);
    await room.settle(1_600);
    expect(room.state()).toBe('waiting');
  });

  it('goes on without the word after an answer that asks, where the person wants it', async () => {
    const [wants, wantsNone] = [scene(), scene({ followUp: false })];
    for (const room of [wants, wantsNone]) {
      await room.waiting();
      await room.talking();
      await room.answers(true);
      await room.settle(3_000);
    }
    expect([wants.state(), wantsNone.state()]).toEqual(['talking', 'waiting']);
    await wants.settle(6_000);
    expect(wants.state()).toBe('waiting');
  });

  it('hears no more while a question stays open, until the word or a button', async () => {
    const room = scene({ followUp: false });
    await room.waiting();
    await room.talking();
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const question = 'Shall I open it?';
    room.events()?.message({ type: 'ask', id: 'q', question, by: 'yes', expiresAt });
    await room.answers(true);
    await room.settle(2_000);
    expect(room.state()).toBe('paused');
    expect([room.microphone.sending, room.connection.closed]).toEqual([undefined, 0]);
    await room.call();
    expect(room.state()).toBe('talking');
    expect(room.claims).toHaveLength(1);
    room.events()?.message({ type: 'asked', id: 'q', answer: 'yes' });
    await room.answers(false);
    await room.settle(1_600);
    expect(room.state()).toBe('waiting');
  });

  it('is silenced by the word or a touch while Butler speaks', async () => {
    const room = scene();
    await room.waiting();
    await room.talking();
    room.say('speaking');
    await room.call();
    expect(room.connection.stopped).toBe(1);
    room.say('speaking');
    room.standing.touch();
    expect([room.connection.stopped, room.state()]).toEqual([2, 'talking']);
    room.standing.touch();
    expect(room.state()).toBe('waiting');
  });

  it('talks at a touch without what was said before, and competes with nobody', async () => {
    const room = scene();
    await room.waiting();
    room.microphone.say(3_000, 80);
    room.standing.touch();
    await room.settle();
    room.events()?.ready();
    await room.settle(100);
    expect([room.state(), room.claims, room.sent]).toEqual(['talking', [undefined], []]);
  });

  it('gives the microphone back when muted, and a timer rings all the same', async () => {
    const room = scene();
    await room.waiting();
    room.standing.mute(true);
    expect([room.state(), room.microphone.held, room.microphone.taps.size]).toEqual([
      ...['muted', false, 0],
    ]);
    room.standing.ring();
    await room.settle();
    room.events()?.ready();
    room.say('speaking');
    expect(room.state()).toBe('talking');
    room.say('listening');
    await room.settle(500);
    expect([room.state(), room.microphone.sending, room.chimes]).toEqual(['muted', undefined, []]);
    room.standing.mute(false);
    await room.settle();
    expect([room.state(), room.microphone.held]).toEqual(['waiting', true]);
  });

  it('says why there is no microphone, and goes on when there is one', async () => {
    const room = scene();
    room.microphone.refusal = new Error('no');
    await room.waiting();
    expect(room.standing.view.get().faults.microphone).toBe('refused');
    room.microphone.refusal = undefined;
    room.standing.touch();
    await room.settle();
    expect(room.standing.view.get().faults.microphone).toBeUndefined();
    expect([room.state(), room.claims]).toEqual(['waiting', []]);
  });

  it('tells that the house was lost in the middle, and waits again', async () => {
    const room = scene();
    await room.waiting();
    await room.talking();
    room.events()?.lost();
    expect(room.state()).toBe('waiting');
    expect(room.standing.view.get().faults.house).toBe('No house.');
    expect(room.chimes).toEqual(['heard']);
  });
});
