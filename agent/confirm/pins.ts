/** PINs: kept as salted hashes, compared in constant time, three tries and then a pause. */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/** What is stored of a PIN; the digits are never. */
export interface StoredPin {
  /** Both in base64. */
  salt: string;
  hash: string;
}

const hashBytes = 32;
const triesMax = 3;
const lockedForMs = 5 * 60_000;

/** What to store of a new PIN. */
export const sealPin = (digits: string, salt: Buffer = randomBytes(16)): StoredPin => ({
  salt: salt.toString('base64'),
  hash: scryptSync(digits, salt, hashBytes).toString('base64'),
});

const fits = (digits: string, { salt, hash }: StoredPin): boolean =>
  timingSafeEqual(
    scryptSync(digits, Buffer.from(salt, 'base64'), hashBytes),
    Buffer.from(hash, 'base64'),
  );

interface Tries {
  wrong: number;
  lockedUntilMs: number;
}

/** One for the house: wrong tries at one door count at every other. */
export class Pins {
  readonly #pinOf: (personId: string) => StoredPin | undefined;
  readonly #now: () => number;
  readonly #tries = new Map<string, Tries>();

  /** @param now milliseconds, monotonic. */
  constructor(
    pinOf: (personId: string) => StoredPin | undefined,
    now: () => number = () => performance.now(),
  ) {
    this.#pinOf = pinOf;
    this.#now = now;
  }

  has(personId: string): boolean {
    return this.#pinOf(personId) !== undefined;
  }

  /** Is this their PIN? No try is counted: nothing is opened by it, and nobody is told. */
  is(personId: string, digits: string): boolean {
    const pin = this.#pinOf(personId);
    return pin !== undefined && fits(digits, pin);
  }

  try(personId: string, digits: string): 'right' | 'wrong' | 'locked' {
    const pin = this.#pinOf(personId);
    if (!pin) return 'wrong';
    const tries = this.#tries.get(personId) ?? { wrong: 0, lockedUntilMs: 0 };
    if (this.#now() < tries.lockedUntilMs) return 'locked';
    if (fits(digits, pin)) {
      this.#tries.delete(personId);
      return 'right';
    }
    tries.wrong += 1;
    const locks = tries.wrong >= triesMax;
    if (locks) Object.assign(tries, { wrong: 0, lockedUntilMs: this.#now() + lockedForMs });
    this.#tries.set(personId, tries);
    return locks ? 'locked' : 'wrong';
  }
}
