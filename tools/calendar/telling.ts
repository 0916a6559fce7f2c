/** Events, days and spans as they are said, within the length that can be listened to. */
import type { Spoken } from '../core/spoken.ts';
import { dayMs, type Occurrence } from './model.ts';
import type { DayPart, Days } from './spans.ts';
import { spokenPlace, spokenTitle } from './titles.ts';
import { type CalendarWords, calendarWords } from './words.ts';
import { dayOfWall, wallOfDay, type Zone } from './zones.ts';

/** What is said is cut by the runtime beyond this. */
const sayMax = 300;
const itemsMax = 6;

export interface Told extends Occurrence {
  /** Marked private, and the listener is not the one whose calendar it is. */
  hidden: boolean;
}

export interface Telling {
  said: CalendarWords;
  words: Spoken;
  zone: Zone;
  timeZone: string;
  nowMs: number;
  /** Wall time of today's midnight. */
  today: number;
  language: string;
}

export const tellingFor = (context: {
  language: string;
  words: Spoken;
  zone: Zone;
  timeZone: string;
  nowMs: number;
}): Telling => {
  const today = Math.floor(context.zone.wallOf(context.nowMs) / dayMs) * dayMs;
  return { ...context, said: calendarWords(context.language), today };
};

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const titleOf = ({ hidden, title }: Told, { said }: Telling): string =>
  hidden ? said.private : spokenTitle(title) || said.untitled;

export const placeOf = ({ hidden, place }: Told): string | undefined =>
  hidden ? undefined : spokenPlace(place);

/** "3 p.m." before a comma or a full stop of its own. */
export const timeOf = (atMs: number, { words, timeZone }: Telling): string =>
  words.time(new Date(atMs), timeZone);

/** "today", "on Friday", "on Friday, November 27", with the year where it is another. */
export const dayName = (day: string, { said, today, language }: Telling): string => {
  const wallMs = wallOfDay(day);
  const ahead = Math.round((wallMs - today) / dayMs);
  const near = { '-1': said.yesterday, '0': said.today, '1': said.tomorrow }[String(ahead)];
  if (near) return near;
  const isSoon = ahead > 1 && ahead < 7;
  const otherYear = new Date(wallMs).getUTCFullYear() !== new Date(today).getUTCFullYear();
  const date = new Intl.DateTimeFormat(said.language, {
    ...{ timeZone: 'UTC', weekday: 'long' },
    ...(!isSoon && { month: 'long', day: 'numeric' }),
    ...(otherYear && { year: 'numeric' }),
  }).format(wallMs);
  return said.onDate(language.startsWith('de') ? date.replace(', ', ', dem ') : date);
};

const plainDay = (day: string, telling: Telling): string =>
  dayName(day, telling).replace(/^(on|am) /, '');

/** "tomorrow in the afternoon", "from Saturday to Sunday". */
export const spanName = (days: Days, part: DayPart | undefined, telling: Telling): string => {
  const { said } = telling;
  if (days.first !== days.last) {
    return said.dayRange(plainDay(days.first, telling), plainDay(days.last, telling));
  }
  const day = dayName(days.first, telling);
  return part ? `${day} ${said.partOfDay[part]}` : day;
};

export const dayOf = (atMs: number, { zone }: Telling): string => dayOfWall(zone.wallOf(atMs));

/** "dentist at 9 a.m., Main Street"; an end is said where somebody asks about time. */
export const eventSaid = (
  event: Told,
  telling: Telling,
  { withEnd = false, fromMs }: { withEnd?: boolean; fromMs?: number } = {},
): string => {
  const { said } = telling;
  const title = titleOf(event, telling);
  const place = placeOf(event);
  const when = (): string => {
    if (event.allDay) return said.allDay(title);
    const to = timeOf(event.endMs, telling);
    if (fromMs !== undefined && event.startMs < fromMs) return said.until(title, to);
    const from = timeOf(event.startMs, telling);
    const isShort = event.endMs - event.startMs < dayMs;
    const both = withEnd && isShort && event.endMs > event.startMs;
    return both ? said.fromTo(title, from, to) : said.at(title, from);
  };
  return place && !title.toLowerCase().includes(place.toLowerCase())
    ? said.inPlace(when(), place)
    : when();
};

/** As many items as can be listened to; then how many more there are. */
export const listed = (items: readonly string[], telling: Telling, room: number): string => {
  const kept: string[] = [];
  for (const item of items.slice(0, itemsMax)) {
    const length = [...kept, item].join('; ').length;
    if (kept.length > 0 && length > room - 16) break;
    kept.push(item);
  }
  const rest = items.length - kept.length;
  const { said, words } = telling;
  const anyComma = kept.some((item) => item.includes(','));
  if (rest > 0) return `${kept.join('; ')} ${said.more(rest)}`;
  return anyComma ? kept.join('; ') : words.list(kept);
};

/** "9 a.m.." is no sentence: a time in English brings its own full stop. */
const even = (text: string): string => text.replace(/\.\.+/g, '.').replace(/\.([;,:])/g, '.$1');

/** The sentences that fit, the first of them always. */
export const sayOf = (sentences: readonly (string | undefined)[]): string => {
  const wanted = sentences.filter((one) => one !== undefined && one !== '');
  let say = even(wanted[0] ?? '');
  for (const one of wanted.slice(1)) {
    const longer = `${say} ${even(one ?? '')}`;
    if (longer.length <= sayMax) say = longer;
  }
  return say.slice(0, sayMax);
};

/** How much of an answer is left for a list. */
export const roomIn = (others: readonly (string | undefined)[]): number =>
  sayMax - 40 - others.reduce((sum, one) => sum + (one?.length ?? 0), 0);
