/** Days and months of the household's calendar, as money is counted. Pure. */
import type { Period } from './caps.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const digits = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, ...digits });
  formats.set(timeZone, made);
  return made;
};

/** `2026-03-01`: the day there. */
export const dayOf = (at: Date | number, timeZone: string): string => formatOf(timeZone).format(at);

const dayMs = 86_400_000;
const stepsMs = [3_600_000, 60_000, 1_000];

/** The first moment of the next day or month there, whatever the clocks do meanwhile. */
export const endOf = (period: Period, { at, timeZone }: { at: Date; timeZone: string }): Date => {
  const length = period === 'day' ? 10 : 7;
  const now = dayOf(at, timeZone).slice(0, length);
  const isNext = (ms: number): boolean => dayOf(ms, timeZone).slice(0, length) !== now;
  let ms = Math.floor(at.getTime() / 1_000) * 1_000;
  if (period === 'month') while (!isNext(ms + dayMs)) ms += dayMs;
  for (const stepMs of stepsMs) while (!isNext(ms + stepMs)) ms += stepMs;
  return new Date(ms + 1_000);
};
