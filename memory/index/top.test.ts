/** The best few are those that sorting everything would give, ties included. */
import { expect, test } from 'vitest';
import { topOf } from './top.ts';

test.each([0, 1, 7, 32, 256, 257, 2_000])('the best %i of a thousand', (limit) => {
  // Few different values, so that there are ties; zeros and NaN are no finds.
  const scores = Float32Array.from({ length: 1_000 }, (_, at) => ((at * 7_919) % 101) / 50 - 0.2);
  scores[5] = Number.NaN;
  const slots = Array.from(scores, (_, slot): [number, number] => [5_000 - slot, slot]);
  const sorted = slots
    .map(([id, slot]) => ({ id, score: scores[slot] as number }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, limit);
  expect(topOf(slots, scores, limit)).toEqual(sorted);
});
