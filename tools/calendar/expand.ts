/** When an event happens within a span: recurrences, additions, exceptions and moved times. */
import ICAL from 'ical.js';
import { dayMs, type Moment, type Occurrence, type Series } from './model.ts';
import type { Zone } from './zones.ts';

export interface Span {
  fromMs: number;
  /** Exclusive. */
  toMs: number;
}

/** More steps than this to the end of the span, and the rule is cut off: no appointment is so. */
const stepsMax = 5_000;
/** Wall time and an instant are less than this apart. */
const slackMs = 2 * dayMs;

/** Ends a rule that never comes true ("every 30th of February"), where the library would not. */
class BoundedIterator extends ICAL.RecurIterator {
  // Only declared: the constructor of the library counts already.
  declare steps?: number;

  count(): void {
    this.steps = (this.steps ?? 0) + 1;
    if (this.steps > stepsMax) throw new Error('The rule names too many times, or none.');
  }

  override check_contracting_rules(): boolean {
    this.count();
    return super.check_contracting_rules();
  }

  override increment_month(): void {
    this.count();
    super.increment_month();
  }
}

const instantOf = ({ wallMs, zone }: Moment): number => zone.instantOf(wallMs);

const icalTime = (wallMs: number, isDate: boolean): ICAL.Time => {
  const at = new Date(wallMs);
  return ICAL.Time.fromData({
    ...{ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() },
    ...(!isDate && { hour: at.getUTCHours(), minute: at.getUTCMinutes() }),
    ...(!isDate && { second: at.getUTCSeconds() }),
    isDate,
  });
};

const wallOf = (time: ICAL.Time): number =>
  Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);

/** UNTIL is an instant in UTC, the times that it ends are wall time: both must be of one kind. */
const withWallUntil = (recur: ICAL.Recur, { start }: Series): void => {
  const { until } = recur;
  if (!until) return;
  if (start.dateOnly) {
    until.isDate = true;
  } else if (until.isDate) {
    recur.until = icalTime(wallOf(until) + dayMs - 1000, false);
  } else if (until.zone === ICAL.Timezone.utcTimezone) {
    recur.until = icalTime(start.zone.wallOf(wallOf(until)), false);
  }
};

/** Whole periods before the span are jumped over where the rule repeats alike for ever. */
const firstWall = (recur: ICAL.Recur, wallMs: number, fromMs: number): number => {
  const days = { DAILY: 1, WEEKLY: 7 }[recur.freq as string];
  if (days === undefined || recur.count || recur.parts.BYSETPOS) return wallMs;
  const periodMs = days * Math.max(1, recur.interval) * dayMs;
  const jumps = Math.floor((fromMs - slackMs - wallMs) / periodMs) - 1;
  return jumps > 0 ? wallMs + jumps * periodMs : wallMs;
};

const isSensible = (recur: ICAL.Recur): boolean =>
  !['SECONDLY', 'MINUTELY'].includes(recur.freq as string);

/** The wall times that a rule names, from a little before the span to a little after it. */
const wallsOf = (rule: string, series: Series, span: Span): number[] => {
  const { start, durationMs } = series;
  const fromMs = span.fromMs - durationMs;
  const walls: number[] = [];
  try {
    const recur = ICAL.Recur.fromString(rule);
    if (!isSensible(recur)) return [];
    withWallUntil(recur, series);
    const first = firstWall(recur, start.wallMs, fromMs);
    const dtstart = icalTime(first, start.dateOnly);
    const iterator = new BoundedIterator({ rule: recur, dtstart });
    for (let next = iterator.next(); next; next = iterator.next()) {
      const wallMs = wallOf(next);
      if (wallMs > span.toMs + slackMs) break;
      if (wallMs > fromMs - slackMs) walls.push(wallMs);
    }
  } catch {
    // A rule that cannot be read leaves the event at its first time, one too long where it came to.
  }
  return walls;
};

/** Same moment, or the same day where one of the two names a day only. */
const sameMoment = (one: Moment, other: Moment): boolean =>
  one.dateOnly || other.dateOnly
    ? Math.floor(one.wallMs / dayMs) === Math.floor(other.wallMs / dayMs)
    : instantOf(one) === instantOf(other);

const endOf = (start: Moment, durationMs: number): number =>
  start.dateOnly ? start.zone.instantOf(start.wallMs + durationMs) : instantOf(start) + durationMs;

const overlaps = ({ startMs, endMs }: { startMs: number; endMs: number }, span: Span): boolean =>
  startMs < span.toMs && (endMs > span.fromMs || startMs >= span.fromMs);

const occurrenceOf = (
  series: Series,
  start: Moment,
  { calendar, household }: Where,
): Occurrence => {
  const { uid, title, place, isPrivate, busy, durationMs } = series;
  // A whole day is one of the household's, wherever it was written down.
  const here = start.dateOnly ? { ...start, zone: household } : start;
  const [startMs, endMs] = [instantOf(here), endOf(here, durationMs)];
  const allDay = start.dateOnly;
  return { uid, title, place, isPrivate, busy, calendar, allDay, startMs, endMs };
};

export interface Where {
  calendar: string;
  household: Zone;
}

/** The times of a series within the span, in no order. */
export const expand = (series: Series, span: Span, where: Where): Occurrence[] => {
  const { start, rules, added, excluded, changed } = series;
  const recurs = rules.length + added.length > 0;
  const walls = rules.length > 0 ? rules.flatMap((one) => wallsOf(one, series, span)) : [];
  // DTSTART counts also where the rule does not name it (RFC 5545 3.8.5.3).
  const moments = [
    ...new Map(
      [start.wallMs, ...walls].map((wallMs) => [wallMs, { ...start, wallMs }] as const),
    ).values(),
    ...added,
  ];
  const gone = [...excluded, ...changed.map(({ replaces }) => replaces)];
  const kept =
    recurs || gone.length > 0
      ? moments.filter((moment) => !gone.some((other) => sameMoment(moment, other)))
      : moments;
  const moved = changed.flatMap(({ event }) =>
    event ? [occurrenceOf(event, event.start, where)] : [],
  );
  return [...kept.map((moment) => occurrenceOf(series, moment, where)), ...moved].filter((one) =>
    overlaps(one, span),
  );
};
