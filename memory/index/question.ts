/** What a question asks for: its terms, whose words, of what time, what kind of answer. */
import { cuesWanted } from './cues.ts';
import { saysNothing, termsOf, wordsOf } from './terms.ts';
import { type TimeRange, timeIn } from './times.ts';

export interface Search {
  text: string;
  /** Of length one and of the entries' model; absent while nothing can embed it. */
  vector?: Float32Array;
  nowMs: number;
  /** IANA name, such as Europe/Berlin. */
  timeZone: string;
  limit: number;
  /** The names of who asks: "I" and "my" mean their words. */
  names?: string[];
}

export interface Question {
  /** Each once; the name of a speaker is none of them. */
  terms: string[];
  /** The one whose words are asked for, if it is one. */
  speaker: string | undefined;
  time: TimeRange | undefined;
  /** As in `cue`. */
  cues: number;
}

const asker = new Set(['i', 'me', 'my', 'mine', 'ich', 'mich', 'mir', 'mein', 'meine', 'meinen']);
const nicknameMin = 3;
/** Somebody may dictate a letter: what is searched for stands at its beginning. */
const charactersMax = 600;

/** The word of the question that is this name or, as "Mel" for Melanie, its beginning. */
const wordFor = (name: string, words: readonly string[], text: string): string | undefined => {
  const first = wordsOf(name)[0] ?? '';
  if (words.includes(first)) return first;
  const isNickname = (word: string): boolean =>
    word.length >= nicknameMin &&
    first.startsWith(word) &&
    new RegExp(`(?<!\\p{L})${word.charAt(0).toUpperCase()}${word.slice(1)}(?!\\p{L})`, 'u').test(
      text,
    );
  return words.find(isNickname);
};

/** Reads a question, given who has spoken in what is searched. */
export const questionOf = (search: Search, speakers: Iterable<string>): Question => {
  const { names = [] } = search;
  const text = search.text.slice(0, charactersMax);
  const words = wordsOf(text);
  const named = new Map<string, string>();
  for (const speaker of speakers) {
    const word = wordFor(speaker, words, text);
    if (word !== undefined) named.set(speaker, word);
  }
  const askers = named.size === 0 && words.some((word) => asker.has(word)) ? names : [];
  const all = [...named.keys(), ...askers];
  const spoken = new Set(named.values());
  const rest = words.filter((word) => !saysNothing(word) && !spoken.has(word));
  return {
    terms: [...new Set(termsOf(rest.join(' ')))],
    speaker: all.length === 1 ? all[0] : undefined,
    time: timeIn(text, search),
    cues: cuesWanted(text),
  };
};
