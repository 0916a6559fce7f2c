// The address tells the step; a wrong one is the beginning.
import { expect, test } from 'vitest';
import { addressOf, besides, stepOf, steps } from './steps.ts';

test('a step is found again at its address, whatever else stands there', () => {
  for (const step of steps) expect(stepOf(new URL(addressOf(step), 'http://x').search)).toBe(step);
  expect(stepOf('?a=b&step=talk')).toBe('talk');
  expect(stepOf('')).toBe('you');
  expect(stepOf('?step=elsewhere')).toBe('you');
});

test('the steps follow each other, and both ends are ends', () => {
  expect(besides('you')).toEqual({ before: undefined, after: 'manner' });
  expect(besides('accounts')).toEqual({ before: 'talk', after: 'done' });
  expect(besides('done').after).toBeUndefined();
});
