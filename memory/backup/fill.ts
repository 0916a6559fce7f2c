/** Fills an empty schema with a backup's rows, in one transaction: all of them, or nothing. */
import { migrateAround } from '../database/migrations.ts';
import type { Sql, TransactionSql } from '../database.ts';
import { BackupError } from './error.ts';
import type { Manifest } from './manifest.ts';
import { type Archive, membersOf } from './open.ts';
import { asTheyWere, writeRows, writeSequences } from './rows.ts';

export interface Filling {
  archive: Archive;
  manifest: Manifest;
  /** Renames a schema that is there; else it has to be absent or empty. */
  replaceAs?: string | undefined;
  /** After the rows are in, before anybody can see them. */
  afterwards?: ((tx: TransactionSql) => Promise<void>) | undefined;
  progress(table: string): void;
}

/** A slice is a few megabytes at most: it was written so. */
const linesOf = async (body: AsyncIterable<Buffer>): Promise<string[]> => {
  const parts: Buffer[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString('utf8').trimEnd().split('\n');
};

const isEmpty = async (tx: TransactionSql): Promise<boolean> => {
  const [found] = await tx`
    select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'butler' and relkind = 'r' limit 1`;
  return found === undefined;
};

const notEmpty = (): BackupError =>
  new BackupError(
    { code: 'restore-refused' },
    'The database has a schema butler with tables in it. Add --replace: it is renamed then, not ' +
      'deleted. Or name an empty database by --into.',
  );

/** What is there goes aside under a new name, rows and all. */
const makeRoom = async (tx: TransactionSql, replaceAs: string | undefined): Promise<void> => {
  if (await isEmpty(tx)) return;
  if (replaceAs === undefined) throw notEmpty();
  await tx.unsafe(`alter schema butler rename to "${replaceAs}"`);
};

const loadRows = async (tx: TransactionSql, filling: Filling): Promise<void> => {
  const { archive, manifest, progress } = filling;
  let before: string | undefined;
  for await (const { table, body } of membersOf(archive, manifest)) {
    const lines = await linesOf(body);
    const columns = table === undefined ? undefined : manifest.tables[table]?.columns;
    if (table === undefined || !columns) continue;
    if (table !== before) progress(table);
    before = table;
    await writeRows(tx, { table, columns, lines });
  }
  await writeSequences(tx, manifest.sequences);
};

/**
 * @throws BackupError restore-refused where something is there; DatabaseError for steps of another
 * Butler; Postgres's own error. Nothing is changed then.
 */
export const fillDatabase = async (sql: Sql, filling: Filling): Promise<void> => {
  const { manifest, replaceAs, afterwards } = filling;
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = '10min'`;
    await tx`set local idle_in_transaction_session_timeout = '10min'`;
    await makeRoom(tx, replaceAs);
    await migrateAround(tx, manifest.schema, () => asTheyWere(tx, () => loadRows(tx, filling)));
    await afterwards?.(tx);
  });
};
