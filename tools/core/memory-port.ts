/** What Butler remembers of people, as tools see it; the person is always the caller's id. */

export const factCategories = ['preference', 'routine', 'personal', 'media'] as const;
export type FactCategory = (typeof factCategories)[number];

/** One thing that is known of a person, as it is stored now. */
export interface KnownFact {
  id: number;
  category: FactCategory;
  /** A name for what there is one of, such as `coffee.milk`. */
  slot: string | null;
  /** In the third person: "Ada takes her coffee black". */
  fact: string;
  source: 'explicit' | 'inferred';
}

/** `refused`: nothing was stored, and `why` says the kind of reason. */
export interface RememberedFact {
  outcome: 'added' | 'known' | 'replaced' | 'refused';
  /** The row as it was read back. */
  fact?: KnownFact | undefined;
  replaced?: KnownFact | undefined;
  why?: 'secret' | 'explicit' | 'length' | undefined;
}

export interface SaidMessage {
  role: 'user' | 'assistant';
  content: string;
  at: Date;
  /** Said by Butler, in an answer that held words from outside. */
  tainted?: boolean;
}

/** How Butler speaks with one person. */
export interface SoulSettings {
  /** At most 200 characters. */
  personality: string;
  formality: 'casual' | 'balanced' | 'formal';
  verbosity: 'concise' | 'moderate' | 'detailed';
  humor: 'none' | 'subtle' | 'playful';
  /** At most 1000 characters. */
  custom_instructions: string;
}

/**
 * Every method throws an error with the code `memory-unavailable` while the database is away.
 */
export interface MemoryPort {
  remember(
    personId: string,
    fact: {
      category: FactCategory;
      slot?: string | undefined;
      fact: string;
      /** The utterance it was said in: forgetting deletes that too. */
      turn?: { id: string; said: string } | undefined;
      door: string;
    },
  ): Promise<RememberedFact>;
  /** Best first; `score` from 0 to 1, 1 for what is surely meant. */
  search(personId: string, text: string, limit: number): Promise<(KnownFact & { score: number })[]>;
  /** The strongest ones. */
  strongest(personId: string, limit: number): Promise<KnownFact[]>;
  byIds(personId: string, ids: readonly number[]): Promise<KnownFact[]>;
  /** Deletes for good, with the words it was learned from. @returns what was deleted. */
  forget(personId: string, ids: readonly number[]): Promise<KnownFact[]>;
  /** Undoes `remember`: the fact goes, and what it had replaced is believed again. */
  takeBack(personId: string, id: number): Promise<KnownFact | undefined>;
  /** Brings back what was forgotten or replaced since the start, by its former ids. */
  restore(personId: string, ids: readonly number[]): Promise<KnownFact[]>;
  /** Oldest first. `query` undefined: everything of that time. */
  conversations(
    personId: string,
    wanted: {
      query?: string | undefined;
      from?: Date;
      to?: Date;
      limit: number;
      /** The utterance that asks: it is no answer to itself. */
      exceptTurn?: string | undefined;
    },
  ): Promise<SaidMessage[]>;
  soul(personId: string): Promise<SoulSettings>;
  /** @returns the soul as it was and as it was read back. */
  updateSoul(
    personId: string,
    patch: Partial<SoulSettings>,
  ): Promise<{ before: SoulSettings; after: SoulSettings }>;
}
