/** Events as Google Calendar gives them, to events as Butler reads them. */
import type { calendar_v3 } from '@googleapis/calendar';
import { readIcs } from './ics.ts';
import { type Details, dayMs, type Moment, type Series } from './model.ts';
import { wallOfDay, type Zone, zoneNamed } from './zones.ts';

type GoogleEvent = calendar_v3.Schema$Event;
type GoogleTime = calendar_v3.Schema$EventDateTime | undefined;

export interface GoogleReading {
  household: Zone;
  /** The calendar's own zone, for a time that names none. */
  zone: Zone;
}

/** What Google keeps in a calendar without it being an appointment. */
const notEvents = new Set(['workingLocation', 'focusTime']);

const momentOf = (time: GoogleTime, { household, zone }: GoogleReading): Moment | undefined => {
  if (time?.date) {
    const wallMs = wallOfDay(time.date);
    return Number.isNaN(wallMs) ? undefined : { wallMs, zone: household, dateOnly: true };
  }
  const instantMs = Date.parse(time?.dateTime ?? '');
  if (Number.isNaN(instantMs)) return undefined;
  const own = (time?.timeZone ? zoneNamed(time.timeZone) : undefined) ?? zone;
  return { wallMs: own.wallOf(instantMs), zone: own, dateOnly: false };
};

const isDeclined = ({ attendees }: GoogleEvent): boolean =>
  attendees?.some(({ self, responseStatus }) => self && responseStatus === 'declined') ?? false;

const isOff = (event: GoogleEvent): boolean =>
  event.status === 'cancelled' || isDeclined(event) || notEvents.has(event.eventType ?? '');

const detailsOf = (event: GoogleEvent): Details => ({
  uid: event.iCalUID ?? event.id ?? '',
  title: event.summary ?? '',
  place: event.location || undefined,
  isPrivate: event.visibility === 'private' || event.visibility === 'confidential',
  busy: event.transparency !== 'transparent',
});

/** RRULE, RDATE and EXDATE lines, read by the reader of iCalendar. */
const recurrenceOf = (lines: readonly string[], start: Moment, reading: GoogleReading) => {
  const stamp = new Date(start.wallMs).toISOString().replace(/[-:]|\.\d+Z/g, '');
  const dtstart = start.dateOnly ? `DTSTART;VALUE=DATE:${stamp.slice(0, 8)}` : `DTSTART:${stamp}`;
  const wanted = lines.filter((line) => /^(RRULE|RDATE|EXDATE)[:;]/i.test(line));
  const text = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1', dtstart, ...wanted];
  try {
    // A time without a zone is one of the event's own.
    const options = { household: start.zone, mine: new Set<string>() };
    const [series] = readIcs([...text, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n'), options);
    const here = (moment: Moment): Moment =>
      moment.dateOnly ? { ...moment, zone: reading.household } : moment;
    return {
      rules: series?.rules ?? [],
      added: series?.added.map(here) ?? [],
      excluded: series?.excluded.map(here) ?? [],
    };
  } catch {
    return { rules: [], added: [], excluded: [] };
  }
};

const seriesOf = (event: GoogleEvent, reading: GoogleReading): Series | undefined => {
  const start = momentOf(event.start, reading);
  if (!start) return undefined;
  const end = momentOf(event.end, reading);
  const endMs = end ? end.zone.instantOf(end.wallMs) : start.zone.instantOf(start.wallMs);
  const durationMs = start.dateOnly
    ? Math.max(1, Math.round(((end?.wallMs ?? 0) - start.wallMs) / dayMs)) * dayMs
    : Math.max(0, endMs - start.zone.instantOf(start.wallMs));
  const recurrence = recurrenceOf(event.recurrence ?? [], start, reading);
  return { ...detailsOf(event), start, durationMs, ...recurrence, changed: [] };
};

const changeOf = (event: GoogleEvent, reading: GoogleReading): Series['changed'][number][] => {
  const replaces = momentOf(event.originalStartTime, reading);
  if (!replaces) return [];
  return [{ replaces, event: isOff(event) ? undefined : seriesOf(event, reading) }];
};

/** Joins series with exceptions; what is cancelled, declined or no appointment is left out. */
export const readGoogleEvents = (
  events: Iterable<GoogleEvent>,
  reading: GoogleReading,
): Series[] => {
  const all = [...events];
  const changes = Map.groupBy(
    all.filter(({ recurringEventId }) => recurringEventId),
    ({ recurringEventId }) => recurringEventId,
  );
  const masters = all.filter(({ recurringEventId }) => !recurringEventId);
  const known = new Set(masters.filter((one) => !isOff(one)).map(({ id }) => id));
  const whole = masters.flatMap((event) => {
    const series = isOff(event) ? undefined : seriesOf(event, reading);
    const changed = (changes.get(event.id) ?? []).flatMap((one) => changeOf(one, reading));
    return series ? [{ ...series, changed }] : [];
  });
  // Invited to one time of a series only, or the one time that was accepted of a declined series.
  const single = [...changes].flatMap(([id, list]) =>
    known.has(id)
      ? []
      : list.flatMap((one) => (isOff(one) ? [] : [seriesOf(one, reading)])).filter((one) => !!one),
  );
  return [...whole, ...single];
};
