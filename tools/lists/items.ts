/** What stands on a list: how several things are told apart, found again, added and taken. Pure. */
import { z } from 'zod';
import { nearestName, plainName } from '../core/sounds.ts';

export const itemSchema = z.object({
  /** Within its list. */
  id: z.int().positive(),
  text: z.string().min(1).max(120),
  /** Id of the person who put it there. */
  by: z.string().max(100),
  /** ISO 8601. */
  at: z.string().max(40),
});
export type Item = z.infer<typeof itemSchema>;

const listSchema = z.object({
  name: z.string(),
  next: z.int().positive(),
  items: z.array(itemSchema),
});
/** A list as it is stored. */
export type List = z.infer<typeof listSchema>;

/** A document that something else has written is no list. */
export const listOf = (value: unknown): List | undefined => listSchema.safeParse(value).data;

const itemMax = 120;
export const itemsMax = 300;
export const atOnceMax = 30;

/** Things that are one although they have an "and" in them. */
const inseparable = new RegExp(
  '\\b(?:mac(?:aroni)? and cheese|fish and chips|gin and tonic|half and half|salt and vinegar|' +
    '(?:peanut butter|pb) and jelly|cookies and cream|bits and bobs|odds and ends)\\b',
  'gi',
);
const joint = ' \u0001 ';

const bare = (item: string): string => {
  const tidy = item
    // It is said again one day: no markup, nothing that cannot be heard.
    .replace(/[*_#`<>|[\]{}\p{C}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:and|und|also|auch)\s+/i, '')
    .replace(/^(?:some|the|noch|etwas)\s+(?=\S)/i, '');
  // "An apple" is an apple, "a bottle of wine" is not any other amount.
  return tidy.replace(/^(?:an?|eine?[nm]?)\s+(\S+)$/i, '$1').slice(0, itemMax);
};

/** "Milk, eggs and bread" → milk, eggs, bread; each once. */
export const itemsIn = (words: string): string[] => {
  const kept = words.replace(inseparable, (found) => found.replace(/ and /i, joint));
  const parts = kept.split(/[,;\n]| (?:and|und|plus|sowie) | & /i);
  const found = new Map<string, string>();
  for (const part of parts) {
    const item = bare(part.replaceAll(joint, ' and '));
    const plain = plainName(item);
    if (plain !== '' && !found.has(plain)) found.set(plain, item);
  }
  return [...found.values()];
};

const isSame = (text: string) => (item: Item) => plainName(item.text) === plainName(text);

interface Adding {
  by: string;
  at: Date;
}

/** @returns the list with what is new on it, and what was there already. */
export const added = (list: List, texts: readonly string[], { by, at }: Adding) => {
  const there = texts.filter((text) => list.items.some(isSame(text)));
  const fresh = texts
    .filter((text) => !there.includes(text))
    .map((text, index) => ({ id: list.next + index, text, by, at: at.toISOString() }));
  const items = [...list.items, ...fresh];
  return { list: { ...list, items, next: list.next + fresh.length }, fresh, there };
};

export type Search =
  | { kind: 'one'; item: Item }
  | { kind: 'several'; items: Item[] }
  | { kind: 'none' };

/** The item that is meant: as written, as it sounds, or the only one with all of these words. */
export const findItem = (items: readonly Item[], heard: string): Search => {
  const exact = items.find(isSame(heard));
  const item = exact ?? nearestName(heard, items, ({ text }) => text);
  if (item) return { kind: 'one', item };
  const wanted = plainName(heard).split(' ').filter(Boolean);
  const within = items.filter(({ text }) => {
    const words = plainName(text).split(' ');
    return wanted.every((word) => words.includes(word));
  });
  const [first, ...others] = wanted.length > 0 ? within : [];
  if (!first) return { kind: 'none' };
  return others.length === 0 ? { kind: 'one', item: first } : { kind: 'several', items: within };
};
