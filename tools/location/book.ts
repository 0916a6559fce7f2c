/** The last position of each phone that reports over MQTT: never a track, and gone at the end. */
import { type Fence, type Fix, type Standing, standingOf } from './fences.ts';
import { type Report, readReport } from './payload.ts';

/** What came, for `doctor`. */
export interface Counts {
  fix: number;
  other: number;
  garbage: number;
  encrypted: number;
  cleared: number;
}

export const noCounts = (): Counts => ({ fix: 0, other: 0, garbage: 0, encrypted: 0, cleared: 0 });

/** A position, and which places it is in and out of. */
export interface Position {
  fix: Fix;
  standing: Standing;
}

const phonesMax = 200;

/** Usernames are compared as people's are kept: in one case and one form. */
export const foldedUser = (user: string): string => user.normalize('NFKC').trim().toLowerCase();

export class PositionBook {
  readonly counts: Counts = noCounts();
  readonly #clock: () => number;
  readonly #phones = new Map<string, Position & { user: string }>();
  #fences: readonly Fence[] = [];

  /** @param clock milliseconds since 1970. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** One message of one phone; never throws. */
  take(phone: { user: string; device: string }, bytes: Uint8Array): Report['kind'] {
    const report = readReport(bytes, this.#clock());
    this.counts[report.kind] += 1;
    const user = foldedUser(phone.user);
    const key = `${user}\n${phone.device}`;
    if (report.kind === 'cleared') this.#phones.delete(key);
    if (report.kind === 'fix') this.#keep(key, user, report.fix);
    return report.kind;
  }

  #keep(key: string, user: string, fix: Fix): void {
    const before = this.#phones.get(key);
    // A phone sends late what it could not send: that is a past one.
    if (before && before.fix.atMs > fix.atMs) return;
    if (!before && this.#phones.size >= phonesMax) return;
    const standing = standingOf(fix, this.#fences, before?.standing);
    this.#phones.set(key, { user, fix, standing });
  }

  /** From now on positions are held against these places, each with the one before it. */
  use(fences: readonly Fence[]): void {
    this.#fences = fences;
    for (const [key, { user, fix, standing }] of this.#phones) {
      this.#phones.set(key, { user, fix, standing: standingOf(fix, fences, standing) });
    }
  }

  /** The newest position of each user, of whichever phone. */
  all(): Map<string, Position> {
    const newest = new Map<string, Position>();
    for (const { user, ...position } of this.#phones.values()) {
      const other = newest.get(user);
      if (!other || other.fix.atMs < position.fix.atMs) newest.set(user, position);
    }
    return newest;
  }

  get phones(): number {
    return this.#phones.size;
  }
}
