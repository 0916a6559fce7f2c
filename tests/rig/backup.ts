/** A house worth a backup: every table has rows, with the values that are hard to carry. */
import { join } from 'node:path';
import { makeBackup } from '../../memory/backup/make.ts';
import type { Database, Sql } from '../../memory/database.ts';

/** People, and something of theirs in each table; what is exact is exact to the last bit. */
export const furnish = async ({ sql }: Pick<Database, 'sql'>): Promise<void> => {
  await sql`insert into butler.users (id, name, username, role, password_hash, permissions, soul)
    values ('ann', 'Ann "the" Ø\\', 'ann', 'owner', 'hash', array['a,b', 'c"d', ''], '{"x": [1]}'),
      ('ben', E'Ben\nB', null, 'child', null, null, '{}')`;
  // A fact that refers to a later one, as a replaced one does.
  await sql`insert into butler.user_facts (user_id, category, slot, fact, source, confidence,
      embedding, embedding_model, valid_from, valid_to, retired_at, origin)
    select 'ann', 'personal', 'coffee.milk', 'Fact ' || n || ' 🙂', 'explicit', 0.1 + n / 7.0,
      ('[' || n || '.1,3.4028235e38,-1.1754944e-38,0.333333343]')::vector, 'model',
      '2026-11-21 03:00:00.123456+01', 'infinity', '2026-10-25 02:30:00+02', '{"quote": "é"}'
    from generate_series(1, 3) n`;
  await sql`update butler.user_facts set superseded_by = 3 where id = 1`;
  await sql`insert into butler.user_facts (user_id, category, fact, source, confidence)
    select 'ben', 'routine', 'Number ' || n, 'inferred', 0.5 from generate_series(1, 450) n`;
  await sql`update butler.memory_marks set facts_deleted = 9007199254740993 where user_id = 'ben'`;
  await sql`insert into butler.conversation_history (user_id, turn, door, role, content, at)
    select 'ann', gen_random_uuid(), 'app', 'user', 'Word ' || n, now() - n * interval '1 hour'
    from generate_series(1, 250) n`;
  await sql`insert into butler.documents (user_id, space, key, value) values
    (null, 'lists', 'shopping', '{"items": ["milk", 12345678901234567890, 1e-7, null]}'),
    ('ben', 'notes', 'n/1', '"a \\"quoted\\" text"')`;
  await furnishHouse(sql);
};

const furnishHouse = async (sql: Sql): Promise<void> => {
  await sql`insert into butler.devices (id, user_id, name, type, capabilities, approved_by)
    values ('phone-1', 'ann', 'Phone', 'phone', array['microphone'], 'setup')`;
  await sql`insert into butler.tool_calls (user_id, turn, door, tool, path, effect, ok, receipt)
    values ('ann', 't', 'app', 'lists_add', 'mind', 'write', true, '{"n": 0.30000000000000004}')`;
  await sql`insert into butler.audit (number, at, actor, what, outcome, previous, hash)
    select n, now(), 'part', 'start', 'done', 'h' || (n - 1), 'h' || n
    from generate_series(1, 3) n`;
  await sql`insert into butler.spending (day, user_id, door, trigger, usd)
    values ('2026-11-21', 'ann', 'app', 'person', 0.1::float8 + 0.2::float8)`;
  await sql`insert into butler.settings (key, value) values ('language', '"de"')`;
  await sql`insert into butler.service_credentials (user_id, service, username, password_encrypted)
    values ('ann', 'jellyfin', 'ann', 'v1:abc')`;
};

/** Every row of every table with all its columns, and where each sequence is. */
export const canonical = async (sql: Sql): Promise<Record<string, string[]>> => {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables
    where schemaname = 'butler' and tablename <> 'migrations' order by tablename`;
  const dump: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await sql<{ line: string }[]>`
      select to_jsonb(t)::text as line from butler.${sql(name)} t`;
    dump[name] = rows.map(({ line }) => line.replaceAll('+00:00', '+00')).sort();
  }
  const sequences = await sql<{ line: string }[]>`
    select sequencename || ' ' || last_value as line from pg_sequences
    where schemaname = 'butler' and last_value is not null order by sequencename`;
  return { ...dump, sequences: sequences.map(({ line }) => line) };
};

export const backUp = async (house: {
  database: Database;
  folder: string;
  url?: string;
  key?: string;
}): Promise<string> => {
  const { folder, url, key, database } = house;
  const backups = join(folder, 'backups');
  const file = join(backups, `butler-2026-11-21T02-00-00Z-hand.tar.gz${key ? '.sealed' : ''}`);
  await makeBackup({
    ...{ database, url, key, folder, backups, file, butler: '9.9.9', timeZone: 'Europe/Oslo' },
    at: '2026-11-21T02:00:00.000Z',
    progress: () => undefined,
    signal: new AbortController().signal,
  });
  return file;
};
