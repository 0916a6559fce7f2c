/** When a conversation in a room is over. */
import { describe, expect, it } from 'vitest';
import { Patience } from './patience.ts';

const stepMs = 100;

interface Scene {
  fromMs: number;
  toMs: number;
  level?: number | ((ms: number) => number);
  busy?: boolean;
}

/** When it was time to leave, looked at ten times a second; undefined: it was not. */
const leavesAt = (patience: Patience, { fromMs, toMs, level = 0.001, busy = false }: Scene) => {
  for (let nowMs = fromMs; nowMs < toMs; nowMs += stepMs) {
    const heard = typeof level === 'number' ? level : level(nowMs);
    if (patience.over({ nowMs, busy, level: heard })) return nowMs;
  }
  return undefined;
};

describe('patience', () => {
  it('leaves after eight seconds in which nobody said anything', () => {
    expect(leavesAt(new Patience(0), { fromMs: 0, toMs: 20_000 })).toBe(8_000);
  });

  it('stays while Butler is busy, however long', () => {
    expect(leavesAt(new Patience(0), { fromMs: 0, toMs: 60_000, busy: true })).toBeUndefined();
  });

  it('hears an answer out, and waits long only after one that asks', () => {
    const told = new Patience(0);
    leavesAt(told, { fromMs: 0, toMs: 5_000, busy: true });
    told.answered({ nowMs: 5_000, waits: false });
    expect(leavesAt(told, { fromMs: 5_000, toMs: 20_000 })).toBeLessThan(6_500);
    const asked = new Patience(0);
    leavesAt(asked, { fromMs: 0, toMs: 5_000, busy: true });
    asked.answered({ nowMs: 5_000, waits: true });
    expect(leavesAt(asked, { fromMs: 5_000, toMs: 20_000 })).toBeGreaterThanOrEqual(13_000);
  });

  it('does not leave somebody in the middle of a sentence', () => {
    const patience = new Patience(0);
    const words = (ms: number) => (ms > 7_000 && ms < 12_000 ? 0.08 : 0.001);
    const at = leavesAt(patience, { fromMs: 0, toMs: 30_000, level: words });
    expect(at).toBeGreaterThanOrEqual(19_900);
  });

  it('gives an objection right after an answer its time', () => {
    const patience = new Patience(0);
    patience.answered({ nowMs: 0, waits: false });
    const words = (ms: number) => (ms > 600 && ms < 2_000 ? 0.08 : 0.001);
    expect(leavesAt(patience, { fromMs: 0, toMs: 30_000, level: words })).toBeGreaterThan(9_000);
  });

  it('leaves a room with a loud fan, and one with a television', () => {
    const fan = leavesAt(new Patience(0), { fromMs: 0, toMs: 60_000, level: 0.03 });
    expect(fan).toBeLessThan(20_000);
    const dialogue = (ms: number) => ((ms / 1_000) % 3 < 2 ? 0.06 : 0.004);
    const television = leavesAt(new Patience(0), { fromMs: 0, toMs: 90_000, level: dialogue });
    expect(television).toBeLessThan(50_000);
  });

  it('shows how much of its time is left', () => {
    const patience = new Patience(0);
    expect(patience.left(4_000)).toBe(0.5);
    expect(patience.left(9_000)).toBe(0);
  });
});
