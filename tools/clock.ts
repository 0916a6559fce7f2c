/** The clock: time and date, here and elsewhere, and timers that speak when they are due. */
import { z } from 'zod';
import { findPlace } from './clock.places.ts';
import {
  cancelSays,
  changeSays,
  dateSays,
  setTimerSays,
  timersSays,
  timeSays,
} from './clock.says.ts';
import {
  type Context,
  capital,
  describe,
  labelOf,
  leftMs,
  readBack,
  receiptOf,
  runningCard,
  theOneMeant,
  thoseMeant,
  tidyName,
  timersCard,
} from './clock.timers.ts';
import { clockWords } from './clock.words.ts';
import { integration, ToolError } from './core/define.ts';
import { durationSeconds } from './core/slots.ts';

const dayMs = 86_400_000;
// biome-ignore format: one week, one line
const weekdays = [
  'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday',
] as const;

/** Noon, in UTC, of the day it is in this zone: safe to move by whole days. */
const dayIn = (timeZone: string, at: Date): Date => {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone }).format(at).split('-').map(Number);
  const [year = 1970, month = 1, day = 1] = parts;
  return new Date(Date.UTC(year, month - 1, day, 12));
};

const shifts: Record<string, number> = {
  today: 0,
  tomorrow: 1,
  yesterday: -1,
  day_after_tomorrow: 2,
  day_before_yesterday: -2,
};

const daysUntil = (day: string, today: Date): number =>
  shifts[day] ?? (weekdays.indexOf(day as (typeof weekdays)[number]) - today.getUTCDay() + 7) % 7;

const placeNamed = (spoken: string, { now, language }: Context) => {
  const place = findPlace(spoken, now());
  if (place) return place;
  throw new ToolError(clockWords(language).unknownPlace(spoken), 'unknown-place', true);
};

const tellTime = async ({ place }: { place?: string | undefined }, context: Context) => {
  const { now, timeZone, language, words } = context;
  const said = clockWords(language);
  const at = now();
  if (place === undefined) return { say: said.time(words.time(at, timeZone)) };
  const found = placeNamed(place, context);
  const between = dayIn(found.zone, at).getTime() - dayIn(timeZone, at).getTime();
  const shift = Math.sign(Math.round(between / dayMs)) as -1 | 0 | 1;
  const time = words.time(at, found.zone);
  const there = said.timeIn(found.chosen ?? found.name, time, shift);
  const which = found.chosen && ` ${said.severalZones(found.name)}`;
  const say = `${there}${which ?? ''}`;
  return { say, show: { timeZone: found.zone, place: found.name } };
};

const tellDate = async (
  wanted: { day: string; part: 'date' | 'month' | 'year'; place?: string | undefined },
  context: Context,
) => {
  const said = clockWords(context.language);
  const place = wanted.place === undefined ? undefined : placeNamed(wanted.place, context);
  const today = dayIn(place?.zone ?? context.timeZone, context.now());
  const at = new Date(today.getTime() + daysUntil(wanted.day, today) * dayMs);
  const show = { date: at.toISOString().slice(0, 10) };
  if (wanted.part === 'year') return { say: said.year(at.getUTCFullYear()), show };
  if (wanted.part === 'month') {
    const month = new Intl.DateTimeFormat(context.language, { month: 'long', timeZone: 'UTC' });
    return { say: said.month(month.format(at)), show };
  }
  const date = context.words.date(at, 'UTC');
  return { say: place ? said.dateIn(place.name, date) : said.day(wanted.day, date), show };
};

const setTimer = async (
  wanted: { seconds: number; name?: string | undefined },
  context: Context,
) => {
  const said = clockWords(context.language);
  const name = tidyName(wanted.name);
  const durationMs = wanted.seconds * 1000;
  const ownerId = context.caller.personId;
  const made = await context.timers.set({ ownerId, name, durationMs }).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== 'too-many-timers') throw error;
    throw new ToolError(said.tooMany, 'too-many-timers');
  });
  const kept = await readBack(made.id, context);
  if (!kept) throw new ToolError(said.notKept, 'not-kept');
  return {
    say: said.set(name, context.words.duration(durationMs)),
    receipt: receiptOf(kept),
    undo: { tool: 'clock_cancel_timer', input: { id: kept.id } },
    card: await runningCard(context),
  };
};

const listTimers = async ({ name }: { name?: string | undefined }, context: Context) => {
  const all = await context.timers.list(context.caller.personId);
  const timers = name === undefined ? all : [await theOneMeant({ name }, context)];
  const card = timersCard(timers);
  return { say: describe(timers, context), show: timers.map(receiptOf), card };
};

interface WantedTimer {
  id?: string | undefined;
  name?: string | undefined;
  seconds?: number | undefined;
}

const cancelAll = async (context: Context) => {
  const said = clockWords(context.language);
  const timers = await context.timers.list(context.caller.personId);
  if (timers.length === 0) throw new ToolError(said.none, 'no-timer');
  for (const timer of timers) await context.timers.cancel(timer.id);
  const running = (await context.timers.list(context.caller.personId)).length;
  return { say: said.cancelledAll(timers.length), receipt: { running } };
};

const cancelTimer = async (wanted: WantedTimer & { all: boolean }, context: Context) => {
  const said = clockWords(context.language);
  const timers = await context.timers.list(context.caller.personId);
  if (wanted.all && thoseMeant(timers, {}).length !== 1) return cancelAll(context);
  const timer = await theOneMeant(wanted.all ? {} : wanted, context);
  const cancelled = await context.timers.cancel(timer.id);
  if (!cancelled || (await readBack(timer.id, context))) throw new ToolError(said.gone, 'gone');
  const seconds = Math.max(1, Math.round(leftMs(timer, context) / 1000));
  return {
    say: capital(said.cancelled(said.label(labelOf(timer, context)))),
    receipt: { id: timer.id, running: false },
    undo: { tool: 'clock_set_timer', input: { seconds, ...(timer.name && { name: timer.name }) } },
    card: await runningCard(context),
  };
};

const changeTimer = async (
  wanted: { seconds: number; less: boolean; id?: string | undefined; name?: string | undefined },
  context: Context,
) => {
  const said = clockWords(context.language);
  const timer = await theOneMeant({ id: wanted.id, name: wanted.name }, context);
  const byMs = wanted.seconds * (wanted.less ? -1000 : 1000);
  const changed = await context.timers.extend(timer.id, byMs).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== 'timer-length') throw error;
    throw new ToolError(said.tooShort, 'timer-length');
  });
  const kept = changed && (await readBack(changed.id, context));
  if (!kept) throw new ToolError(said.gone, 'gone');
  const by = context.words.duration(Math.abs(byMs));
  const left = context.words.duration(leftMs(kept, context));
  return {
    say: said.changed({
      less: wanted.less,
      by,
      label: said.label(labelOf(timer, context)),
      left: capital(left),
    }),
    receipt: receiptOf(kept),
    undo: {
      tool: 'clock_change_timer',
      input: { id: kept.id, seconds: wanted.seconds, less: !wanted.less },
    },
    card: await runningCard(context),
  };
};

const timerName = z.string().trim().min(1).max(60).optional();
const timerId = z.string().max(64).optional().describe('Exact id, where it is known.');
const howLong = {
  en: 'Tell me how long, from one second to 24 hours, for example: set a timer for ten minutes.',
  de: 'Sag mir, wie lange, höchstens 24 Stunden, zum Beispiel: stell einen Timer auf zehn Minuten.',
};
const write = { effect: 'write', confirm: 'never', unfit: { seconds: howLong } } as const;

export default integration({
  name: 'clock',
  about: 'The time, the date, and timers.',
  doing: {
    read: { en: 'looking at the clock', de: 'sehe auf die Uhr' },
    write: { en: 'setting the timer', de: 'stelle den Timer' },
  },
}).tools({
  time: {
    about: 'The time now, here or in a place (city or country).',
    effect: 'read',
    confirm: 'never',
    input: z.object({
      place: z.string().min(1).max(80).optional().describe('City or country; left out: here.'),
    }),
    says: timeSays,
    examples: [
      { says: 'what time is it', input: {} },
      { says: "what's the time in Tokyo", input: { place: 'Tokyo' } },
      { says: 'wie spät ist es', input: {}, language: 'de' },
    ],
    run: tellTime,
  },
  date: {
    about: 'The date and weekday of a day near today, here or in a place; also month or year.',
    effect: 'read',
    confirm: 'never',
    input: z.object({
      day: z
        .enum([
          'today',
          'tomorrow',
          'yesterday',
          'day_after_tomorrow',
          'day_before_yesterday',
          ...weekdays,
        ])
        .default('today')
        .describe('A weekday means the next one, today included.'),
      part: z.enum(['date', 'month', 'year']).default('date'),
      place: z.string().min(1).max(80).optional(),
    }),
    says: dateSays,
    examples: [
      { says: 'what day is it', input: {} },
      { says: 'what date is it tomorrow', input: { day: 'tomorrow' } },
      { says: 'welcher Tag ist heute', input: {}, language: 'de' },
    ],
    run: tellDate,
  },
  set_timer: {
    ...write,
    about: 'Set a timer, with a name where one was given. Several can run at once.',
    input: z.object({ seconds: durationSeconds(), name: timerName.describe('e.g. tea') }),
    says: setTimerSays,
    examples: [
      { says: 'set a timer for ten minutes', input: { seconds: 600 } },
      { says: 'set a tea timer for 3 minutes', input: { seconds: 180, name: 'tea' } },
      { says: 'stell einen Timer auf zehn Minuten', input: { seconds: 600 }, language: 'de' },
    ],
    run: setTimer,
  },
  timers: {
    about: 'Which timers run and how much time is left, of all or of one.',
    effect: 'read',
    confirm: 'never',
    input: z.object({ name: timerName }),
    says: timersSays,
    examples: [
      { says: 'what timers are running', input: {} },
      { says: 'how much time is left on the pasta timer', input: { name: 'pasta' } },
      { says: 'welche Timer laufen', input: {}, language: 'de' },
    ],
    run: listTimers,
  },
  cancel_timer: {
    ...write,
    about: 'Cancel a timer by name or by the length it was set to, or all of them.',
    input: z.object({
      name: timerName,
      seconds: durationSeconds().optional(),
      id: timerId,
      all: z.boolean().default(false),
    }),
    says: cancelSays,
    examples: [
      { says: 'cancel the tea timer', input: { name: 'tea' } },
      { says: 'cancel all timers', input: { all: true } },
      { says: 'lösch den Timer', input: {}, language: 'de' },
    ],
    run: cancelTimer,
  },
  change_timer: {
    ...write,
    about: 'Add time to a running timer, or take some off.',
    input: z.object({
      seconds: durationSeconds(),
      less: z.boolean().default(false).describe('true: take the time off.'),
      name: timerName,
      id: timerId,
    }),
    says: changeSays,
    examples: [
      { says: 'add two minutes to the tea timer', input: { seconds: 120, name: 'tea' } },
      { says: 'verlängere den Timer um eine Minute', input: { seconds: 60 }, language: 'de' },
    ],
    run: changeTimer,
  },
});
