/** Does a clause claim that something was done, is being done, or is so in the house? Pure. */
import { german } from './claims.de.ts';
import { english } from './claims.en.ts';

/**
 * `effect`: something was done. `progress`: it is being done. `state`: something is so, which a
 * look at it supports as well as an effect does.
 */
export type Claim = 'effect' | 'progress' | 'state';

export interface ClaimPatterns {
  /** Contractions, written out, before anything is matched. */
  expand: readonly (readonly [RegExp, string])[];
  /** A clause that matches one of these claims nothing. */
  never: readonly RegExp[];
  /** "I have turned …": only an effect can support it. */
  acts: readonly RegExp[];
  effects: readonly RegExp[];
  progress: readonly RegExp[];
  states: readonly RegExp[];
  /** Words that do not say what was done to what. */
  idle: ReadonlySet<string>;
  /** Pairs of which a claim and its receipt must not have one each. */
  opposites: readonly (readonly [string, string])[];
  /** Without one of these words an unfinished clause cannot become a claim. */
  suspect: RegExp;
  /** Says what was not done or cannot be: what an answer without an effect must have. */
  honest: RegExp;
  /** Says nothing but "I have heard you". */
  nod: RegExp;
  /** The person wants something done in the house. */
  command: readonly RegExp[];
  /** Words about things of the house, and about how it is in it. */
  topic: RegExp;
  /** Tells, asks or greets, and wants nothing done. */
  chat: RegExp;
  /** "And the hall too": the beginning of words that go on with the order before them. */
  goesOn: RegExp;
  /** The person asks how things are or were, and orders nothing. */
  recalls: RegExp;
}

/** @param language BCP 47; what is not German is read as English. */
export const patternsFor = (language: string): ClaimPatterns =>
  language.toLowerCase().startsWith('de') ? german : english;

/** Lower case, contractions written out, no punctuation but the hyphen. */
export const plain = (text: string, { expand }: ClaimPatterns): string => {
  let said = text.toLowerCase().replaceAll('’', "'");
  for (const [short, long] of expand) said = said.replace(short, long);
  return said
    .replace(/[^\p{L}\p{N}\s'-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
};

const some = (patterns: readonly RegExp[], text: string): boolean =>
  patterns.some((pattern) => pattern.test(text));

/** @param clause one clause, or a whole sentence; a question claims nothing. */
export const claimIn = (clause: string, language: string): Claim | undefined => {
  if (/\?["'”’)\s]*$/.test(clause)) return undefined;
  const patterns = patternsFor(language);
  const said = plain(clause, patterns);
  if (said === '' || some(patterns.never, said)) return undefined;
  if (some(patterns.acts, said)) return 'effect';
  if (some(patterns.states, said)) return 'state';
  if (some(patterns.effects, said)) return 'effect';
  return some(patterns.progress, said) ? 'progress' : undefined;
};

/** Owns up to what was not done, asks back, or offers what could be done. */
export const isHonest = (sentence: string, language: string): boolean => {
  if (/\?["'”’)\s]*$/.test(sentence)) return true;
  const patterns = patternsFor(language);
  return patterns.honest.test(plain(sentence, patterns));
};

/** "Sure.", "Of course, one moment." */
export const isNod = (text: string, language: string): boolean => {
  const patterns = patternsFor(language);
  const said = plain(text, patterns);
  return said === '' || patterns.nod.test(said);
};

/** The person's words want an effect in the house, not an answer. */
export const isCommand = (words: string, language: string): boolean => {
  const patterns = patternsFor(language);
  const said = plain(words, patterns);
  return some(patterns.command, said);
};

/** Speaks of things of the house. */
export const isOnTopic = (text: string, language: string): boolean => {
  const patterns = patternsFor(language);
  return patterns.topic.test(plain(text, patterns));
};

/** Perhaps an order in words that nobody foresaw: "kill the lights", "it's too dark in here". */
export const mayBeCommand = (words: string, language: string): boolean => {
  const patterns = patternsFor(language);
  return isOnTopic(words, language) && !patterns.chat.test(plain(words, patterns));
};

/** Few words that go on with what was ordered before: "and the hall", "yes". */
export const goesOn = (words: string, language: string): boolean => {
  const patterns = patternsFor(language);
  const said = plain(words, patterns);
  return said.split(' ').length <= followUpWordsMax && patterns.goesOn.test(said);
};

const followUpWordsMax = 5;

/** The person asks how things are or were. */
export const isRecall = (words: string, language: string): boolean => {
  const patterns = patternsFor(language);
  return patterns.recalls.test(plain(words, patterns));
};

/** May this beginning of a clause still become a claim? */
export const maybeClaim = (beginning: string, language: string): boolean => {
  const patterns = patternsFor(language);
  return patterns.suspect.test(plain(beginning, patterns));
};
