/** What Butler knows, as the page draws it: groups, and sources in words. */
import type { AnswerOf } from '../../api/ask.ts';
import { memoryWords as words } from '../../words/memory.ts';
import { agoText } from '../../words/moments.ts';

export type Fact = AnswerOf<'get /api/v1/memory/facts'>['facts'][number];
export type Category = Fact['category'];

/** In the order of the page. */
export const categories = ['personal', 'preference', 'routine', 'media'] as const;

export const factMax = 500;

export interface FactGroup {
  category: Category;
  title: string;
  facts: readonly Fact[];
}

/** A category without facts is left out. */
export function groupsOf(facts: readonly Fact[]): FactGroup[] {
  return categories
    .map((category) => ({
      category,
      title: words.categories[category],
      facts: facts.filter((fact) => fact.category === category),
    }))
    .filter((group) => group.facts.length > 0);
}

type Origin = Pick<Fact, 'source' | 'confidence' | 'tainted' | 'learnedAt'>;

/** Where a fact comes from, how sure it is and when it was learned, in words. */
export function sourceOf(fact: Origin, now: Date): string {
  const parts: string[] = [words.sources[fact.source]];
  if (fact.source === 'inferred') parts.push(sureness(fact.confidence));
  if (fact.tainted) parts.push(words.tainted);
  parts.push(agoText(new Date(fact.learnedAt), now));
  return parts.join(' · ');
}

function sureness(confidence: number): string {
  if (confidence >= 0.8) return words.sure;
  return confidence >= 0.5 ? words.ratherSure : words.unsure;
}
