/** Words cut in two where one of several phrases stands. Pure. */

const indexOf = (words: readonly string[], phrase: readonly string[], from = 0): number => {
  for (let at = from; at + phrase.length <= words.length; at++) {
    if (phrase.every((word, offset) => words[at + offset] === word)) return at;
  }
  return -1;
};

/** Cut at the first of these phrases, neither side empty. */
export const cutAt = (
  words: readonly string[],
  phrases: readonly string[],
): [string[], string[]] | undefined => {
  for (const phrase of phrases) {
    const parts = phrase.split(' ');
    const at = indexOf(words, parts, 1);
    const rest = words.slice(at + parts.length);
    if (at > 0 && rest.length > 0) return [words.slice(0, at), rest];
  }
  return undefined;
};
