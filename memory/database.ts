/** THE way to the database: one `sql`, whether a server or the embedded one is behind it. */
import { openEmbeddedDatabase, openEmbeddedForWorker } from './database/embedded-database.ts';
import type { MemoryLog, State } from './database/health.ts';
import { openPostgres } from './database/postgres.ts';
import type { Sql, TransactionSql } from './database/sql.ts';

export { DatabaseError } from './database/error.ts';
export type { MemoryLog } from './database/health.ts';
export type { Sql, TransactionSql } from './database/sql.ts';

export interface Database {
  readonly engine: 'postgres' | 'pglite';
  /** House work (all persons): people list, cleaning, re-embedding. Never what a person asks. */
  readonly sql: Sql;
  /**
   * One short transaction as role butler_app with butler.user_id set; only queries inside, never a
   * model or HTTP. Resolves when it is committed.
   * @throws DatabaseError database-unreachable, at once while the database is away.
   */
  asPerson<T>(personId: string, work: (tx: TransactionSql) => Promise<T>): Promise<T>;
  state(): State;
  /**
   * Copies the embedded database as it is now, for a backup to read; the caller removes the copy.
   * Undefined where a server has snapshots of its own. `blockedMs`: how long queries waited.
   */
  copy?(): Promise<{ cluster: string; blockedMs: number }>;
  close(): Promise<void>;
}

export interface OpenDatabase {
  /** DATABASE_URL; undefined: the embedded one. */
  url?: string | undefined;
  /** BUTLER_DATA. */
  folder: string;
  /** Only the server migrates; a worker waits for it. */
  role: 'server' | 'worker';
  log: MemoryLog;
}

const openEngine = (options: OpenDatabase): Promise<Database> => {
  const { url } = options;
  if (url) return openPostgres({ ...options, url });
  return options.role === 'server' ? openEmbeddedDatabase(options) : openEmbeddedForWorker(options);
};

/** @throws DatabaseError with a sentence that says what to do. */
export const openDatabase = async (options: OpenDatabase): Promise<Database> => {
  const database = await openEngine(options);
  let closing: Promise<void> | undefined;
  return {
    ...database,
    close: () => {
      closing ??= database.close();
      return closing;
    },
  };
};
