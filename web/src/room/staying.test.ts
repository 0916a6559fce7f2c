/** Nothing stays on the same pixels for long. */
import { describe, expect, it } from 'vitest';
import { shiftAt } from './staying.ts';

describe('the picture on a screen that is always on', () => {
  it('stands elsewhere every two minutes, and never far', () => {
    const minutes = Array.from({ length: 60 }, (_, minute) => shiftAt(minute * 60_000));
    for (let minute = 2; minute < minutes.length; minute += 1) {
      expect(minutes[minute]).not.toEqual(minutes[minute - 2]);
    }
    for (const { x, y } of minutes) expect(Math.max(Math.abs(x), Math.abs(y))).toBe(6);
  });
});
