/** Which tables are about a person, and their rows, a page at a time; no secret of anybody's. */
import type { Sql } from '../../memory/database.ts';
import { allColumns, grouped, personColumns } from '../../memory/purge.ts';

/** Tables with rows of people that stay out, and why. */
export const exceptions: { readonly [table: string]: string } = {
  audit_aliases: 'the lines of the audit log themselves are in audit.json, with names',
  memory_marks: 'numbers by which the indexes of memories catch up, made of the other tables',
};

/** What proves or opens something, and what a model made of a text that is there. */
export const omitted: { readonly [table: string]: readonly string[] } = {
  users: ['password_hash'],
  user_facts: ['embedding', 'embedding_model', 'digest'],
  conversation_history: ['embedding', 'embedding_model'],
  service_credentials: ['password_encrypted', 'key_id'],
  device_requests: ['secret_hash', 'code'],
  invitations: ['token_hash'],
  passkeys: ['public_key'],
};

export interface PersonTable {
  table: string;
  /** A row is theirs where one of these is their id. */
  owners: string[];
  columns: string[];
  /** Pages go by these. */
  order: string[];
}

const keysOf = async (sql: Sql): Promise<Map<string, string[]>> => {
  const rows = await sql<{ table: string; columns: string[] }[]>`
    select class.relname::text as "table", to_jsonb(array(
      select attribute.attname::text from pg_attribute attribute
      where attribute.attrelid = class.oid and attribute.attnum = any (key.conkey))) as columns
    from pg_constraint key join pg_class class on class.oid = key.conrelid
    where class.relnamespace = 'butler'::regnamespace and key.contype = 'p'`;
  return new Map(rows.map(({ table, columns }) => [table, columns]));
};

/** As the database itself says: a table that is new is in it. */
export const personTables = async (sql: Sql): Promise<PersonTable[]> => {
  const columns = grouped(await allColumns(sql));
  const keys = await keysOf(sql);
  const owned = [{ table: 'users', column: 'id' }, ...(await personColumns(sql))];
  return [...grouped(owned)]
    .filter(([table]) => !Object.hasOwn(exceptions, table))
    .map(([table, owners]) => {
      const names = (columns.get(table) ?? []).map(({ column }) => column);
      const shown = names.filter((name) => !omitted[table]?.includes(name));
      const by = owners.map(({ column }) => column);
      return { table, owners: by, columns: shown, order: keys.get(table) ?? names };
    });
};

const pageRows = 500;

export async function* rowsOf(
  sql: Sql,
  { table, owners, columns, order }: PersonTable,
  personId: string,
): AsyncGenerator<Record<string, unknown>> {
  let theirs = sql`false`;
  for (const owner of owners) theirs = sql`${theirs} or ${sql(owner)} = ${personId}`;
  for (let offset = 0; ; offset += pageRows) {
    const rows = await sql<{ row: Record<string, unknown> }[]>`
      select to_jsonb(page) as row from (
        select ${sql(columns)} from butler.${sql(table)} where ${theirs}
        order by ${sql(order)} limit ${pageRows} offset ${offset}) as page`;
    for (const { row } of rows) yield row;
    if (rows.length < pageRows) return;
  }
}
