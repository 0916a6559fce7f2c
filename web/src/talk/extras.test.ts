// Cards, receipts and questions stand under the answer that they belong to, each one once.
import { describe, expect, test } from 'vitest';
import type { ServerMessage } from '../voice/messages.ts';
import { placed } from './extras.ts';
import { type Lines, noLines, withMessage, withTyped } from './lines.ts';

const linesOf = (...messages: ServerMessage[]): Lines => messages.reduce(withMessage, noLines);
const said = (
  who: 'person' | 'butler',
  text: string,
  more: { id?: string; turnId?: string } = {},
) => ({ type: 'transcript', who, text, final: true, ...more }) satisfies ServerMessage;
const card = (id: string, turnId: string, list = 'Shopping'): ServerMessage => ({
  ...{ type: 'card', id, turnId },
  card: { kind: 'list', list, items: [] },
});
const deed = (id: string, turnId: string): ServerMessage => ({
  ...{ type: 'deed', id, turnId, say: 'The light is on.' },
  ...{ checked: true, undo: true },
});
const ask = (id: string, turnId: string): ServerMessage => ({
  ...{ type: 'ask', id, turnId, question: 'Really?' },
  ...{ by: 'yes', expiresAt: '2026-03-01T10:00:00Z' },
});

/** "text: ids", in the order of the page. */
const rows = (lines: Lines) =>
  placed(lines).map(({ line, extras }) =>
    [line?.text ?? '-', ...extras.map(({ id }) => id)].join(' '),
  );

describe('the place', () => {
  test('is the last answer of the same turn, however early the card came', () => {
    const lines = linesOf(
      said('person', 'One?'),
      card('c1', 't1'),
      said('butler', 'Wait.', { id: 'b1', turnId: 't1' }),
      deed('d1', 't1'),
      said('butler', 'One.', { id: 'b2', turnId: 't1' }),
      said('person', 'Two?'),
      said('butler', 'Two.', { id: 'b3', turnId: 't2' }),
      deed('d2', 't1'),
    );
    expect(rows(lines)).toEqual(['One?', 'Wait.', 'One. c1 d1 d2', 'Two?', 'Two.']);
  });

  test('is the answer that follows where lines name no turn', () => {
    const lines = linesOf(said('person', 'One?'), card('c1', 't1'), said('butler', 'One.'));
    expect(rows(lines)).toEqual(['One?', 'One. c1']);
  });

  test('is its own while there is no answer yet', () => {
    const before = linesOf(said('person', 'One?'), ask('a1', 't1'));
    expect(rows(before)).toEqual(['One?', '- a1']);
    expect(rows(withTyped(before, 'Yes'))).toEqual(['One?', '- a1', 'Yes']);
  });

  test('is never the answer to another question', () => {
    const lines = linesOf(
      card('c1', 't1'),
      said('person', 'Two?'),
      said('butler', 'Two.', { id: 'b', turnId: 't2' }),
      card('c2', 't3'),
      said('butler', 'Two again.', { id: 'c', turnId: 't2' }),
    );
    expect(rows(lines)).toEqual(['- c1', 'Two?', 'Two.', '- c2', 'Two again.']);
  });
});

test('a card that comes again is brought up to date where it stands', () => {
  const lines = linesOf(card('c1', 't1'), card('c2', 't1'), card('c1', 't1', 'Packing'));
  const lists = lines.extras.map(
    (one) => one.kind === 'card' && 'list' in one.card && one.card.list,
  );
  expect(lists).toEqual(['Packing', 'Shopping']);
});

test('a question is answered once, a deed is taken back once', () => {
  const lines = linesOf(
    ...[deed('d1', 't1'), ask('d1', 't1'), deed('d2', 't1')],
    { type: 'asked', id: 'd1', answer: 'no' },
    { type: 'undone', id: 'd1', say: 'The light is off again.' },
    { type: 'undone', id: 'unknown', say: 'Nothing.' },
  );
  expect(lines.extras).toMatchObject([
    { kind: 'deed', id: 'd1', undone: 'The light is off again.', undo: false },
    { kind: 'ask', answer: 'no' },
    { kind: 'deed', id: 'd2', undo: true },
  ]);
  expect(lines.extras[2]).not.toHaveProperty('undone');
});

test('what belongs to lines that the page no longer keeps goes with them', () => {
  let lines = linesOf(said('person', 'One?'), said('butler', 'One.'), deed('d1', 't1'));
  for (let index = 0; index < 250; index += 1) lines = withTyped(lines, `line ${index}`);
  expect(lines.extras).toEqual([]);
});
