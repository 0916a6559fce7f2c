/** Days, weeks, months and years in a time zone, as instants. */

/** A day of the calendar; month 0..11. Numbers outside carry over, as in `Date.UTC`. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

export type Unit = 'day' | 'weekend' | 'week' | 'month' | 'season' | 'year';

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-hc-h23', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
};

/** What a clock on the wall shows, as if it were UTC. */
const wallMs = (atMs: number, timeZone: string): number => {
  const shown: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(atMs)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

export const offsetMinutes = (atMs: number, timeZone: string): number =>
  Math.round((wallMs(atMs, timeZone) - atMs) / 60_000);

export const dayOf = (atMs: number, timeZone: string): Day => {
  const wall = new Date(wallMs(atMs, timeZone));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth(), day: wall.getUTCDate() };
};

/** When this day begins there. */
export const startOf = ({ year, month, day }: Day, timeZone: string): number => {
  const wall = Date.UTC(year, month, day);
  // The second look is for days whose first guess lies across a change of the clock.
  const guess = wall - offsetMinutes(wall, timeZone) * 60_000;
  return wall - offsetMinutes(guess, timeZone) * 60_000;
};

/** 0 is Monday. */
const weekdayOf = ({ year, month, day }: Day): number =>
  (new Date(Date.UTC(year, month, day)).getUTCDay() + 6) % 7;

/** The first day of the unit that the day is in, and the first day after it. */
export const around = (unit: Unit, at: Day): [Day, Day] => {
  const { year, month, day } = at;
  if (unit === 'year') return [day0(year, 0), day0(year + 1, 0)];
  if (unit === 'season') return [day0(year, month), day0(year, month + 3)];
  if (unit === 'month') return [day0(year, month), day0(year, month + 1)];
  const monday = day - weekdayOf(at);
  if (unit === 'week')
    return [
      { ...at, day: monday },
      { ...at, day: monday + 7 },
    ];
  if (unit === 'weekend')
    return [
      { ...at, day: monday + 5 },
      { ...at, day: monday + 7 },
    ];
  return [at, { ...at, day: day + 1 }];
};

export const earlier = (at: Day, days: number): Day => {
  const date = new Date(Date.UTC(at.year, at.month, at.day) - days * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
};

const day0 = (year: number, month: number): Day => ({ year, month, day: 1 });
