/** Deletes a person, or everybody, from the tables: all in one transaction, counted before. */
import type { Sql, TransactionSql } from '../database.ts';
import { allColumns, grouped, personColumns } from './catalogue.ts';
import { type Purged, scrub } from './scrub.ts';

export type Counts = Record<string, number>;

/** What stays when the whole household goes: the schema's state, and lines that name nobody. */
const staying = ['migrations', 'audit'];

const countOf = async (sql: TransactionSql, personId: string): Promise<Counts> => {
  const counts: Counts = {};
  for (const [table, columns] of grouped(await personColumns(sql))) {
    let theirs = sql`false`;
    for (const { column } of columns) theirs = sql`${theirs} or ${sql(column)} = ${personId}`;
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from butler.${sql(table)} where ${theirs}`;
    if (row && row.count > 0) counts[table] = row.count;
  }
  return counts;
};

/** @returns rows by table; undefined where there is no such person. */
export const purgeRows = (sql: Sql, personId: string): Promise<Counts | undefined> =>
  sql.begin(async (tx): Promise<Counts | undefined> => {
    const [person] = await tx<Purged[]>`
      select id, name, username from butler.users where id = ${personId} for update`;
    if (!person) return undefined;
    const counts = await countOf(tx, personId);
    // The key is only set to null with its maker; whom they invited is theirs to be forgotten.
    await tx`delete from butler.invitations where created_by = ${personId}`;
    const scrubbed = await scrub(tx, person);
    await tx`delete from butler.users where id = ${personId}`;
    const touched = Object.entries(scrubbed).filter(([, count]) => count > 0);
    return { ...counts, users: 1, ...Object.fromEntries(touched) };
  });

/** Everybody and everything, as on the first day; the audit log stays and names nobody. */
export const purgeHousehold = (sql: Sql): Promise<Counts> =>
  sql.begin(async (tx) => {
    const tables = [...grouped(await allColumns(tx)).keys()].filter(
      (table) => !staying.includes(table),
    );
    const counts: Counts = {};
    for (const table of tables) {
      const [row] = await tx<{ count: number }[]>`
        select count(*)::int as count from butler.${tx(table)}`;
      if (row && row.count > 0) counts[table] = row.count;
    }
    await tx.unsafe(`truncate ${tables.map((table) => `butler."${table}"`).join(', ')}`);
    return counts;
  });
