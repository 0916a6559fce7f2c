/** Which deeds are meant by words that take something back. Pure. */
import { nearestName, plainName } from '../../tools/core/sounds.ts';
import type { TakeBack } from '../taking-back.ts';
import type { DoneDeed } from './done.ts';

export type Chosen =
  | { deeds: readonly DoneDeed[] }
  /** Nothing was done lately; what was done is not that; or it has been taken back already. */
  | { none: 'nothing' | 'unknown' }
  | { none: 'already'; deed: DoneDeed };

/** Words that name no thing. */
const idle = new Set(
  (
    'the a an my our your that this it all of to in on at for from with i you what thing things ' +
    'der die das den dem des ein eine einen mein meine meinen unser unsere von zu im am auf für ' +
    'mit was'
  ).split(' '),
);

const wordsOf = (text: string): string[] =>
  plainName(text.replaceAll('_', ' '))
    .split(' ')
    .filter((word) => word !== '' && !idle.has(word));

const evidenceDepthMax = 4;

/** Every text in a value, the names of its fields aside. */
const textsIn = (value: unknown, depth = 0): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null || depth > evidenceDepthMax) return [];
  return Object.values(value).flatMap((one) => textsIn(one, depth + 1));
};

const evidenceOf = ({ tool, input, outcome }: DoneDeed): string[] => {
  const { say, show, receipt } = outcome;
  return wordsOf([tool, say, ...textsIn([input, show, receipt])].join(' '));
};

const stemLength = 4;

/** As said, as another form of it, as the end of a compound, or as it sounds. */
const isMeant = (word: string, evidence: readonly string[]): boolean => {
  if (evidence.includes(word)) return true;
  if (word.length >= stemLength) {
    const stem = word.slice(0, Math.max(stemLength, word.length - 2));
    const like = (other: string): boolean =>
      (other.startsWith(stem) && Math.abs(other.length - word.length) <= 3) || other.endsWith(word);
    if (evidence.some(like)) return true;
  }
  return nearestName(word, new Set(evidence), (other) => other) !== undefined;
};

const fits = (what: string, evidence: readonly string[]): boolean => {
  const wanted = wordsOf(what);
  return wanted.length > 0 && wanted.every((word) => isMeant(word, evidence));
};

/** @param done newest first. */
export const choose = (request: TakeBack, done: readonly DoneDeed[]): Chosen => {
  const [newest] = done;
  if (newest === undefined) return { none: 'nothing' };
  const open = done.filter(({ takenBack }) => !takenBack);
  if (request.which === 'last') {
    return newest.takenBack ? { none: 'already', deed: newest } : { deeds: [newest] };
  }
  if (request.which === 'named') {
    const { what } = request;
    const own = done.filter((deed) => fits(what, evidenceOf(deed)));
    // One utterance may have led to several deeds: its words count where no deed's own do.
    const meant = own.length > 0 ? own : done.filter(({ said }) => fits(what, wordsOf(said)));
    const best = meant.find(({ takenBack }) => !takenBack) ?? meant[0];
    if (best === undefined) return { none: 'unknown' };
    return best.takenBack ? { none: 'already', deed: best } : { deeds: [best] };
  }
  const [first] = open;
  if (first === undefined) return { none: 'already', deed: newest };
  if (request.which === 'before') return { deeds: [first] };
  if (request.which === 'several') return { deeds: open.slice(0, request.count) };
  return { deeds: open.filter(({ turn }) => turn === first.turn) };
};
