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
/** Several things in a row may take more. */
const listedWordsMax = 20;
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

/** No name opens with these: "turn it off", "soll ich absperren". */
const noName: Record<Tongue, ReadonlySet<string>> = {
  en: new Set(
    'turn switch set put make should shall do does did can i you he she we they'.split(' '),
  ),
  de: new Set(
    'soll sollen sollte kann darf muss hast habe hat wird ich du er wir ihr man'.split(' '),
  ),
};

/** @param wordsMax as many words as the slot takes. */
const readText =
  (tongue: Tongue, wordsMax: number, commas: 'kept' | 'dropped'): ReadSlot =>
  (words, plain, at) => {
    const filler = fillers[tongue];
    if (filler.has(plain[at] ?? '') || (at === 0 && noName[tongue].has(plain[0] ?? ''))) return [];
    const found: Reading<string>[] = [];
    const longest = at === 0 ? firstFreeWordsMax : wordsMax;
    for (let end = at + 1; end <= Math.min(words.length, at + longest); end++) {
      if (negations.has(plain[end - 1] ?? '')) break;
      if (filler.has(plain[end - 1] ?? '')) continue;
      if (plain.slice(at, end).every((word) => empty[tongue].has(word))) continue;
      found.push({ end, value: written(words.slice(at, end), commas) });
    }
    return found.filter(({ value }) => value !== '');
  };

/** As they were written, where wanted with the commas between them. */
const written = (words: readonly Word[], commas: 'kept' | 'dropped'): string =>
  words
    .filter(({ raw }) => raw !== '')
    .map(({ raw, comma }) => (comma && commas === 'kept' ? `${raw},` : raw))
    .join(' ')
    .replace(/,$/, '');

/** Two words or more, up to the end of the sentence. */
const readDictation: ReadSlot = (words, _, at) => {
  // Two sentences may be two wishes: those are for the mind.
  if (at === 0 || words.length - at < 2 || words.slice(at, -1).some(({ ends }) => ends)) return [];
  return [{ end: words.length, value: written(words.slice(at), 'kept') }];
};

/** Who acts in a statement, so that a verb follows; what else begins one needs a verb we know. */
const subjects: Record<Tongue, ReadonlySet<string>> = {
  en: new Set('i we he she they'.split(' ')),
  de: new Set('ich wir er'.split(' ')),
};
const statementVerbs: Record<Tongue, ReadonlySet<string>> = {
  en: new Set(
    `is are has have likes loves hates lives works prefers needs wants takes drinks eats comes goes
    will can was were had knows plays reads speaks drives studies teaches gets wears sleeps starts
    ends opens closes leaves arrives costs means does did cannot must should would`.split(/\s+/),
  ),
  de: new Set(
    `ist sind hat haben mag mögen liebt hasst wohnt wohnen lebt leben arbeitet braucht brauchen will
    trinkt isst kommt kommen heißt heißen war hatte geht spielt liest spricht fährt steht liegt
    beginnt endet kann muss darf soll kostet trägt schläft bekommt macht`.split(/\s+/),
  ),
};
/** "My locker at the gym is …": the verb of these may stand anywhere behind them. */
const things: Record<Tongue, ReadonlySet<string>> = {
  en: new Set('my our his her their the'.split(' ')),
  de: new Set('mein meine meinen meinem unser unsere der die das sie'.split(' ')),
};
/** These ask, or hang on a sentence that is missing. */
const dependent: Record<Tongue, ReadonlySet<string>> = {
  en: new Set(
    'who what when where why how which whose whether if to is are was can will'.split(' '),
  ),
  de: new Set('wer was wann wo wohin warum wie welche welcher welches ob wenn ist hat'.split(' ')),
};
/** "die Milch zu kaufen", "das Licht auszumachen": something to do, nothing to know. */
const isToDo = (said: readonly string[], tongue: Tongue): boolean =>
  tongue === 'de' &&
  (said.at(-2) === 'zu' ||
    /^(?:an|ab|auf|aus|ein|mit|vor|zu|nach|um|weg|los|bei|hin|her)\p{L}{0,3}zu\p{L}+e?n$/u.test(
      said.at(-1) ?? '',
    ));
/** "For breakfast I like …": with these in front the subject comes a little later. */
const leads: Record<Tongue, ReadonlySet<string>> = {
  en: new Set('for in on at every since during after before'.split(' ')),
  de: new Set('für in im am an um jeden jede seit nach vor zum zur'.split(' ')),
};
const statementWordsMin = 3;
const verbWithinWords = 4;
const subjectWithinWords = 6;

/** All words to the end of the sentence, where they state something: no pieces, no questions. */
const readStatement =
  (tongue: Tongue): ReadSlot =>
  (words, plain, at) => {
    const said = plain.slice(at);
    // Two sentences are two wishes: those are for the mind.
    if (words.slice(at, -1).some(({ ends }) => ends)) return [];
    const isThing = things[tongue].has(said[0] ?? '');
    const beginning = said.slice(1, isThing ? said.length : verbWithinWords);
    const states =
      subjects[tongue].has(said[0] ?? '') ||
      [...beginning, said.at(-1) ?? ''].some((word) => statementVerbs[tongue].has(word)) ||
      (leads[tongue].has(said[0] ?? '') &&
        said.slice(1, subjectWithinWords).some((word) => subjects[tongue].has(word)));
    if (at === 0 || said.length < statementWordsMin || !states) return [];
    if (dependent[tongue].has(said[0] ?? '') || isToDo(said, tongue)) return [];
    const raw = words.slice(at).map((word) => word.raw);
    return [{ end: words.length, value: raw.filter((word) => word !== '').join(' ') }];
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
      return readText(tongue, freeWordsMax, 'dropped');
    case 'listing':
      return readText(tongue, listedWordsMax, 'kept');
    case 'dictation':
      return readDictation;
    case 'statement':
      return readStatement(tongue);
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
