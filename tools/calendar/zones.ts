/** Time zones by Intl: wall time to an instant and back, whatever a calendar calls a zone. */
import { windowsZones } from './windows-zones.ts';

const dayMs = 86_400_000;

export interface Zone {
  /** The instant of a wall time; of two the first, and in a gap as if the clock had not moved. */
  instantOf(wallMs: number): number;
  wallOf(instantMs: number): number;
}

export const utc: Zone = { instantOf: (wallMs) => wallMs, wallOf: (instantMs) => instantMs };

class IntlZone implements Zone {
  readonly #format: Intl.DateTimeFormat;
  /** Offsets at midnights in UTC: one look-up for all of a day on which no clock moves. */
  readonly #offsets = new Map<number, number>();

  /** @throws RangeError where there is no such zone. */
  constructor(name: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: name, hourCycle: 'h23', era: 'short' },
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  }

  instantOf(wallMs: number): number {
    const before = this.#offset(wallMs - dayMs);
    const early = wallMs - before;
    if (this.#offset(early) === before) return early;
    const late = wallMs - this.#offset(early);
    // Neither offset fits: the clock skips this time (RFC 5545 3.3.5 takes the offset before).
    return this.#offset(late) === this.#offset(early) ? late : early;
  }

  wallOf(instantMs: number): number {
    return instantMs + this.#offset(instantMs);
  }

  #offset(instantMs: number): number {
    const day = Math.floor(instantMs / dayMs);
    const first = this.#offsetAtMidnight(day);
    return first === this.#offsetAtMidnight(day + 1) ? first : this.#exactOffset(instantMs);
  }

  #offsetAtMidnight(day: number): number {
    const known = this.#offsets.get(day) ?? this.#exactOffset(day * dayMs);
    this.#offsets.set(day, known);
    return known;
  }

  #exactOffset(instantMs: number): number {
    const wholeMs = Math.floor(instantMs / 1000) * 1000;
    const parts = this.#format.formatToParts(wholeMs);
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
    const year = parts.some(({ value }) => value === 'BC') ? 1 - part('year') : part('year');
    const wall = Date.UTC(year, part('month') - 1, part('day'), part('hour'), part('minute'));
    return wall + part('second') * 1000 - wholeMs;
  }
}

const known = new Map<string, Zone | undefined>();

const intlZone = (name: string): Zone | undefined => {
  if (!known.has(name)) {
    let zone: Zone | undefined;
    try {
      zone = new IntlZone(name);
    } catch {
      zone = undefined;
    }
    known.set(name, zone);
  }
  return known.get(name);
};

/**
 * The zone of a TZID: an IANA name, also with something before it ("/mozilla.org/20050126_1/
 * Europe/Berlin"), or a Windows name, as Outlook writes it.
 */
export const zoneNamed = (name: string): Zone | undefined => {
  const plain = name.trim().replace(/^"|"$/g, '');
  if (/^(utc|gmt|z|etc\/utc)$/i.test(plain)) return utc;
  const windows = windowsZones[plain.toLowerCase()];
  if (windows) return intlZone(windows);
  const tail = /([A-Za-z_]+\/[A-Za-z_+-]+(?:\/[A-Za-z_]+)?)$/.exec(plain)?.[1];
  // "EST" is a zone to Intl, but a word of three letters may be anything: only whole names count.
  const direct = plain.includes('/') && !plain.startsWith('/') ? intlZone(plain) : undefined;
  return direct ?? (tail === undefined ? undefined : intlZone(tail));
};

/** @throws RangeError where the household's setting is no zone. */
export const householdZone = (name: string): Zone => {
  const zone = zoneNamed(name) ?? intlZone(name);
  if (!zone) throw new RangeError(`There is no time zone ${name}: correct BUTLER_TIMEZONE.`);
  return zone;
};

/** `YYYY-MM-DD` of a wall time. */
export const dayOfWall = (wallMs: number): string => new Date(wallMs).toISOString().slice(0, 10);

/** The wall time of a day's midnight; NaN where it is no day. */
export const wallOfDay = (day: string): number => {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!found) return Number.NaN;
  const [year, month, date] = found.slice(1).map(Number) as [number, number, number];
  const wallMs = Date.UTC(year, month - 1, date);
  return dayOfWall(wallMs) === day ? wallMs : Number.NaN;
};
