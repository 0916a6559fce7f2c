/** A house of the version before this schema: its rows, tokens, files and backups go on here. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../admin/passwords.ts';
import { sealPin } from '../agent/confirm/pins.ts';
import { fillDatabase } from '../memory/backup/fill.ts';
import { checkArchive } from '../memory/backup/open.ts';
import { readRows, tablesOf } from '../memory/backup/rows.ts';
import { writeBackup } from '../memory/backup/write.ts';
import { migrate, readMigrations } from '../memory/database/migrations.ts';
import { type Database, openDatabase, type Sql } from '../memory/database.ts';
import { ownerOfTests, type RunningButler, startButler } from './rig/butler.ts';
import { eachEngine } from './rig/database.ts';
import { embeddedFolder, silent } from './rig/database-folder.ts';

const dayMs = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'butler-upgrade-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The schema as it was landed before: people, memory and the shelf. */
const former = readMigrations().slice(0, 2);
const since = readMigrations().slice(2);

/** A household of that version, with something in every table. */
const asBefore = async (sql: Sql, passwordHash = 'hash'): Promise<void> => {
  await sql`drop schema butler cascade`;
  expect(await migrate(sql, former)).toHaveLength(2);
  const { username } = ownerOfTests;
  await sql`insert into butler.users (id, name, username, role, password_hash, permissions, soul,
      language, devices, notifications)
    values ('ada', 'Ada', ${username}, 'owner', ${passwordHash}, null, '{"manner": "dry"}', 'de',
        '[{"name": "Phone"}]', '{}'),
      ('ben', 'Ben', null, 'child', null, array['lights'], '{}', null, '[]', '{"mail": true}')`;
  await sql`insert into butler.user_facts (user_id, category, slot, fact, source, confidence,
      retired_at)
    values ('ada', 'personal', 'cat.name', 'The cat is called Misha.', 'inferred', 0.5, now()),
      ('ada', 'personal', 'cat.name', 'The cat is called Mischa.', 'explicit', 1, null),
      ('ben', 'routine', null, 'Gets up at seven.', 'inferred', 0.7, null)`;
  await sql`update butler.user_facts set superseded_by = 2 where id = 1`;
  await sql`insert into butler.conversation_history (user_id, turn, door, role, content)
    select 'ada', gen_random_uuid(), 'app', 'user', 'Word ' || n from generate_series(1, 250) n`;
  await sql`insert into butler.documents (user_id, space, key, value) values
    (null, 'lists', 'shopping', '{"items": ["milk"]}'), ('ben', 'notes', 'n/1', '"text"')`;
  await sql`insert into butler.service_credentials (user_id, service, username, password_encrypted)
    values ('ben', 'jellyfin', 'ben', 'v1:abc')`;
};

type Tables = Awaited<ReturnType<typeof tablesOf>>;

/** Every row of these tables with these columns, as a backup would have it. */
const rowsOf = (sql: Sql, tables: Tables): Promise<Record<string, string[]>> =>
  sql.begin(async (tx) => {
    const rows: Record<string, string[]> = {};
    for (const table of tables) {
      rows[table.name] = [];
      for await (const { lines } of readRows(tx, table)) rows[table.name]?.push(...lines);
    }
    return rows;
  });

eachEngine((open, engine) => {
  const file = join(folder, `${engine}.tar.gz`);
  let database: Database;
  let tables: Tables;
  let before: Record<string, string[]>;

  beforeAll(async () => {
    database = await open();
    await asBefore(database.sql);
    tables = await tablesOf(database.sql);
    before = await rowsOf(database.sql, tables);
    const order = { file, engine, folder, backups: join(folder, 'backups'), timeZone: 'UTC' };
    await writeBackup({
      sql: database.sql,
      order: { ...order, at: '2026-11-21T02:00:00.000Z', butler: '1.0.0' },
      progress: () => undefined,
    });
  });

  /** Rows are as they were, the new tables are empty, and a person sees only their own there. */
  const isUpgraded = async (): Promise<void> => {
    expect(await rowsOf(database.sql, tables)).toEqual(before);
    const known = new Set(tables.map(({ name }) => name));
    const fresh = (await tablesOf(database.sql)).filter(({ name }) => !known.has(name));
    expect(fresh.map(({ name }) => name)).toContain('devices');
    const added = await rowsOf(database.sql, fresh);
    expect(Object.values(added).flat()).toEqual([]);
    await database.sql`insert into butler.notices (user_id, key, code, title, detail)
      values ('ada', 'k', 'c', 't', 'd'), ('ben', 'k', 'c', 't', 'd')`;
    const own = await database.asPerson('ben', (sql) => sql`select user_id from butler.notices`);
    expect(own).toEqual([{ user_id: 'ben' }]);
    const [next] = await database.sql<{ id: number }[]>`
      insert into butler.user_facts (user_id, category, fact, source, confidence)
      values ('ben', 'personal', 'New.', 'explicit', 1) returning id`;
    expect(next?.id).toBe(4);
    expect(await migrate(database.sql)).toEqual([]);
  };

  it('goes on with every row, in one step and once', async () => {
    const applied = await migrate(database.sql);
    expect(applied.map(({ name }) => name)).toEqual(since.map(({ name }) => name));
    await isUpgraded();
  });

  it('comes back from a backup of that version, brought to what is known now', async () => {
    const manifest = await checkArchive({ file });
    expect(manifest.schema).toHaveLength(2);
    await database.sql`drop schema butler cascade`;
    await fillDatabase(database.sql, { archive: { file }, manifest, progress: () => undefined });
    await isUpgraded();
  });
});

describe('a Butler started on the folder of that version', () => {
  const secret = 'the secret of this house, which has more than thirty-two characters';
  const turn = { id: 't1', at: new Date().toISOString(), door: 'app', transport: 'text' };
  const timer = { id: 'one', ownerId: 'ada', name: 'tea', setAtMs: Date.now() };
  let [data, token, ended] = ['', '', ''];
  let butler: RunningButler;

  /** As they were issued then: no device stands in them. */
  const issued = (jti: string): Promise<string> =>
    new SignJWT({ role: 'owner' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject('ada')
      .setIssuer('butler')
      .setAudience('butler')
      .setJti(jti)
      .setIssuedAt()
      .setExpirationTime('300d')
      .sign(new TextEncoder().encode(secret));

  beforeAll(async () => {
    data = await embeddedFolder();
    const database = await openDatabase({ folder: data, role: 'server', log: silent });
    const passwordHash = await hashPassword(ownerOfTests.password);
    await asBefore(database.sql, passwordHash);
    await database.close();
    const cleo = { id: 'cleo', name: 'Cleo', username: 'cleo', role: 'adult', passwordHash };
    const people = [{ ...cleo, createdAt: '2026-01-01T00:00:00.000Z' }];
    const expiresAt = Math.floor((Date.now() + dayMs) / 1000);
    const files: Record<string, unknown> = {
      'people.json': { version: 1, people },
      'revoked.json': { version: 1, revoked: [{ id: 'lost', expiresAt }] },
      'pins.json': { ada: sealPin('2468') },
      'timers/one.json': { ...timer, dueAtMs: Date.now() + dayMs / 2 },
      [`turns/${turn.at.slice(0, 10)}.jsonl`]: {
        ...{ ...turn, personId: 'ada', faults: [], clocks: { input: 'text', path: 'fast' } },
      },
    };
    for (const name of ['timers', 'turns']) mkdirSync(join(data, name));
    writeFileSync(join(data, 'secret'), `${secret}\n`, { mode: 0o600 });
    for (const [name, value] of Object.entries(files)) {
      writeFileSync(join(data, name), `${JSON.stringify(value)}\n`);
    }
    [token, ended] = [await issued('kept'), await issued('lost')];
    butler = await startButler({ dataFolder: data, environment: { BUTLER_LOCAL_MODELS: 'off' } });
  });
  afterAll(async () => {
    await butler?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  const ask = (route: string, bearer: string): Promise<Response> =>
    fetch(`${butler.url}${route}`, { headers: { authorization: `Bearer ${bearer}` } });

  it('knows its people, and their tokens as far as they were not taken away', async () => {
    const facts = await (await ask('/api/v1/memory/facts', token)).json();
    expect(facts).toMatchObject({ facts: [{ fact: 'The cat is called Mischa.' }] });
    expect((await ask('/api/v1/memory/facts', ended)).status).toBe(401);
    const { username, password } = ownerOfTests;
    for (const name of [username, 'cleo']) {
      const login = { username: name, password };
      expect((await butler.request('/api/v1/auth/login', login)).status).toBe(200);
    }
    // Nobody can make themselves the first person again.
    expect((await butler.request('/api/v1/setup', ownerOfTests)).status).toBe(409);
    const devices = await (await ask('/api/v1/devices', token)).json();
    expect(JSON.stringify(devices)).toContain('before-kept');
  });

  it('has their turns, timers, PINs and accounts', async () => {
    const answer = await ask('/api/v1/export', token);
    expect(answer.status).toBe(200);
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    const read = (name: string) => JSON.parse(strFromU8(files[name] ?? new Uint8Array()));
    expect(read('pin.json')).toEqual({ pin: true });
    expect(read('timers.json')).toMatchObject([{ name: 'tea' }]);
    expect(read('turns.json')).toMatchObject([{ id: 't1' }]);
    expect(read('conversation_history.json')).toHaveLength(250);
    const { turns } = (await (await ask('/api/v1/turns', token)).json()) as { turns: unknown[] };
    expect(turns).toMatchObject([{ id: 't1' }]);
    const calls = await ask('/api/v1/turns/t1/calls', token);
    expect(calls.status).toBe(200);
  });
});
