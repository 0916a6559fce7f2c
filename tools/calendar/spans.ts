/** Which days and hours are meant: "tomorrow", "this weekend", "on Friday afternoon". Pure. */
import type { Span } from './expand.ts';
import { dayMs } from './model.ts';
import { dayOfWall, wallOfDay, type Zone } from './zones.ts';

const weekdays = [
  ...['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
] as const;

export const days = [
  ...['today', 'tomorrow', 'day_after_tomorrow', 'yesterday'],
  ...['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  ...['this_weekend', 'next_weekend', 'this_week', 'next_week', 'this_month', 'next_month'],
] as const;

export const dayParts = ['morning', 'afternoon', 'evening'] as const;
export type DayPart = (typeof dayParts)[number];

const hourMs = 3_600_000;

/** Hours of the parts of a day; an evening lasts until midnight. */
const partHours: Record<DayPart, [from: number, to: number]> = {
  morning: [5, 12],
  afternoon: [12, 18],
  evening: [18, 24],
};

export interface Wanted {
  /** One of `days`. */
  day?: string | undefined;
  /** `YYYY-MM-DD`, or a date as it is said. */
  date?: string | undefined;
  /** `YYYY-MM-DD`, the last day. */
  until?: string | undefined;
  part?: DayPart | undefined;
}

export interface Days {
  /** `YYYY-MM-DD`, both inclusive. */
  first: string;
  last: string;
}

const shifted = (wallMs: number, count: number): number => wallMs + count * dayMs;

const monthEnd = (wallMs: number): number => {
  const at = new Date(wallMs);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0);
};

const daySpan = (day: string, today: number): [first: number, last: number] => {
  const sinceMonday = (new Date(today).getUTCDay() + 6) % 7;
  const sunday = shifted(today, 6 - sinceMonday);
  const nextMonth = shifted(monthEnd(today), 1);
  const weekday = weekdays.indexOf(day as (typeof weekdays)[number]);
  if (weekday >= 0) {
    const at = shifted(today, (weekday - new Date(today).getUTCDay() + 7) % 7);
    return [at, at];
  }
  const one = (count: number): [number, number] => [shifted(today, count), shifted(today, count)];
  const known: Record<string, [number, number]> = {
    ...{ today: one(0), tomorrow: one(1), yesterday: one(-1), day_after_tomorrow: one(2) },
    // On a Sunday only that is left of the weekend.
    this_weekend: [Math.max(today, shifted(sunday, -1)), sunday],
    next_weekend: [shifted(sunday, 6), shifted(sunday, 7)],
    this_week: [today, sunday],
    next_week: [shifted(sunday, 1), shifted(sunday, 7)],
    this_month: [today, monthEnd(today)],
    next_month: [nextMonth, monthEnd(nextMonth)],
  };
  return known[day] ?? one(0);
};

const months: Record<string, number> = {
  ...{ january: 1, february: 2, march: 3, april: 4, may: 5, june: 6, july: 7, august: 8 },
  ...{ september: 9, october: 10, november: 11, december: 12 },
  ...{ januar: 1, jänner: 1, februar: 2, märz: 3, mai: 5, juni: 6, juli: 7, oktober: 10 },
  dezember: 12,
};

/**
 * A date as it is said, the next one that is so called: "December 24th", "the 3rd of May",
 * "24. Dezember 2026", "the 24th".
 * @returns its wall time, or undefined where it is no date.
 */
export const saidDate = (said: string, today: number): number | undefined => {
  const words = said
    .toLowerCase()
    .replace(/[.,]/g, ' ')
    // The fast path has "24th" in two words.
    .replace(/\b(the|of|on|den|dem|der|am|st|nd|rd|th)\b/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
  let [date, month, year]: (number | undefined)[] = [];
  for (const word of words) {
    const number = /^(\d{1,4})(?:st|nd|rd|th)?$/.exec(word)?.[1];
    if (word in months) month = months[word];
    else if (number === undefined) return undefined;
    else if (number.length === 4) year = Number(number);
    else date = Number(number);
  }
  if (date === undefined || date < 1 || date > 31) return undefined;
  const now = new Date(today);
  const given = Date.UTC(year ?? now.getUTCFullYear(), (month ?? now.getUTCMonth() + 1) - 1, date);
  if (new Date(given).getUTCDate() !== date) return undefined;
  if (year !== undefined || given >= today) return given;
  return month === undefined
    ? Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, date)
    : Date.UTC(now.getUTCFullYear() + 1, month - 1, date);
};

/** @returns undefined where a date is none. */
export const daysOf = (wanted: Wanted, today: number): Days | undefined => {
  if (wanted.date === undefined) {
    const [first, last] = daySpan(wanted.day ?? 'today', today);
    return { first: dayOfWall(first), last: dayOfWall(last) };
  }
  const iso = wallOfDay(wanted.date);
  const first = Number.isNaN(iso) ? saidDate(wanted.date, today) : iso;
  const last = wanted.until === undefined ? first : wallOfDay(wanted.until);
  if (first === undefined || last === undefined || Number.isNaN(last)) return undefined;
  // The two ends may come in either order.
  const [from, to] = first <= last ? [first, last] : [last, first];
  return { first: dayOfWall(from), last: dayOfWall(to) };
};

/** Whole days, or that part of each when it is one day, as instants of the household's zone. */
export const spanOf = ({ first, last }: Days, part: DayPart | undefined, zone: Zone): Span => {
  const [fromHour, toHour] = part && first === last ? partHours[part] : [0, 24];
  return {
    fromMs: zone.instantOf(wallOfDay(first) + fromHour * hourMs),
    toMs: zone.instantOf(wallOfDay(last) + toHour * hourMs),
  };
};
