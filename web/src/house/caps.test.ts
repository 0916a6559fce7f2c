/** Limits go into the form and come back as they were; the house takes what comes out. */
import { expect, it } from 'vitest';
import { capsSchema } from '../../../agent/spending/caps.ts';
import { amountOf, type Caps, capsOf, rowsOf } from './caps.ts';

const caps: Caps = {
  household: { day: 2, month: 20 },
  everyone: { day: 0 },
  people: { ada: { month: 5.5 } },
  doors: { room: { day: 1 } },
  triggers: { schedule: { day: 0.25 } },
};

it('shows every limit as a row, and keeps it', () => {
  expect(rowsOf(caps)).toContainEqual({ whose: 'people', which: 'ada', day: '', month: '5.5' });
  expect(rowsOf(caps)).toHaveLength(5);
  expect(capsOf(rowsOf(caps))).toEqual(caps);
  expect(capsSchema.parse(capsOf(rowsOf(caps)))).toEqual(caps);
});

it('takes a row without an amount for no limit, and nothing for nothing', () => {
  const empty = { whose: 'household' as const, which: '', day: ' ', month: '' };
  expect(capsOf([empty])).toEqual({});
  expect(rowsOf({})).toEqual([]);
});

it('reads amounts as people write them', () => {
  expect([' 2 ', '2,50', '0.1', ''].map(amountOf)).toEqual([2, 2.5, 0.1, undefined]);
  expect(['-1', '1e9', 'two', '100001', '1.2.3'].map(amountOf)).toEqual(Array(5).fill(Number.NaN));
});
