/** The answers of the calendar: what is on, what is next, and what may be shown. */

import type { ToolResult } from '../core/define.ts';
import { ToolError } from '../core/tool-error.ts';
import { type Agenda, type Context, matching, openAgenda } from './agenda.ts';
import { eventsCard } from './card.ts';
import { dayMs } from './model.ts';
import { type Days, daysOf, spanOf, type Wanted } from './spans.ts';
import * as tell from './telling.ts';
import { plainText } from './titles.ts';
import { calendarWords } from './words.ts';
import { wallOfDay } from './zones.ts';

/** So many events in what the mind reads; the page has a list of its own. */
const shownMax = 12;
const listedMax = 500;
const spanDaysMax = 400;

const queryMax = 60;

/** @throws {ToolError} where a date is none, or so many days that nobody means them. */
export const wantedDays = (wanted: Wanted, telling: tell.Telling): Days => {
  const days = daysOf(wanted, telling.today);
  const tooLong = days && wallOfDay(days.last) - wallOfDay(days.first) > spanDaysMax * dayMs;
  if (days && !tooLong) return days;
  throw new ToolError(telling.said.noSuchDate, 'wrong-date', true);
};

const local = (atMs: number, { zone }: tell.Telling): string =>
  new Date(zone.wallOf(atMs)).toISOString().slice(0, 16);

/** As the mind and the page get it: local times, whole days with their last day. */
export const shownEvent = (event: tell.Told, telling: tell.Telling) => {
  const place = tell.placeOf(event);
  const common = { title: tell.titleOf(event, telling), ...(place && { place }) };
  if (!event.allDay) {
    const { startMs, endMs } = event;
    return { ...common, start: local(startMs, telling), end: local(endMs, telling) };
  }
  const first = tell.dayOf(event.startMs, telling);
  const last = tell.dayOf(event.endMs - 1, telling);
  return { ...common, day: first, ...(last !== first && { lastDay: last }) };
};

const shown = (events: readonly tell.Told[], telling: tell.Telling) => ({
  events: events.slice(0, shownMax).map((one) => shownEvent(one, telling)),
  ...(events.length > shownMax && { more: events.length - shownMax }),
});

/** One item for each event, or for each day with its events where several days are asked for. */
const itemsOf = (events: readonly tell.Told[], days: Days, telling: tell.Telling): string[] => {
  const fromMs = spanOf(days, undefined, telling.zone).fromMs;
  const told = (one: tell.Told) => tell.eventSaid(one, telling, { fromMs });
  if (days.first === days.last) return events.map(told);
  const dayOf = ({ startMs }: tell.Told) => tell.dayOf(Math.max(startMs, fromMs), telling);
  return [...Map.groupBy(events, dayOf)].map(([day, list]) =>
    telling.said.onDay(tell.dayName(day, telling), list.map(told).join(', ')),
  );
};

const nothingSaid = (
  { query, isToday, when }: { query: string; isToday: boolean; when: string },
  { said }: tell.Telling,
): string => {
  if (query !== '') return said.nothingAbout(query, when);
  return isToday ? said.nothingMore : said.nothing(when);
};

/** What is on: a day, a part of it, or several days. */
export const tellEvents = async (
  wanted: Wanted & { query?: string | undefined },
  context: Context,
): Promise<ToolResult> => {
  const { telling, events, notes } = await openAgenda(context);
  const { said, nowMs, zone } = telling;
  const days = wantedDays(wanted, telling);
  const span = spanOf(days, wanted.part, zone);
  // On the day itself, what is over is no answer to what is on.
  const isToday = span.fromMs <= nowMs && nowMs < span.toMs;
  const all = events(span).filter((one) => !isToday || one.endMs > nowMs || one.startMs >= nowMs);
  const query = plainText(wanted.query ?? '', queryMax);
  const found = matching(all, query);
  const when = tell.spanName(days, wanted.part, telling);
  const show = { from: days.first, to: days.last, ...shown(found, telling) };
  if (found.length === 0) {
    const hadSome = isToday && events(span).length > 0;
    const none = nothingSaid({ query, isToday: hadSome, when }, telling);
    return { say: tell.sayOf([none, ...notes]), show };
  }
  const items = itemsOf(found, days, telling);
  const list = tell.listed(items, telling, tell.roomIn([when, ...notes]));
  const start = tell.capital(when);
  const one = items.length > 1 ? said.several(start, found.length, list) : said.one(start, list);
  // Over several days each item begins with its own day.
  const say = days.first === days.last ? one : `${tell.capital(list)}.`;
  const card = eventsCard(when, found, telling);
  return { say: tell.sayOf([say, ...notes]), show, card };
};

const soonMs = 3 * 3_600_000;

/** "tomorrow: dentist at 9 a.m."; within three hours also how long it is until then. */
const nextSaid = (event: tell.Told, telling: tell.Telling): string => {
  const { said, words, nowMs } = telling;
  const untilMs = event.startMs - nowMs;
  const told = tell.eventSaid(event, telling);
  const day = tell.dayName(tell.dayOf(event.startMs, telling), telling);
  const isSoon = !event.allDay && untilMs < soonMs;
  return said.onDay(isSoon ? said.inTime(words.duration(untilMs)) : day, told);
};

const aheadMs = 398 * dayMs;

/** What comes next, of all or of what the words name. */
export const tellNext = async (
  wanted: { query?: string | undefined },
  context: Context,
): Promise<ToolResult> => {
  const { telling, events, notes } = await openAgenda(context);
  const { said, nowMs } = telling;
  const coming = events({ fromMs: nowMs, toMs: nowMs + aheadMs }).filter(
    ({ startMs }) => startMs > nowMs,
  );
  const query = plainText(wanted.query ?? '', queryMax);
  const [next, ...later] = matching(coming, query);
  if (!next) {
    const none = query === '' ? said.noNext : said.noNextAbout(query);
    return { say: tell.sayOf([none, ...notes]), show: { events: [] } };
  }
  // A birthday is not what somebody hurries to: the next one with a time is told as well.
  const timed = next.allDay && query === '' ? later.find(({ allDay }) => !allDay) : undefined;
  const about = nextSaid(next, telling);
  const first = query === '' ? said.nextIs(about) : `${tell.capital(about)}.`;
  const second = timed && said.thenToo(nextSaid(timed, telling));
  const told = timed ? [next, timed] : [next];
  const show = shown(told, telling);
  const card = eventsCard(tell.dayName(tell.dayOf(next.startMs, telling), telling), told, telling);
  return { say: tell.sayOf([first, second, ...notes]), show, card };
};

/** Every event of some days, for a page. */
export const listEvents = async (
  wanted: { from: string; to: string },
  context: Context,
): Promise<ToolResult> => {
  const agenda: Agenda = await openAgenda(context);
  const { telling, events, notes } = agenda;
  const days = wantedDays({ date: wanted.from, until: wanted.to }, telling);
  const found = events(spanOf(days, undefined, telling.zone));
  const shownEvents = found.slice(0, listedMax).map((one) => shownEvent(one, telling));
  const said = calendarWords(context.language);
  const when = tell.spanName(days, undefined, telling);
  const say =
    found.length === 0 ? said.nothing(when) : said.one(tell.capital(when), `${found.length}`);
  return { say, show: { from: days.first, to: days.last, events: shownEvents, notes } };
};
