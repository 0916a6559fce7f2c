// An undo works once, for one person, for five minutes; a failure leaves it standing.
import { expect, it, vi } from 'vitest';
import { createUndos } from './undo.ts';

it('is taken once, and only by whose it is', async () => {
  const undos = createUndos<string>(() => 0);
  const { undo } = undos.keep('ada', 'tea');
  const work = vi.fn(async () => {});
  expect(await undos.use({ personId: 'bob', undo }, work)).toBeUndefined();
  expect(work).not.toHaveBeenCalled();
  expect(await undos.use({ personId: 'ada', undo }, work)).toBe('tea');
  expect(await undos.use({ personId: 'ada', undo }, work)).toBeUndefined();
  expect(work).toHaveBeenCalledTimes(1);
});

it('stands when the work failed', async () => {
  const undos = createUndos<string>(() => 0);
  const { undo } = undos.keep('ada', 'tea');
  const fail = () => Promise.reject(new Error('away'));
  await expect(undos.use({ personId: 'ada', undo }, fail)).rejects.toThrow('away');
  expect(await undos.use({ personId: 'ada', undo }, async () => {})).toBe('tea');
});

it('keeps the last twenty of a person, and holds nothing after five minutes', async () => {
  vi.useFakeTimers();
  const undos = createUndos<number>(Date.now);
  const words = Array.from({ length: 21 }, (_, each) => undos.keep('ada', each).undo);
  const bob = undos.keep('bob', 100).undo;
  const use = (undo = '', personId = 'ada') => undos.use({ personId, undo }, async () => {});
  expect(await use(words[0])).toBeUndefined();
  expect(await use(words[1])).toBe(1);
  undos.drop('ada');
  expect(await use(words[2])).toBeUndefined();
  vi.advanceTimersByTime(5 * 60_000);
  expect(await use(bob, 'bob')).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
