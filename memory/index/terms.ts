/** What of a text is searched for: words in lower case, English ones by their stem. */
import { stemmer } from 'stemmer';
import { baseForms } from './irregular.ts';

const word = /[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu;
const plainWord = /[a-z0-9]+(?:'[a-z]+)?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: every ASCII character is meant
const plain = /^[\x00-\x7f]*$/;

/** Words that are in nearly every question and say nothing of what it is about. */
const empty = new Set(
  `a about all also am an and any are as at be been being but by can could did do does doing for
  from had has have having he her hers him his how i if in into is it its just me my of on or our
  she should so some than that the their them then there they this to too us was we were what when
  where which while who whom whose why will with would you your yours
  aber als am an auch auf aus bei bin bist das dass dein dem den der des die du ein eine einen einer
  er es für hat habe haben hast ich ihr im ist ja mein mich mir mit nach nicht noch oder sein sich
  sie sind so und uns unser vom von vor wann war waren warum was welche wem wen wer wie wir wird wo
  zu zum zur`.split(/\s+/),
);

/** What a word is searched as: its stem, or nothing. */
const known = new Map<string, string>();
const knownMax = 50_000;

/** Porter's stem, for words of plain English letters; any other word as it is. */
const termOf = (token: string): string => {
  if (empty.has(token)) return '';
  const base = baseForms.get(token) ?? token;
  return /^[a-z]{3,}$/.test(base) ? stemmer(base) : base;
};

/** Cuts off "'s", "'ll" and what else follows an apostrophe. */
const bare = (token: string): string => {
  const at = token.includes("'") ? token.indexOf("'") : token.indexOf('’');
  return at > 0 ? token.slice(0, at) : token;
};

/** The words of a text in their order, in lower case, without what follows an apostrophe. */
export const wordsOf = (text: string): string[] => {
  const lower = text.toLowerCase();
  // Most texts are plain, and the plain pattern is several times faster.
  const tokens = plain.test(lower) ? lower.match(plainWord) : lower.normalize('NFC').match(word);
  return (tokens ?? []).map(bare);
};

export const saysNothing = (token: string): boolean => empty.has(token);

/** The terms of a text in their order; words that say nothing are left out. */
export const termsOf = (text: string): string[] => {
  const terms: string[] = [];
  for (const token of wordsOf(text)) {
    let term = known.get(token);
    if (term === undefined) {
      term = termOf(token);
      if (known.size >= knownMax) known.clear();
      known.set(token, term);
    }
    if (term !== '') terms.push(term);
  }
  return terms;
};
