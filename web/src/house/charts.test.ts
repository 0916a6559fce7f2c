/** The data of the charts: no day is left out, medians are right, the scale holds everything. */
import { expect, it } from 'vitest';
import { costColumns, daysBetween, quantileOf, scaleTop, speedColumns } from './charts.ts';
import type { Turn } from './turns.ts';

const turnOn = (at: string, answerHeardMs?: number): Turn => ({
  ...{ id: at, at, door: 'app', personId: 'ada', transport: 'websocket', stages: [], faults: [] },
  clocks: { input: 'voice', ...(answerHeardMs !== undefined && { answerHeardMs }) },
});

it('lists days over the end of a month', () => {
  expect(daysBetween('2026-02-27', '2026-03-02')).toEqual([
    ...['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'],
  ]);
  expect(daysBetween('2026-03-02', '2026-03-01')).toEqual([]);
});

it('takes the value at its rank', () => {
  expect(quantileOf([5, 1, 4, 2, 3], 0.5)).toBe(3);
  expect(quantileOf([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.9)).toBe(9);
  expect(quantileOf([], 0.5)).toBeUndefined();
});

it('draws every day from the first turn on, also one without any', () => {
  const turns = [
    ...[700, 900, 5_000].map((ms) => turnOn('2026-03-01T12:00:00', ms)),
    turnOn('2026-03-03T12:00:00', 400),
    // Nobody heard it: it is not a fast one.
    turnOn('2026-03-03T12:00:01'),
  ];
  expect(speedColumns(turns, '2026-03-03')).toEqual([
    { day: '2026-03-01', value: 900, mark: 5_000, turns: 3 },
    { day: '2026-03-02', value: 0, turns: 0 },
    { day: '2026-03-03', value: 400, mark: 400, turns: 1 },
  ]);
  expect(speedColumns([], '2026-03-03')).toEqual([]);
});

it('puts what was spent on its day', () => {
  const groups = [{ key: '2026-03-02', usd: 0.4, turns: 3 }];
  expect(costColumns({ from: '2026-03-01', to: '2026-03-02', groups })).toEqual([
    { day: '2026-03-01', value: 0, turns: 0 },
    { day: '2026-03-02', value: 0.4, turns: 3 },
  ]);
});

it('ends the scale on a round number above everything', () => {
  const top = (...values: number[]) => scaleTop(values.map((value) => ({ value })));
  expect([top(0), top(3), top(0.04, 0.01), top(812), top(5)]).toEqual([1, 5, 0.05, 1_000, 5]);
  expect(scaleTop([{ value: 3, mark: 14 }])).toBe(20);
});
