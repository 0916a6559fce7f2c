/** Whether what was begun on part of a sentence still serves the whole of it. */

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Same words in the same order; capitals and marks come and go between partial and final. */
export const sameWords = (one: string, other: string): boolean =>
  wordsOf(one).join(' ') === wordsOf(other).join(' ');

/** Share of the whole's words that the part has, 0 to 1. */
export const wordsShared = (part: string, whole: string): number => {
  const there = new Set(wordsOf(part));
  const words = wordsOf(whole);
  return words.length === 0 ? 0 : words.filter((word) => there.has(word)).length / words.length;
};
