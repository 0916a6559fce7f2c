/** A file as it is found, wherever it lies: its name, its kind, and how near it is to the words. */
import { setImmediate as breathe } from 'node:timers/promises';
import { nearestName, plainName } from '../core/sounds.ts';
import { isLike, stemOf } from '../core/stems.ts';

export interface Entry {
  /** Place and path: "papers/2024/insurance.pdf"; what `files_read` takes. */
  file: string;
  bytes?: number | undefined;
  changedAt?: Date | undefined;
}

export const kinds = [
  ...['text', 'pdf', 'document', 'spreadsheet', 'presentation', 'picture', 'video', 'audio'],
  'archive',
] as const;
export type Kind = (typeof kinds)[number];

const endings: Record<Kind, readonly string[]> = {
  text: 'txt text md markdown csv tsv log rst org json yaml yml ini srt tex'.split(' '),
  pdf: ['pdf'],
  document: 'doc docx odt rtf pages epub'.split(' '),
  spreadsheet: 'xls xlsx ods numbers csv tsv'.split(' '),
  presentation: 'ppt pptx odp key'.split(' '),
  picture: 'jpg jpeg png gif webp heic tif tiff svg raw bmp'.split(' '),
  video: 'mp4 mkv mov avi webm m4v'.split(' '),
  audio: 'mp3 flac ogg wav m4a opus aac'.split(' '),
  archive: 'zip tar gz tgz 7z rar bz2 xz'.split(' '),
};

export const endingOf = (file: string): string =>
  /\.([^./\s]{1,10})$/.exec(file)?.[1]?.toLowerCase() ?? '';

export const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

export const isKind = (file: string, kind: Kind | undefined): boolean =>
  kind === undefined || endings[kind].includes(endingOf(file));

/** Words that say nothing of which file is meant. */
const empty = new Set(
  `a about all an and any called file files find folder for from has have i in is it latest me my
  named of on our paper papers recent that the there this to we where which with
  alle am an auf aus datei dateien dem den der des die das ein eine einen fur heisst ich im in ist
  mein meine meinen mit
  nach namens neue neueste ordner unser unsere uber vom von wo zu zum zur`.split(/\s+/),
);

/** "insuranceLetter_2024.pdf" → insurance, letter, 2024, pdf. */
const wordsOf = (text: string): string[] =>
  plainName(
    text
      .replaceAll('.', ' ')
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .replace(/(\p{L})(\p{N})|(\p{N})(\p{L})/gu, '$1$3 $2$4'),
  )
    .split(' ')
    .filter(Boolean);

/** The words that tell; all of them, where none does. */
export const tellingWords = (said: string): string[] => {
  const all = [...new Set(wordsOf(said))];
  const telling = all.filter((word) => !empty.has(word));
  return telling.length > 0 ? telling : all;
};

/** A hit in the folder's name counts a little less than one in the file's own. */
const folderCounts = 0.8;
const soundCounts = 0.7;
/** Among more words than this, what sounds alike is chance. */
const vocabularyMax = 20_000;

/** How well a name has what was said; every word and every folder is looked at once. */
class Scorer {
  readonly #wanted: readonly string[];
  readonly #stems: readonly string[];
  readonly #hits = new Map<string, readonly number[]>();
  readonly #folders = new Map<string, readonly number[]>();

  constructor(wanted: readonly string[]) {
    this.#wanted = wanted;
    this.#stems = wanted.map(stemOf);
  }

  /** From 0 to 1. */
  scoreOf(file: string): number {
    const name = nameOf(file);
    const above = this.#inFolder(file.slice(0, -name.length));
    const own = this.#best(wordsOf(name));
    const sum = this.#wanted.reduce(
      (total, _, at) => total + Math.max(own[at] ?? 0, folderCounts * (above[at] ?? 0)),
      0,
    );
    return sum / Math.max(1, this.#wanted.length);
  }

  /** From now on a word that no name has counts where one sounds like it. */
  listen(): void {
    if (this.#hits.size > vocabularyMax) return;
    this.#folders.clear();
    for (const [at, word] of this.#wanted.entries()) {
      if ([...this.#hits.values()].some((hits) => (hits[at] ?? 0) > 0)) continue;
      const near = nearestName(word, this.#hits.keys(), (other) => other);
      const hits = near === undefined ? undefined : this.#hits.get(near);
      if (near === undefined || !hits) continue;
      this.#hits.set(near, hits.with(at, soundCounts));
    }
  }

  #inFolder(folder: string): readonly number[] {
    const known = this.#folders.get(folder) ?? this.#best(wordsOf(folder));
    this.#folders.set(folder, known);
    return known;
  }

  #best(words: readonly string[]): readonly number[] {
    const all = words.map((word) => this.#hitsOf(word));
    return this.#wanted.map((_, at) => Math.max(0, ...all.map((hits) => hits[at] ?? 0)));
  }

  #hitsOf(word: string): readonly number[] {
    const known = this.#hits.get(word);
    if (known) return known;
    const stem = stemOf(word);
    const hits = this.#stems.map((wanted) => (isLike(wanted, stem) ? 1 : 0));
    this.#hits.set(word, hits);
    return hits;
  }
}

const maybeFrom = 0.5;
/** With all of the words, if only by sound or in the folder. */
const wholeFrom = 0.69;
/** So many names are compared in about ten milliseconds. */
const namesAtOnce = 1_000;

interface Scored<One> {
  entry: One;
  score: number;
}

const scored = async <One extends Entry>(
  entries: readonly One[],
  scorer: Scorer,
): Promise<Scored<One>[]> => {
  const found: Scored<One>[] = [];
  for (const [at, entry] of entries.entries()) {
    // Somebody else's turn must not wait for a big tree.
    if (at % namesAtOnce === namesAtOnce - 1) await breathe();
    const score = scorer.scoreOf(entry.file);
    if (score >= maybeFrom) found.push({ entry, score });
  }
  return found;
};

/** Best first, then newest; those with all of the words, or where none has them, with most. */
export const ranked = async <One extends Entry>(
  entries: readonly One[],
  said: string,
): Promise<One[]> => {
  const scorer = new Scorer(tellingWords(said));
  let found = await scored(entries, scorer);
  if (found.every(({ score }) => score < wholeFrom)) {
    scorer.listen();
    found = await scored(entries, scorer);
  }
  const best = found.reduce((most, { score }) => Math.max(most, score), 0);
  const least = Math.min(best, wholeFrom);
  return found
    .filter(({ score }) => score >= least)
    .sort((left, right) => right.score - left.score || newestFirst(left.entry, right.entry))
    .map(({ entry }) => entry);
};

export const newestFirst = (left: Entry, right: Entry): number =>
  (right.changedAt?.getTime() ?? 0) - (left.changedAt?.getTime() ?? 0);
