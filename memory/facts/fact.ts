/** A fact about a person: its shape, and what may be written down as one. */

export const categories = ['preference', 'routine', 'personal', 'media'] as const;
export type Category = (typeof categories)[number];

export interface Origin {
  turn?: string;
  /** The person's own words that it was learned from. */
  quote?: string;
  door?: string;
  /** Where it was said again. */
  again?: { turn?: string; quote?: string }[];
}

export interface Fact {
  id: number;
  personId: string;
  category: Category;
  /** A name for what there is one of, such as coffee.milk: a newer fact replaces the older. */
  slot: string | null;
  fact: string;
  source: 'explicit' | 'inferred';
  /** 0 to 1. */
  confidence: number;
  uses: number;
  /** True in the world from then on, until `validTo`. */
  validFrom: Date;
  validTo: Date | null;
  /** Believed by Butler from then on, until `retiredAt`. */
  recordedAt: Date;
  retiredAt: Date | null;
  supersededBy: number | null;
  origin: Origin;
  /** It came up in a turn that had read words from outside. */
  tainted: boolean;
  lastReferenced: Date;
}

export interface Vector {
  /** Unique for each model and dimension; only vectors of one model are ever compared. */
  model: string;
  values: Float32Array;
}

export interface NewFact {
  category: Category;
  slot?: string;
  fact: string;
  source: Fact['source'];
  /** 0 to 1; unset: .95 for explicit, .5 for inferred. */
  confidence?: number;
  origin?: Origin;
  tainted?: boolean;
  vector?: Vector;
}

export interface FactPatch {
  fact?: string;
  category?: Category;
  /** Null: none. */
  slot?: string | null;
}

export interface Remembered {
  /** `known`: it was there already; `refused`: nothing was changed, and `why` says the reason. */
  outcome: 'added' | 'known' | 'replaced' | 'refused';
  /** The fact as it stands now; when refused, the one that stands in its way. */
  fact?: Fact;
  /** As it was before it was closed; give it to `restore` to have it back. */
  replaced?: Fact;
  /** A sentence. */
  why?: string;
  /** The vector was not stored, the fact was: why; re-embedding mends it. */
  vectorRefused?: string;
}

const factMax = 500;
const slotMax = 80;
/** Beyond so many open facts of one person the weakest inferred ones are retired. */
export const openFactsMax = 30_000;

type FactErrorCode =
  | 'fact-empty'
  | 'fact-too-long'
  | 'fact-category-unknown'
  | 'fact-slot-malformed'
  | 'fact-confidence-out-of-range'
  | 'fact-duplicate'
  | 'fact-slot-taken'
  | 'person-unknown';

/** A fact that cannot be written so; the message says what to do. */
export class FactError extends Error {
  readonly code: FactErrorCode;
  constructor({ code, message }: { code: FactErrorCode; message: string }) {
    super(message);
    this.code = code;
  }
}

/** Text that Postgres can hold: whole characters, no NUL. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '');

/**
 * One line with single spaces and at most one closing mark.
 * @throws {FactError} fact-empty, fact-too-long
 */
export const normalFact = (text: string): string => {
  const line = storable(text)
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they count as white space here.
    .replace(/[\s\u0000-\u001f\u007f]+/gu, ' ')
    .trim()
    .replace(/\s?([.!?…,;:])[.!?…,;:\s]*$/u, '$1');
  const length = [...line].length;
  if (line === '' || /^[\p{P}\p{S}\s]+$/u.test(line)) {
    throw new FactError({
      code: 'fact-empty',
      message: 'There are no words in that fact. Say what to remember.',
    });
  }
  if (length > factMax) {
    throw new FactError({
      code: 'fact-too-long',
      message:
        `A fact has at most ${factMax} characters, and this one has ${length}: nothing was kept. ` +
        'Say it shorter, or as several facts.',
    });
  }
  return line;
};

const closing = ['', '.', '!', '?', '…', ',', ';', ':'];

/** Every spelling that counts as the same fact: with any closing mark, or none. */
export const sameFacts = (fact: string): string[] => {
  const bare = fact.replace(/[.!?…,;:]$/u, '').trimEnd();
  return closing.map((mark) => `${bare}${mark}`);
};

/** @throws {FactError} fact-slot-malformed */
export const normalSlot = (slot: string | null | undefined): string | null => {
  if (slot === undefined || slot === null) return null;
  const name = slot.trim().toLowerCase();
  if (name.length <= slotMax && /^[a-z0-9_]+(\.[a-z0-9_]+)*$/.test(name)) return name;
  throw new FactError({
    code: 'fact-slot-malformed',
    message:
      'A slot is a name such as coffee.milk: small letters, digits, _, and dots between parts, ' +
      `at most ${slotMax} characters. Correct it, or leave it out.`,
  });
};

/** @throws {FactError} fact-category-unknown */
export const knownCategory = (category: string): Category => {
  const known = categories.find((name) => name === category);
  if (known) return known;
  throw new FactError({
    code: 'fact-category-unknown',
    message: `A fact belongs to one of ${categories.join(', ')}. Choose one of these.`,
  });
};

/** @throws {FactError} fact-confidence-out-of-range */
export const givenConfidence = ({ confidence, source }: NewFact): number => {
  if (confidence === undefined) return source === 'explicit' ? 0.95 : 0.5;
  if (confidence >= 0 && confidence <= 1) return confidence;
  throw new FactError({
    code: 'fact-confidence-out-of-range',
    message: 'The confidence of a fact lies between 0 and 1. Correct it, or leave it out.',
  });
};

/** Only what belongs there, and only what the database can hold. */
export const storableOrigin = ({ turn, quote, door }: Origin = {}): Origin => ({
  ...(turn !== undefined && { turn: storable(turn) }),
  ...(quote !== undefined && { quote: storable(quote) }),
  ...(door !== undefined && { door: storable(door) }),
});

/** So many repetitions are kept: enough for every one whose words are still in the history. */
const againMax = 200;

/** The origin of a fact that was said once more. */
export const saidAgain = (origin: Origin, { turn, quote }: Origin): Origin => {
  if (turn === undefined || turn === origin.turn) return origin;
  const again = { turn, ...(quote !== undefined && { quote }) };
  return { ...origin, again: [...(origin.again ?? []), again].slice(-againMax) };
};

export const personUnknown = (): FactError =>
  new FactError({
    code: 'person-unknown',
    message: 'Nobody in this household has that id, so nothing was kept. Add the person first.',
  });
