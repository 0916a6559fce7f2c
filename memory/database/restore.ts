/** `node memory/database/restore.ts DUMP`: goes back to a dump, and keeps what was there before. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadCluster } from './cluster.ts';
import { messageOf } from './error.ts';
import { lockFolder } from './lock.ts';
import { clusterOf, lockedFolderOf, socketFor } from './place.ts';

/**
 * Nothing is deleted: the folder that was there is moved aside.
 * @param file a dump that lies in BUTLER_DATA/backups, or anywhere with `folder` named.
 * @param folder BUTLER_DATA.
 * @returns where the former folder is now; undefined when there was none.
 * @throws DatabaseError database-in-use while a Butler runs; an Error when the dump is unreadable.
 */
export const restore = async (
  file: string,
  folder = dirname(dirname(resolve(file))),
): Promise<string | undefined> => {
  const unlock = await lockFolder(lockedFolderOf(folder), socketFor(folder));
  try {
    const tar = gunzipSync(readFileSync(file));
    const cluster = clusterOf(folder);
    const making = `${cluster}.making`;
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making, { recursive: true, mode: 0o700 });
    await loadCluster(making, tar);
    const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
    const aside = existsSync(cluster) ? `${cluster}-before-${time}` : undefined;
    if (aside) renameSync(cluster, aside);
    renameSync(making, cluster);
    return aside;
  } finally {
    unlock();
  }
};

const main = async ([file, folder, ...more]: string[]): Promise<number> => {
  if (!file || more.length > 0) {
    console.error('Say which dump: node memory/database/restore.ts BUTLER_DATA/backups/FILE');
    return 1;
  }
  try {
    const aside = await restore(file, folder);
    console.log(`The database is as it was in ${file}.`);
    if (aside) console.log(`What was there before is now ${aside}.`);
    return 0;
  } catch (error) {
    console.error(messageOf(error));
    return 1;
  }
};

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
