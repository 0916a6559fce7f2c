/** Which packings a client says that it takes. */
import { expect, it } from 'vitest';
import { encodingsOf } from './encodings.ts';

it.each<[string | undefined, string[]]>([
  [undefined, []],
  ['', []],
  ['gzip, deflate, br, zstd', ['br', 'gzip']],
  ['gzip;q=1.0, br;q=0', ['gzip']],
  ['BR;Q=0.5', ['br']],
  ['*', ['br', 'gzip']],
  ['*;q=0.1, gzip;q=0', ['br']],
  ['identity', []],
  ['brotli', []],
  ['br;q=much', []],
])('%s', (header, taken) => {
  expect([...encodingsOf(header)]).toEqual(taken);
});
