// Checked once while it is genuine; a token that has expired, or is wrong, is read again.
import { expect, it } from 'vitest';
import { remembering } from './token-reading.ts';

it('reads a genuine token once, until it expires', async () => {
  const reads: string[] = [];
  const now = { ms: 0 };
  const read = remembering(
    async (token) => {
      reads.push(token);
      return token.startsWith('good') ? { exp: 60, token } : undefined;
    },
    () => now.ms,
  );
  expect(await read('good a')).toEqual({ exp: 60, token: 'good a' });
  expect(await read('good a')).toEqual({ exp: 60, token: 'good a' });
  expect(await read('good b')).toEqual({ exp: 60, token: 'good b' });
  expect(await read('forged')).toBeUndefined();
  expect(await read('forged')).toBeUndefined();
  expect(reads).toEqual(['good a', 'good b', 'forged', 'forged']);
  now.ms = 60_000;
  await read('good a');
  expect(reads).toHaveLength(5);
});

it('forgets the oldest of many', async () => {
  let reads = 0;
  const read = remembering(
    async () => {
      reads += 1;
      return { exp: 60 };
    },
    () => 0,
  );
  for (let at = 0; at < 600; at++) await read(`token ${at}`);
  await read('token 599');
  expect(reads).toBe(600);
  await read('token 0');
  expect(reads).toBe(601);
});
