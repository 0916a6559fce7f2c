/** What is known and was said, as the page draws it: groups, days, sources in words. */
import { type Category, categories, type Fact, type SaidTurn } from './memory-api.ts';
import { memoryWords as words } from './memory-words.ts';

export interface FactGroup {
  category: Category;
  title: string;
  facts: readonly Fact[];
}

/** In the order of the page; a category without facts is left out. */
export function groupsOf(facts: readonly Fact[]): FactGroup[] {
  return categories
    .map((category) => ({
      category,
      title: words.categories[category],
      facts: facts.filter((fact) => fact.category === category),
    }))
    .filter((group) => group.facts.length > 0);
}

/** Where a fact comes from, how sure it is and when it was learned, in words. */
export function sourceOf(fact: Fact, now: Date): string {
  const parts: string[] = [words.sources[fact.source]];
  if (fact.source === 'inferred') parts.push(sureness(fact.confidence));
  if (fact.tainted) parts.push(words.tainted);
  parts.push(dayOf(new Date(fact.learnedAt), now).toLocaleLowerCase());
  return parts.join(' · ');
}

function sureness(confidence: number): string {
  if (confidence >= 0.8) return words.sure;
  return confidence >= 0.5 ? words.ratherSure : words.unsure;
}

const dayMs = 24 * 60 * 60_000;

/** “Today”, “Yesterday”, a weekday of the last week, else the date. */
export function dayOf(at: Date, now: Date): string {
  const days = Math.round((midnight(now) - midnight(at)) / dayMs);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  if (days > 1 && days < 7) return at.toLocaleDateString(words.language, { weekday: 'long' });
  return dateOf(at, now, words.language);
}

/** The year only where it is another one. */
export function dateOf(at: Date, now: Date, language: string): string {
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  return at.toLocaleDateString(language, { day: 'numeric', month: 'long', ...year });
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

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
    const from = new Date(at.getFullYear(), at.getMonth(), at.getDate());
    const next = new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1);
    const last = days.at(-1);
    if (last?.from === from.toISOString()) {
      last.turns.push(turn);
      continue;
    }
    const range = { from: from.toISOString(), to: next.toISOString() };
    days.push({ title: dayOf(at, now), ...range, turns: [turn] });
  }
  return days;
}
