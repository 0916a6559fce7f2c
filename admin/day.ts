/** A day of the household's calendar as moments: it begins when the clocks there say midnight. */

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
const aheadMs = (timeZone: string, at: number): number => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
};

const midnight = (day: number, timeZone: string): Date => {
  const guess = day - aheadMs(timeZone, day);
  // The zone may have changed its clocks between the guess and UTC's midnight.
  return new Date(day - aheadMs(timeZone, guess));
};

/** From the first moment of a day (`2026-03-01`) to that of the next; undefined for no day. */
export const dayIn = (timeZone: string, day: string): { from: Date; to: Date } | undefined => {
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== day) return undefined;
  return { from: midnight(utc, timeZone), to: midnight(utc + 24 * 60 * 60_000, timeZone) };
};
