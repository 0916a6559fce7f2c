/** Each step once and in order, never a changed one, never an older code on a newer database. */
import { beforeAll, expect, it } from 'vitest';
import { eachEngine } from '../../tests/rig/database.ts';
import type { Database } from '../database.ts';
import { type Migration, migrate, readMigrations } from './migrations.ts';

const known = readMigrations();
const step = (number: number, sql: string, sha256 = `sum of ${number}`): Migration => ({
  number,
  name: `step_${number}`,
  sql,
  sha256,
});
const next = known.length + 1;
const first = step(next, 'create table butler.one (a int); insert into butler.one values (1);');
const second = step(next + 1, 'insert into butler.one values (2)');

it('knows numbered files without gaps, and their sums', () => {
  expect(known.map(({ number }) => number)).toEqual(known.map((_, index) => index + 1));
  for (const { sha256 } of known) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

eachEngine((open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('has nothing to do on a database that is up to date', async () => {
    expect(await migrate(database.sql)).toEqual([]);
  });

  it('rolls a step back that fails, and names no such step', async () => {
    const broken = step(next, 'create table butler.half (a int); select nonsense');
    await expect(migrate(database.sql, [...known, broken])).rejects.toThrow(/nonsense/);
    const tables = await database.sql`select from pg_tables where tablename = 'half'`;
    expect(tables).toHaveLength(0);
  });

  it('applies new steps in order and once, even for two that start at once', async () => {
    const all = [...known, first, second];
    const results = await Promise.all([migrate(database.sql, all), migrate(database.sql, all)]);
    const numbers = results.flat().map(({ number }) => number);
    expect(numbers.toSorted()).toEqual([next, next + 1]);
    const rows = await database.sql<{ a: number }[]>`select a from butler.one order by a`;
    expect(rows.map(({ a }) => a)).toEqual([1, 2]);
  });

  it('refuses a step that was changed afterwards', async () => {
    const changed = step(next, first.sql, 'another sum');
    const refused = migrate(database.sql, [...known, changed, second]);
    await expect(refused).rejects.toMatchObject({ code: 'database-migration-changed' });
  });

  it('refuses a database that a newer Butler has used', async () => {
    await expect(migrate(database.sql, known)).rejects.toMatchObject({ code: 'database-newer' });
  });
});
