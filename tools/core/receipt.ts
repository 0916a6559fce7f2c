/** Receipts: the state read back after an effect, and what counts as one. Pure. */

/** One thing an effect was meant for, as it was read back. */
export interface ReadBack {
  /** As a person calls it. */
  name: string;
  /** It is now as it was wanted; false too when it could not be read. */
  asWanted: boolean;
  /** What was read, for a screen and for the mind. */
  state?: unknown;
}

/** The shape that tells success from half a success; a tool may use any other that is not empty. */
export interface Receipt {
  /** How many things are as wanted. None is no success, whatever the service answered. */
  confirmed: number;
  /** The things that are not, by name. */
  missed: string[];
  state: Record<string, unknown>;
}

/** The receipt of an effect on several things; none at all is an empty success, which is none. */
export const receiptOf = (things: readonly ReadBack[]): Receipt => ({
  confirmed: things.filter(({ asWanted }) => asWanted).length,
  missed: things.filter(({ asWanted }) => !asWanted).map(({ name }) => name),
  state: Object.fromEntries(things.map(({ name, state }) => [name, state ?? null])),
});

/**
 * What a receipt proves. `missing`: nothing was read back. `nothing`: it was, and nothing is as
 * wanted. `partly`: some things are. `whole`: all of them.
 */
export type Proof = 'missing' | 'nothing' | 'partly' | 'whole';

export const proofOf = (receipt: unknown): Proof => {
  if (receipt === undefined || receipt === null || receipt === false) return 'missing';
  if (typeof receipt === 'string') return receipt.trim() === '' ? 'missing' : 'whole';
  if (typeof receipt === 'number') return receipt > 0 ? 'whole' : 'nothing';
  if (Array.isArray(receipt)) return receipt.length > 0 ? 'whole' : 'nothing';
  if (typeof receipt !== 'object') return 'whole';
  if (Object.keys(receipt).length === 0) return 'missing';
  const { confirmed, missed } = receipt as { confirmed?: unknown; missed?: unknown };
  if (typeof confirmed === 'number' && !(confirmed > 0)) return 'nothing';
  return Array.isArray(missed) && missed.length > 0 ? 'partly' : 'whole';
};
