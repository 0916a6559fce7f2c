/** Which known facts a new one comes near to, by its words, its meaning and its slot. */
import type { Embedder } from '../embed.ts';
import type { Fact } from '../facts.ts';
import { termsOf } from '../index/terms.ts';

/** From here on a mind says whether two facts say the same. */
const nearFrom = 0.8;
const sharedTermsFrom = 0.5;
/** A word in no more known facts than this is telling: whatever has it too comes near. */
const tellingIn = 3;
/** Beyond so many known facts the nearest by words and slot are compared. */
const comparedMax = 24;
/** So many near ones are shown to a mind for one candidate. */
const nearMax = 4;

export interface NewFactText {
  fact: string;
  slot?: string | undefined;
  vector?: Float32Array | undefined;
}

const negation =
  /(?<!\p{L})(?:not|no|never|none|longer|anymore|nicht|kein\p{L}*|nie|mehr)(?!\p{L})/iu;

const termSet = (text: string): Set<string> => new Set(termsOf(text.replace(/n['’]t\b/g, ' not')));

const sharedTerms = (left: ReadonlySet<string>, right: ReadonlySet<string>): number => {
  const shared = left.intersection(right).size;
  return shared / Math.max(1, Math.min(left.size, right.size));
};

/** The same words in any order, and neither denies what the other says. */
export const sameInWords = (left: string, right: string): boolean => {
  const [one, other] = [termSet(left), termSet(right)];
  const equal = one.size === other.size && one.isSubsetOf(other);
  return equal && negation.test(left) === negation.test(right);
};

const properIn = (text: string, person: string): Set<string> =>
  new Set(
    text
      .split(/\s+/)
      .slice(1)
      .map((word) => word.replace(/^[^\p{L}\p{N}]+|(?:['’]s)?[^\p{L}\p{N}]*$/gu, ''))
      .filter((word) => /^\p{Lu}\p{Ll}|\p{N}/u.test(word) && word !== person),
  );

/** Each names something, or a number, that the other does not: they cannot say the same. */
export const namesOther = (left: string, right: string): boolean => {
  const person = left.split(/['’\s]/)[0] ?? '';
  const [one, other] = [properIn(left, person), properIn(right, person)];
  return !one.isSubsetOf(other) && !other.isSubsetOf(one);
};

const cosine = (left: Float32Array, right: Float32Array): number => {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
};

/** Vectors of the texts, or undefined where nothing makes them: then words alone decide. */
export const vectorsOf = async (
  embedder: Embedder,
  texts: string[],
  signal: AbortSignal,
): Promise<Float32Array[] | undefined> => {
  if (texts.length === 0) return [];
  try {
    return await embedder.embed(texts, 'document', signal);
  } catch {
    return undefined;
  }
};

/**
 * Nearest first. The slot counts as near whatever the words. Another category does not matter:
 * minds differ in where they put the same fact.
 * @param vectors - of `known`, in its order.
 */
export const nearTo = (
  { fact, slot, vector }: NewFactText,
  known: readonly Fact[],
  vectors: readonly Float32Array[] | undefined,
): Fact[] => {
  const own = termSet(fact);
  const terms = known.map((other) => termSet(other.fact));
  const isTelling = (term: string): boolean =>
    terms.filter((others) => others.has(term)).length <= tellingIn;
  const name = termSet(fact.split(/['’\s]/)[0] ?? '');
  const telling = new Set([...own].filter((term) => !name.has(term) && isTelling(term)));
  return known
    .map((other, at) => {
      const values = vectors?.[at];
      const alike = vector && values ? cosine(vector, values) : 0;
      const others = terms[at] ?? new Set();
      const shared = sharedTerms(own, others);
      const tells = !telling.isDisjointFrom(others);
      const inSlot = slot !== undefined && other.slot === slot;
      const isNear = alike > nearFrom || shared >= sharedTermsFrom || tells;
      const near = inSlot || isNear || sameInWords(fact, other.fact);
      return { other, near, score: (inSlot ? 2 : 0) + Math.max(alike, shared) };
    })
    .filter(({ near }) => near)
    .sort((left, right) => right.score - left.score)
    .slice(0, nearMax)
    .map(({ other }) => other);
};

/** Of many known facts those that share most words with what was said, and all near by slot. */
export const comparable = (text: string, known: readonly Fact[], slots: Set<string>): Fact[] => {
  if (known.length <= comparedMax) return [...known];
  const own = termSet(text);
  return known
    .map((fact) => ({
      fact,
      score:
        (fact.slot !== null && slots.has(fact.slot) ? 2 : 0) + sharedTerms(own, termSet(fact.fact)),
    }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .slice(0, comparedMax)
    .map(({ fact }) => fact);
};
