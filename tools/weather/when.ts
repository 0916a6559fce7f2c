/** Which hours are meant: "this afternoon", "at six", "the weekend", on the clock of a place. */
import type { Forecast, Hour } from './forecast.ts';

// biome-ignore format: one week, one line
const weekdays = [
  'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday',
] as const;
export const days = [
  ...['today', 'tonight', 'tomorrow', 'day_after_tomorrow', 'weekend', 'week', 'next_week'],
  ...weekdays,
] as const;
export const parts = ['morning', 'afternoon', 'evening', 'night'] as const;
export type Part = (typeof parts)[number];

export interface Wanted {
  /** One of `days`; unset: today. */
  day?: string | undefined;
  /** YYYY-MM-DD; goes before `day`. */
  date?: string | undefined;
  part?: Part | undefined;
  /** HH:MM. */
  time?: string | undefined;
}

/** Hours on the clock of a place, counted in minutes from midnight of its first day. */
export interface Span {
  /** YYYY-MM-DD. */
  firstDate: string;
  lastDate: string;
  fromMinutes: number;
  toMinutes: number;
  /** How the day was named; `date` for any other. */
  day: string;
  part?: Part | undefined;
  /** HH:MM, where one hour is meant. */
  time?: string | undefined;
}

const dayMinutes = 1_440;
const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

const formatFor = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  formats.set(timeZone, made);
  return made;
};

/** The date, and the minutes since midnight, on the clocks of this zone. */
export const localTime = (at: Date, timeZone: string): { date: string; minutes: number } => {
  const found = new Map(
    formatFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const date = `${found.get('year')}-${found.get('month')}-${found.get('day')}`;
  return { date, minutes: Number(found.get('hour')) * 60 + Number(found.get('minute')) };
};

/** Noon in UTC of a date: safe to be moved by whole days, and to be said. */
export const noonOf = (date: string): Date => new Date(`${date}T12:00:00Z`);
export const daysBetween = (from: string, to: string): number =>
  Math.round((noonOf(to).getTime() - noonOf(from).getTime()) / dayMs);
export const movedBy = (date: string, by: number): string =>
  new Date(noonOf(date).getTime() + by * dayMs).toISOString().slice(0, 10);

/** Minutes from midnight; a night ends in the next day. */
const partMinutes: Record<Part, [from: number, to: number]> = {
  morning: [6 * 60, 12 * 60],
  afternoon: [12 * 60, 18 * 60],
  evening: [18 * 60, dayMinutes],
  night: [21 * 60, dayMinutes + 6 * 60],
};

const shifts: Record<string, number> = { today: 0, tonight: 0, tomorrow: 1, day_after_tomorrow: 2 };

/** First and last day, counted from today. */
const daysOf = (day: string, today: string): [first: number, last: number] => {
  const weekday = noonOf(today).getUTCDay();
  if (day === 'weekend') return weekday === 0 ? [0, 0] : [6 - weekday, 7 - weekday];
  if (day === 'week') return [0, 6];
  if (day === 'next_week') {
    const monday = weekday === 0 ? 1 : 8 - weekday;
    return [monday, monday + 6];
  }
  const named = weekdays.indexOf(day as (typeof weekdays)[number]);
  const shift = named < 0 ? (shifts[day] ?? 0) : (named - weekday + 7) % 7;
  return [shift, shift];
};

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

const timeOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((one) => String(one).padStart(2, '0')).join(':');

/** "At six" in the afternoon means the evening; what is over today means tomorrow. */
const hourMeant = (wanted: Wanted & { time: string }, nowMinutes: number) => {
  const minutes = minutesOf(wanted.time);
  const isToday = wanted.date === undefined && (wanted.day ?? 'today') === 'today';
  const afternoon = minutes < 720 && ['afternoon', 'evening'].includes(wanted.part ?? '');
  if (wanted.day === 'tonight') return { minutes: minutes < 720 ? minutes + 720 : minutes, on: 0 };
  if (afternoon) return { minutes: minutes + 720, on: 0 };
  if (!isToday || minutes + 59 >= nowMinutes) return { minutes, on: 0 };
  const later = minutes < 720 && minutes + 720 + 59 >= nowMinutes;
  if (later) return { minutes: minutes + 720, on: 0 };
  return { minutes, on: wanted.day === undefined ? 1 : 0 };
};

/** @param now on the clock of the place. */
export const spanOf = (wanted: Wanted, now: { date: string; minutes: number }): Span => {
  const day = wanted.date === undefined ? (wanted.day ?? 'today') : 'date';
  const [first, last] =
    wanted.date === undefined
      ? daysOf(day, now.date)
      : [daysBetween(now.date, wanted.date), daysBetween(now.date, wanted.date)];
  if (wanted.time !== undefined) {
    const { minutes, on } = hourMeant({ ...wanted, time: wanted.time }, now.minutes);
    const date = movedBy(now.date, first + on);
    const named = on === 1 ? 'tomorrow' : day === 'tonight' ? 'today' : day;
    const time = timeOf(minutes);
    return {
      ...{ firstDate: date, lastDate: date, day: named, time },
      ...{ fromMinutes: minutes, toMinutes: minutes + 60 },
    };
  }
  const firstDate = movedBy(now.date, first);
  const dates = { firstDate, lastDate: movedBy(now.date, last) };
  // Before dawn, "tonight" is the night that one is in.
  const inNight = first === 0 && now.minutes < 5 * 60;
  if (day === 'tonight' || (wanted.part === 'night' && first === 0)) {
    const from = inNight ? 0 : 18 * 60;
    const toMinutes = inNight ? 6 * 60 : dayMinutes + 6 * 60;
    return { ...dates, day: 'tonight', fromMinutes: from, toMinutes };
  }
  const [fromMinutes, endMinutes] = wanted.part ? partMinutes[wanted.part] : [0, dayMinutes];
  const toMinutes = (last - first) * dayMinutes + endMinutes;
  return { ...dates, day, fromMinutes, toMinutes, part: wanted.part };
};

/** An hour, and when it is on the clock of the place. */
export interface LocalHour extends Hour {
  date: string;
  minutes: number;
}

const hourMs = 3_600_000;

/** The hours of a span that are not over. */
export const hoursIn = (
  { hours }: Forecast,
  span: Span,
  { timeZone, now }: { timeZone: string; now: Date },
): LocalHour[] => {
  const local = hours
    .filter(({ at }) => at.getTime() + hourMs > now.getTime())
    .map((hour) => ({ ...hour, ...localTime(hour.at, timeZone) }));
  const minutesInto = ({ date, minutes }: LocalHour): number =>
    daysBetween(span.firstDate, date) * dayMinutes + minutes;
  if (span.time === undefined) {
    return local.filter((hour) => {
      const into = minutesInto(hour);
      return into >= span.fromMinutes && into < span.toMinutes;
    });
  }
  // Hours begin at :00 in GMT, so at :30 or :45 elsewhere; and one hour a year is not on the clock.
  const distance = (hour: LocalHour): number => Math.abs(minutesInto(hour) - span.fromMinutes);
  const nearest = local.toSorted((a, b) => distance(a) - distance(b))[0];
  return nearest && distance(nearest) <= 60 ? [nearest] : [];
};
