/** The embedded database among real processes: workers, a second server, and damage. */
import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, type DatabaseError, openDatabase } from '../memory/database.ts';
import { embeddedFolder, silent } from './rig/database-folder.ts';
import { startProcess } from './rig/database-process.ts';

const folders: string[] = [];
const databases: Database[] = [];

const fresh = async (): Promise<string> => {
  const folder = await embeddedFolder();
  folders.push(folder);
  return folder;
};
const open = async (folder: string, role: 'server' | 'worker' = 'server'): Promise<Database> => {
  const database = await openDatabase({ folder, role, log: silent });
  databases.push(database);
  return database;
};
const close = async (): Promise<void> => {
  for (const database of databases.splice(0)) await database.close();
};
const refusal = async (folder: string): Promise<DatabaseError> =>
  open(folder).then(
    () => expect.fail('it opened'),
    (error) => error as DatabaseError,
  );
const addPeople = (database: Database, ids: string[]) =>
  database.sql`insert into butler.users (id, name, role, notifications)
    select id, id, 'adult', '{"count": 0}' from unnest(${ids}::text[]) id`;

afterEach(close);
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('several processes on the embedded database', () => {
  let folder = '';
  let server: Database;
  beforeEach(async () => {
    folder = await fresh();
    server = await open(folder);
  });
  const client = (task: 'count' | 'hold', person: string) =>
    startProcess({ task, folder, role: 'worker', person, times: 50 });

  it('keeps the transactions of four processes apart', async () => {
    const people = ['ann', 'ben', 'cleo', 'dan'];
    await addPeople(server, people);
    const processes = people.map((person) => client('count', person));
    for (const one of processes) await one.says('closed');
    const rows = await server.sql`select id, (notifications->>'count')::int as count
      from butler.users order by id`;
    expect(rows.map(({ count }) => count)).toEqual([50, 50, 50, 50]);
  });

  it('rolls back what a killed process had open, and goes on', async () => {
    await addPeople(server, ['ann', 'ben']);
    const holding = client('hold', 'ann');
    await holding.says('holding');
    holding.child.kill('SIGKILL');
    await holding.ended;
    await client('count', 'ben').says('closed');
    const rows = await server.sql`select id from butler.conversation_history`;
    expect(rows).toHaveLength(0);
  });

  it('cuts a process that holds a transaction in silence', { timeout: 60_000 }, async () => {
    await addPeople(server, ['ann']);
    const holding = client('hold', 'ann');
    await holding.says('holding');
    const startedAtMs = performance.now();
    await server.sql`select 1`;
    expect(performance.now() - startedAtMs).toBeGreaterThan(5_000);
    expect(performance.now() - startedAtMs).toBeLessThan(20_000);
    expect(await holding.says('failed')).toContain('database-unreachable');
  });

  it('lets nobody see what another process had set for its session', async () => {
    const worker = await open(folder, 'worker');
    await worker.sql`select set_config('butler.user_id', 'ann', false)`;
    await worker.sql`set role butler_app`;
    const [row] = await server.sql`select current_user as role,
      current_setting('butler.user_id', true) as person, current_setting('search_path') as path`;
    expect(row).toMatchObject({ role: 'postgres', path: 'butler,public' });
    expect(row?.person || null).toBeNull();
  });

  it('waits for a server that starts later, and comes back after a restart', async () => {
    await addPeople(server, ['ann']);
    await close();
    const worker = await open(folder, 'worker');
    expect(worker.state().state).toBe('starting');
    const early = worker.asPerson('ann', (tx) => tx`select id from butler.users`);
    server = await open(folder);
    expect(await early).toHaveLength(1);
    expect(worker.state().state).toBe('ready');
    await server.close();
    await expect.poll(() => worker.state().state, { timeout: 5_000 }).toBe('failed');
    const askedAtMs = performance.now();
    await expect(worker.asPerson('ann', (tx) => tx`select 1`)).rejects.toMatchObject({
      code: 'database-unreachable',
    });
    expect(performance.now() - askedAtMs).toBeLessThan(200);
    await open(folder);
    await expect.poll(() => worker.state().state, { timeout: 10_000 }).toBe('ready');
    expect(await worker.asPerson('ann', (tx) => tx`select id from butler.users`)).toHaveLength(1);
  });

  it('refuses a transaction whose server goes away, and no process falls over it', async () => {
    await addPeople(server, ['ann']);
    const holding = client('hold', 'ann');
    await holding.says('holding');
    await server.close();
    expect(await holding.says('failed')).toContain('database-unreachable');
  });

  it('refuses a second server, and takes over from a dead one', async () => {
    const second = startProcess({ task: 'open', folder, role: 'server', person: '', times: 0 });
    const said = await second.says('failed');
    expect(said).toContain('database-in-use');
    expect(said).toContain(`Process ${process.pid}`);
    await close();
    const killed = startProcess({ task: 'hold', folder, role: 'server', person: 'x', times: 0 });
    await killed.says('open');
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect((await open(folder)).state().state).toBe('ready');
  });
});

it('keeps no copy that a process left which was killed in a backup', async () => {
  const folder = await fresh();
  const copy = join(folder, 'database', 'copy');
  mkdirSync(join(copy, 'base'), { recursive: true });
  writeFileSync(join(copy, 'base', '1'), 'rows of somebody');
  await open(folder);
  expect(existsSync(copy)).toBe(false);
});

describe('a damaged embedded database', () => {
  const damages: [string, (cluster: string) => void][] = [
    ['an empty pg_control', (cluster) => truncateSync(join(cluster, 'global/pg_control'))],
    [
      'a pg_control of nonsense',
      (cluster) => writeFileSync(join(cluster, 'global/pg_control'), 'x'.repeat(8192)),
    ],
    ['no PG_VERSION', (cluster) => rmSync(join(cluster, 'PG_VERSION'))],
    ['no folder global', (cluster) => rmSync(join(cluster, 'global'), { recursive: true })],
    ['no log', (cluster) => rmSync(join(cluster, 'pg_wal'), { recursive: true })],
    ['no tables', (cluster) => rmSync(join(cluster, 'base/5'), { recursive: true })],
  ];
  it.each(damages)('is refused with the newest backup named: %s', async (_, damage) => {
    const folder = await fresh();
    const backups = join(folder, 'backups');
    mkdirSync(backups);
    const file = join(backups, 'butler-2026-11-21T02-00-00Z-daily.tar.gz');
    for (const name of [file, file.replace('-21T', '-20T'), `${file}.partial`, `${file}.json`]) {
      writeFileSync(name, '');
    }
    const cluster = join(folder, 'database', 'cluster');
    damage(cluster);
    const before = readdirSync(cluster, { recursive: true }).length;
    const error = await refusal(folder);
    expect(error.code).toBe('database-damaged');
    expect(error.message).toContain(`npm run restore -- ${file}\``);
    expect(readdirSync(cluster, { recursive: true }).length).toBeGreaterThanOrEqual(before - 1);
    // Refused again, and not made anew over what is left.
    expect((await refusal(folder)).code).toBe('database-damaged');
  });
});
