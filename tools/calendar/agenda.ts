/** The calendars that a caller may read, as one: merged, told once, private ones without words. */

import type { ToolContext } from '../core/define.ts';
import { plainName } from '../core/sounds.ts';
import { ToolError } from '../core/tool-error.ts';
import type { CalendarAccount, Reading } from './accounts.ts';
import type { Span } from './expand.ts';
import { dayName, dayOf, type Telling, type Told, tellingFor, timeOf } from './telling.ts';
import { calendarWords } from './words.ts';
import { householdZone } from './zones.ts';

export interface CalendarClient {
  accounts: readonly CalendarAccount[];
}

export type Context = ToolContext<CalendarClient>;

export interface Agenda {
  telling: Telling;
  /** In order of time. */
  events(span: Span): Told[];
  /** What is not as it should be: an old answer, an account that does not answer. */
  notes: string[];
}

interface Mine {
  account: CalendarAccount;
  /** The account is the caller's own: private events are told. */
  own: boolean;
}

/** Accounts without a person are everybody's; the others are told only to whose they are. */
const readable = async ({ client, caller, people }: Context): Promise<Mine[]> => {
  const all = client.accounts.some(({ source }) => source.person) ? await people.all() : [];
  const me = all.find(({ id }) => id === caller.personId)?.username?.toLowerCase();
  return client.accounts.flatMap((account): Mine[] => {
    const person = account.source.person?.toLowerCase();
    if (person === undefined) return [{ account, own: false }];
    return me !== undefined && person === me ? [{ account, own: true }] : [];
  });
};

const keyOf = ({ title, startMs, endMs, allDay }: Told): string =>
  [plainName(title), startMs, endMs, allDay].join('|');

/** The same event in two calendars is told once; the one that says more is kept. */
const withoutTwins = (events: readonly Told[]): Told[] => {
  const byUid = new Map<string, Told>();
  for (const event of events) {
    const key = event.uid ? `${event.uid}|${event.startMs}` : keyOf(event);
    const known = byUid.get(key);
    if (!known || (known.hidden && !event.hidden)) byUid.set(key, event);
  }
  const byTitle = new Map<string, Told>();
  for (const event of byUid.values()) {
    // What is hidden has no title that could tell two apart.
    const key = event.hidden ? `${event.uid}|${event.startMs}` : keyOf(event);
    const known = byTitle.get(key);
    if (!known || (!known.place && event.place)) byTitle.set(key, event);
  }
  return [...byTitle.values()];
};

const staleNote = (sinceMs: number, telling: Telling): string => {
  const day = dayOf(sinceMs, telling);
  const { said } = telling;
  const time = timeOf(sinceMs, telling);
  const isToday = day === dayOf(telling.nowMs, telling);
  return said.stale(isToday ? time : said.dateTime(dayName(day, telling), time));
};

/**
 * Reads all calendars that the caller may read.
 * @throws {ToolError} where there is none, or none can be read.
 */
export const openAgenda = async (context: Context): Promise<Agenda> => {
  const { language, words, timeZone } = context;
  const said = calendarWords(language);
  const mine = await readable(context);
  if (mine.length === 0) throw new ToolError(said.notYours, 'no-account');
  const zone = householdZone(timeZone);
  const nowMs = context.now().getTime();
  const telling = tellingFor({ language, words, zone, timeZone, nowMs });
  const asking = { nowMs, household: zone, language };
  const read = await Promise.allSettled(mine.map(({ account }) => account.read(asking)));
  const notes: string[] = [];
  const readings: { reading: Reading; own: boolean }[] = [];
  let failure: unknown;
  for (const [index, one] of read.entries()) {
    const { account, own } = mine[index] as Mine;
    if (one.status === 'rejected') {
      failure ??= one.reason;
      notes.push(said.missing(account.source.label));
      continue;
    }
    const { staleSinceMs } = one.value;
    if (staleSinceMs !== undefined) notes.push(staleNote(staleSinceMs, telling));
    readings.push({ reading: one.value, own });
  }
  if (readings.length === 0) throw failure;
  const events = (span: Span): Told[] =>
    withoutTwins(
      readings.flatMap(({ reading, own }) =>
        reading.occurrences(span).map((one) => ({ ...one, hidden: one.isPrivate && !own })),
      ),
    ).sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  return { telling, events, notes: [...new Set(notes)] };
};

/** Words that name no particular event. */
const general = new Set(
  (
    'a an the my our next appointment appointments event events meeting meetings with for about ' +
    'termin termine besprechung mein meine meinen der die das den nächste nächster nächsten mit'
  )
    .split(' ')
    .map(plainName),
);

/** Events that a person's words name, by title or place; all where the words are general. */
export const matching = (events: readonly Told[], query: string | undefined): Told[] => {
  const wanted = plainName(query ?? '')
    .split(' ')
    .filter(Boolean);
  if (wanted.length === 0) return [...events];
  const fits = (words: readonly string[]) =>
    events.filter(({ hidden, title, place }) => {
      const text = ` ${plainName(`${title} ${place ?? ''}`)}`;
      // "Zahnarzt" is in "Zahnarzttermin", and "dentists" was meant as "dentist".
      return !hidden && words.every((word) => text.includes(` ${word.replace(/s$/, '')}`));
    });
  const exact = fits(wanted);
  const telling = wanted.filter((word) => !general.has(word));
  if (exact.length > 0) return exact;
  return telling.length > 0 ? fits(telling) : [...events];
};
