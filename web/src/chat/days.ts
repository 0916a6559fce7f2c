/** What was said, by days of this device's calendar. */
import type { AnswerOf } from '../api/ask.ts';
import { language } from '../words/language.ts';
import { dateText } from '../words/moments.ts';

export type SaidTurn = AnswerOf<'get /api/v1/memory/history'>['turns'][number];

export interface SaidDay {
  title: string;
  /** The whole day: its first moment, and that of the next. */
  from: string;
  to: string;
  turns: readonly SaidTurn[];
}

/** Neighbours of one day together, in the order they came. */
export function daysOf(turns: readonly SaidTurn[], now: Date): SaidDay[] {
  const days: (SaidDay & { turns: SaidTurn[] })[] = [];
  for (const turn of turns) {
    const at = new Date(turn.at);
    const from = new Date(at.getFullYear(), at.getMonth(), at.getDate()).toISOString();
    const last = days.at(-1);
    if (last?.from === from) {
      last.turns.push(turn);
      continue;
    }
    const to = new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1).toISOString();
    days.push({ title: dayTitle(at, now), from, to, turns: [turn] });
  }
  return days;
}

/** “Today”, “Yesterday”, a weekday of the last week, else the date. */
export function dayTitle(at: Date, now: Date, speaks: string = language): string {
  const days = Math.round((midnight(now) - midnight(at)) / dayMs);
  if (days === 0 || days === 1) {
    const name = new Intl.RelativeTimeFormat(speaks, { numeric: 'auto' }).format(-days, 'day');
    return name.charAt(0).toLocaleUpperCase(speaks) + name.slice(1);
  }
  if (days > 1 && days < 7) return at.toLocaleDateString(speaks, { weekday: 'long' });
  return dateText(at, now, speaks);
}

const dayMs = 24 * 60 * 60_000;

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

/** `2026-03-01`, as this device's calendar has it. */
export function dayIdOf(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/**
 * Those turns that do not stand as lines already: the page was loaded before they were asked for,
 * and the conversation may have gone on since.
 * @param said what the person said in those lines, oldest first.
 */
export function notShown(turns: readonly SaidTurn[], said: readonly string[]): SaidTurn[] {
  const left = said.map((text) => text.trim());
  const newestFirst = turns.filter((turn) => {
    const words = turn.messages.find(({ role }) => role === 'user')?.content.trim();
    const at = words === undefined ? -1 : left.lastIndexOf(words);
    if (at === -1) return true;
    left.splice(at, 1);
    return false;
  });
  return newestFirst;
}
