// Found words are marked where a person would mark them, and nothing of the text is lost.
import { expect, test } from 'vitest';
import { excerptOf, holds, marksOf, unsigned } from './marks.ts';

const found = (text: string, query: string) =>
  marksOf(text, query)
    .filter((piece) => piece.found)
    .map((piece) => piece.text);

test.each([
  ['The timer and two timers.', 'timers', ['timer', 'timers']],
  ['Öffne das Café, das CAFE!', 'cafe', ['Café', 'CAFE']],
  ['Run, and do not run off running.', 'run', ['Run', 'run', 'running']],
  ['She is running to the ruin.', 'running', ['running']],
  ['A.b*c (d) [e] 42', '42 (d', ['42']],
  ['nothing here', '', []],
  ['one a b', 'a', []],
])('%s searched for %j', (text, query, expected) => {
  expect(found(text, query)).toEqual(expected);
  const together = marksOf(text, query).map((piece) => piece.text);
  expect(together.join('')).toBe(text);
});

test('signs of markdown are left out, what is written with them stays', () => {
  const table = '# Bread\n\nIt **needs** *time*, `salt` and 2 * 3 eggs.\n| a |\n| --- |\n| 1 |';
  expect(unsigned(table)).toBe('Bread\n\nIt needs time, salt and 2 * 3 eggs.\n| a |\n| 1 |');
  expect(unsigned('snake_case_name stays')).toBe('snake_case_name stays');
  expect(holds('Bread and salt', 'bread')).toBe(true);
  expect(holds('what time is it', 'bread')).toBe(false);
});

test('of a long text the part around the first found word is shown', () => {
  const text = `${'before '.repeat(200)}Dune ${'after '.repeat(200)}`;
  const excerpt = excerptOf(text, 'dune');
  expect(excerpt).toMatch(/^… .*Dune.* …$/);
  expect(excerpt.length).toBeLessThan(500);
  expect(excerptOf('short', 'x')).toBe('short');
  expect(excerptOf('word '.repeat(300), 'absent')).toMatch(/^word .* …$/);
});
