// Every code that can be chosen belongs to a topic, and no topic is without one.
import { expect, test } from 'vitest';
import { isOfTheHouse, topicOf, topics, urgentCodes } from './topics.ts';

test('each topic has codes', () => {
  expect(new Set(urgentCodes.map(topicOf))).toEqual(new Set(topics));
});

test.each([
  ['device-waits', 'devices'],
  ['login-locked', 'devices'],
  ['account-failed', 'accounts'],
  ['backup-missed', 'house'],
  ['spending-cap-near', 'spending'],
] as const)('%s is about %s', (code, topic) => {
  expect(topicOf(code)).toBe(topic);
});

test('a guest is not asked about backups', () => {
  expect(topics.filter((topic) => !isOfTheHouse(topic))).toEqual(['devices', 'accounts']);
});
