/** Takes a person out of what stays the household's: documents and settings that mention them. */
import type { JSONValue } from 'postgres';
import type { TransactionSql } from '../database.ts';

export interface Purged {
  id: string;
  name: string;
  username: string | null;
}

/** Stands where it said who somebody was. */
const nobody = '—';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The same without this person: keys and list entries that are their id go, other places that name
 * them by it say nobody, and beside those so do their name and username.
 */
export const withoutPerson = (value: unknown, person: Purged): unknown => {
  const { id, name, username } = person;
  if (Array.isArray(value)) {
    return value.filter((one) => one !== id).map((one) => withoutPerson(one, person));
  }
  if (!isRecord(value)) {
    if (typeof value !== 'string' || !value.includes(id)) return value;
    return value.replaceAll(id, nobody);
  }
  const isAbout = Object.values(value).includes(id);
  const named = (one: unknown): boolean => isAbout && (one === name || one === username);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.includes(id))
      .map(([key, one]) => [key, named(one) ? nobody : withoutPerson(one, person)]),
  );
};

const scrubDocuments = async (sql: TransactionSql, person: Purged): Promise<number> => {
  const { id } = person;
  const gone = await sql`
    delete from butler.documents where user_id is distinct from ${id}
      and strpos(key, ${id}) > 0 returning key`;
  const rows = await sql<{ owner: string; space: string; key: string; value: unknown }[]>`
    select owner, space, key, value from butler.documents
    where user_id is distinct from ${id} and strpos(value::text, ${id}) > 0 for update`;
  for (const { owner, space, key, value } of rows) {
    const left = sql.json(withoutPerson(value, person) as JSONValue);
    await sql`
      update butler.documents set value = ${left}
      where owner = ${owner} and space = ${space} and key = ${key}`;
  }
  return gone.length + rows.length;
};

const scrubSettings = async (sql: TransactionSql, person: Purged): Promise<number> => {
  const { id } = person;
  const gone = await sql`delete from butler.settings where strpos(key, ${id}) > 0 returning key`;
  const rows = await sql<{ key: string; value: unknown }[]>`
    select key, value from butler.settings where strpos(value::text, ${id}) > 0 for update`;
  for (const { key, value } of rows) {
    const left = sql.json(withoutPerson(value, person) as JSONValue);
    await sql`update butler.settings set value = ${left} where key = ${key}`;
  }
  return gone.length + rows.length;
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a text names them, as a word of its own. */
export const names = (text: string, { id, name, username }: Purged): boolean =>
  [id, name, ...(username === null ? [] : [username])].some((one) =>
    new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(one)}(?![\p{L}\p{N}])`, 'iu').test(text),
  );

/** Others were told of them: "Ben's phone wants to come in". */
const dropNotices = async (sql: TransactionSql, person: Purged): Promise<number> => {
  const rows = await sql<{ id: number; text: string }[]>`
    select id, concat_ws(' ', key, title, detail, data::text) as text from butler.notices
    where user_id <> ${person.id}`;
  const theirs = rows.filter(({ text }) => names(text, person)).map(({ id }) => id);
  await sql`
    delete from butler.notices
    where id in (select jsonb_array_elements_text(${sql.json(theirs)})::bigint)`;
  return theirs.length;
};

/** @returns how many rows were changed or taken away, by what they are. */
export const scrub = async (
  sql: TransactionSql,
  person: Purged,
): Promise<Record<string, number>> => ({
  'documents of the household': await scrubDocuments(sql, person),
  settings: await scrubSettings(sql, person),
  'notices of others': await dropNotices(sql, person),
});
