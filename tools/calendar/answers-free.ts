/** The answers about time: am I free, and which trips are coming. */

import type { ToolResult } from '../core/define.ts';
import { plainName } from '../core/sounds.ts';
import { ToolError } from '../core/tool-error.ts';
import { type Context, openAgenda } from './agenda.ts';
import { shownEvent, wantedDays } from './answers.ts';
import { type FreeTime, freeTime, type Stretch } from './free.ts';
import { dayMs } from './model.ts';
import type { DayPart, Days, Wanted } from './spans.ts';
import * as tell from './telling.ts';
import { plainText } from './titles.ts';
import { type Trip, tripsIn } from './trips.ts';
import { wallOfDay } from './zones.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** Less than this between two appointments is no free time. */
const leastGapMs = 30 * minuteMs;
/** Hours in which people make plans. */
const wakingHours: Record<DayPart | 'day', [from: number, to: number]> = {
  day: [8, 22],
  morning: [8, 12],
  afternoon: [12, 18],
  evening: [18, 22],
};
const gapsToldMax = 3;
const shownMax = 8;

interface WantedTime extends Wanted {
  from?: string | undefined;
  to?: string | undefined;
}

const clockMs = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * hourMs + minutes * minuteMs;
};

/** The window of one day, from now on. */
const windowOf = (day: string, wanted: WantedTime, telling: tell.Telling): Stretch => {
  const [first, last] = wakingHours[wanted.part ?? 'day'].map((hour) => hour * hourMs) as [
    number,
    number,
  ];
  const from = wanted.from === undefined ? first : clockMs(wanted.from);
  // Without an end, an hour is meant.
  const until = wanted.from === undefined ? last : Math.min(24 * hourMs, from + hourMs);
  const to = wanted.to === undefined ? until : clockMs(wanted.to);
  const midnight = wallOfDay(day);
  const at = (offsetMs: number) => telling.zone.instantOf(midnight + offsetMs);
  return { startMs: Math.max(at(from), telling.nowMs), endMs: at(Math.max(to, from)) };
};

/** A whole day takes one's time when one is away on it; a birthday does not. */
const takesTime = (event: tell.Told, telling: tell.Telling): boolean => {
  if (!event.busy) return false;
  if (!event.allDay) return true;
  return tripsIn([event], telling.zone).length > 0;
};

const gapSaid = (gap: Stretch, window: Stretch, telling: tell.Telling): string => {
  const { said } = telling;
  const [from, to] = [tell.timeOf(gap.startMs, telling), tell.timeOf(gap.endMs, telling)];
  if (gap.startMs === window.startMs) return said.gapUntil(to);
  return gap.endMs === window.endMs ? said.gapFrom(from) : said.gap(from, to);
};

const dayAnswer = (
  { found, window, when }: { found: FreeTime<tell.Told>; window: Stretch; when: string },
  wanted: WantedTime,
  telling: tell.Telling,
): string => {
  const { said, words } = telling;
  const isAsked = wanted.part !== undefined || wanted.from !== undefined;
  if (found.isFree) return isAsked ? said.free(when) : said.freeWholeDay(when);
  const withEnd = { withEnd: true };
  const taken = found.busy.map((one) => tell.eventSaid(one, telling, withEnd));
  const list = tell.listed(taken, telling, 130);
  // An hour that is asked for is free or it is not.
  const isTaken = wanted.from !== undefined && wanted.to === undefined;
  if (found.gaps.length === 0 || isTaken) {
    return isAsked ? said.busyWith(when, list) : said.neverFree(when, list);
  }
  const gaps = found.gaps.slice(0, gapsToldMax).map((gap) => gapSaid(gap, window, telling));
  return isAsked ? said.partlyBusy(list, words.list(gaps)) : said.freeParts(when, words.list(gaps));
};

const daysBetween = ({ first, last }: Days): string[] => {
  const count = Math.round((wallOfDay(last) - wallOfDay(first)) / dayMs) + 1;
  return Array.from({ length: count }, (_, index) =>
    new Date(wallOfDay(first) + index * dayMs).toISOString().slice(0, 10),
  );
};

/** "tomorrow at 3 p.m.", "on Friday in the afternoon". */
const whenSaid = (
  { day, window }: { day: string; window: Stretch },
  wanted: WantedTime,
  telling: tell.Telling,
): string => {
  const name = tell.spanName({ first: day, last: day }, wanted.part, telling);
  if (wanted.from === undefined) return name;
  return telling.said.dateTime(name, tell.timeOf(window.startMs, telling));
};

const freeDaysMax = 7;

/** Is the caller free: a time, a part of a day, a day, or each of several days. */
export const tellFree = async (wanted: WantedTime, context: Context): Promise<ToolResult> => {
  const { telling, events, notes } = await openAgenda(context);
  const { said } = telling;
  const all = daysBetween(wantedDays(wanted, telling)).slice(0, freeDaysMax);
  const days = all
    .map((day) => ({ day, window: windowOf(day, wanted, telling) }))
    .filter(({ window }) => window.endMs > window.startMs)
    .map(({ day, window }) => {
      const inside = events({ fromMs: window.startMs, toMs: window.endMs });
      const busy = inside.filter((one) => takesTime(one, telling));
      const noted = inside.filter((one) => one.allDay && !busy.includes(one));
      const found = freeTime(busy, window, { leastMs: leastGapMs });
      return { day, window, found, noted };
    });
  const [only] = days;
  if (!only) throw new ToolError(said.pastFree, 'past');
  const answers = days.map(({ day, window, found }) => {
    const when = whenSaid({ day, window }, wanted, telling);
    return dayAnswer({ found, window, when }, wanted, telling);
  });
  const noted = [...new Set(days.flatMap((one) => one.noted.map((e) => tell.titleOf(e, telling))))];
  const besides = noted.length > 0 ? said.besides(noted.slice(0, 2).join(', ')) : undefined;
  const show = days.map(({ day, found }) => ({
    day,
    free: found.gaps
      .slice(0, shownMax)
      .map(({ startMs, endMs }) => [
        tell.timeOf(startMs, { ...telling }),
        tell.timeOf(endMs, telling),
      ]),
    busy: found.busy.slice(0, shownMax).map((one) => shownEvent(one, telling)),
  }));
  return {
    say: tell.sayOf([...answers, days.length === 1 ? besides : undefined, ...notes]),
    show: days.length > 3 ? show.map(({ day, free }) => ({ day, free })) : show,
  };
};

const aheadMs = 398 * dayMs;
const backMs = 38 * dayMs;
const tripsShownMax = 10;
const tripsToldMax = 3;

const tripSaid = ({ title, place, from, to }: Trip, telling: tell.Telling): string => {
  const names =
    place && !plainName(title).includes(plainName(place)) ? `${title}, ${place}` : title;
  const when =
    from === to
      ? tell.dayName(from, telling)
      : tell.spanName({ first: from, last: to }, undefined, telling);
  return telling.said.trip(names || telling.said.untitled, when);
};

/** Trips that are coming or under way. */
export const tellTrips = async (
  wanted: { query?: string | undefined },
  context: Context,
): Promise<ToolResult> => {
  const { telling, events, notes } = await openAgenda(context);
  const { said, nowMs, today, zone } = telling;
  const told = events({ fromMs: nowMs - backMs, toMs: nowMs + aheadMs });
  // What is private stays so: a trip without its name and place tells nobody anything.
  const trips = tripsIn(
    told.filter(({ hidden }) => !hidden),
    zone,
  )
    .filter(({ to }) => wallOfDay(to) >= today)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const query = plainText(wanted.query ?? '', 60);
  const fits = ({ title, place }: Trip) =>
    plainName(`${title} ${place ?? ''}`).includes(plainName(query));
  const found = query === '' ? trips : trips.filter(fits);
  const show = found.slice(0, tripsShownMax);
  if (found.length === 0) {
    return {
      say: tell.sayOf([query === '' ? said.noTrips : said.noTripTo(query), ...notes]),
      show,
    };
  }
  const items = found.slice(0, tripsToldMax).map((trip) => tripSaid(trip, telling));
  const list = tell.listed(items, telling, tell.roomIn(notes));
  return { say: tell.sayOf([said.trips(list), ...notes]), show };
};
