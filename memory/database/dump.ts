/** A dump of the embedded database: one file that a damaged folder is restored from. */
import { cpSync, createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { PGlite } from '@electric-sql/pglite';
import type { Backend } from './backend.ts';
import { tarOf } from './tar.ts';

interface DumpParts {
  database: PGlite;
  backend: Backend;
  cluster: string;
  /** Its final name; it never exists by half. */
  file: string;
}

/**
 * Queries wait only while the files are copied, of a database that has just been written out; they
 * are packed afterwards.
 * @returns for how many milliseconds queries had to wait.
 */
export const writeDump = async (parts: DumpParts): Promise<number> => {
  const { database, backend, cluster, file } = parts;
  const partial = `${file}.partial`;
  const copy = `${file}.copy`;
  // There is no autovacuum in the embedded Postgres.
  await backend.exclusive(() => database.exec('vacuum (analyze)'));
  try {
    const blockedMs = await backend.exclusive(async () => {
      const startedAtMs = performance.now();
      await database.exec('checkpoint');
      rmSync(copy, { recursive: true, force: true });
      cpSync(cluster, copy, { recursive: true });
      return performance.now() - startedAtMs;
    });
    const out = createWriteStream(partial, { mode: 0o600, flush: true });
    await pipeline(Readable.from(tarOf(copy)), createGzip({ level: 6 }), out);
    renameSync(partial, file);
    return blockedMs;
  } finally {
    rmSync(copy, { recursive: true, force: true });
    rmSync(partial, { force: true });
  }
};
