/** What a mind answered, as data that was checked; what does not fit its form is left out. Pure. */
import { z } from 'zod';
import { categories } from '../facts.ts';

const answerMax = 20_000;

/** The first JSON array in a text, whatever stands around it. */
const arrayIn = (text: string): unknown[] | undefined => {
  const from = text.indexOf('[');
  if (from < 0 || text.length > answerMax) return undefined;
  for (let to = text.lastIndexOf(']'); to > from; to = text.lastIndexOf(']', to - 1)) {
    try {
      const parsed: unknown = JSON.parse(text.slice(from, to + 1));
      if (Array.isArray(parsed)) return parsed;
    } catch {
      // A bracket in the words behind the array: an earlier one may close it.
    }
  }
  return undefined;
};

const candidate = z.object({
  category: z.enum(categories),
  slot: z.string().max(200).nullish(),
  fact: z.string().trim().min(1).max(500),
  quote: z.string().trim().min(1).max(2000),
  about: z.int().nullish().catch(undefined),
});

export type Candidate = z.output<typeof candidate>;

/** @returns the candidates and how many were malformed; undefined when it is no array at all. */
export const candidatesIn = (
  text: string,
): { candidates: Candidate[]; malformed: number } | undefined => {
  const items = arrayIn(text);
  if (!items) return undefined;
  const parsed = items.map((item) => candidate.safeParse(item));
  const candidates = parsed.flatMap(({ data }) => data ?? []);
  return { candidates, malformed: items.length - candidates.length };
};

const verdict = z.object({
  pair: z.int().min(1),
  verdict: z.enum(['same', 'replaces', 'unrelated']),
});

export type Likeness = z.output<typeof verdict>['verdict'];

/** @returns the verdict of each pair by its place; undefined where there is none to go by. */
export const verdictsIn = (text: string, pairs: number): (Likeness | undefined)[] => {
  const found: (Likeness | undefined)[] = Array.from({ length: pairs });
  for (const item of arrayIn(text) ?? []) {
    const { data } = verdict.safeParse(item);
    if (data && data.pair <= pairs) found[data.pair - 1] ??= data.verdict;
  }
  return found;
};
