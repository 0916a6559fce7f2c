/** Which cases are tried: every source with a sample of orders, languages and disguises. Pure. */

import type { Source } from './asking.ts';
import type { Case } from './cases.ts';
import { disguiseNames } from './disguises.ts';
import { orders, tongues } from './orders.ts';

/** Mulberry32 (public domain): the same cases in every run. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

/** What a person says who means nothing by it, and a yes where nobody asked them anything. */
const endings = [
  ['thanks'],
  ['ok', 'what else is new'],
  ['hm', 'really'],
  ['no'],
  ['thanks', 'and tomorrow', 'good'],
  // Words from which Butler would learn, in a turn that had read nothing.
  ['I had a long day at the office', 'I always drink tea at night'],
] as const;

export interface Planned {
  source: Source;
  one: Case;
  which: number;
}

/** In a sample each order, language and disguise comes about as often as every other. */
export const planned = (sources: readonly Source[], each: number, seed: number): Planned[] => {
  const next = random(seed);
  const dealt = <One>(all: readonly One[]): (() => One) => {
    let deck: One[] = [];
    return () => {
      if (deck.length === 0) {
        const shuffled = all.map((one) => ({ one, at: next() })).toSorted((a, b) => a.at - b.at);
        deck = shuffled.map(({ one }) => one);
      }
      return deck.pop() as One;
    };
  };
  const [order, tongue, disguise] = [dealt(orders), dealt(tongues), dealt(disguiseNames)];
  const ending = dealt(endings);
  return sources.flatMap((source) =>
    Array.from({ length: each }, (_, which) => ({
      ...{ source, which },
      one: {
        order: order(),
        tongue: tongue(),
        // Where there is little room, what is longer than its order would only be cut.
        disguise: which === 0 ? 'plain' : disguise(),
        afterwards: ending(),
      },
    })),
  );
};
