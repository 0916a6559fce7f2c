// Short tokens: one at a time, renewed before their end, and the device's own kept when it changes.
import { expect, test } from 'vitest';
import { createAccess, type Granted } from './access.ts';

const opened = () => {
  const asked: string[] = [];
  const kept = new Map<string, string>();
  const state = { ms: 0, lifeMs: 900_000, token: undefined as string | undefined, fail: false };
  const access = createAccess({
    grant: async (token): Promise<Granted> => {
      asked.push(token);
      await Promise.resolve();
      if (state.fail) throw new Error('away');
      return { access: `short ${asked.length}`, lifeMs: state.lifeMs, token: state.token };
    },
    newestToken: (first) => kept.get(first) ?? first,
    keepRotated: (first, token) => void kept.set(first, token),
    now: () => state.ms,
  });
  return { asked, kept, state, access };
};

test('many requests at once get one short token, and the next ones the same', async () => {
  const { asked, access } = opened();
  expect(await Promise.all([access.of('a'), access.of('a')])).toEqual(['short 1', 'short 1']);
  expect(await access.of('a')).toBe('short 1');
  expect(await access.of('b')).toBe('short 2');
  expect(asked).toEqual(['a', 'b']);
});

test('it is renewed a minute before its end', async () => {
  const { state, access } = opened();
  await access.of('a');
  state.ms = 839_999;
  expect(await access.of('a')).toBe('short 1');
  state.ms = 840_000;
  expect(await access.of('a')).toBe('short 2');
});

test('a token of this device that was changed is kept and used from then on', async () => {
  const { asked, kept, state, access } = opened();
  state.token = 'a2';
  await access.of('a');
  state.ms = 900_000;
  await access.of('a');
  expect([asked, kept.get('a')]).toEqual([['a', 'a2'], 'a2']);
});

test('a refused one is forgotten, but not one that came since', async () => {
  const { access } = opened();
  const first = await access.of('a');
  access.forget('a', first);
  expect(await access.of('a')).toBe('short 2');
  access.forget('a', first);
  expect(await access.of('a')).toBe('short 2');
});

test('after a failure it is asked for again', async () => {
  const { state, access } = opened();
  state.fail = true;
  await expect(access.of('a')).rejects.toThrow('away');
  state.fail = false;
  expect(await access.of('a')).toBe('short 2');
});
