/** Which backups are kept: seven days, four weeks, and three that somebody asked for. */

const dailies = 7;
const weeklies = 4;
const byHand = 3;
const dayMs = 86_400_000;

export type Reason = 'daily' | 'weekly' | 'by hand';

export interface Dated {
  name: string;
  at: Date;
  /** Somebody asked for it; else it was made by the clock. */
  isByHand: boolean;
}

/** The day of the household's calendar, as the number of days since 1970. */
const dayOf = (at: Date, timeZone: string): number => {
  const text = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
  return Math.floor(Date.parse(`${text}T00:00:00Z`) / dayMs);
};

/** ISO 8601 weeks begin on Monday; day 0 of 1970 was a Thursday. */
const weekOf = (at: Date, timeZone: string): number => Math.floor((dayOf(at, timeZone) + 3) / 7);

/** The newest of each period, of the newest `count` periods that have one. */
const newestOfEach = (
  newestFirst: readonly Dated[],
  { count, period }: { count: number; period: (at: Date) => number },
): Dated[] => {
  const found = new Map<number, Dated>();
  for (const one of newestFirst) {
    const key = period(one.at);
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()].slice(0, count);
};

/**
 * Why each of them is kept, by name; what is not in it may go. It looks at no clock: one that goes
 * back or that was far ahead takes nothing away by itself.
 */
export const keptOf = (backups: readonly Dated[], timeZone: string): Map<string, Reason> => {
  const all = [...backups].sort((one, other) => other.at.getTime() - one.at.getTime());
  const clocked = all.filter((one) => !one.isByHand);
  const reasons = new Map<string, Reason>();
  const keep = (kept: Dated[], reason: Reason): void => {
    for (const { name } of kept) if (!reasons.has(name)) reasons.set(name, reason);
  };
  const days = (at: Date) => dayOf(at, timeZone);
  const weeks = (at: Date) => weekOf(at, timeZone);
  keep(newestOfEach(clocked, { count: dailies, period: days }), 'daily');
  keep(newestOfEach(clocked, { count: weeklies, period: weeks }), 'weekly');
  keep(all.filter((one) => one.isByHand).slice(0, byHand), 'by hand');
  return reasons;
};
