/** Deleted rows still lie in the database's files until they are written anew without them. */
import type { Database } from '../database.ts';
import { allColumns, grouped } from './catalogue.ts';

/** A household's table is written anew in a moment; the server's usual limit may be too short. */
const withinMs = 120_000;

/**
 * Writes the tables anew (PostgreSQL, VACUUM: FULL), then the checkpoint; PGlite has no autovacuum.
 * @returns the tables that could not be: their dead rows go when a VACUUM comes by.
 */
export const reclaim = async ({ sql }: Pick<Database, 'sql'>): Promise<string[]> => {
  const tables = [...grouped(await allColumns(sql)).keys()].filter((table) => table !== 'audit');
  const left: string[] = [];
  const connection = await sql.reserve();
  try {
    await connection`select set_config('statement_timeout', ${String(withinMs)}, false)`;
    for (const table of tables) {
      await connection.unsafe(`vacuum (full, analyze) butler."${table}"`).catch(() => {
        left.push(table);
      });
    }
    // Only a superuser may; elsewhere it comes by itself.
    await connection`checkpoint`.catch(() => undefined);
    await connection`reset statement_timeout`;
  } finally {
    connection.release();
  }
  return left;
};
