/** What people say with "remember" and "forget" beside timers and a house: whose it is, or none. */
import { afterAll, expect, test } from 'vitest';
import { compileFastPath } from '../agent/fastpath.ts';
import { loadTools } from '../tools/core/load.ts';

const environment = {
  HOME_ASSISTANT_URL: 'http://127.0.0.1:9',
  HOME_ASSISTANT_TOKEN: 'a-token-for-nobody-in-particular',
};
const { toolbox } = await loadTools({ environment });
const fastPath = compileFastPath(toolbox.tools.values());
afterAll(() => toolbox.close());

const toolFor = (text: string, language: string): string =>
  fastPath.match(text, language)?.tool ?? 'mind';

test('the house and the clock are there beside memory', () => {
  const tools = [...toolbox.tools.keys()];
  for (const name of ['forget_fact', 'clock_timers', 'home_assistant_lock']) {
    expect(tools).toContain(name);
  }
});

test.each([
  // Things to do are no facts.
  ['remember to call mum', 'en', 'mind'],
  ["don't forget to call mum", 'en', 'mind'],
  ['remind me that I have a meeting', 'en', 'mind'],
  ['denk daran, die Milch zu kaufen', 'de', 'mind'],
  ['denk daran, das Licht auszumachen', 'de', 'mind'],
  ['denk daran, meine Mutter anzurufen', 'de', 'mind'],
  ['vergiss nicht, die Milch zu kaufen', 'de', 'mind'],
  ['merk dir die Milch', 'de', 'mind'],
  // A thing alone says nothing about anything.
  ['remember the milk', 'en', 'mind'],
  ['remember the milk and the bread', 'en', 'mind'],
  ["remember my mother's birthday", 'en', 'mind'],
  ['merk dir das Wort Haus', 'de', 'mind'],
  ['remember when I was young', 'en', 'mind'],
  ['remember who you are talking to', 'en', 'mind'],
  ['for your information I am leaving now', 'en', 'mind'],
  // What is only called off is not forgotten for good.
  ['forget it', 'en', 'mind'],
  ['never mind', 'en', 'mind'],
  ['forget that light', 'en', 'mind'],
  ['forget that last command', 'en', 'mind'],
  ['forget that I asked', 'en', 'mind'],
  ['forget that I said turn on the light', 'en', 'mind'],
  ['forget about the alarm', 'en', 'mind'],
  ['forget about the kitchen light', 'en', 'mind'],
  ['forget about the timer', 'en', 'clock_cancel_timer'],
  ['vergiss es', 'de', 'mind'],
  ['vergiss das mit dem Timer', 'de', 'mind'],
  ['vergiss, dass ich das gesagt habe', 'de', 'mind'],
  // Asked for more of this answer, not of all answers from now on.
  ['explain more', 'en', 'mind'],
  ['what do you know about Paris', 'en', 'mind'],
  ['did I lock the door', 'en', 'home_assistant_state'],
  // What is meant for memory still finds it.
  ['remember that my sister lives in Bergen', 'en', 'remember_fact'],
  ['remember that my locker at the gym is the blue one', 'en', 'remember_fact'],
  ['remember the cat is called Tom', 'en', 'remember_fact'],
  ['merk dir, dass ich Tee mag', 'de', 'remember_fact'],
  ['merk dir, mein Auto steht in der Garage', 'de', 'remember_fact'],
  ['vergiss nicht, dass der Ofen an ist', 'de', 'remember_fact'],
  ['forget that my sister lives in Bergen', 'en', 'forget_fact'],
  ['forget what I told you about my sister', 'en', 'forget_fact'],
  ['vergiss, dass ich Tee mag', 'de', 'forget_fact'],
])('%s (%s) → %s', (text, language, tool) => {
  expect(toolFor(text, language)).toBe(tool);
});

test.each([
  ['was habe ich gestern über Dune gesagt', { query: 'Dune', when: 'yesterday' }],
  ['was habe ich dich letzte Woche nach Bergen gefragt', { query: 'Bergen', when: 'last_week' }],
  ['worüber haben wir gestern gesprochen', { when: 'yesterday' }],
])('%s: the time is understood in German too', (text, input) => {
  expect(fastPath.match(text, 'de')).toEqual({ tool: 'get_recent_conversations', input });
});
