// Lines that say the same fold; whose they are and how they ended keeps them apart.
import { expect, test } from 'vitest';
import { folded, isSamePerson } from './folding.ts';

const ada = { personId: 'ada' };
const ben = { personId: 'ben' };
const line = { what: 'post /api/v1/chat', outcome: 'done', actor: ada, target: null };

test('neighbours that say the same are one, and the newest stands for them', () => {
  const lines = [
    { ...line, number: 5 },
    { ...line, number: 4 },
    { ...line, number: 3, outcome: 'refused' },
    { ...line, number: 2 },
    { ...line, number: 1, actor: ben },
  ];
  const shown = folded(lines).map(({ line: { number }, times }) => [number, times]);
  expect(shown).toEqual([
    [5, 2],
    [3, 1],
    [2, 1],
    [1, 1],
  ]);
});

test('about somebody else is something else', () => {
  expect(folded([{ ...line, target: ada }, { ...line, target: ben }, line])).toHaveLength(3);
  expect(folded([])).toEqual([]);
});

test('a part of Butler is nobody', () => {
  expect(isSamePerson({}, {})).toBe(false);
  expect(isSamePerson(ada, { personId: 'ada' })).toBe(true);
});
