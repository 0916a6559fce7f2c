/** Three kills on each engine; the benchmark does twenty. */
import { expect, it } from 'vitest';
import { crashEmbedded, crashPostgres } from './bench/memory-crash.ts';
import { noPostgres } from './rig/database.ts';

it('loses no acknowledged row of the embedded database to kill -9', async () => {
  const result = await crashEmbedded(3);
  expect(result).toMatchObject({ kills: 3, lost: 0 });
  expect(result.acknowledged).toBeGreaterThan(3);
});

it.skipIf(noPostgres)('loses none of Postgres, whose server is killed too', async () => {
  const result = await crashPostgres(3);
  if ('unavailable' in result) throw new Error(result.unavailable);
  expect(result).toMatchObject({ kills: 3, serverKills: 2, lost: 0 });
  expect(result.acknowledged).toBeGreaterThan(3);
});
