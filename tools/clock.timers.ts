/** Which timer is meant, and how timers are said: the clock's rules, without its declarations. */
import type { ClockWords, Label } from './clock.words.ts';
import { clockWords } from './clock.words.ts';
import type { CardOf } from './core/card.ts';
import { type ToolContext, ToolError } from './core/define.ts';
import type { Timer } from './core/ports.ts';
import { nearestName, plainName } from './core/sounds.ts';

export type Context = ToolContext<undefined>;

const lengthMs = (timer: Timer): number => timer.dueAtMs - timer.setAtMs;

const spokenMax = 5;

/** "The tea", "tea-timer" and "Tea" name the same timer. */
const nameKey = (name: string): string => lettersHeard[bareName(name)] ?? bareName(name);

const bareName = (name: string): string =>
  plainName(name)
    .replace(/^(the|my|a|der|die|das|den|mein|meine|meinen) /, '')
    .replace(/ ?timer$/, '');

/** Whisper writes "T timer" for "tea timer", in every voice that was tried. */
const lettersHeard: Readonly<Record<string, string>> = { t: 'tea', p: 'pea' };

export const tidyName = (name: string | undefined): string | undefined => {
  const tidy = name
    ?.replace(/\s+/g, ' ')
    .replace(/^(the|my|a|der|die|das) /i, '')
    .replace(/[ -]timer$/i, '')
    .trim()
    .slice(0, 40);
  return tidy ? (lettersHeard[tidy.toLowerCase()] ?? tidy) : undefined;
};

export const leftMs = (timer: Timer, { now }: Pick<Context, 'now'>): number =>
  Math.max(0, timer.dueAtMs - now().getTime());

export const labelOf = (timer: Timer, { words }: Pick<Context, 'words'>): Label => ({
  name: timer.name,
  length: words.duration(lengthMs(timer)),
});

/** A few labels in a row; the rest as a number. */
const inARow = (labels: string[], context: Context, said: ClockWords): string => {
  const shown = labels.slice(0, spokenMax);
  const rest = labels.length - shown.length;
  return context.words.list(rest > 0 ? [...shown, said.more(rest)] : shown);
};

export const describe = (timers: readonly Timer[], context: Context): string => {
  const said = clockWords(context.language);
  const [only, ...others] = timers;
  if (!only) return said.none;
  const left = (timer: Timer) => context.words.duration(leftMs(timer, context));
  if (others.length === 0)
    return capital(said.left(said.label(labelOf(only, context)), left(only)));
  const labels = timers.map((t) => said.leftShort(said.short(labelOf(t, context)), left(t)));
  return said.several(timers.length, inARow(labels, context, said));
};

export const capital = (sentence: string): string =>
  sentence.charAt(0).toUpperCase() + sentence.slice(1);

export interface Wanted {
  id?: string | undefined;
  name?: string | undefined;
  /** The length it was set to. */
  seconds?: number | undefined;
}

const named = (timers: readonly Timer[], name: string): Timer[] => {
  const key = nameKey(name);
  const same = timers.filter((timer) => nameKey(timer.name ?? '') === key);
  if (same.length > 0) return same;
  const near = nearestName(
    key,
    timers.filter((timer) => timer.name),
    (timer) => nameKey(timer.name ?? ''),
  );
  return near ? [near] : [];
};

/** The person's timers that fit; all of them where nothing was named. */
export const thoseMeant = (timers: readonly Timer[], wanted: Wanted): Timer[] => {
  if (wanted.id !== undefined) return timers.filter((timer) => timer.id === wanted.id);
  if (wanted.name !== undefined) return named(timers, wanted.name);
  if (wanted.seconds === undefined) return [...timers];
  const seconds = wanted.seconds;
  return timers.filter((timer) => Math.round(lengthMs(timer) / 1000) === seconds);
};

/** @throws {ToolError} with the question or the reason, when not exactly one timer is meant. */
export const theOneMeant = async (wanted: Wanted, context: Context): Promise<Timer> => {
  const said = clockWords(context.language);
  const timers = await context.timers.list(context.caller.personId);
  const meant = thoseMeant(timers, wanted);
  if (meant.length === 1 && meant[0]) return meant[0];
  if (timers.length === 0) throw new ToolError(said.none, 'no-timer');
  const short = (list: readonly Timer[]) =>
    inARow(
      list.map((timer) => said.short(labelOf(timer, context))),
      context,
      said,
    );
  if (meant.length === 0) {
    const asked =
      wanted.name ?? (wanted.seconds ? context.words.duration(wanted.seconds * 1000) : '');
    const missing = asked ? `${said.noneCalled(asked)} ${said.running(short(timers))}` : said.gone;
    throw new ToolError(missing, 'no-such-timer');
  }
  const names = meant.slice(0, spokenMax).map((timer) => said.short(labelOf(timer, context)));
  const question = said.which(`${names.slice(0, -1).join(', ')} ${said.or} ${names.at(-1)}`);
  throw new ToolError(question, 'which-timer');
};

/** As a screen shows them; undefined where none runs. */
export const timersCard = (timers: readonly Timer[]): CardOf<'timers'> | undefined =>
  timers.length === 0
    ? undefined
    : {
        kind: 'timers',
        timers: timers.map((timer) => ({
          ...{ id: timer.id, name: timer.name ?? null },
          dueAt: new Date(timer.dueAtMs).toISOString(),
          lengthMs: lengthMs(timer),
        })),
      };

/** All that run for this person now. */
export const runningCard = async ({
  timers,
  caller,
}: Pick<Context, 'timers' | 'caller'>): Promise<CardOf<'timers'> | undefined> =>
  timersCard(await timers.list(caller.personId));

/** The state read back from where timers are kept. */
export const receiptOf = (timer: Timer) => ({
  id: timer.id,
  ...(timer.name && { name: timer.name }),
  dueAt: new Date(timer.dueAtMs).toISOString(),
});

/** Reads one timer back. @returns undefined when it is not running. */
export const readBack = async (id: string, context: Context): Promise<Timer | undefined> =>
  (await context.timers.list(context.caller.personId)).find((timer) => timer.id === id);
