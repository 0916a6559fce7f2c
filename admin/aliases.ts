/** People in the audit log stand under a random alias; it goes with them, and with it the link. */
import { randomBytes } from 'node:crypto';
import type { TransactionSql } from '../memory/database.ts';

/** Whom a line means who is no person here: gone before it was written, or never known. */
export const nobodyHere = 'somebody';

const newAlias = (): string => `person-${randomBytes(12).toString('hex')}`;

/**
 * The aliases of those of these ids that are people; made where they have none yet.
 * @param ids also ids of other things: those come back without an alias.
 */
export const aliasesOf = async (
  sql: TransactionSql,
  ids: readonly string[],
): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map();
  const wanted = ids.map((id) => ({ id, alias: newAlias() }));
  await sql`
    insert into butler.audit_aliases (user_id, alias)
    select wanted.id, wanted.alias
    from jsonb_to_recordset(${sql.json(wanted)}) as wanted(id text, alias text)
    join butler.users on users.id = wanted.id
    on conflict (user_id) do nothing`;
  const rows = await sql<{ id: string; alias: string }[]>`
    select user_id as id, alias from butler.audit_aliases
    where user_id in (select jsonb_array_elements_text(${sql.json(ids as string[])}))`;
  return new Map(rows.map(({ id, alias }) => [id, alias]));
};
