/** When a timer lets the house in. */
import { describe, expect, it } from 'vitest';
import { ringsIn } from './ringing.ts';

const nowMs = Date.parse('2026-11-22T08:00:00Z');
const due = (dueAt: string, isYours = true) => ({ isYours, dueAt });

describe('timers in a room', () => {
  it('let the house in when the first of one’s own is due', () => {
    const entries = [due('2026-11-22T08:05:00Z'), due('2026-11-22T08:00:10Z')];
    expect(ringsIn(entries, nowMs)).toBe(10_250);
  });

  it('are not rung for somebody else, nor when there are none', () => {
    expect(ringsIn([due('2026-11-22T08:00:10Z', false)], nowMs)).toBeUndefined();
    expect(ringsIn([], nowMs)).toBeUndefined();
  });

  it('do not besiege the house where one is overdue by this device’s clock', () => {
    expect(ringsIn([due('2026-11-22T07:59:00Z')], nowMs)).toBe(5_000);
  });
});
