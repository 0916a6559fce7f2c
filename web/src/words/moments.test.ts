// Moments in words, in both languages, over the edges of hours, days and years.
import { expect, test } from 'vitest';
import { agoText, dateText, momentText } from './moments.ts';

const now = new Date(2026, 4, 4, 18, 3);
const back = (ms: number) => new Date(now.getTime() - ms);
const minute = 60_000;

test.each([
  [back(20_000), 'now', 'jetzt'],
  [back(3.5 * minute), '3 minutes ago', 'vor 3 Minuten'],
  [back(5 * 60 * minute), '5 hours ago', 'vor 5 Stunden'],
  // Twenty hours: the calendar counts, not the hours.
  [back(20 * 60 * minute), 'yesterday', 'gestern'],
  [new Date(2026, 3, 29, 23, 59), '5 days ago', 'vor 5 Tagen'],
  [new Date(2026, 3, 27, 9), 'April 27', '27. April'],
  [new Date(2025, 11, 31, 23), 'December 31, 2025', '31. Dezember 2025'],
  [new Date(2026, 4, 4, 18, 8), 'in 5 minutes', 'in 5 Minuten'],
])('%s', (at, english, german) => {
  expect(agoText(at, now, 'en')).toBe(english);
  expect(agoText(at, now, 'de')).toBe(german);
});

test('a date has its year only where it is another one', () => {
  expect(dateText(new Date(2026, 0, 1), now, 'de')).toBe('1. Januar');
  expect(dateText(new Date(2027, 0, 1), now, 'de')).toBe('1. Januar 2027');
  expect(momentText(now, now, 'de')).toMatch(/^4\. Mai.*18:03$/);
});
