/** Flights in a mail: as its sender wrote them for machines, else as they stand in its words. */

import { airlineOf } from './airlines.ts';
import { datesIn, localDay, timesIn } from './dates.ts';
import { flightMails, routeIn } from './flights-text.ts';
import { anyOf } from './patterns.ts';
import { type Thing, textAt, thingAt, thingsIn } from './structured.ts';

export interface Flight {
  airline?: string;
  /** "SK 4035". */
  number: string;
  /** A city or an airport, with its code where that is known: "Oslo (OSL)". */
  from?: string;
  to?: string;
  /** `YYYY-MM-DDTHH:MM` or `YYYY-MM-DD`, as on the clock of the airport. */
  departure: string;
  arrival?: string;
  booking?: string;
  cancelled?: true;
}

/** A mail as the extractors take it. */
export interface Readable {
  subject: string;
  from: { name: string; address: string };
  /** When it was sent. */
  at: Date;
  html: string;
  /** All words that it shows. */
  text: string;
}

const cancelledWords =
  /\b(has been|was|is|were|wurde|ist)\b.{0,30}\b(cancell?ed|storniert|annulliert|gestrichen)\b/i;

/** `2026-12-03T09:40:00+01:00` is 09:40 there, whatever the zone. */
const localTime = (text: string | undefined): string | undefined =>
  /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?/.exec(text?.trim().replace(' ', 'T') ?? '')?.[0];

const numberPattern = /^([A-Z][A-Z\d]|\d[A-Z])\s?-?0*(\d{1,4})$/i;

/** "SK" and "4035", "SK4035" and "sk 4035" are one flight. */
const flightNumber = (code: string | undefined, number: string | undefined): string | undefined => {
  const plain = number?.replace(/\s+/g, '') ?? '';
  const whole = /^\d{1,4}$/.test(plain) ? `${code ?? ''}${plain}` : plain;
  const found = numberPattern.exec(whole);
  return found ? `${found[1]?.toUpperCase()} ${found[2]}` : undefined;
};

const airport = (place: Thing | undefined, plain: string | undefined): string | undefined => {
  const code = textAt(place, 'iataCode')?.toUpperCase();
  const name = textAt(place, 'address', 'addressLocality') ?? textAt(place, 'name') ?? plain;
  if (name === undefined) return code;
  return code === undefined || name.includes(code) ? name : `${name} (${code})`;
};

const optional = (flight: { [Key in keyof Flight]: Flight[Key] | undefined }): Flight =>
  Object.fromEntries(
    Object.entries(flight).filter(([, value]) => value !== undefined),
    // What must be there is checked before.
  ) as unknown as Flight;

const fromThing = (reservation: Thing): Flight | undefined => {
  const flight = thingAt(reservation, 'reservationFor');
  const airline = thingAt(flight, 'airline') ?? thingAt(flight, 'provider');
  const code = textAt(airline, 'iataCode');
  const number = flightNumber(code, textAt(flight, 'flightNumber'));
  const departure = localTime(textAt(flight, 'departureTime'));
  if (!number || !departure) return undefined;
  const status = textAt(reservation, 'reservationStatus') ?? '';
  return optional({
    airline: textAt(airline, 'name') ?? airlineOf(number.slice(0, 2)),
    ...{ number, departure, arrival: localTime(textAt(flight, 'arrivalTime')) },
    from: airport(thingAt(flight, 'departureAirport'), textAt(flight, 'departureAirport')),
    to: airport(thingAt(flight, 'arrivalAirport'), textAt(flight, 'arrivalAirport')),
    booking: textAt(reservation, 'reservationNumber') ?? textAt(reservation, 'reservationId'),
    cancelled: /cancel/i.test(status) ? true : undefined,
  });
};

const bookingPattern = anyOf(
  [
    String.raw`(?:booking|reservation|confirmation)\s(?:code|reference|number|ref)`,
    'record locator',
    String.raw`\bPNR\b`,
    'reference(?: number)?',
    '(?:buchungs|reservierungs|bestätigungs)(?:code|nummer|referenz)',
  ],
  'gi',
);

/** Six letters and digits behind such a word; words in capitals are none of them. */
const bookingIn = (text: string): string | undefined => {
  for (const { index, 0: label } of text.matchAll(bookingPattern)) {
    const after = text.slice(index + label.length, index + label.length + 60);
    const found = /^(?:\s?\([^)]{1,20}\))?[\s:#–-]*(?:is|lautet|ist)?[\s:]*([A-Z\d]{5,8})\b/.exec(
      after,
    );
    const code = found?.[1];
    if (code && (/\d/.test(code) || code.length === 6)) return code;
  }
  return undefined;
};

const mention = new RegExp(
  String.raw`(?<![\w-])(?:(?<labelled>(?:flight|flug)` +
    String.raw`(?:nummer|nr\.?|\s(?:number|no\.?|nr\.?))?)[\s:#]*)?` +
    String.raw`(?<code>[A-Z][A-Z]|[A-Z]\d|\d[A-Z])[\s\u00a0-]?(?<digits>\d{1,4})` +
    String.raw`(?![\w.,:/-]\d|[\w%€$])`,
  'gi',
);

interface Mention {
  number: string;
  index: number;
  end: number;
}

/** Two characters and digits are a flight where an airline has that code, in capitals. */
const mentionsIn = (text: string): Mention[] =>
  [...text.matchAll(mention)].flatMap((match) => {
    const { code = '', digits = '', labelled } = match.groups ?? {};
    if (code !== code.toUpperCase() || !(airlineOf(code) || labelled)) return [];
    // "AT 10" and "IN 24" in a heading.
    if (!airlineOf(code) && digits.length < 3) return [];
    const number = flightNumber(code, digits);
    return number ? [{ number, index: match.index, end: match.index + match[0].length }] : [];
  });

const flightWord = /\b(?:flight|flug|flüge)/i;
/** Nobody flies more often in one mail. */
const mentionsMax = 24;
const readMax = 60_000;
const reachBefore = 260;
const reachAfter = 420;

/** The text about one flight: up to its neighbours, before and after where it is named. */
const around = (text: string, mentions: readonly Mention[], at: number): string => {
  const mine = mentions[at] as Mention;
  const before = Math.max(mentions[at - 1]?.end ?? 0, mine.index - reachBefore);
  const next = mentions[at + 1]?.index ?? text.length;
  return text.slice(before, Math.min(next, mine.end + reachAfter));
};

/** The day and time that belong together: behind the number, else before it. */
const departureIn = (window: string, own: number, sent: Date): string | undefined => {
  const dates = datesIn(window, sent);
  const date = dates.find(({ index }) => index >= own) ?? dates.at(-1);
  if (!date) return undefined;
  const times = timesIn(window);
  const near = times.filter(({ index }) => index >= own);
  const first = near[0] ?? times[0];
  return first ? `${date.day}T${first.time}` : date.day;
};

const fromText = (mail: Readable, sent: Date): Flight[] => {
  const { subject } = mail;
  const text = mail.text.slice(0, readMax);
  const whole = `${subject}\n${text}`;
  if (!flightMails.test(whole)) return [];
  const mentions = mentionsIn(text).slice(0, mentionsMax);
  const booking = bookingIn(whole);
  const cancelled = cancelledWords.test(whole.slice(0, 1_500));
  return mentions.flatMap((one, index) => {
    const window = around(text, mentions, index);
    const own = Math.max(0, window.indexOf(text.slice(one.index, one.end)));
    const departure = departureIn(window, own, sent);
    const route = routeIn(window.slice(own)) ?? routeIn(window) ?? routeIn(subject);
    // A number and a day alone are said of others' flights, and of parcels.
    if (!departure || !(route || (booking && flightWord.test(whole)))) return [];
    return [
      optional({
        ...{ airline: airlineOf(one.number.slice(0, 2)), number: one.number, departure },
        ...{ from: route?.from, to: route?.to, booking },
        cancelled: cancelled ? true : undefined,
      }),
    ];
  });
};

const keyOf = ({ number, departure }: Flight): string => `${number} ${departure.slice(0, 10)}`;

/** The same flight told twice: what the one lacks, the other may have. */
const merged = (flights: readonly Flight[]): Flight[] => {
  const known = new Map<string, Flight>();
  for (const flight of flights) {
    const before = known.get(keyOf(flight));
    const fuller = before && before.departure.length > flight.departure.length;
    known.set(keyOf(flight), {
      ...before,
      ...flight,
      ...(fuller && { departure: before.departure }),
    });
  }
  return [...known.values()].sort((a, b) => (a.departure < b.departure ? -1 : 1));
};

/**
 * Flights that a mail confirms, reminds of or cancels, by departure.
 * @param timeZone in which "tomorrow" is counted from when the mail was sent.
 */
export const flightsIn = (mail: Readable, timeZone: string): Flight[] => {
  const things = thingsIn(mail.html, ['FlightReservation']);
  const told = things.flatMap((thing) => fromThing(thing) ?? []);
  if (told.length > 0) return merged(told);
  return merged(fromText(mail, localDay(mail.at, timeZone)));
};

/** Of several mails, oldest first: a later one knows better. */
export const allFlights = (mails: readonly Flight[][]): Flight[] => merged(mails.flat());
