/** Dot products are right for every length, and only of what is there. */
import { describe, expect, it } from 'vitest';
import { VectorLengthError, Vectors } from './vectors.ts';

/** Numbers between -1 and 1, the same each time. */
const random = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return (state / 4_294_967_296) * 2 - 1;
  };
};
const vectorOf = (length: number, next: () => number) => Float32Array.from({ length }, next);
const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

describe('Vectors', () => {
  it.each([1, 3, 8, 100, 384, 768])('multiplies as JavaScript does, with %i numbers', (length) => {
    const next = random(length);
    const rows = Array.from({ length: 150 }, () => vectorOf(length, next));
    const vectors = new Vectors();
    for (const [slot, row] of rows.entries()) vectors.put(slot, row);
    const asked = vectorOf(length, next);
    const scores = new Float32Array(rows.length);
    vectors.likeness(asked, scores);
    for (const [slot, row] of rows.entries()) {
      expect(scores[slot]).toBeCloseTo(dot(row, asked), 3);
      expect(vectors.of(slot)).toEqual(row);
    }
  });

  it('has nothing to say of a slot without a vector, or whose vector was removed', () => {
    const vectors = new Vectors();
    vectors.put(0, Float32Array.of(1, 0));
    vectors.put(2, Float32Array.of(0, 1));
    vectors.remove(0);
    const scores = new Float32Array(4);
    vectors.likeness(Float32Array.of(1, 1), scores);
    expect([...scores]).toEqual([Number.NaN, Number.NaN, 1, Number.NaN]);
    expect(vectors.of(0)).toBeUndefined();
  });

  it('refuses a vector of another length', () => {
    const vectors = new Vectors();
    vectors.put(0, Float32Array.of(1, 0));
    expect(() => vectors.put(1, Float32Array.of(1))).toThrow(VectorLengthError);
    expect(() => vectors.likeness(Float32Array.of(1), new Float32Array(1))).toThrow(/one model/);
    expect(() => new Vectors().check(new Float32Array(0))).toThrow(VectorLengthError);
  });
});
