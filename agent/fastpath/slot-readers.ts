/** Readers of slots by their kind: from a position in the sentence, every value it can be. */
import type { SlotKind } from '../../tools/core/slots.ts';
import { type Reading, readNumber } from './numbers.ts';
import { fillers, type Tongue, toWords, type Word } from './sentence.ts';
import { readDuration, readTime } from './times.ts';

export type ReadSlot = (
  words: readonly Word[],
  plain: readonly string[],
  at: number,
) => readonly Reading<unknown>[];

const freeWordsMax = 6;
/** A sentence that opens with a free slot says little else: only a short one is safe there. */
const firstFreeWordsMax = 2;

/** What is not to be done is for the mind to understand. */
const negations = new Set(
  'not no never without except but nicht kein keine keinen nie ohne außer aber'.split(' '),
);

/** A free slot made of these alone names nothing. */
const empty: Record<Tongue, ReadonlySet<string>> = {
  en: new Set('a an the my your our this that it me one of for to in on and some'.split(' ')),
  de: new Set(
    'der die das den dem des ein eine einen mein meine meinen es mir für von im in und'.split(' '),
  ),
};

const readText =
  (tongue: Tongue): ReadSlot =>
  (words, plain, at) => {
    const filler = fillers[tongue];
    if (filler.has(plain[at] ?? '')) return [];
    const found: Reading<string>[] = [];
    const longest = at === 0 ? firstFreeWordsMax : freeWordsMax;
    for (let end = at + 1; end <= Math.min(words.length, at + longest); end++) {
      if (negations.has(plain[end - 1] ?? '')) break;
      if (filler.has(plain[end - 1] ?? '')) continue;
      if (plain.slice(at, end).every((word) => empty[tongue].has(word))) continue;
      const raw = words.slice(at, end).map((word) => word.raw);
      found.push({ end, value: raw.filter((word) => word !== '').join(' ') });
    }
    return found.filter(({ value }) => value !== '');
  };

const readChoice = (options: readonly string[], tongue: Tongue): ReadSlot => {
  const phrases = options.map((value) => ({
    value,
    words: (toWords(value.replace(/[_-]/g, ' '), tongue) ?? []).map(({ word }) => word),
  }));
  return (_, plain, at) =>
    phrases
      .filter(({ words }) => words.every((word, offset) => plain[at + offset] === word))
      .map(({ value, words }) => ({ end: at + words.length, value }));
};

/** @returns the reader of one slot. */
export const slotReader = (kind: SlotKind, tongue: Tongue): ReadSlot => {
  switch (kind.kind) {
    case 'text':
      return readText(tongue);
    case 'choice':
      return readChoice(kind.options, tongue);
    case 'duration':
      return (_, plain, at) => readDuration(plain, at, tongue);
    case 'time':
      return (_, plain, at) => readTime(plain, at, tongue);
    case 'number':
      return (_, plain, at) => readNumber(plain, at, tongue);
    case 'integer':
      return (_, plain, at) =>
        readNumber(plain, at, tongue).filter(({ value }) => Number.isInteger(value));
  }
};
