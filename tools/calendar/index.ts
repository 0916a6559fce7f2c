/** Calendars of the household, read-only: Google Calendar and CalDAV (iCloud, Nextcloud). */
import { z } from 'zod';
import { integration } from '../core/define.ts';
import { renewGoogle } from '../core/google.ts';
import { timeOfDay } from '../core/slots.ts';
import { CalendarAccount } from './accounts.ts';
import type { CalendarClient } from './agenda.ts';
import { listEvents, tellEvents, tellNext } from './answers.ts';
import { tellFree, tellTrips } from './answers-free.ts';
import { renewCaldav } from './dav-fetch.ts';
import { eventsSays, freeSays, nextSays, tripsSays } from './says.ts';
import { caldavAccount, googleCalendarAccount } from './settings.ts';
import { dayParts, days } from './spans.ts';
import { householdZone } from './zones.ts';

const months = 'jan feb mar mär apr may mai jun jul aug sep oct okt nov dec dez'.split(' ');
/** `YYYY-MM-DD`, a date with its month, "the 24th": no other words are taken for a date. */
const dateLike = new RegExp(
  String.raw`^\d{4}-\d{2}-\d{2}$|\b(${months.join('|')})\p{L}*\b|^(the )?\d{1,2} ?(st|nd|rd|th)$`,
  'iu',
);

const when = {
  day: z.enum(days).optional().describe('Left out: today. A weekday is the next one.'),
  date: z.string().max(40).regex(dateLike).optional().describe('YYYY-MM-DD, not with day.'),
  until: z.iso.date().optional().describe('Last day, with date.'),
  part: z.enum(dayParts).optional(),
};
const query = z.string().trim().min(1).max(60).optional().describe('Words of its title or place.');

const reading = {
  effect: 'read',
  permission: 'calendar',
  confirm: 'if-unsure',
  outside: true,
  asked: { en: 'the calendar', de: 'den Kalender' },
} as const;

/** One line for doctor: how many calendars each account has. */
const health = async ({ accounts }: CalendarClient, signal: AbortSignal): Promise<string> => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const asking = { nowMs: Date.now(), household: householdZone(timeZone), language: 'en' };
  const lines = await Promise.all(
    accounts.map(async (account) => {
      const count = await account.check(asking, signal);
      return `${count} ${count === 1 ? 'calendar' : 'calendars'} at ${account.source.label}`;
    }),
  );
  return lines.join(', ');
};

const none = (): never => {
  throw new Error('There is no account of this kind.');
};
const noSources = { googleCalendars: none, caldavCalendars: none };

export default integration({
  name: 'calendar',
  about: 'Appointments, free time and trips, from Google Calendar and CalDAV. Nothing is changed.',
  doing: {
    read: { en: 'looking at your calendar', de: 'sehe in deinen Kalender' },
  },
  sources: { google: googleCalendarAccount, caldav: caldavAccount },
  renew: `Google: ${renewGoogle} CalDAV: ${renewCaldav}`,
  connect: async ({ sources: { google, caldav } }): Promise<CalendarClient> => {
    // Their libraries take 40 MB: only where there is such an account.
    const { googleCalendars } = google.length > 0 ? await import('./google.ts') : noSources;
    const { caldavCalendars } = caldav.length > 0 ? await import('./caldav.ts') : noSources;
    const makers = [
      ...google.map((account) => () => googleCalendars(account)),
      ...caldav.map((account) => () => caldavCalendars(account)),
    ];
    return { accounts: makers.map((make) => new CalendarAccount(make)) };
  },
  health,
  close: ({ accounts }) => {
    for (const account of accounts) account.close();
  },
}).tools({
  events: {
    ...reading,
    about: 'What is in the calendar on a day or over several days.',
    input: z.object({ ...when, query }),
    says: eventsSays,
    examples: [
      { says: "what's on my calendar tomorrow", input: { day: 'tomorrow' } },
      { says: 'do I have anything this weekend', input: { day: 'this_weekend' } },
      { says: 'was steht morgen im Kalender', input: { day: 'tomorrow' }, language: 'de' },
    ],
    run: tellEvents,
  },
  next: {
    ...reading,
    about: 'The next appointment, or when the next one with these words is.',
    input: z.object({ query }),
    says: nextSays,
    examples: [
      { says: "what's my next appointment", input: {} },
      { says: 'when is my dentist appointment', input: { query: 'dentist' } },
      { says: 'wann ist mein nächster Termin', input: {}, language: 'de' },
    ],
    run: tellNext,
  },
  free: {
    ...reading,
    about: 'Whether and when the person is free.',
    input: z.object({ ...when, from: timeOfDay().optional(), to: timeOfDay().optional() }),
    says: freeSays,
    examples: [
      { says: 'am I free on Friday afternoon', input: { day: 'friday', part: 'afternoon' } },
      { says: 'when am I free tomorrow', input: { day: 'tomorrow' } },
      { says: 'habe ich morgen Zeit', input: { day: 'tomorrow' }, language: 'de' },
    ],
    run: tellFree,
  },
  trips: {
    ...reading,
    about: 'Coming trips, with place and dates.',
    input: z.object({ query: query.describe('Place or words.') }),
    says: tripsSays,
    examples: [
      { says: 'what trips do I have planned', input: {} },
      { says: 'when are we flying to Lisbon', input: { query: 'Lisbon' } },
      { says: 'wann ist meine nächste Reise', input: {}, language: 'de' },
    ],
    run: tellTrips,
  },
  list: {
    ...reading,
    hidden: true,
    about: 'Every event of some days, for a page.',
    input: z.object({ from: z.iso.date(), to: z.iso.date() }),
    says: [],
    examples: [{ says: 'my calendar this week', input: { from: '2026-11-23', to: '2026-11-29' } }],
    run: listEvents,
  },
});
