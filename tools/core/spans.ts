/** Days and weeks of the household's zone as spans of time. Pure. */

const dayMs = 86_400_000;

const localDate = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);

/** How far the zone's clock is ahead of UTC at that moment. */
const aheadMs = (at: Date, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone, dateStyle: 'short', timeStyle: 'medium' },
  }).format(at);
  return Date.parse(`${parts.replace(' ', 'T')}Z`) - Math.floor(at.getTime() / 1000) * 1000;
};

/** The moment at which a day begins there, also on the days on which the clocks change. */
const midnight = (date: string, timeZone: string): Date => {
  const asUtc = Date.parse(`${date}T00:00:00Z`);
  const near = new Date(asUtc - aheadMs(new Date(asUtc), timeZone));
  return new Date(asUtc - aheadMs(near, timeZone));
};

const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

export const spans = ['today', 'yesterday', 'this_week', 'last_week', 'this_month'] as const;

/**
 * @param wanted a span's name, or a date as YYYY-MM-DD.
 * @returns from its first moment to the first one after it.
 */
export const spanOf = (
  wanted: string,
  { now, timeZone }: { now: Date; timeZone: string },
): { from: Date; to: Date } => {
  const today = localDate(now, timeZone);
  const weekday = (new Date(`${today}T12:00:00Z`).getUTCDay() + 6) % 7;
  const monday = shifted(today, -weekday);
  const [first, after] = {
    today: [today, shifted(today, 1)],
    yesterday: [shifted(today, -1), today],
    this_week: [monday, shifted(today, 1)],
    last_week: [shifted(monday, -7), monday],
    this_month: [`${today.slice(0, 8)}01`, shifted(today, 1)],
  }[wanted] ?? [wanted, shifted(wanted, 1)];
  return { from: midnight(first ?? today, timeZone), to: midnight(after ?? today, timeZone) };
};
