/** iCalendar text (RFC 5545) to events, with the zones and habits of the programs that write it. */
import ICAL from 'ical.js';
import { type Details, dayMs, type Moment, type Series } from './model.ts';
import { utc, type Zone, zoneNamed } from './zones.ts';

export interface ReadOptions {
  /** For times that name no zone. */
  household: Zone;
  /** Addresses of the account's owner, in lower case: what they declined is left out. */
  mine: ReadonlySet<string>;
}

const wallOf = (time: ICAL.Time): number =>
  time.isDate
    ? Date.UTC(time.year, time.month - 1, time.day)
    : Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);

const timeOf = (wallMs: number): ICAL.Time => {
  const at = new Date(wallMs);
  return ICAL.Time.fromData({
    ...{ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() },
    ...{ hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds() },
    isDate: false,
  });
};

/** A zone that only the file itself explains. */
const describedZone = (component: ICAL.Component): Zone => {
  const zone = new ICAL.Timezone(component);
  const offsetMs = (wallMs: number): number => zone.utcOffset(timeOf(wallMs)) * 1000;
  return {
    instantOf: (wallMs) => wallMs - offsetMs(wallMs),
    wallOf: (instantMs) => instantMs + offsetMs(instantMs),
  };
};

const text = (component: ICAL.Component, name: string): string | undefined => {
  const value = component.getFirstPropertyValue(name);
  return value === null || value === undefined ? undefined : String(value);
};

/** The zones of one file by TZID; unknown ones without a description are the household's. */
const zonesOf = (calendar: ICAL.Component, household: Zone) => {
  const described = new Map<string, Zone>();
  for (const component of calendar.getAllSubcomponents('vtimezone')) {
    const name = text(component, 'tzid') ?? '';
    const location = text(component, 'x-lic-location') ?? '';
    described.set(name, zoneNamed(name) ?? zoneNamed(location) ?? describedZone(component));
  }
  return (name: string): Zone => described.get(name) ?? zoneNamed(name) ?? household;
};

type Zones = (name: string) => Zone;

interface Reader extends ReadOptions {
  zones: Zones;
}

const momentOf = (value: unknown, property: ICAL.Property, reader: Reader): Moment | undefined => {
  const time = value instanceof ICAL.Period ? value.start : value;
  if (!(time instanceof ICAL.Time)) return undefined;
  const wallMs = wallOf(time);
  if (!Number.isFinite(wallMs)) return undefined;
  if (time.isDate) return { wallMs, zone: reader.household, dateOnly: true };
  const tzid = property.getFirstParameter('tzid');
  const isUtc = time.zone === ICAL.Timezone.utcTimezone;
  const zone = isUtc ? utc : tzid ? reader.zones(tzid) : reader.household;
  return { wallMs, zone, dateOnly: false };
};

const firstMoment = (
  component: ICAL.Component,
  name: string,
  reader: Reader,
): Moment | undefined => {
  const property = component.getFirstProperty(name);
  return property ? momentOf(property.getFirstValue(), property, reader) : undefined;
};

const allMoments = (component: ICAL.Component, name: string, reader: Reader): Moment[] =>
  component
    .getAllProperties(name)
    .flatMap((property) => property.getValues().map((value) => momentOf(value, property, reader)))
    .filter((moment) => moment !== undefined);

const isMidnight = ({ wallMs }: Moment): boolean => wallMs % dayMs === 0;

const instantOf = ({ wallMs, zone }: Moment): number => zone.instantOf(wallMs);

const durationOf = (component: ICAL.Component, start: Moment, reader: Reader): number => {
  const end = firstMoment(component, 'dtend', reader);
  if (end) {
    const elapsed = start.dateOnly
      ? Math.round((end.wallMs - start.wallMs) / dayMs) * dayMs
      : instantOf(end) - instantOf(start);
    // An end that is not after the start is a mistake of the program that wrote it.
    return Math.max(elapsed, start.dateOnly ? dayMs : 0);
  }
  const duration = component.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration) return Math.max(0, duration.toSeconds() * 1000);
  return start.dateOnly ? dayMs : 0;
};

const isDeclined = (component: ICAL.Component, mine: ReadonlySet<string>): boolean =>
  component.getAllProperties('attendee').some(
    (attendee) =>
      /^declined$/i.test(String(attendee.getFirstParameter('partstat') ?? '')) &&
      mine.has(
        String(attendee.getFirstValue())
          .toLowerCase()
          .replace(/^mailto:/, ''),
      ),
  );

/** Off: cancelled for everybody, or declined by whose calendar it is. */
const isOff = (component: ICAL.Component, mine: ReadonlySet<string>): boolean =>
  /^cancelled$/i.test(text(component, 'status') ?? '') || isDeclined(component, mine);

const detailsOf = (component: ICAL.Component): Details => {
  const free =
    /^transparent$/i.test(text(component, 'transp') ?? '') ||
    /^(free|workingelsewhere)$/i.test(text(component, 'x-microsoft-cdo-busystatus') ?? '');
  return {
    uid: text(component, 'uid') ?? '',
    title: text(component, 'summary') ?? '',
    place: text(component, 'location') || undefined,
    isPrivate: /^(private|confidential)$/i.test(text(component, 'class') ?? ''),
    busy: !free,
  };
};

const seriesOf = (component: ICAL.Component, reader: Reader): Series | undefined => {
  const written = firstMoment(component, 'dtstart', reader);
  if (!written) return undefined;
  const length = durationOf(component, written, reader);
  // Outlook marks whole days beside times that run from midnight to midnight.
  const marked = /^true$/i.test(text(component, 'x-microsoft-cdo-alldayevent') ?? '');
  const wholeDays = marked && isMidnight(written) && length >= dayMs / 2;
  const start = wholeDays ? { ...written, zone: reader.household, dateOnly: true } : written;
  return {
    ...detailsOf(component),
    start,
    durationMs: wholeDays ? Math.max(1, Math.round(length / dayMs)) * dayMs : length,
    rules: component.getAllProperties('rrule').map((rule) => String(rule.getFirstValue())),
    added: allMoments(component, 'rdate', reader),
    excluded: allMoments(component, 'exdate', reader),
    changed: [],
  };
};

const changeOf = (component: ICAL.Component, reader: Reader): Series['changed'][number][] => {
  const replaces = firstMoment(component, 'recurrence-id', reader);
  if (!replaces) return [];
  const event = isOff(component, reader.mine) ? undefined : seriesOf(component, reader);
  return [{ replaces, event: event && { ...event, rules: [], added: [] } }];
};

/** The events of one UID: the series with its changes, or changes that came without a series. */
const joined = (components: readonly ICAL.Component[], reader: Reader): Series[] => {
  const master = components.find((one) => !one.hasProperty('recurrence-id'));
  const changed = components.flatMap((one) => changeOf(one, reader));
  if (!master) return changed.flatMap(({ event }) => (event ? [event] : []));
  if (isOff(master, reader.mine)) {
    // Called off or declined as a whole; a single time may still have been accepted.
    return changed.flatMap(({ event }) => (event ? [event] : []));
  }
  const series = seriesOf(master, reader);
  return series ? [{ ...series, changed }] : [];
};

/**
 * Reads a file of a calendar server: one or more events, each with its exceptions.
 * @throws where the text is no iCalendar.
 */
export const readIcs = (ics: string, options: ReadOptions): Series[] => {
  const parsed = ICAL.parse(ics);
  // A file may hold several calendars, one after the other.
  const roots = (typeof parsed[0] === 'string' ? [parsed] : parsed) as unknown as unknown[][];
  return roots.flatMap((root) => {
    const calendar = new ICAL.Component(root as never);
    const reader = { ...options, zones: zonesOf(calendar, options.household) };
    const byUid = Map.groupBy(calendar.getAllSubcomponents('vevent'), (one) => text(one, 'uid'));
    return [...byUid.values()].flatMap((components) => joined(components, reader));
  });
};
