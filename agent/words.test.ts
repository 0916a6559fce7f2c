/** The catalogue is complete, short, and speaks each language. */
import { describe, expect, test } from 'vitest';
import { missedFromMs, say } from './words.ts';

const examples = ['set a timer for ten minutes', 'what time is it in Tokyo', 'cancel the timer'];

const every = (language: string): [string, string][] => {
  const words = say(language);
  return [
    ...Object.entries(words)
      .filter(([, sentence]) => sentence.length === 0)
      .map(([name, sentence]): [string, string] => [name, (sentence as () => string)()]),
    ['notUnderstoodWithoutMind', words.notUnderstoodWithoutMind(examples)],
    ['notUnderstoodWithoutMind', words.notUnderstoodWithoutMind([])],
    ['timerDue', words.timerDue('pasta', 0)],
    ['timerDue', words.timerDue(undefined, 3_600_000 * 20)],
  ];
};

describe.each(['en', 'de-AT'])('%s', (language) => {
  test.each(every(language))('%s: %s', (_, sentence) => {
    expect(sentence.split(/\s+/).length).toBeLessThanOrEqual(25);
    expect(sentence).toMatch(/[.?]$/);
    expect(sentence).not.toMatch(/undefined|NaN|\*|_/);
  });
});

test('languages differ, and an unknown one is English', () => {
  expect(say('de').didNotCatch()).not.toBe(say('en').didNotCatch());
  expect(say('fr')).toBe(say('en-GB'));
});

test('only three examples are offered', () => {
  const sentence = say('en').notUnderstoodWithoutMind([...examples, 'dance']);
  expect(sentence).toContain('what time is it in Tokyo');
  expect(sentence).not.toContain('dance');
});

test.each([
  [0, 'Your tea timer is up.'],
  [missedFromMs - 1, 'Your tea timer is up.'],
  [missedFromMs, 'Your tea timer ended a moment ago.'],
  [60_000, 'Your tea timer ended a minute ago.'],
  [20 * 60_000, 'Your tea timer ended 20 minutes ago.'],
  [3 * 3_600_000, 'Your tea timer ended 3 hours ago.'],
  [72 * 3_600_000, 'Your tea timer ended 3 days ago.'],
])('a timer %d ms late', (lateMs, sentence) => {
  expect(say('en').timerDue('tea', lateMs)).toBe(sentence);
});
