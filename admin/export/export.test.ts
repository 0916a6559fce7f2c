/** An export: whole, safe in a spreadsheet, without a secret, and no table is forgotten. */
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { allColumns, grouped, personColumns } from '../../memory/purge.ts';
import { sharedDatabase } from '../../tests/rig/shared-database.ts';
import { zipped } from './archive.ts';
import { csvLine } from './csv.ts';
import { exceptions, omitted, personTables, rowsOf } from './tables.ts';

it('has every table with rows of people, or says why not', async () => {
  const { sql } = await sharedDatabase();
  const tables = (await personTables(sql)).map(({ table }) => table);
  const owned = grouped(await personColumns(sql)).keys();
  for (const table of [...owned, 'users']) {
    expect([...tables, ...Object.keys(exceptions)], `${table} is in no export`).toContain(table);
  }
});

it('leaves out every column that proves or opens something', async () => {
  const { sql } = await sharedDatabase();
  const tables = new Set((await personTables(sql)).map(({ table }) => table));
  const columns = (await allColumns(sql)).filter(({ table }) => tables.has(table));
  const secret = /hash|secret|password|encrypted|token|public_key|private|embedding$/;
  for (const { table, column } of columns.filter((one) => secret.test(one.column))) {
    expect(omitted[table] ?? [], `${table}.${column} would be exported`).toContain(column);
  }
  // An entry for what is no column any more would hide a renamed secret.
  const known = columns.map(({ table, column }) => `${table}.${column}`);
  const listed = Object.entries(omitted).flatMap(([table, names]) =>
    names.map((name) => `${table}.${name}`),
  );
  expect(known).toEqual(expect.arrayContaining(listed));
});

it('reads more rows than fit into a page, each once', async () => {
  const { sql } = await sharedDatabase();
  await sql`insert into butler.users (id, name, role) values ('ada', 'Ada', 'owner')`;
  await sql`insert into butler.documents (user_id, space, key, value)
    select 'ada', 'notes', 'n' || number, to_jsonb(number) from generate_series(1, 1100) as number`;
  const table = (await personTables(sql)).find((one) => one.table === 'documents');
  if (!table) throw new Error('no documents');
  const keys = new Set<unknown>();
  for await (const row of rowsOf(sql, table, 'ada')) keys.add(row.key);
  expect(keys.size).toBe(1100);
});

it('writes CSV that a spreadsheet does not run', () => {
  const evil = ['=1+1', '+1', '-1', '@x', '\t=1', 'a,b', 'a "b"', 'a\nb', -5, null, true, { a: 1 }];
  expect(csvLine(evil)).toBe(
    `'=1+1,'+1,'-1,'@x,'\t=1,"a,b","a ""b""","a\nb",-5,,true,"{""a"":1}"\r\n`,
  );
});

it('zips what comes piece by piece', async () => {
  async function* files() {
    yield { name: 'a.txt', text: ['eins ', 'zwei ☕'] };
    yield { name: 'empty.txt', text: [] };
    yield { name: 'long.txt', text: Array.from({ length: 5_000 }, () => 'words '.repeat(20)) };
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of zipped(files(), new Date('2026-03-01'))) pieces.push(piece);
  const archive = unzipSync(Buffer.concat(pieces));
  expect(strFromU8(archive['a.txt'] ?? new Uint8Array())).toBe('eins zwei ☕');
  expect(archive['empty.txt']).toHaveLength(0);
  expect(archive['long.txt']).toHaveLength(600_000);
  // While it is made: before the last file was read, most of it is out.
  expect(pieces.length).toBeGreaterThan(10);
});
