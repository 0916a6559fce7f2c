// Facts in groups with their source in words; what was said by days of this device's calendar.
import { describe, expect, test } from 'vitest';
import { dayOf, daysOf, groupsOf, sourceOf } from './memory.ts';
import type { Fact, SaidTurn } from './memory-api.ts';

const now = new Date(2026, 2, 11, 9, 30);

const fact = (about: Partial<Fact>): Fact => ({
  id: 1,
  category: 'personal',
  fact: 'I live in Oslo',
  source: 'explicit',
  confidence: 1,
  learnedAt: now.toISOString(),
  current: true,
  quote: null,
  tainted: false,
  ...about,
});

describe('facts', () => {
  test('stand in groups, in the order of the page, none of them empty', () => {
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

  test('say who told them, and how sure Butler is of what he gathered', () => {
    expect(sourceOf(fact({}), now)).toBe('you told me · today');
    const gathered = (confidence: number) =>
      sourceOf(fact({ source: 'inferred', confidence }), now);
    expect(gathered(0.9)).toBe('I gathered it · quite sure · today');
    expect(gathered(0.5)).toBe('I gathered it · fairly sure · today');
    expect(gathered(0.3)).toBe('I gathered it · not sure · today');
    expect(sourceOf(fact({ tainted: true }), now)).toContain('something I had read');
  });
});

test('a day has the name that a person would give it', () => {
  const at = (day: number, hour = 12) => dayOf(new Date(2026, 2, day, hour), now);
  expect(at(11, 0)).toBe('Today');
  expect(at(10, 23)).toBe('Yesterday');
  expect(at(9)).toBe('Monday');
  expect(at(5)).toBe('Thursday');
  expect(at(4)).toBe('March 4');
  expect(dayOf(new Date(2025, 11, 31), now)).toBe('December 31, 2025');
});

test('what was said stands by days, each with its beginning and that of the next', () => {
  const turn = (id: string, at: Date): SaidTurn => ({
    turn: id,
    at: at.toISOString(),
    messages: [],
  });
  const days = daysOf(
    [
      turn('c', new Date(2026, 2, 11, 8)),
      turn('b', new Date(2026, 2, 11, 0, 0)),
      turn('a', new Date(2026, 2, 10, 23, 59)),
    ],
    now,
  );
  expect(days.map(({ title, turns }) => [title, turns.map(({ turn }) => turn)])).toEqual([
    ['Today', ['c', 'b']],
    ['Yesterday', ['a']],
  ]);
  expect(days[0]?.from).toBe(new Date(2026, 2, 11).toISOString());
  expect(days[0]?.to).toBe(new Date(2026, 2, 12).toISOString());
});
