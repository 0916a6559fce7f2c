/** A record of a deed as a spoken reason: which deed is meant, and the sentences it gives. Pure. */
import type { RecordedDeed } from './core/deeds-port.ts';
import { plainName } from './core/sounds.ts';
import { isLike, stemOf } from './core/stems.ts';
import { whyWords } from './why.words.ts';

const heardMax = { said: 60, question: 70, say: 100 };
const sentenceMax = 290;
const evidenceDepthMax = 4;

/** Words that name no thing, and those that stand for whatever it was. */
const idle = new Set(
  (
    'the a an my our your that this it all of to in on at for from with just now them those ' +
    'der die das den dem des ein eine einen mein meine meinen unser unsere von zu im am auf für ' +
    'mit es gerade eben jetzt alles'
  ).split(' '),
);

const clip = (text: string, max: number): string => {
  const plain = text.replaceAll(/\s+/g, ' ').trim();
  return plain.length <= max ? plain : `${plain.slice(0, max - 1).trimEnd()}…`;
};

const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

const wordsOf = (text: string): string[] =>
  plainName(text.replaceAll('_', ' '))
    .split(' ')
    .filter((word) => word !== '' && !idle.has(word));

const textsIn = (value: unknown, depth = 0): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > evidenceDepthMax) return [];
  return Object.values(value).flatMap((one) => textsIn(one, depth + 1));
};

/** As said, in another form, or as the end of a compound. */
const isIn = (wanted: string, evidence: readonly string[]): boolean =>
  evidence.some(
    (word) =>
      isLike(wanted, word) ||
      stemOf(wanted) === stemOf(word) ||
      (wanted.length > 3 && word.endsWith(wanted)),
  );

/** Does this deed have to do with these words? Words that name nothing fit every deed. */
export const isAbout = (deed: RecordedDeed, what: string | undefined): boolean => {
  const wanted = wordsOf(what ?? '');
  const { tool, input, say, said } = deed;
  const evidence = wordsOf([tool, say ?? '', said ?? '', ...textsIn(input)].join(' '));
  return wanted.every((word) => isIn(word, evidence));
};

export const namesSomething = (what: string | undefined): boolean => wordsOf(what ?? '').length > 0;

const causeOf = (deed: RecordedDeed, language: string): string[] => {
  const words = whyWords(language);
  const said = deed.said === null ? undefined : clip(deed.said, heardMax.said);
  const swayed = deed.source ? words.swayed(deed.source) : words.swayedBySomething;
  const before = deed.tainted ? [swayed] : [];
  const { path, question } = deed;
  if (path === 'command') return [words.command];
  if (path === 'program') return [words.program];
  if (path === 'undo') return [said === undefined ? words.unsaid : words.undo(said)];
  if (path === 'mind') {
    return [said === undefined ? words.mindUnsaid : words.mind(said), ...before];
  }
  const spoken = said === undefined ? words.unsaid : words.said(said);
  const yes = question === null ? [] : [words.asked(clip(question, heardMax.question))];
  return [spoken, ...before, ...(path === 'yes' ? yes : [])];
};

const resultOf = ({ verdict, ok, verified, say }: RecordedDeed, language: string): string[] => {
  const words = whyWords(language);
  const told = ended(clip(say ?? '', heardMax.say));
  if (verdict === 'ask') return [words.waits(told)];
  if (verdict === 'refuse') return [words.refused(told)];
  if (!ok) return [words.failed(told)];
  if (verified === null) return [words.did(told)];
  return [words.did(told), verified ? words.checked : words.unchecked];
};

/** What fits of the sentences, in order: whole ones only. */
const fitting = (parts: readonly string[]): string => {
  let text = '';
  for (const part of parts) {
    if (text.length + part.length + 1 > sentenceMax) break;
    text = text === '' ? part : `${text} ${part}`;
  }
  return text;
};

/** Why this was done, and what came of it. */
export const reasonOf = (deed: RecordedDeed, language: string): string =>
  fitting([...causeOf(deed, language), ...resultOf(deed, language)]);

/** What was done, without its cause. */
export const deedOf = ({ say, tool }: RecordedDeed): string =>
  ended(clip(say ?? tool.replaceAll('_', ' '), heardMax.say));

export const joined = (parts: readonly string[]): string => fitting(parts);
