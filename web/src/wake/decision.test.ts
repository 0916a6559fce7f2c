/** When what a head says becomes a word that was said. */
import { describe, expect, it } from 'vitest';
import { Decision, thresholdFor } from './decision.ts';

const rules = { threshold: 0.5, averaged: 3, coolDownBlocks: 10 };
const taken = (logits: number[], decision = new Decision(rules)): number[] =>
  logits.flatMap((logit, at) => (decision.takes(logit) === undefined ? [] : [at]));
const many = (count: number, logit: number): number[] => Array.from({ length: count }, () => logit);

describe('the decision', () => {
  it('averages three blocks: one likeness is not enough, two sure ones are', () => {
    expect(taken([-6, -6, 5, -6, -6])).toEqual([]);
    expect(taken([-6, 5, 5, -6])).toEqual([2]);
    expect(taken([-1, 5, -1, -6])).toEqual([2]);
  });

  it('takes a mean at the threshold and none just below', () => {
    expect(taken([0, 0, 0])).toEqual([2]);
    expect(taken([0, 0, -0.001])).toEqual([]);
  });

  it('says how sure it is', () => {
    const decision = new Decision(rules);
    expect([2, 2, 2].map((logit) => decision.takes(logit)).at(-1)).toBeCloseTo(0.881, 3);
  });

  it('hears one word once, and the next one after the cool-down', () => {
    expect(taken(many(12, 5))).toEqual([2]);
    expect(taken([...many(3, 5), ...many(10, -5), ...many(4, 5)])).toEqual([2, 14]);
  });

  it('averages nothing across a pause, and keeps the cool-down', () => {
    const decision = new Decision(rules);
    expect(taken([5, 5], decision)).toEqual([]);
    decision.pause();
    expect(taken([5, 5], decision)).toEqual([]);
    expect(taken([5], decision)).toEqual([0]);
    decision.pause();
    expect(taken(many(5, 5), decision)).toEqual([]);
  });

  it('forgets everything at a reset', () => {
    const decision = new Decision(rules);
    taken(many(3, 5), decision);
    decision.reset();
    expect(taken([5, 5], decision)).toEqual([]);
    expect(taken([5], decision)).toEqual([0]);
  });

  it('does not take what is no number', () => {
    expect(taken(many(5, Number.NaN))).toEqual([]);
  });
});

describe('the sensitivity', () => {
  it('is the measured threshold in the middle, lower above, higher below', () => {
    expect(thresholdFor(0.9, 0.5)).toBeCloseTo(0.9);
    const all = [0, 0.25, 0.5, 0.75, 1].map((one) => thresholdFor(0.9, one));
    expect([...all].sort((a, b) => b - a)).toEqual(all);
    expect(all[0]).toBeLessThan(1);
    expect(all[4]).toBeGreaterThan(0);
  });

  it('is bounded, and the middle one when it is no number', () => {
    expect(thresholdFor(0.9, 7)).toBe(thresholdFor(0.9, 1));
    expect(thresholdFor(0.9, -7)).toBe(thresholdFor(0.9, 0));
    expect(thresholdFor(0.9, Number.NaN)).toBeCloseTo(0.9);
  });
});
