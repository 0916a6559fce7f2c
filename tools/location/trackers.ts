/** What Home Assistant says of its people, phones and zones, as words from outside. */
import { z } from 'zod';
import { type Fence, type Fix, homeId, radiusDefaultM } from './fences.ts';
import { isOnEarth } from './geometry.ts';

const trackersSchema = z.array(
  z.object({
    name: z.string(),
    entity: z.string(),
    state: z.string(),
    zone: z.string().optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
    accuracyM: z.number().nonnegative().optional(),
    radiusM: z.number().positive().optional(),
    gps: z.boolean().optional(),
    at: z.iso.datetime(),
  }),
);
type Tracker = z.output<typeof trackersSchema>[number];

/** Somebody, or a phone of nobody, as Home Assistant sees it now. */
export interface Seen {
  name: string;
  /** Undefined: it does not know. */
  state: 'home' | 'away' | undefined;
  /** The zone's name, when in another one than home. */
  zone?: string | undefined;
  fix?: Fix | undefined;
  /** By position; else by presence in the network, which counts as long as it is said. */
  gps: boolean;
  atMs: number;
}

export interface HomeAssistantView {
  people: Seen[];
  /** Phones that belong to no person there. */
  phones: Seen[];
  zones: Fence[];
}

const pointOf = ({ latitude, longitude }: Tracker) => {
  if (latitude === undefined || longitude === undefined) return undefined;
  const point = { latitude, longitude };
  return isOnEarth(point) ? point : undefined;
};

const stateOf = ({ state }: Tracker): Seen['state'] => {
  if (state === 'unavailable' || state === 'unknown' || state === '') return undefined;
  return state === 'home' ? 'home' : 'away';
};

const nameMax = 60;
/** A name from outside, as part of a sentence. */
const plain = (name: string): string =>
  name
    .replace(/[\p{C}*_#`<>[\]{}|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, nameMax);

const seenOf = (tracker: Tracker): Seen => {
  const atMs = Date.parse(tracker.at);
  const point = pointOf(tracker);
  const fix = point && { ...point, accuracyM: tracker.accuracyM ?? 0, atMs };
  const { gps = false, zone } = tracker;
  return {
    ...{ name: plain(tracker.name), state: stateOf(tracker), gps, atMs },
    ...(zone !== undefined && { zone: plain(zone) }),
    ...(gps && fix && { fix }),
  };
};

const fenceOf = (tracker: Tracker): Fence[] => {
  const point = pointOf(tracker);
  const name = plain(tracker.name);
  if (!point || name === '') return [];
  const id = tracker.entity === 'zone.home' ? homeId : `zone:${tracker.entity}`;
  return [{ ...point, id, name, radiusM: tracker.radiusM ?? radiusDefaultM }];
};

/** @param show of `home_assistant_trackers`; anything else is nobody. */
export const viewFrom = (show: unknown): HomeAssistantView => {
  const read = trackersSchema.safeParse(show);
  const all = read.success ? read.data : [];
  const of = (domain: string) => all.filter(({ entity }) => entity.startsWith(`${domain}.`));
  const named = (seen: Seen) => seen.name !== '';
  return {
    people: of('person').map(seenOf).filter(named),
    phones: of('device_tracker').map(seenOf).filter(named),
    zones: of('zone').flatMap(fenceOf),
  };
};
