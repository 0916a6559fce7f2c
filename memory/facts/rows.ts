/** Rows of user_facts, as the database gives them and as the rest of Butler sees them. */
import type { JSONValue } from 'postgres';
import type { Sql, TransactionSql } from '../database/sql.ts';
import type { Fact } from './fact.ts';

export type Executor = Sql | TransactionSql;

export const columns = (sql: Executor) => sql`
  id, user_id as "personId", category, slot, fact, source, confidence, uses,
  valid_from as "validFrom", valid_to as "validTo", recorded_at as "recordedAt",
  retired_at as "retiredAt", superseded_by as "supersededBy", origin, tainted,
  last_referenced as "lastReferenced"`;

/** Believed now, and true now. */
export const isOpen = ({ validTo, retiredAt }: Pick<Fact, 'validTo' | 'retiredAt'>): boolean =>
  validTo === null && retiredAt === null;

/** The same in SQL. */
export const open = (sql: Executor) => sql`retired_at is null and valid_to is null`;

export const json = (sql: Executor, value: unknown) => sql.json(value as JSONValue);

/**
 * Lets one writer at a time change a person's facts or history, over all processes; the numbers
 * that rows get then follow the order in which they can be seen.
 * @returns whether there is such a person.
 */
export const lockPerson = async (sql: TransactionSql, personId: string): Promise<boolean> => {
  const [row] = await sql<{ there: boolean }[]>`
    select pg_advisory_xact_lock(hashtextextended(${`butler.memory/${personId}`}, 0)),
      exists(select from butler.users where id = ${personId}) as there`;
  return row?.there === true;
};
