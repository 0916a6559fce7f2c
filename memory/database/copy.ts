/** A copy of the embedded database as it is at one moment, for which queries hardly wait. */
import { constants, copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import type { Backend } from './backend.ts';

interface CopyParts {
  database: PGlite;
  backend: Backend;
  cluster: string;
  /** A folder for the copy; what is there is removed. */
  to: string;
}

/** Larger than any file system's step of time: what changed so shortly before is copied again. */
const doubtMs = 2_000;
/** A copy that takes no room where the file system can do that. */
const mode = constants.COPYFILE_FICLONE;

/** There is no autovacuum in the embedded Postgres: one table after the other, queries between. */
const vacuum = async ({ database, backend }: CopyParts): Promise<number> => {
  let longestMs = 0;
  const { rows } = await backend.exclusive(() =>
    database.query<{ name: string }>(
      `select quote_ident(relname) as name from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        where nspname = 'butler' and relkind = 'r'`,
    ),
  );
  for (const { name } of rows) {
    const tookMs = await backend.exclusive(async () => {
      const startedAtMs = performance.now();
      await database.exec(`vacuum (analyze) butler.${name}`);
      return performance.now() - startedAtMs;
    });
    longestMs = Math.max(longestMs, tookMs);
  }
  return longestMs;
};

/** Makes `to` what `cluster` is, taking only what differs or may have changed since `sinceMs`. */
const catchUp = (cluster: string, to: string, sinceMs: number): void => {
  const list = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' });
  const pathsOf = (folder: string) =>
    new Map(
      list(folder).map((entry) => [
        join(entry.parentPath, entry.name).slice(folder.length + 1),
        entry.isDirectory(),
      ]),
    );
  const [there, here] = [pathsOf(to), pathsOf(cluster)];
  for (const path of there.keys()) {
    if (!here.has(path)) rmSync(join(to, path), { recursive: true, force: true });
  }
  for (const [path, isFolder] of here) {
    if (isFolder) {
      mkdirSync(join(to, path), { recursive: true, mode: 0o700 });
      continue;
    }
    const { mtimeMs } = statSync(join(cluster, path));
    if (mtimeMs >= sinceMs || !there.has(path)) {
      copyFileSync(join(cluster, path), join(to, path), mode);
    }
  }
};

/**
 * Copies twice: all files while queries go on, then, of a database that has just been written out
 * and while they wait, those that have changed meanwhile. The copy opens as after a killed process.
 * @returns the longest that queries had to wait, in milliseconds.
 */
export const copyCluster = async (parts: CopyParts): Promise<number> => {
  const { database, backend, cluster, to } = parts;
  const vacuumMs = await vacuum(parts);
  await backend.exclusive(() => database.exec('checkpoint'));
  const sinceMs = Date.now() - doubtMs;
  rmSync(to, { recursive: true, force: true });
  try {
    // A file that goes away in between is no matter: what is there in the end counts.
    await cp(cluster, to, { recursive: true, mode, filter: (path) => isThere(path) });
    const waitedMs = await backend.exclusive(async () => {
      const startedAtMs = performance.now();
      await database.exec('checkpoint');
      catchUp(cluster, to, sinceMs);
      return performance.now() - startedAtMs;
    });
    return Math.max(vacuumMs, waitedMs);
  } catch (error) {
    rmSync(to, { recursive: true, force: true });
    throw error;
  }
};

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
