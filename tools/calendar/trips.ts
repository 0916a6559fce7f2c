/** Trips in a calendar: journeys, stays and days away, joined into one trip each. Pure. */
import { dayMs, type Occurrence } from './model.ts';
import { spokenTitle } from './titles.ts';
import { townOfPlace, townOfTitle } from './towns.ts';
import { dayOfWall, type Zone } from './zones.ts';

export interface Trip {
  title: string;
  place?: string | undefined;
  /** `YYYY-MM-DD`, the first and the last day. */
  from: string;
  to: string;
}

type Kind = 'journey' | 'stay' | 'away';

interface Part {
  kind: Kind;
  title: string;
  place?: string | undefined;
  /** Where a journey begins, as far as it says. */
  origin?: string | undefined;
  isReturn: boolean;
  /** Wall time of the first and of the last day. */
  first: number;
  last: number;
}

const oneOf = (words: string): string => `(${words.split(', ').join('|')})`;

const vehicles = 'flight, flug, flying, fly, train, zug, ferry, fähre, eurostar, thalys, bus';
const journey = new RegExp(
  String.raw`\b${oneOf(vehicles)} (?:\S+ ){0,3}?(to|nach)\b|^(flight|flug)\b`,
  'i',
);
const lodgings =
  'stay (at|in), hotel, hostel, airbnb, check[- ]?in\\b, übernachtung, unterkunft, ' +
  'ferienwohnung, reservation at hotel';
const stay = new RegExp(`^${oneOf(lodgings)}`, 'i');
const travels =
  'trip, travel(l?ing)?, holidays?, vacation, getaway, journey, visit(ing)?, conference, ' +
  'offsite, honeymoon, cruise, city ?break, weekend in, urlaub\\w*, reisen?, konferenz, messe, ' +
  'ferien, kurztrip, wochenende in, klassenfahrt';
const away = new RegExp(`\\b${oneOf(travels)}\\b|(reise|urlaub|trip|fahrt)\\b`, 'i');
/** Days off that are spent at home, and other people's journeys. */
const notAway =
  'home ?office, staycation, school holidays?, schulferien, bank holiday, public holiday, ' +
  'feiertag, on[- ]?call, bereitschaft, birthday, geburtstag, visits us, is visiting, ' +
  'staying with us, zu besuch, bei uns, dry cleaning, bin';
const home = new RegExp(`\\b${oneOf(notAway)}\\b`, 'i');
const goesBack = /\b(return|back|home|rück\w*|zurück|heim\w*)\b/i;
const originOf = /\b(?:from|von|ab) (\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?)/u;

const plain = (name: string | undefined): string => (name ?? '').toLowerCase();

const partOf = (event: Occurrence, zone: Zone): Part | undefined => {
  const { title, place } = event;
  const first = Math.floor(zone.wallOf(event.startMs) / dayMs) * dayMs;
  const last = Math.floor(zone.wallOf(Math.max(event.startMs, event.endMs - 1)) / dayMs) * dayMs;
  const nights = Math.round((last - first) / dayMs);
  const base = { title: spokenTitle(title), first, last };
  if (home.test(title)) return undefined;
  if (journey.test(title)) {
    const origin = originOf.exec(title)?.[1] ?? townOfPlace(place);
    const isReturn = goesBack.test(title);
    return { ...base, kind: 'journey', place: townOfTitle(title), origin, isReturn };
  }
  const town = townOfPlace(place) ?? townOfTitle(title);
  if (stay.test(title)) return { ...base, kind: 'stay', place: town, isReturn: false };
  const isAway = away.test(title);
  // A day trip has to name where it goes; several days somewhere, or a word that says so.
  const counts = nights === 0 ? isAway && event.allDay && town !== undefined : isAway || town;
  const isLong = nights > 0 && event.endMs - event.startMs > 18 * 3_600_000;
  if (!counts || (nights > 0 && !isLong)) return undefined;
  return { ...base, kind: 'away', place: town, isReturn: false };
};

/** Longer than this between two journeys, and they are two trips. */
const apartMs = 45 * dayMs;

const leads = (part: Part, group: readonly Part[]): boolean =>
  group.some((other) => other.place !== undefined && plain(other.place) === plain(part.origin));

/** Does this part belong to the trip that began before it? */
const joins = (part: Part, group: readonly Part[]): boolean => {
  const end = Math.max(...group.map(({ last }) => last));
  const outward = group.find(({ kind }) => kind === 'journey');
  const isBack = group.some(
    ({ kind }, index) => kind === 'journey' && index > 0 && group[index]?.isReturn,
  );
  if (part.first <= end + dayMs) {
    // Somewhere else on the day after is another trip, unless one journeys there.
    const sameTown = group.some(({ place }) => plain(place) === plain(part.place));
    const bound = part.kind === 'journey' || outward !== undefined;
    return part.first <= end || bound || sameTown || part.place === undefined;
  }
  if (outward === undefined || isBack || part.first - end > apartMs) return false;
  if (part.kind !== 'journey') return plain(part.place) === plain(outward.place);
  return part.isReturn || leads(part, group) || plain(part.place) === plain(outward.origin);
};

const tripOf = (group: readonly Part[]): Trip => {
  const named = group.find(({ kind }) => kind === 'away');
  const [outward] = group.filter(({ kind, isReturn }) => kind === 'journey' && !isReturn);
  const stayed = group.find(({ kind, place }) => kind === 'stay' && place);
  const place = named?.place ?? outward?.place ?? stayed?.place;
  const first = Math.min(...group.map((one) => one.first));
  const last = Math.max(...group.map((one) => one.last));
  const title = (named ?? outward ?? group[0])?.title ?? '';
  return { title, place, from: dayOfWall(first), to: dayOfWall(last) };
};

/** A journey on its own that goes home, or a stay of no days, is no trip. */
const isTrip = (group: readonly Part[]): boolean =>
  !(group.length === 1 && group[0]?.kind === 'journey' && group[0].isReturn);

/**
 * @param events in any order.
 * @param zone the household's, for whole days.
 * @returns soonest first.
 */
export const tripsIn = (events: readonly Occurrence[], zone: Zone): Trip[] => {
  const parts = events
    .map((event) => partOf(event, zone))
    .filter((part) => part !== undefined)
    .sort((a, b) => a.first - b.first || b.last - a.last);
  const groups: Part[][] = [];
  for (const part of parts) {
    const group = groups.findLast((one) => joins(part, one));
    if (group) group.push(part);
    else groups.push([part]);
  }
  return groups.filter(isTrip).map(tripOf);
};
