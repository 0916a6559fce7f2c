// Facts in groups, with their source in words.
import { expect, test } from 'vitest';
import { type Fact, groupsOf, sourceOf } from './facts.ts';

const now = new Date(2026, 2, 11, 9, 30);
const learnedAt = new Date(2026, 2, 11, 6, 30).toISOString();

const fact = (about: Partial<Fact>): Fact => ({
  ...{ id: 1, category: 'personal', slot: null, fact: 'I live in Oslo', source: 'explicit' },
  ...{ confidence: 1, learnedAt, lastUsedAt: learnedAt },
  ...{ current: true, quote: null, door: null, tainted: false },
  ...about,
});

test('groups stand in the order of the page, none of them empty', () => {
  const facts = [
    fact({ id: 1, category: 'media' }),
    fact({ id: 2 }),
    fact({ id: 3, category: 'media' }),
  ];
  const groups = groupsOf(facts).map(({ title, facts: own }) => [title, own.map(({ id }) => id)]);
  expect(groups).toEqual([
    ['About you', [2]],
    ['Books, films and music', [1, 3]],
  ]);
  expect(groupsOf([])).toEqual([]);
});

test('a fact says who told it, and how sure Butler is of what he gathered', () => {
  expect(sourceOf(fact({}), now)).toBe('you told me · 3 hours ago');
  const gathered = (confidence: number) => sourceOf(fact({ source: 'inferred', confidence }), now);
  expect(gathered(0.9)).toBe('I gathered it · quite sure · 3 hours ago');
  expect(gathered(0.5)).toBe('I gathered it · fairly sure · 3 hours ago');
  expect(gathered(0.3)).toBe('I gathered it · not sure · 3 hours ago');
  expect(sourceOf(fact({ tainted: true }), now)).toContain('something I had read');
});
