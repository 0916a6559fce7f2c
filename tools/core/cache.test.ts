/** Kept answers: how long, how many, and what is never kept. */
import { expect, test } from 'vitest';
import { cached } from './cache.ts';

const counting = (ttlMs = 1_000, max = 2) => {
  let nowMs = 0;
  let made = 0;
  const cache = cached<number>({ ttlMs, max, nowMs: () => nowMs });
  const get = (key: string) => cache.get(key, async () => ++made);
  return { cache, get, pass: (ms: number) => (nowMs += ms) };
};

test('an answer is kept for its time, and no longer', async () => {
  const { get, pass } = counting();
  expect([await get('a'), await get('a')]).toEqual([1, 1]);
  pass(999);
  expect(await get('a')).toBe(1);
  pass(1);
  expect(await get('a')).toBe(2);
});

test('whoever asks meanwhile waits for the same answer', async () => {
  const { get } = counting();
  expect(await Promise.all([get('a'), get('a'), get('b')])).toEqual([1, 1, 2]);
});

test('a failure is told to all who wait, and not kept', async () => {
  const { cache, get } = counting();
  const fails = () => Promise.reject(new Error('away'));
  const both = [cache.get('a', fails), cache.get('a', fails)];
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual([
    'rejected',
    'rejected',
  ]);
  expect(await get('a')).toBe(1);
});

test('beyond its size the oldest goes', async () => {
  const { get } = counting();
  for (const key of ['a', 'b', 'c', 'a']) await get(key);
  expect(await get('c')).toBe(3);
  expect(await get('a')).toBe(4);
});

test('what is dropped is asked anew', async () => {
  const { cache, get } = counting();
  await get('a');
  cache.drop('a');
  expect(await get('a')).toBe(2);
  cache.drop();
  expect(await get('a')).toBe(3);
});
