/** Until when something holds, as it is said: for two hours, until six, tonight, tomorrow. Pure. */

export interface Until {
  until?: 'tonight' | 'tomorrow' | undefined;
  /** `HH:MM`. */
  time?: string | undefined;
  seconds?: number | undefined;
}

interface Clock {
  now: () => Date;
  timeZone: string;
}

const dayMs = 86_400_000;

/** Wall clock and date of a moment, as milliseconds that know of no zone. */
const wallOf = (at: Date, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [read('year'), read('month'), read('day')];
  return Date.UTC(year, month - 1, day, read('hour'), read('minute'), read('second'));
};

/** The moment at which clocks there show this; the zone's offset is looked up twice. */
const momentOf = (wallMs: number, timeZone: string): number => {
  const offsetAt = (ms: number) => wallOf(new Date(ms), timeZone) - ms;
  const first = wallMs - offsetAt(wallMs);
  return wallMs - offsetAt(first);
};

/** @returns milliseconds since 1970, or undefined where no end was named. */
export const untilOf = (
  { until, time, seconds }: Until,
  { now, timeZone }: Clock,
): number | undefined => {
  const nowMs = Math.floor(now().getTime() / 1000) * 1000;
  if (seconds !== undefined) return nowMs + seconds * 1000;
  const wall = wallOf(new Date(nowMs), timeZone);
  const midnight = Math.floor(wall / dayMs) * dayMs;
  if (time !== undefined) {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    const today = midnight + (hours * 60 + minutes) * 60_000;
    return momentOf(today > wall ? today : today + dayMs, timeZone);
  }
  if (until === 'tonight') return momentOf(midnight + dayMs, timeZone);
  // "Until tomorrow" is said back with its time: the same as now.
  return until === 'tomorrow' ? momentOf(wall + dayMs, timeZone) : undefined;
};
