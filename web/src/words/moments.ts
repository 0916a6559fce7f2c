/** Moments as people say them: "3 minutes ago", "yesterday", "4 May". */
import { language } from './language.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const weekDays = 7;

const midnight = (at: Date): number =>
  new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** Whole days of the calendar between the two; negative: `at` lies behind. */
const daysUntil = (at: Date, now: Date): number =>
  Math.round((midnight(at) - midnight(now)) / dayMs);

/** How long ago, as far as that is easier to take in than a date. */
export function agoText(at: Date, now: Date, speaks: string = language): string {
  const relative = new Intl.RelativeTimeFormat(speaks, { numeric: 'auto' });
  const passedMs = at.getTime() - now.getTime();
  if (Math.abs(passedMs) < minuteMs) return relative.format(0, 'second');
  if (Math.abs(passedMs) < hourMs)
    return relative.format(Math.trunc(passedMs / minuteMs), 'minute');
  const days = daysUntil(at, now);
  if (days === 0) return relative.format(Math.trunc(passedMs / hourMs), 'hour');
  return Math.abs(days) < weekDays ? relative.format(days, 'day') : dateText(at, now, speaks);
}

/** The year only where it is another one. */
export function dateText(at: Date, now: Date, speaks: string = language): string {
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  return at.toLocaleDateString(speaks, { day: 'numeric', month: 'long', ...year });
}

/** "4 May, 18:03". */
export function momentText(at: Date, now: Date, speaks: string = language): string {
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  const day = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' } as const;
  return at.toLocaleString(speaks, { ...day, ...year });
}

export function clockText(at: Date, speaks: string = language): string {
  return at.toLocaleTimeString(speaks, { hour: '2-digit', minute: '2-digit' });
}
