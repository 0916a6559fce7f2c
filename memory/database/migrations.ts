/** Brings the schema to what this code knows: numbered SQL files, each applied once and checked. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DatabaseError } from './error.ts';
import type { Sql, TransactionSql } from './sql.ts';

export interface Migration {
  number: number;
  name: string;
  sql: string;
  /** Of the text with line endings as on Linux, so that a checkout on Windows is the same. */
  sha256: string;
}

const ownFolder = fileURLToPath(new URL('../migrations/', import.meta.url));
/** Any number will do, as long as every Butler takes the same. */
const advisoryLock = 8_217_364;

export const readMigrations = (folder = ownFolder): Migration[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file, index) => {
      const [, digits, name] = file.match(/^(\d{4})_([a-z0-9_]+)\.sql$/) ?? [];
      if (!name || Number(digits) !== index + 1) {
        throw new Error(`${file} must be called NNNN_name.sql, numbered without gaps from 0001.`);
      }
      const sql = readFileSync(`${folder}/${file}`, 'utf8').replaceAll('\r\n', '\n');
      const sha256 = createHash('sha256').update(sql).digest('hex');
      return { number: index + 1, name, sql, sha256 };
    });

type Applied = Pick<Migration, 'number' | 'name' | 'sha256'>;

/** @throws DatabaseError database-newer or database-migration-changed. */
export const compareSteps = (known: readonly Migration[], applied: readonly Applied[]): void => {
  for (const { number, name, sha256 } of applied) {
    const ours = known.find((migration) => migration.number === number);
    if (!ours) {
      throw new DatabaseError(
        { code: 'database-newer' },
        `The database has step ${number} (${name}), which this Butler does not know: it was used ` +
          'by a newer one. Update Butler, or restore a database from before the update.',
      );
    }
    if (ours.sha256 !== sha256) {
      throw new DatabaseError(
        { code: 'database-migration-changed' },
        `Step ${number} (${name}) of the schema is not the one that made this database: its file ` +
          'in memory/migrations was changed afterwards. Put the original file back, and make ' +
          'changes in a new one.',
      );
    }
  }
};

/** The list of what was applied, in a schema that may be new. */
const makeList = async (tx: TransactionSql): Promise<void> => {
  await tx`create schema if not exists butler`;
  await tx`create table if not exists butler.migrations (
    number integer primary key,
    name text not null,
    sha256 text not null,
    at timestamptz not null default now()
  )`;
};

const apply = async (tx: TransactionSql, { number, name, sha256, sql }: Migration) => {
  await tx.unsafe(sql).simple();
  await tx`insert into butler.migrations (number, name, sha256)
    values (${number}, ${name}, ${sha256})`;
};

/**
 * An empty schema, filled by `fill` while it is of the steps that the rows are of, then brought to
 * what this code knows; all in the caller's transaction.
 * @throws DatabaseError database-newer or database-migration-changed for steps of another Butler.
 */
export const migrateAround = async (
  tx: TransactionSql,
  steps: readonly Applied[],
  fill: () => Promise<void>,
): Promise<void> => {
  const known = readMigrations();
  compareSteps(known, steps);
  await makeList(tx);
  for (const migration of known.slice(0, steps.length)) await apply(tx, migration);
  await fill();
  for (const migration of known.slice(steps.length)) await apply(tx, migration);
};

/**
 * One transaction for each file; of two servers that start at once, one waits for the other.
 * @returns the migrations that were applied now.
 * @throws DatabaseError; Postgres's own error when a file's SQL fails.
 */
export const migrate = async (sql: Sql, known = readMigrations()): Promise<Migration[]> => {
  const applied: Migration[] = [];
  for (;;) {
    const next = await sql.begin(async (tx) => {
      await tx`set local statement_timeout = '10min'`;
      await tx`select pg_advisory_xact_lock(${advisoryLock})`;
      await makeList(tx);
      const rows = await tx<Applied[]>`
        select number, name, sha256 from butler.migrations order by number`;
      compareSteps(known, rows);
      const migration = known.find(({ number }) => !rows.some((row) => row.number === number));
      if (!migration) return undefined;
      await apply(tx, migration);
      return migration;
    });
    if (!next) return applied;
    applied.push(next);
  }
};
