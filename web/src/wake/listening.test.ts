/** The worker's talk with the page: order, faults, and frames that are none. */
import { describe, expect, it, vi } from 'vitest';
import type { WakeCommand, WakeReport } from '../room/wake-port.ts';
import type { Heard } from './ear.ts';
import { Listening } from './listening.ts';

const heardOnce: Heard = {
  word: 'hey_butler',
  score: 0.98,
  loudness: 0.1,
  atMs: 2_000,
  preroll: new Int16Array(4),
};
const frame = (samples = 320): ArrayBuffer => new Int16Array(samples).buffer;
const start: Extract<WakeCommand, { type: 'start' }> = {
  type: 'start',
  words: ['hey_butler'],
  sensitivity: 0.5,
};

interface Told {
  hear?: (samples: Int16Array) => Promise<Heard | undefined>;
  fails?: boolean;
}

const listeningTo = ({ hear = async () => undefined, fails = false }: Told = {}) => {
  const reports: WakeReport[] = [];
  const moved: Transferable[] = [];
  const frames: number[] = [];
  const reset = vi.fn();
  const listening = new Listening({
    async ear() {
      if (fails) throw new Error('no such file');
      return {
        hear: (samples) => {
          frames.push(samples.length);
          return hear(samples);
        },
        reset,
      };
    },
    report(report, transfer = []) {
      reports.push(report);
      moved.push(...transfer);
    },
  });
  return { listening, reports, moved, frames, reset };
};

describe('the wake worker', () => {
  it('says when it is ready, and passes frames on only then', async () => {
    const { listening, reports, frames, reset } = listeningTo();
    await listening.take({ type: 'frame', frame: frame() });
    await listening.take(start);
    await listening.take({ type: 'frame', frame: frame() });
    await listening.take({ type: 'reset' });
    expect(reports).toEqual([{ type: 'ready' }]);
    expect(frames).toEqual([320]);
    expect(reset).toHaveBeenCalledTimes(2);
  });

  it('hands the sound before the word over without a copy', async () => {
    const { listening, reports, moved } = listeningTo({ hear: async () => heardOnce });
    await listening.take(start);
    await listening.take({ type: 'frame', frame: frame() });
    const preroll = heardOnce.preroll.buffer;
    expect(reports[1]).toEqual({ type: 'heard', ...heardOnce, preroll });
    expect(moved).toEqual([preroll]);
  });

  it('hears nothing more after a stop', async () => {
    const { listening, frames } = listeningTo();
    await listening.take(start);
    await listening.take({ type: 'stop' });
    await listening.take({ type: 'frame', frame: frame() });
    expect(frames).toEqual([]);
  });

  it.each([
    ['half a sample', new ArrayBuffer(641)],
    ['far too long', new ArrayBuffer(10_000_000)],
    ['no buffer', 'sound' as unknown as ArrayBuffer],
    ['nothing', undefined as unknown as ArrayBuffer],
  ])('refuses a frame that is %s, and goes on', async (_what, broken) => {
    const { listening, reports, frames } = listeningTo();
    await listening.take(start);
    await listening.take({ type: 'frame', frame: broken });
    await listening.take({ type: 'frame', frame: frame() });
    expect(reports).toEqual([{ type: 'ready' }, { type: 'fault', code: 'broken-frame' }]);
    expect(frames).toEqual([320]);
  });

  it('refuses words that were never trained', async () => {
    for (const words of [[], ['hey_nobody'], ['hey_butler', 'hey_nobody']]) {
      const { listening, reports } = listeningTo();
      await listening.take({ ...start, words });
      expect(reports).toEqual([{ type: 'fault', code: 'unknown-word' }]);
    }
  });

  it('says that the models could not be loaded', async () => {
    const { listening, reports } = listeningTo({ fails: true });
    await listening.take(start);
    expect(reports).toEqual([{ type: 'fault', code: 'models' }]);
  });

  it('stops with a fault when a network fails, and starts again when told to', async () => {
    let breaks = true;
    const hear = async () => {
      if (breaks) throw new Error('out of memory');
      return undefined;
    };
    const { listening, reports, frames } = listeningTo({ hear });
    await listening.take(start);
    await listening.take({ type: 'frame', frame: frame() });
    await listening.take({ type: 'frame', frame: frame() });
    expect(frames).toEqual([320]);
    breaks = false;
    await listening.take(start);
    await listening.take({ type: 'frame', frame: frame() });
    expect(reports.map(({ type }) => type)).toEqual(['ready', 'fault', 'ready']);
  });

  it('keeps commands in their order and lets frames go that would wait for seconds', async () => {
    let free = () => {};
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    const { listening, frames } = listeningTo({
      hear: async () => {
        await held;
        return undefined;
      },
    });
    await listening.take(start);
    const all = Array.from({ length: 300 }, () =>
      listening.take({ type: 'frame', frame: frame() }),
    );
    await Promise.resolve();
    free();
    await Promise.all(all);
    expect(frames.length).toBeGreaterThanOrEqual(100);
    expect(frames.length).toBeLessThanOrEqual(102);
  });
});
