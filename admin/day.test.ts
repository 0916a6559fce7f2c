// A day in the household's zone: summer time, far zones, days that do not exist.
import { expect, it } from 'vitest';
import { dayIn } from './day.ts';

const written = (timeZone: string, day: string) => {
  const { from, to } = dayIn(timeZone, day) ?? {};
  return [from?.toISOString(), to?.toISOString()];
};

it('begins and ends at midnight there', () => {
  expect(written('UTC', '2026-03-01')).toEqual([
    '2026-03-01T00:00:00.000Z',
    '2026-03-02T00:00:00.000Z',
  ]);
  expect(written('Asia/Kolkata', '2026-03-01')[0]).toBe('2026-02-28T18:30:00.000Z');
  expect(written('Pacific/Auckland', '2026-01-01')[0]).toBe('2025-12-31T11:00:00.000Z');
});

it('is 23 hours long when summer time begins, and 25 when it ends', () => {
  expect(written('Europe/Oslo', '2026-03-29')).toEqual([
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ]);
  expect(written('America/New_York', '2026-11-01')).toEqual([
    '2026-11-01T04:00:00.000Z',
    '2026-11-02T05:00:00.000Z',
  ]);
});

it('knows no day that is not in the calendar', () => {
  for (const day of ['2026-02-30', '2026-13-01', '2026-1-1', 'yesterday', '']) {
    expect(dayIn('UTC', day)).toBeUndefined();
  }
});
