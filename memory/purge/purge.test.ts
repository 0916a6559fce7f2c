/** After a purge nothing of a person is in any table, and a restored backup loses them again. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eachEngine } from '../../tests/rig/database.ts';
import { embeddedFolder, silent } from '../../tests/rig/database-folder.ts';
import { type Database, openDatabase } from '../database.ts';
import {
  addTombstone,
  allColumns,
  applyTombstones,
  personColumns,
  purgeHousehold,
  purgeRows,
  reclaim,
  removeTombstone,
  tracesInFiles,
  tracesInTables,
} from '../purge.ts';
import { names, withoutPerson } from './scrub.ts';

const zed = { id: '0b5f7c1e-zed', name: 'Zed "Quux" Öztürk', username: 'zed.quux' };
const traces = [zed.id, zed.name, zed.username, 'pickled herring', 'sardine'];

/** Two people, and something of the first in every table that can hold it. */
const fill = async ({ sql }: Database): Promise<void> => {
  const insert = async (table: string, row: Record<string, unknown>): Promise<void> => {
    await sql`insert into butler.${sql(table)} ${sql(row)}`;
  };
  await insert('users', { ...zed, role: 'adult' });
  await insert('users', { id: 'ada', name: 'Ada', username: 'ada', role: 'owner' });
  const user_id = zed.id;
  const like = { category: 'preference', source: 'explicit', confidence: 1 };
  await insert('user_facts', { ...like, user_id, fact: 'Likes pickled herring' });
  await insert('user_facts', { ...like, user_id: 'ada', fact: 'Likes tea' });
  const turn = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  const said = { turn, door: 'app', role: 'user', content: 'more pickled herring' };
  await insert('conversation_history', { ...said, user_id });
  await insert('service_credentials', { user_id, service: 'jellyfin', username: zed.username });
  await insert('devices', { id: 'd1', user_id, name: 'Phone of zed.quux', approved_by: 'setup' });
  const opener = { name: 'Finger of zed.quux', public_key: 'k', host: 'butler.local' };
  await insert('passkeys', { ...opener, id: 'p1', user_id });
  const asking = { id: 'r1', secret_hash: 's', code: '1', expires_at: new Date() };
  await insert('device_requests', { ...asking, user_id, name: 'A tablet', type: 'tablet' });
  await insert('audit_aliases', { user_id, alias: 'person-1' });
  const call = { turn, door: 'app', tool: 'list_add', path: 'mind', effect: 'write', ok: true };
  await insert('tool_calls', { ...call, user_id, said: 'sardine' });
  await insert('spending', { day: '2026-03-01', user_id, door: 'app', trigger: 'person', usd: 1 });
  const asked = { code: 'x', title: 'A new device', detail: 'It waits.' };
  await insert('notices', { ...asked, user_id, key: 'a' });
  await insert('notices', { ...asked, user_id: 'ada', key: 'b', title: `${zed.name} waits` });
  await insert('notices', { ...asked, user_id: 'ada', key: 'c', title: 'Zedekiah waits' });
  const invited = { role: 'adult', expires_at: new Date() };
  const [one, two] = [
    { id: 'i1', token_hash: 'h1' },
    { id: 'i2', token_hash: 'h2' },
  ];
  await insert('invitations', { ...invited, ...one, name: zed.name, used_by: zed.id });
  await insert('invitations', { ...invited, ...two, name: 'A friend', created_by: zed.id });
  await insert('documents', { user_id, space: 'notes', key: 'n', value: sql.json('sardine') });
  const note = { text: 'Buy milk', by: zed.id, name: zed.name, at: '2026' };
  await insert('documents', { space: 'notes', key: 'n', value: sql.json(note) });
  await insert('documents', { space: 'x', key: `of ${zed.id}`, value: sql.json({}) });
  const consent = { grants: [zed.id, 'ada'], until: { [zed.id]: 1, ada: 2 } };
  await insert('documents', { user_id: 'ada', space: 'w', key: 'c', value: sql.json(consent) });
  await insert('settings', { key: 'caps', value: sql.json({ people: { [zed.id]: 5 } }) });
};

const documentsOf = async ({ sql }: Database) =>
  (
    await sql<{ value: unknown }[]>`
      select value from butler.documents order by owner, space`
  ).map(({ value }) => value);

eachEngine((openFresh) => {
  let shared: Promise<Database> | undefined;
  /** One for all of these tests, with nobody in it. */
  const open = async (): Promise<Database> => {
    shared ??= openFresh();
    await purgeHousehold((await shared).sql);
    return await shared;
  };

  it('deletes every trace from every table, and nothing of others', async () => {
    const database = await open();
    const { sql } = database;
    await fill(database);
    const before = await tracesInTables(sql, traces);
    expect(before.length).toBeGreaterThanOrEqual(20);

    const counts = await purgeRows(sql, zed.id);
    expect(counts).toMatchObject({ users: 1, user_facts: 1, devices: 1, documents: 1, notices: 1 });
    expect(counts).toMatchObject({ 'documents of the household': 3, settings: 1 });
    expect(counts).toMatchObject({ 'notices of others': 1, invitations: 2 });
    expect(await tracesInTables(sql, traces)).toEqual([]);
    expect(await purgeRows(sql, zed.id)).toBeUndefined();

    expect(await documentsOf(database)).toEqual([
      { text: 'Buy milk', by: '—', name: '—', at: '2026' },
      { grants: ['ada'], until: { ada: 2 } },
    ]);
    expect(await sql`select fact from butler.user_facts`).toMatchObject([{ fact: 'Likes tea' }]);
    expect(await sql`select title from butler.notices`).toMatchObject([
      { title: 'Zedekiah waits' },
    ]);
    expect(await reclaim(database)).toEqual([]);
    expect(await sql`select id from butler.users`).toMatchObject([{ id: 'ada' }]);
  });

  it('knows every column by which a row is somebody’s', async () => {
    const { sql } = await open();
    const known = (await personColumns(sql)).map(({ table, column }) => `${table}.${column}`);
    const called = (await allColumns(sql)).filter(({ column }) => column === 'user_id');
    expect(known).toEqual(expect.arrayContaining(called.map(({ table }) => `${table}.user_id`)));
    expect(known).toContain('invitations.used_by');
  });

  it('deletes the whole household, but for the schema and the audit log', async () => {
    const database = await open();
    await fill(database);
    expect(await purgeHousehold(database.sql)).toMatchObject({ users: 2, documents: 4 });
    expect(await tracesInTables(database.sql, [...traces, 'milk', 'tea'])).toEqual([]);
    const [steps] = await database.sql<{ count: number }[]>`
      select count(*)::int as count from butler.migrations`;
    expect(steps?.count).toBeGreaterThan(0);
  });

  it('deletes again whom an older backup brought back', async () => {
    const database = await open();
    const folder = mkdtempSync(join(tmpdir(), 'butler-purged-'));
    try {
      await fill(database);
      expect(await applyTombstones(database.sql, folder)).toEqual([]);
      addTombstone(folder, zed.id, new Date(0));
      addTombstone(folder, zed.id, new Date(0));
      addTombstone(folder, 'ada', new Date(0));
      removeTombstone(folder, 'ada');
      const file = readFileSync(join(folder, 'purged.json'), 'utf8');
      expect(JSON.parse(file).purged).toHaveLength(1);
      expect(file).not.toContain(zed.id);
      expect(await applyTombstones(database.sql, folder)).toEqual([zed.id]);
      expect(await tracesInTables(database.sql, traces)).toEqual([]);
      expect(await applyTombstones(database.sql, folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

it('leaves nothing in the files of the embedded tables', async () => {
  const folder = await embeddedFolder();
  const database = await openDatabase({ folder, role: 'server', log: silent });
  try {
    await fill(database);
    await database.sql`checkpoint`;
    const tables = join(folder, 'database', 'cluster', 'base');
    const texts = [zed.id, 'pickled herring', 'sardine'];
    await purgeRows(database.sql, zed.id);
    expect((await tracesInFiles(tables, texts)).length).toBeGreaterThan(3);
    expect(await reclaim(database)).toEqual([]);
    expect(await tracesInFiles(tables, texts)).toEqual([]);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

it('takes a person out of what stays, by their id alone', () => {
  expect(withoutPerson(['x', zed.id, [zed.id], { a: `to ${zed.id}` }], zed)).toEqual([
    ...['x', [], { a: 'to —' }],
  ]);
  const namesake = { text: zed.name };
  expect(withoutPerson(namesake, zed)).toEqual(namesake);
  expect(names('Call zed.quux!', zed)).toBe(true);
  expect(names('zed.quuxville', zed)).toBe(false);
});

it('finds a text in files also where a piece ends within it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'butler-traces-'));
  try {
    mkdirSync(join(folder, 'models'));
    writeFileSync(join(folder, 'big'), `${'x'.repeat(1024 * 1024 - 3)}${zed.id}`);
    writeFileSync(join(folder, 'models', 'also'), zed.id);
    writeFileSync(join(folder, 'quoted'), JSON.stringify(zed.name));
    writeFileSync(join(folder, 'other'), 'nothing');
    const found = await tracesInFiles(folder, [zed.id, zed.name], ['models']);
    expect(found.map(({ where }) => where).sort()).toEqual(['big', 'quoted']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
