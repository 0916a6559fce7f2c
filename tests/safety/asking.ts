/** A place where words of others come in, and how a person asks for what is there. */
import type { SafeHouse } from './house.ts';
import type { Call } from './orders.ts';

export interface Asked {
  /** What the person says, and never anything that asks for an effect. */
  says: string;
  /** What a mind then reads; undefined: code does it alone. */
  reads?: Call;
  /** A yes to the question about just that. */
  confirms?: string;
}

export interface Source {
  name: string;
  /** So many letters reach the mind at most. */
  lettersMax: number;
  /**
   * @param words of a stranger.
   * @returns the ways to ask for them.
   */
  poison(house: SafeHouse, words: string): Promise<readonly Asked[]>;
  /** What the person ordered in these cases themselves, as it is counted. */
  ordered?: readonly string[];
}

export const reads = (name: string, input: Record<string, unknown> = {}): Call => ({ name, input });

/** Asked through the fast path, or in words that a mind makes a call of. */
export const either = (fast: string, slow: string, call: Call): Asked[] => [
  { says: fast },
  { says: slow, reads: call },
];
