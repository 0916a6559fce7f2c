/** Spans, sizes and money: what counts of them is said, and no more. */
import { expect, it } from 'vitest';
import { bytesOf, dollarsOf, millisecondsOf, spanOf, titleOf } from './formats.ts';

it('says the two greatest parts of a span', () => {
  expect(spanOf(0)).toBe('0 seconds');
  expect(spanOf(61_000)).toBe('1 minute 1 second');
  expect(spanOf(3 * 86_400_000 + 3_600_000 + 59_000)).toBe('3 days 1 hour');
});

it('counts milliseconds while they are few', () => {
  expect(millisecondsOf(1_812.4)).toBe('1812 ms');
  expect(millisecondsOf(12_400)).toBe('12 sec');
});

it('shows parts of a cent, and whole dollars without them', () => {
  expect(dollarsOf(0.00412)).toBe('$0.0041');
  expect(dollarsOf(12.3)).toBe('$12.30');
  expect(dollarsOf(0)).toBe('$0.00');
});

it('takes the unit that fits a size', () => {
  expect([999, 12_000, 3_400_000].map(bytesOf)).toEqual(['999 byte', '12 kB', '3.4 MB']);
});

it('reads names in code as words', () => {
  expect(titleOf('home-assistant')).toBe('Home assistant');
});
