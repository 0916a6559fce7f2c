/** Six days of the hygiene benchmark's household: nothing false gets in, enough is learned. */
import { expect, test } from 'vitest';
import { hygieneOf } from './bench/memory-hygiene.ts';
import { noEmbedder } from './bench/memory-hygiene-vectors.ts';

test.each([1, 7])(
  'a household by seed %i stays clean',
  async (seed) => {
    const found = await hygieneOf({ seed, turns: 240, days: 6 }, noEmbedder);
    expect(found).toMatchObject({ fromOutside: 0, crossPerson: 0, secrets: 0 });
    expect(found.duplicates).toBeLessThanOrEqual(0.01);
    expect(found.staleInPrompt).toBeLessThanOrEqual(0.01);
    // Whoever learns nothing keeps clean, too.
    expect(found.learned).toBeGreaterThan(0.8);
    expect(found.factsInPrompts).toBeGreaterThan(100);
    expect(found.counts['rejected.not-in-words']).toBeGreaterThan(5);
    expect(found.counts['turn.tainted']).toBeGreaterThan(5);
  },
  120_000,
);
