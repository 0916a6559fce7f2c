// What is Ada's stays Ada's: every route asked by others, with every id of hers, in every place.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sql } from '../memory/database.ts';
import { type FakeAdmin, fakeAdmin, json } from './rig/admin.ts';
import { requestFor } from './security/arbitrary.ts';
import {
  filled,
  isStream,
  type Operation,
  readSurface,
  type Surface,
} from './security/operations.ts';

/** Stands in everything of Ada's that another must not read. */
const mark = 'seven-of-nine-purple-elephants';
const triesEach = 2;

let admin: FakeAdmin;
let surface: Surface;
let ada: Awaited<ReturnType<FakeAdmin['joinAs']>>;
/** By the name of the parameter or field that would hold it. */
let ids: string[];

const writeHers = async (sql: Sql, id: string) => {
  await sql`insert into butler.passkeys (id, user_id, name, public_key, host)
    values ('key-of-ada', ${id}, ${mark}, 'AA', 'localhost')`;
  await sql`insert into butler.service_credentials (user_id, service, username, error_message)
    values (${id}, 'jellyfin', ${mark}, ${mark})`;
  const [call] = await sql`insert into butler.tool_calls
      (user_id, turn, door, tool, path, effect, ok, said, say, input)
    values (${id}, 'turn-of-ada', 'app', 'clock_time', 'fast', 'read', true, ${mark}, ${mark},
      ${sql.json({ mark })}) returning id`;
  const [notice] = await sql`insert into butler.notices (user_id, key, code, title, detail)
    values (${id}, 'a', 'a', ${mark}, ${mark}) returning id`;
  await sql`insert into butler.documents (user_id, space, key, value)
    values (${id}, 'notes', 'note', ${sql.json({ mark })})`;
  await sql`update butler.devices set name = ${mark} where user_id = ${id}`;
  return [String(call?.id), String(notice?.id)];
};

beforeAll(async () => {
  admin = await fakeAdmin();
  surface = await readSurface(admin.app);
  // Somebody has to rule the house, or Ada could not be an ordinary person in it.
  await admin.joinAs('owner', 'Olga');
  ada = await admin.joinAs('adult', 'Ada');
  const { memory } = admin;
  const numbers = await writeHers(memory.database.sql, ada.id);
  const fact = { category: 'personal', fact: mark, source: 'explicit' } as const;
  await memory.facts.remember(ada.id, fact);
  await memory.users.update(ada.id, { soul: { custom_instructions: mark } });
  const named = [ada.id, ada.deviceId, 'key-of-ada', 'turn-of-ada', 'jellyfin'];
  ids = [...new Set([...named, ...numbers, '1'])];
});
afterAll(() => admin.forget());

/** All that the database holds of her, but for when she was last seen, and her alias in the log. */
const hers = async (): Promise<string> => {
  const { sql } = admin.memory.database;
  const tables = await sql<{ table: string }[]>`
    select table_name as table from information_schema.columns
    where table_schema = 'butler' and column_name = 'user_id'
      and table_name <> 'audit_aliases' order by 1`;
  const rows: unknown[] = [...(await sql`select * from butler.users where id = ${ada.id}`)];
  for (const { table } of tables) {
    const name = sql(`butler.${table}`);
    rows.push(table, ...(await sql`select * from ${name} where user_id = ${ada.id} order by 1, 2`));
  }
  return JSON.stringify(rows, (key, value) => (key === 'last_seen_at' ? undefined : value));
};

/** The same request with an id of hers wherever a field could name a person or a thing. */
const aimed = (body: string | undefined, id: string): string | undefined => {
  if (body === undefined) return undefined;
  const parsed: unknown = JSON.parse(body);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return body;
  const names = Object.keys(parsed).filter((name) => /^(user|person|device)?_?id$/i.test(name));
  const changed = names.map((name) => [name, id]);
  return JSON.stringify({ ...parsed, ...Object.fromEntries(changed), userId: id, personId: id });
};

const wrongWith = async (operation: Operation, bearer: Record<string, string>) => {
  const complaints: string[] = [];
  const arbitrary = requestFor(operation, surface, ids);
  for (const made of fc.sample(arbitrary, { numRuns: triesEach * ids.length, seed: 7 })) {
    for (const id of ids) {
      const names = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      const path = filled(operation.path, Object.fromEntries(names.map((name) => [name, id])));
      const query = new URLSearchParams([...made.query, ['userId', id], ['personId', id]]);
      const takesBody = operation.method !== 'GET' && made.body !== undefined;
      let body = made.body;
      try {
        body = aimed(made.body, id);
      } catch {
        // No JSON: sent as it is.
      }
      const answer = await admin.app.request(`${path}?${query}`, {
        method: operation.method,
        headers: { ...json, ...bearer },
        ...(takesBody && { body: body as string }),
      });
      const text = await answer.text();
      if (text.includes(mark)) complaints.push(`${operation.key} with ${id} says ${text}`);
      if (answer.status >= 500) complaints.push(`${operation.key} breaks: ${text}`);
    }
    if (operation.parameters.every((one) => one.in !== 'path') && !operation.body) break;
  }
  return complaints;
};

describe.each(['adult', 'child', 'guest'] as const)('a person who is %s', (role) => {
  it('reads nothing of hers and changes nothing of hers, by any route', async () => {
    let other = await admin.joinAs(role, `Some ${role}`);
    const before = await hers();
    const reached = surface.operations.filter(
      (one) => Array.isArray(one.who) && one.who.includes(role) && !isStream(one),
    );
    expect(reached.length).toBeGreaterThan(20);
    const complaints: string[] = [];
    for (const [index, operation] of reached.entries()) {
      complaints.push(...(await wrongWith(operation, other.bearer)));
      const still = await admin.app.request('/api/v1/me', { headers: other.bearer });
      // A route may have ended their own way in: they come again, as themselves.
      if (still.status !== 200) other = await admin.joinAs(role, `Some ${role} ${index}`);
    }
    expect(complaints.slice(0, 5)).toEqual([]);
    expect(await hers()).toBe(before);
  }, 120_000);
});

it('lets Ada read her own, or the above would prove nothing', async () => {
  const answer = await admin.app.request(`/api/v1/users/${ada.id}/soul`, { headers: ada.bearer });
  expect(await answer.text()).toContain(mark);
});
