/** A person sees and writes only what is theirs, on both engines; a lost server is noticed. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachEngine, noPostgres } from '../tests/rig/database.ts';
import { silent } from '../tests/rig/database-folder.ts';
import { openServer, type PostgresServer } from '../tests/servers/postgres/server.ts';
import { type Database, type DatabaseError, openDatabase } from './database.ts';

const own = ['user_facts', 'conversation_history', 'service_credentials', 'memory_marks'];

const fill = async ({ sql }: Database): Promise<void> => {
  for (const id of ['ann', 'ben']) {
    await sql`insert into butler.users (id, name, role) values (${id}, ${id}, 'adult')`;
    await sql`insert into butler.user_facts (user_id, category, fact, source, confidence)
      values (${id}, 'personal', ${`${id} has a secret`}, 'explicit', 1)`;
    await sql`insert into butler.conversation_history (user_id, turn, door, role, content)
      values (${id}, ${randomUUID()}, 'test', 'user', 'hello')`;
    await sql`insert into butler.service_credentials (user_id, service, username)
      values (${id}, 'mail', ${id})`;
  }
};

eachEngine((open, engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await fill(database);
  });

  it('says which engine it is, and that it is ready', () => {
    expect(database.engine).toBe(engine);
    expect(database.state().state).toBe('ready');
  });

  it.each([...own, 'users'])('shows each person only their own rows of %s', async (table) => {
    const column = table === 'users' ? 'id' : 'user_id';
    for (const person of ['ann', 'ben']) {
      const rows = await database.asPerson(
        person,
        (tx) => tx`select ${tx(column)} as person from ${tx(`butler.${table}`)}`,
      );
      expect(rows.map((row) => row.person)).toEqual([person]);
    }
  });

  it.each([...own, 'users'])('shows nobody’s rows of %s without a person', async (table) => {
    const rows = await database.sql.begin(async (tx) => {
      await tx`set local role butler_app`;
      return tx`select * from ${tx(`butler.${table}`)}`;
    });
    expect(rows).toHaveLength(0);
  });

  it('lets nobody write, change or delete what is another’s', async () => {
    const insert = database.asPerson(
      'ann',
      (tx) => tx`insert into butler.user_facts (user_id, category, fact, source, confidence)
        values ('ben', 'personal', 'planted', 'explicit', 1)`,
    );
    await expect(insert).rejects.toThrow(/row-level security/);
    const changed = await database.asPerson(
      'ann',
      (tx) => tx`update butler.user_facts set fact = 'changed' where user_id = 'ben' returning 1`,
    );
    expect(changed).toHaveLength(0);
    const deleted = await database.asPerson(
      'ann',
      (tx) => tx`delete from butler.conversation_history where user_id = 'ben' returning 1`,
    );
    expect(deleted).toHaveLength(0);
    expect(
      await database.asPerson("ben' or 1=1 --", (tx) => tx`select * from butler.users`),
    ).toEqual([]);
  });

  it('refuses to ask for nobody, and leaves no role behind', async () => {
    await expect(database.asPerson('', (tx) => tx`select 1`)).rejects.toThrow(/id of a person/);
    const [row] = await database.sql`select current_user <> 'butler_app' as is_owner,
      coalesce(current_setting('butler.user_id', true), '') as person`;
    expect(row).toEqual({ is_owner: true, person: '' });
  });

  it('rolls a failed piece of work back as a whole, and goes on', async () => {
    const failed = database.asPerson('ann', async (tx) => {
      await tx`update butler.user_facts set fact = 'half' where user_id = 'ann'`;
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    const [fact] = await database.asPerson('ann', (tx) => tx`select fact from butler.user_facts`);
    expect(fact?.fact).toBe('ann has a secret');
  });
});

describe.skipIf(noPostgres)('a Postgres server', () => {
  let server: PostgresServer;
  const folder = mkdtempSync(join(tmpdir(), 'butler-lost-'));
  const open = (url: string) => openDatabase({ url, folder, role: 'server', log: silent });
  const refusal = (url: string): Promise<DatabaseError> =>
    open(url).then(
      () => expect.fail('it opened'),
      (error) => error as DatabaseError,
    );
  beforeAll(async () => {
    const opened = await openServer();
    if ('unavailable' in opened) throw new Error(opened.unavailable);
    server = opened;
  });
  afterAll(async () => {
    await server?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('fails at once while it is away, and is back after its restart', async () => {
    const database = await open(server.url('postgres'));
    await database.sql`insert into butler.users (id, name, role) values ('ann', 'Ann', 'adult')`;
    const ask = () => database.asPerson('ann', (tx) => tx`select id from butler.users`);
    expect(await ask()).toHaveLength(1);
    await server.kill();
    const refused = () => ask().then(String, ({ code }: DatabaseError) => code);
    // The process that serves this connection notices a moment later that its server is gone.
    await expect.poll(refused, { timeout: 10_000 }).toBe('database-unreachable');
    const startedAtMs = performance.now();
    await expect(ask()).rejects.toMatchObject({ code: 'database-unreachable' });
    expect(performance.now() - startedAtMs).toBeLessThan(500);
    expect(database.state().state).toBe('failed');
    await server.start();
    await expect.poll(() => database.state().state, { timeout: 10_000 }).toBe('ready');
    expect(await ask()).toHaveLength(1);
    await database.close();
  });

  it('refuses a login, a database and a role that may too little with a sentence', async () => {
    expect((await refusal(server.url('nothing'))).code).toBe('database-login-refused');
    const stranger = server.url('postgres').replace('postgres@', 'stranger:no@');
    expect((await refusal(stranger)).message).toMatch(/stranger.*Correct DATABASE_URL/s);
    const owner = await open(server.url('postgres'));
    await owner.sql`create role small login`;
    await owner.sql`create database bare`;
    await owner.close();
    const small = server.url('bare').replace('postgres@', 'small@');
    expect((await refusal(small)).code).toBe('database-not-allowed');
  });
});
