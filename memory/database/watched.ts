/** A `Database` over a client whose server may go away: watched, and closed within two seconds. */
import type { Database } from '../database.ts';
import { Health, type MemoryLog, type State } from './health.ts';
import { asPerson } from './person.ts';
import type { Sql } from './sql.ts';

const endWithinSeconds = 2;

interface Watched {
  engine: Database['engine'];
  sql: Sql;
  /** What is known of it now. */
  first: State;
  log: MemoryLog;
}

/** @returns `health`, to be told where a connection was lost. */
export const watched = ({
  engine,
  sql,
  first,
  log,
}: Watched): { database: Database; health: Health } => {
  const probe = async (): Promise<void> => {
    await sql`select from butler.migrations limit 1`;
  };
  const health = new Health(first, probe, log);
  const database = {
    ...{ engine, sql, asPerson: asPerson(() => sql, health), state: () => health.state() },
    close: async () => {
      health.close();
      await sql.end({ timeout: endWithinSeconds });
    },
  };
  return { database, health };
};
