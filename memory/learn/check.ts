/** Is a candidate what the person said of themselves? A mind's answer is not trusted. Pure. */
import { termsOf, wordsOf } from '../index/terms.ts';
import type { Candidate } from './answer.ts';
import { type Clause, clausesOf } from './owner.ts';
import { holdsSecret } from './secrets.ts';

export type Rejected =
  | 'quote'
  | 'person'
  | 'somebody-else'
  | 'not-in-words'
  | 'instruction'
  | 'secret';

export interface Said {
  name: string;
  statements: string;
  language: string;
}

const folded = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Facts describe; what tells somebody what to do, or a machine what to be, is none. */
const instruction = new RegExp(
  '\\b(?:ignore|disregard|override|bypass|system prompt|prompts?|instructions?|from now on|' +
    'you (?:are|must|should|will|have to)|never ask|without asking|confirm everything|' +
    '(?:always|automatically) (?:do|say|tell|answer|open|unlock|allow|obey|grant|run|' +
    'execute|send|' +
    'approve|confirm|agree)|for everyone|everyone (?:is|may|can)|' +
    '(?:is|has) (?:an? )?(?:admin|administrator|owner rights|root)|permissions?|allowed to|' +
    'authori[sz]ed|tool calls?|execute|ignorier\\w*|anweisung\\w*|ab jetzt|ab sofort|du (?:bist|' +
    'musst|sollst)|ohne (?:zu fragen|nachfrage)|immer (?:öffnen|sagen|erlauben))\\b' +
    '|https?:|[<>{}`]|```',
  'iu',
);

/** "The user likes tea" is meant of the person with the name. */
const named = (fact: string, name: string): string =>
  fact.replace(/^(?:the )?(?:user|person|speaker|customer)(?=['’]s\b|\s)/i, name);

/** Terms of a fact besides the name. */
const contentOf = (fact: string, name: string): string[] => {
  const own = new Set(wordsOf(name));
  const words = fact.split(/\s+/).filter((word) => !wordsOf(word).some((one) => own.has(one)));
  return [...new Set(termsOf(words.join(' ')))];
};

const shareOf = (terms: readonly string[], text: string): number => {
  const there = new Set(termsOf(text));
  return terms.filter((term) => there.has(term)).length / Math.max(1, terms.length);
};

/** Numbers and names of a fact that were never said. */
const invented = (fact: string, { name, statements, language }: Said): boolean => {
  const said = new Set(wordsOf(statements));
  const own = new Set(wordsOf(name));
  const marked = language.toLowerCase().startsWith('de') ? /^\p{N}/u : /^(?:\p{N}|\p{Lu}\p{Ll}+)/u;
  return fact
    .split(/\s+/)
    .slice(1)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+/u, ''))
    .filter((word) => marked.test(word))
    .some((word) => wordsOf(word).some((one) => !said.has(one) && !own.has(one)));
};

/** The least share of a fact's words that must have been said. */
const saidFrom = 1 / 3;
/** The same of those that are more than another way to put it. */
const specificFrom = 0.6;
/** Words by which the same is told in other words. */
const general = new Set(
  termsOf(
    `like love hate dislike prefer enjoy avoid want need have own use take drink eat go goes do does
    make made get live settle home work job earn living play watch listen read drive ride wake call
    name favourite favorite usually always often never sometimes every day week weekly weekday month
    year most mostly currently now long time put keep speak visit travel born grew`,
  ),
);
const quoteWordsMin = 2;

/** Is the fact's own subject the one that the person spoke of there? */
const isTheirs = (fact: string, name: string, { owner, relation }: Clause): boolean => {
  if (owner === 'self') return true;
  // Somebody of theirs: the fact must say who, and not put it on the person.
  if (owner !== 'relation' || relation === undefined) return false;
  const stem = relation.replace(/s$/, '');
  return fact.toLowerCase().includes(stem) && fact.includes(name);
};

/** The clause that says most of it; undefined when none says any. */
const clauseOf = (content: readonly string[], said: Said): Clause | undefined => {
  const scored = clausesOf(said.statements, said.language).map((clause) => ({
    clause,
    share: shareOf(content, clause.text),
  }));
  const most = Math.max(0, ...scored.map(({ share }) => share));
  return most === 0 ? undefined : scored.find(({ share }) => share === most)?.clause;
};

/** A slot as a mind wrote it, or undefined where it can be none. */
export const slotIn = (written: string | null | undefined): string | undefined => {
  const slot = written
    ?.trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const fits = slot && slot.length <= 80 && /^[a-z0-9_]+(\.[a-z0-9_]+)*$/.test(slot);
  return fits ? slot : undefined;
};

/** Are the quoted words among those that were said? */
export const quotes = (candidate: Candidate, statements: string): boolean => {
  const quote = folded(candidate.quote);
  const isThere = ` ${folded(statements)} `.includes(` ${quote} `);
  return isThere && quote.split(' ').length >= quoteWordsMin;
};

/** @returns the fact as it may be kept, or why it is not. */
export const checkedCandidate = (
  candidate: Candidate,
  said: Said,
): { fact: string; slot?: string } | { rejected: Rejected } => {
  const { name, statements } = said;
  const fact = named(candidate.fact, name);
  if (!quotes(candidate, statements)) return { rejected: 'quote' };
  if (holdsSecret(fact) || holdsSecret(candidate.quote)) return { rejected: 'secret' };
  if (instruction.test(fact) || instruction.test(candidate.quote)) {
    return { rejected: 'instruction' };
  }
  if (!new RegExp(`(?<!\\p{L})${RegExp.escape(name)}(?!\\p{L})`, 'iu').test(fact)) {
    return { rejected: 'person' };
  }
  const content = contentOf(fact, name);
  const isSaid = content.length > 0 && shareOf(content, statements) >= saidFrom;
  const specific = content.filter((term) => !general.has(term));
  const isSpecific = specific.length === 0 || shareOf(specific, statements) >= specificFrom;
  const isFromQuote = shareOf(content, candidate.quote) > 0;
  if (!isSaid || !isSpecific || !isFromQuote || invented(fact, said)) {
    return { rejected: 'not-in-words' };
  }
  const clause = clauseOf(content, said);
  if (!clause || !isTheirs(fact, name, clause)) return { rejected: 'somebody-else' };
  const slot = slotIn(candidate.slot);
  return slot ? { fact, slot } : { fact };
};
