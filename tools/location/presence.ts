/** What the sources together say of one person: home, away, or not known. Pure. */
import type { Position } from './book.ts';
import { type Fence, type Fix, homeId, isCoarse, placeIn, standingOf } from './fences.ts';
import type { Household, Whereabouts } from './people.ts';
import type { Seen } from './trackers.ts';

/** Older than this, a position says nothing of now. */
const freshMs = 12 * 3_600_000;

export type Presence = 'home' | 'away' | 'unknown';

/** One person as they are known now. */
export interface Known {
  presence: Presence;
  /** What this rests on; of `unknown` the last there was. Undefined: nothing ever. */
  atMs?: number | undefined;
  /** Older than twelve hours, or the phone is out of reach. */
  stale: boolean;
  /** What it was when it was not stale. */
  was?: Presence | undefined;
  fix?: Fix | undefined;
  /** A named place other than home. */
  place?: string | undefined;
}

type Houses = Pick<Household, 'fences' | 'home'>;

const ofPosition = ({ fix, standing }: Position, { fences, home }: Houses): Known => {
  const place = placeIn(standing, fences);
  const isHome = standing.in.includes(homeId);
  const isAway = home !== undefined && standing.out.includes(homeId);
  return {
    ...{ fix, atMs: fix.atMs, stale: false },
    presence: isHome ? 'home' : isAway ? 'away' : 'unknown',
    ...(place && place.id !== homeId && { place: place.name }),
  };
};

const named = (fix: Fix, fences: readonly Fence[]): string | undefined => {
  const place = placeIn(standingOf(fix, fences), fences);
  return place && place.id !== homeId ? place.name : undefined;
};

/** Home Assistant's word; but a fix of two kilometres' accuracy proves no home there either. */
const ofSeen = ({ state, zone, fix, atMs, gps }: Seen, { fences, home }: Houses): Known => {
  const stale = state === undefined;
  if (fix && isCoarse(fix.accuracyM, home?.radiusM ?? 0)) {
    return ofPosition({ fix, standing: standingOf(fix, fences) }, { fences, home });
  }
  const place = zone ?? (fix && named(fix, fences));
  return {
    ...{ presence: state ?? 'unknown', atMs, stale },
    ...(gps && fix && { fix }),
    ...(state === 'away' && place !== undefined && { place }),
  };
};

const newest = (all: readonly Known[]): Known | undefined =>
  all.toSorted((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0)).at(0);

/**
 * In the order of Home Assistant's own `person`: who is home in the network is home; else the
 * newest position counts; being absent from the network only where there is none.
 */
export const knownOf = (
  { positions, seen }: Pick<Whereabouts, 'positions' | 'seen'>,
  houses: Houses,
  nowMs: number,
): Known => {
  const network = seen.filter(({ gps }) => !gps).map((one) => ofSeen(one, houses));
  const located = [
    ...positions.map((one) => ofPosition(one, houses)),
    ...seen.filter(({ gps }) => gps).map((one) => ofSeen(one, houses)),
  ];
  const atHome = network.find(({ presence }) => presence === 'home');
  if (atHome) return atHome;
  const isFresh = ({ atMs = 0, stale }: Known) => !stale && nowMs - atMs <= freshMs;
  const fresh = newest(located.filter(isFresh));
  if (fresh && (fresh.presence !== 'unknown' || network.length === 0)) return fresh;
  const absent = network.find(({ stale }) => !stale);
  if (absent) return absent;
  if (fresh) return fresh;
  const last = newest([...located, ...network]);
  if (!last) return { presence: 'unknown', stale: true };
  return { ...last, presence: 'unknown', stale: true, was: last.presence };
};
