/** Finding notes by what they say: words by their stem, English and German, newest first. Pure. */
import { plainName } from '../core/sounds.ts';
import { isLike, stemOf } from '../core/stems.ts';

/** Words that say nothing of what a note is about. */
const empty = new Set(
  `a about an and are at be been did do does for from had has have he her his how i in is it its me
  my of on or our she that the their them they this to was we were what when where which who why
  with you your note notes anything something say said
  als am an auch auf aus bei das dass dem den der des die du ein eine einen einer er es fur hat
  haben ich im in ist mein meine mich mir mit nach notiert
  notiz notizen sie sind so uber und uns unser
  unsere unseren von vom war was wer wie wir zu zum zur steht`.split(/\s+/),
);

const termsOf = (text: string): string[] => {
  const words = plainName(text)
    .split(' ')
    .filter((word) => word !== '' && !empty.has(word));
  return [...new Set(words.map(stemOf))];
};

export interface Searchable {
  text: string;
  /** ISO 8601. */
  at: string;
}

const maybeFrom = 0.5;

/** The notes that have the words, newest first; `whole`: all of the words are in each of them. */
export const search = <Note extends Searchable>(
  notes: readonly Note[],
  about: string,
): { found: Note[]; whole: boolean } => {
  const wanted = termsOf(about);
  const newest = notes.toSorted((left, right) => (left.at < right.at ? 1 : -1));
  if (wanted.length === 0) return { found: [], whole: false };
  const scored = newest.map((note) => {
    const terms = termsOf(note.text);
    const hits = wanted.filter((term) => terms.some((other) => isLike(term, other)));
    return { note, score: hits.length / wanted.length };
  });
  const best = Math.max(0, ...scored.map(({ score }) => score));
  if (best < maybeFrom) return { found: [], whole: false };
  const found = scored.filter(({ score }) => score === best).map(({ note }) => note);
  return { found, whole: best === 1 };
};
