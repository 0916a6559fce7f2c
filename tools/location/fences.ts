/** Whether somebody is at a place: accuracy counts, a jitter at the edge does not. Pure. */
import type { Coordinates } from '../core/ports.ts';
import { distanceM } from './geometry.ts';

/** Where a phone says that it is. */
export interface Fix extends Coordinates {
  /** Radius in which it is with 68 % probability, as phones give it. */
  accuracyM: number;
  /** Milliseconds since 1970, by the phone's clock. */
  atMs: number;
  speedKmh?: number | undefined;
  /** Clockwise from north. */
  courseDegrees?: number | undefined;
}

export interface Fence extends Coordinates {
  id: string;
  /** As it is said. */
  name: string;
  radiusM: number;
}

export const homeId = 'home';
export const radiusDefaultM = 100;

/** A fix as coarse as this, or as the place is wide, still tells whether somebody is there. */
const trustedAccuracyM = 150;

/** So much farther than the edge somebody must be who was inside, before they count as gone. */
const marginOf = (radiusM: number): number => Math.max(50, radiusM / 4);

export const isCoarse = (accuracyM: number, radiusM: number): boolean =>
  accuracyM > Math.max(trustedAccuracyM, radiusM);

export type Inside = 'in' | 'out' | 'unsure';

/**
 * @param before whether the fix before this one was inside; undefined: not known.
 * @returns `unsure` where the fix is too coarse, or lies at the edge and nothing was known before.
 */
export const insideOf = (
  fix: Pick<Fix, 'latitude' | 'longitude' | 'accuracyM'>,
  fence: Fence,
  before?: boolean,
): Inside => {
  const distance = distanceM(fix, fence);
  const leavesAt = fence.radiusM + (before === true ? marginOf(fence.radiusM) : 0);
  if (distance - fix.accuracyM > leavesAt) return 'out';
  if (isCoarse(fix.accuracyM, fence.radiusM)) return 'unsure';
  if (distance <= fence.radiusM) return 'in';
  if (before === undefined) return 'unsure';
  return before ? 'in' : 'out';
};

/** What is known of one fix and each fence: ids where it is in, and where it is out. */
export interface Standing {
  in: readonly string[];
  out: readonly string[];
}

const wasInside = (before: Standing | undefined, id: string): boolean | undefined => {
  if (before?.in.includes(id)) return true;
  return before?.out.includes(id) ? false : undefined;
};

/** The fix against every fence, with what was known of the one before. */
export const standingOf = (
  fix: Pick<Fix, 'latitude' | 'longitude' | 'accuracyM'>,
  fences: readonly Fence[],
  before?: Standing,
): Standing => {
  const found = fences.map(({ id, ...fence }) => ({
    id,
    inside: insideOf(fix, { id, ...fence }, wasInside(before, id)),
  }));
  const ids = (wanted: Inside) =>
    found.filter(({ inside }) => inside === wanted).map(({ id }) => id);
  return { in: ids('in'), out: ids('out') };
};

/** The smallest of the places that a fix is in: the office in the town. */
export const placeIn = (
  standing: Pick<Standing, 'in'>,
  fences: readonly Fence[],
): Fence | undefined =>
  fences
    .filter(({ id }) => standing.in.includes(id))
    .sort((a, b) => a.radiusM - b.radiusM)
    .at(0);
