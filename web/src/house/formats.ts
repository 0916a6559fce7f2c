/** Times, spans, sizes and money as people write them in the page's language. */
import { language } from '../words/language.ts';

const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
const earlier = new Intl.DateTimeFormat(language, {
  ...{ day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', second: '2-digit' },
});
const count = new Intl.NumberFormat(language);

export const timeOf = (at: string): string => time.format(new Date(at));
/** The time, with its day where that is not today. */
export const timeOrDayOf = (at: string, now: Date): string =>
  localDay(new Date(at)) === localDay(now) ? timeOf(at) : earlier.format(new Date(at));
export const momentOf = (at: string): string => moment.format(new Date(at));
export const countOf = (value: number): string => count.format(value);

/** @param date such as `2026-03-01`, a day of the house's own calendar. */
export const dayOf = (date: string): string => day.format(new Date(`${date}T12:00`));

/** The day of a moment where the person is, such as `2026-03-01`. */
export function localDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

const spans = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;
type SpanUnit = (typeof spans)[number][0];

const unitOf = (unit: SpanUnit, value: number): string =>
  new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);

/** The two greatest parts of it: "3 hours 20 minutes". */
export function spanOf(ms: number): string {
  let rest = Math.max(0, Math.round(ms / 1_000)) * 1_000;
  const parts = spans.flatMap(([unit, unitMs]) => {
    const value = Math.floor(rest / unitMs);
    rest -= value * unitMs;
    return value > 0 ? [unitOf(unit, value)] : [];
  });
  return parts.slice(0, 2).join(' ') || unitOf('second', 0);
}

/** "812 ms", from ten seconds on "12 s". */
export function millisecondsOf(ms: number): string {
  const [unit, value] = ms < 10_000 ? ['millisecond', ms] : ['second', ms / 1_000];
  return new Intl.NumberFormat(language, {
    ...{ style: 'unit', unit, maximumFractionDigits: 0, useGrouping: false },
  }).format(value as number);
}

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

export function bytesOf(bytes: number): string {
  const step = Math.min(sizes.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(language, {
    ...{ style: 'unit', unit: sizes[step] ?? 'byte', unitDisplay: 'short' },
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1_000 ** step);
}

/** US dollars; of parts of a cent the two digits that count. */
export function dollarsOf(usd: number): string {
  const exact = usd !== 0 && Math.abs(usd) < 0.1;
  return new Intl.NumberFormat(language, {
    ...{ style: 'currency', currency: 'USD' },
    ...(exact ? { maximumSignificantDigits: 2 } : {}),
  }).format(usd);
}

export const percentOf = (share: number): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);

/** A service or tool by its name in code: "home-assistant" is "Home assistant". */
export function titleOf(name: string): string {
  const plain = name.replaceAll(/[-_]+/g, ' ').trim();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
