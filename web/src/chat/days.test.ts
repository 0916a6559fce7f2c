// What was said stands by days of this device's calendar, and no turn stands twice.
import { expect, test } from 'vitest';
import { dayIdOf, daysOf, dayTitle, notShown, type SaidTurn } from './days.ts';

const now = new Date(2026, 2, 11, 9, 30);

const turn = (id: string, at: Date, said = id): SaidTurn => ({
  turn: id,
  at: at.toISOString(),
  door: 'app',
  messages: [{ id: 1, role: 'user', content: said, heard: true, at: at.toISOString() }],
});

test('a day has the name that a person would give it', () => {
  const at = (day: number, hour = 12) => dayTitle(new Date(2026, 2, day, hour), now, 'en');
  expect(at(11, 0)).toBe('Today');
  expect(at(10, 23)).toBe('Yesterday');
  expect(at(9)).toBe('Monday');
  expect(at(5)).toBe('Thursday');
  expect(at(4)).toBe('March 4');
  expect(dayTitle(new Date(2025, 11, 31), now, 'en')).toBe('December 31, 2025');
  expect(dayTitle(now, now, 'de')).toBe('Heute');
});

test('turns stand by days, each with its beginning and that of the next', () => {
  const days = daysOf(
    [
      turn('c', new Date(2026, 2, 11, 8)),
      turn('b', new Date(2026, 2, 11, 0, 0)),
      turn('a', new Date(2026, 2, 10, 23, 59)),
    ],
    now,
  );
  expect(days.map(({ turns }) => turns.map((one) => one.turn))).toEqual([['c', 'b'], ['a']]);
  expect(days[0]?.from).toBe(new Date(2026, 2, 11).toISOString());
  expect(days[0]?.to).toBe(new Date(2026, 2, 12).toISOString());
  expect(dayIdOf(new Date(2026, 2, 1))).toBe('2026-03-01');
});

test('a turn that stands as a line already is left out once for each line', () => {
  const turns = [
    turn('3', now, 'hello'),
    turn('2', now, 'what time is it'),
    turn('1', now, 'hello'),
  ];
  const ids = (said: string[]) => notShown(turns, said).map((one) => one.turn);
  expect(ids([])).toEqual(['3', '2', '1']);
  expect(ids(['hello '])).toEqual(['2', '1']);
  expect(ids(['hello', 'hello'])).toEqual(['2']);
});
