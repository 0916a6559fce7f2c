// Nobody sees or changes what belongs to another, whatever is asked and in whose name.
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { eachEngine } from '../tests/rig/database.ts';
import { chanceOf } from '../tests/rig/random.ts';
import type { Database } from './database.ts';
import { createFacts, type Facts } from './facts.ts';
import { createHistory, type History } from './history.ts';
import { openUsers } from './users.ts';

const tables = [
  ...['user_facts', 'conversation_history', 'service_credentials', 'memory_marks'],
  ...['devices', 'passkeys', 'tool_calls', 'spending', 'notices'],
];
const people = ['ada', 'eve', "o'hara", 'a%', 'Ada'];
const malicious = [
  "ada' or '1'='1",
  "ada'; set role postgres; --",
  '%',
  'ada ',
  'ADA',
  '*',
  "'); reset role; --",
];

eachEngine((open) => {
  let database: Database;
  let facts: Facts;
  let history: History;
  beforeAll(async () => {
    database = await open();
    [facts, history] = [createFacts(database), createHistory(database)];
    const users = await openUsers(database);
    for (const id of people) {
      await users.insert({ id, name: id, role: 'adult' });
      await facts.remember(id, { category: 'personal', fact: `Is ${id}`, source: 'explicit' });
      const message = { turn: randomUUID(), door: 'app', role: 'user' as const };
      await history.record(id, [{ ...message, content: `I am ${id}` }]);
      await database.sql`
        insert into butler.service_credentials (user_id, service, username)
        values (${id}, 'music', ${id})`;
      await database.sql`
        insert into butler.devices (id, user_id, name, approved_by)
        values (${`phone of ${id}`}, ${id}, 'Phone', 'setup')`;
      await database.sql`
        insert into butler.passkeys (id, user_id, name, public_key, host)
        values (${`key of ${id}`}, ${id}, 'Key', 'AA', 'localhost')`;
      await database.sql`
        insert into butler.tool_calls (user_id, turn, door, tool, path, effect, ok)
        values (${id}, 'turn', 'app', 'clock_time', 'fast', 'read', true)`;
      await database.sql`
        insert into butler.spending (day, user_id, door, trigger)
        values ('2026-11-21', ${id}, 'app', 'person')`;
      await database.sql`
        insert into butler.notices (user_id, key, code, title, detail)
        values (${id}, 'key', 'code', 'title', 'detail')`;
    }
  }, 120_000);

  const everything = async () => {
    const rows = [];
    for (const table of [...tables, 'users']) {
      const { sql } = database;
      rows.push([...(await sql`select * from ${sql(`butler.${table}`)} order by 1`)]);
    }
    return rows;
  };

  it('a query without a person sees nothing', async () => {
    const { sql } = database;
    for (const personId of [undefined, '']) {
      await sql.begin(async (tx) => {
        await tx`select set_config('role', 'butler_app', true)`;
        if (personId !== undefined) await tx`select set_config('butler.user_id', '', true)`;
        for (const table of [...tables, 'users']) {
          expect([...(await tx`select * from ${tx(`butler.${table}`)}`)], table).toEqual([]);
        }
      });
    }
    await expect(facts.list('')).rejects.toThrow('needs the id of a person');
  });

  it('a person sees their own rows alone, and changes no others, in every table', async () => {
    const before = await everything();
    const chance = chanceOf(7);
    for (let round = 0; round < 12; round += 1) {
      const me = chance.oneOf(people);
      const other = chance.oneOf(people.filter((id) => id !== me));
      for (const table of tables) {
        await database.asPerson(me, async (tx) => {
          const name = tx(`butler.${table}`);
          const seen = await tx`select user_id from ${name}`;
          expect(seen.map((row) => row.user_id)).toEqual([me]);
          expect([...(await tx`select * from ${name} where user_id = ${other}`)]).toEqual([]);
          expect((await tx`delete from ${name} where user_id = ${other}`).count).toBe(0);
          const taken = tx`update ${name} set user_id = ${me} where user_id = ${other}`;
          expect((await taken).count).toBe(0);
        });
        const given = database.asPerson(
          me,
          (tx) => tx`update ${tx(`butler.${table}`)} set user_id = ${other}`,
        );
        await expect(given).rejects.toThrow('row-level security');
      }
      const users = database.asPerson(me, async (tx) => {
        const seen = await tx`select id from butler.users`;
        expect(seen.map(({ id }) => id)).toEqual([me]);
        expect((await tx`update butler.users set name = 'x' where id = ${other}`).count).toBe(0);
        await tx`delete from butler.users where id = ${me}`;
      });
      await expect(users).rejects.toThrow('permission denied');
      const forged = database.asPerson(
        me,
        (tx) => tx`
          insert into butler.user_facts (user_id, category, fact, source, confidence)
          values (${other}, 'personal', 'Is a fool', 'explicit', 1)`,
      );
      await expect(forged).rejects.toThrow('row-level security');
    }
    expect(await everything()).toEqual(before);
  });

  it('an id that is no id opens nothing and changes nothing', async () => {
    const before = await everything();
    const [own] = await facts.list('ada');
    const [said] = await history.ids('ada');
    const [fact, message] = [own?.id ?? 0, said ?? 0];
    for (const id of malicious) {
      expect(await facts.list(id, { all: true }), id).toEqual([]);
      expect(await facts.byId(id, fact), id).toBeUndefined();
      expect(await facts.forget(id, [fact]), id).toEqual([]);
      expect(await facts.edit(id, fact, { fact: 'Is a fool' }), id).toBeUndefined();
      expect(await facts.corrected(id, fact), id).toBeUndefined();
      await facts.used(id, [fact]);
      expect(await facts.changedSince(id, 0), id).toMatchObject({ revision: 0, rows: [] });
      expect(await history.byIds(id, [message]), id).toEqual([]);
      expect(await history.remove(id, [message]), id).toEqual([]);
      expect(await history.around(id, [message], 9), id).toEqual([]);
      const telling = facts.remember(id, { category: 'media', fact: 'Is', source: 'explicit' });
      await expect(telling, id).rejects.toMatchObject({ code: 'person-unknown' });
    }
    expect(await everything()).toEqual(before);
  });

  it('the name in which one asked is gone afterwards, also after an error', async () => {
    await facts.list('ada');
    const failing = database.asPerson('ada', (tx) => tx`select 1 / 0`);
    await expect(failing).rejects.toThrow('division by zero');
    const [now] = await database.sql`
      select current_user as role, current_setting('butler.user_id', true) as id`;
    expect(now?.role).not.toBe('butler_app');
    expect(now?.id ?? '').toBe('');
  });
});
