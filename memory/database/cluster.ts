/** A folder with an embedded Postgres in it: made, or opened. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';

/**
 * A household's data is small: with Postgres's own figures the process takes 150 MB more. There is
 * no background writer here, so the log is kept short by a small max_wal_size.
 */
const settings = {
  shared_buffers: '8MB',
  max_connections: '4',
  wal_buffers: '256kB',
  maintenance_work_mem: '16MB',
  min_wal_size: '4MB',
  max_wal_size: '32MB',
  search_path: 'butler,public',
  timezone: 'UTC',
};

/**
 * V8 would compile what is used often a second time, better: that takes 550 MB for a moment and
 * keeps 60, and makes no query of ours faster. Holds for all WebAssembly of the process.
 */
setFlagsFromString('--no-wasm-tier-up');
setFlagsFromString('--no-wasm-dynamic-tiering');

const startParams = [
  ...PGlite.defaultStartParams,
  ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
];

/**
 * Runs initdb in a process of its own: it needs 300 MB, which a thread would leave behind.
 * @param dataDir an empty folder. @throws with what the process said.
 */
export const makeCluster = async (dataDir: string): Promise<void> => {
  const words = [fileURLToPath(import.meta.url), dataDir];
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said = (said + part).slice(-2_000);
  });
  child.stdin.on('error', () => undefined);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.once('error', reject);
  child.once('close', (code) => {
    if (code === 0) resolve();
    else reject(new Error(`the embedded database could not be made (${code}): ${said}`));
  });
  await promise;
};

const main = async (dataDir: string): Promise<void> => {
  // Our end of the pipe closes with the process that asked.
  process.stdin.once('end', () => process.exit(1)).resume();
  const initDbStartParams = ['--wal-segsize=1'];
  const made = await PGlite.create({ dataDir, startParams, initDbStartParams });
  await made.close();
  process.exit(0);
};

/** Opens what is there; the extension has to be named at each opening. */
export const openCluster = async (dataDir: string): Promise<PGlite> => {
  // PGlite would run initdb over what is left in a folder without this file.
  if (!existsSync(join(dataDir, 'PG_VERSION'))) throw new Error('PG_VERSION is missing');
  return PGlite.create({ dataDir, startParams, extensions: { vector } });
};

if (import.meta.main && process.argv[2]) await main(process.argv[2]);
