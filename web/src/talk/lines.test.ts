// Messages become lines: running lines are replaced, ends are kept, interruptions are shown.
import { describe, expect, test } from 'vitest';
import type { ServerMessage } from '../voice/messages.ts';
import {
  activityOf,
  type Lines,
  noLines,
  withAllFinal,
  withCut,
  withMessage,
  withTyped,
} from './lines.ts';

const said = (
  who: 'person' | 'butler',
  text: string,
  more: { final?: boolean; id?: string } = {},
) => ({ type: 'transcript', who, text, final: false, ...more }) satisfies ServerMessage;

const linesOf = (...messages: ServerMessage[]): Lines => messages.reduce(withMessage, noLines);
const texts = (lines: Lines) => lines.list.map((line) => `${line.who}: ${line.text}`);

test('interim words are replaced until the line is final', () => {
  const lines = linesOf(
    said('person', 'what'),
    said('person', 'what time'),
    said('person', 'What time is it?', { final: true }),
    said('person', 'And'),
  );
  expect(texts(lines)).toEqual(['person: What time is it?', 'person: And']);
  expect(lines.list.map((line) => line.final)).toEqual([true, false]);
  expect(new Set(lines.list.map((line) => line.key)).size).toBe(2);
});

test('an answer grows in one line, beside what the person says meanwhile', () => {
  const lines = linesOf(
    said('butler', 'It is'),
    said('person', 'wait'),
    said('butler', 'It is noon.', { final: true }),
  );
  expect(texts(lines)).toEqual(['butler: It is noon.', 'person: wait']);
});

test('with ids, late words find their line', () => {
  const lines = linesOf(
    said('butler', 'One', { id: 'a' }),
    said('butler', 'Two', { id: 'b' }),
    said('butler', 'One, and done.', { id: 'a', final: true }),
  );
  expect(texts(lines)).toEqual(['butler: One, and done.', 'butler: Two']);
});

test('a line in which nothing was heard goes away', () => {
  expect(linesOf(said('person', 'hm'), said('person', ' ', { final: true })).list).toEqual([]);
  expect(linesOf(said('person', '', { final: true })).list).toEqual([]);
});

describe('interruption', () => {
  const interrupted = linesOf(said('butler', 'It is noon and the sun'), { type: 'clear' });

  test('marks the running answer', () => {
    expect(interrupted.list[0]).toMatchObject({ cut: true, final: false });
  });

  test('the shortened end belongs to the same line', () => {
    const lines = withMessage(interrupted, said('butler', 'It is noon', { final: true }));
    expect(texts(lines)).toEqual(['butler: It is noon']);
    expect(lines.list[0]).toMatchObject({ cut: true, final: true });
  });

  test('another answer is another line, and closes the old one', () => {
    const lines = withMessage(interrupted, said('butler', 'Yes?'));
    expect(texts(lines)).toEqual(['butler: It is noon and the sun', 'butler: Yes?']);
    expect(lines.list[0]?.final).toBe(true);
  });

  test('nothing runs: nothing is marked', () => {
    const lines = linesOf(said('butler', 'Done.', { final: true }));
    expect(withCut(lines)).toBe(lines);
  });
});

describe('typed text', () => {
  test('is shown at once, and not again when the server repeats it', () => {
    const typed = withTyped(noLines, 'Hello');
    const lines = withMessage(typed, said('person', 'Hello', { final: true }));
    expect(texts(lines)).toEqual(['person: Hello']);
    const again = withMessage(lines, said('person', 'Hello', { final: true }));
    expect(texts(again)).toEqual(['person: Hello', 'person: Hello']);
  });
});

describe('what Butler is doing', () => {
  const start = (id: string, doing: string): ServerMessage => ({ type: 'tool-start', id, doing });
  const two = linesOf(start('a', 'looking at your calendar'), start('b', 'setting the heating'));

  test('is what began last and still runs', () => {
    expect(activityOf(two)).toBe('setting the heating');
    expect(activityOf(withMessage(two, { type: 'tool-end', id: 'b' }))).toBe(
      'looking at your calendar',
    );
    expect(activityOf(withMessage(two, start('c', '')))).toBe('setting the heating');
  });

  test('is over with the turn, with an error, and with the connection', () => {
    const error = { type: 'error', code: '', title: '', detail: '' } as const;
    expect(activityOf(withMessage(two, { type: 'turn' }))).toBe('');
    expect(activityOf(withMessage(two, error))).toBe('');
    expect(activityOf(withAllFinal(two))).toBe('');
  });
});

test('a lost connection ends what was running', () => {
  const lines = withAllFinal(linesOf(said('person', 'what'), said('butler', 'It')));
  expect(lines.list.map(({ final, cut }) => [final, cut])).toEqual([
    [true, false],
    [true, true],
  ]);
});

test('the page keeps the newest 200 lines', () => {
  let lines = noLines;
  for (let index = 0; index < 250; index += 1) lines = withTyped(lines, `line ${index}`);
  expect(lines.list).toHaveLength(200);
  expect(lines.list.at(-1)?.text).toBe('line 249');
});
