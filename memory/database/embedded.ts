/** The embedded Postgres of a house without a server: PGlite in a thread, behind postgres.js. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCluster } from './cluster.ts';
import { damaged } from './damaged.ts';
import { messageOf } from './error.ts';
import type { MemoryLog } from './health.ts';
import { lockFolder } from './lock.ts';
import { announce, clusterOf, lockedFolderOf, socketFor, withdraw } from './place.ts';
import { connect, type Sql } from './sql.ts';
import { PortStream } from './stream.ts';
import { startThread, type Thread } from './thread.ts';

export interface Embedded {
  sql: Sql;
  copy(to: string): Promise<number>;
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  /** BUTLER_DATA. */
  folder: string;
  log: MemoryLog;
  /** Something was wrong with a connection. */
  suspect(error: unknown): void;
}

/** How long a client may hold a transaction open and say nothing. */
const silentMs = 10_000;
const progressEveryMs = 2_000;
const restartsMax = 3;

/** Runs `work`, and says every two seconds that it still does. */
const announced = async <T>(log: MemoryLog, what: string, work: () => Promise<T>): Promise<T> => {
  const startedAtMs = performance.now();
  const seconds = () => Math.round((performance.now() - startedAtMs) / 100) / 10;
  const timer = setInterval(() => log.info({ seconds: seconds() }, `${what} …`), progressEveryMs);
  try {
    const result = await work();
    log.info({ seconds: seconds() }, `${what}: done`);
    return result;
  } finally {
    clearInterval(timer);
  }
};

/** A folder has its final name only when it is whole: one that was broken off is made again. */
const make = async (cluster: string): Promise<void> => {
  for (const left of readdirSync(dirname(cluster)).filter((name) => /\.making-/.test(name))) {
    rmSync(join(dirname(cluster), left), { recursive: true, force: true });
  }
  const making = `${cluster}.making-${process.pid}`;
  mkdirSync(making, { mode: 0o700 });
  await makeCluster(making);
  renameSync(making, cluster);
};

const start = async (
  { folder, log }: EmbeddedOptions,
  lost: (why: string) => void,
): Promise<Thread> => {
  const cluster = clusterOf(folder);
  if (!existsSync(cluster)) {
    const what = 'making the embedded database, once (about 5 s)';
    await announced(log, what, () => make(cluster));
  }
  const data = { cluster, socket: socketFor(folder), silentMs } as const;
  try {
    return await announced(log, 'opening the embedded database', () => startThread(data, lost));
  } catch (error) {
    throw damaged(folder, error);
  }
};

/** @throws DatabaseError database-in-use or database-damaged. */
export const openEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  const { folder, log, suspect } = options;
  const unlock = await lockFolder(lockedFolderOf(folder), socketFor(folder));
  let restarts = 0;
  let current: Promise<Thread>;
  const lost = (why: string): void => {
    log.error({ why }, 'the embedded database ended');
    suspect(new Error(why));
    if (++restarts > restartsMax) return;
    current = sleep(500 * restarts).then(() => start(options, lost));
    current.catch((error: unknown) => log.error({ error: messageOf(error) }, 'it stays away'));
  };
  current = start(options, lost);
  try {
    await current;
  } catch (error) {
    unlock();
    throw error;
  }
  announce(folder, socketFor(folder));
  const sql = connect(undefined, {
    max: 1,
    user: 'postgres',
    database: 'postgres',
    socket: async () => new PortStream((await current).connect()),
  });
  return {
    sql,
    copy: async (to) => (await current).copy(to),
    close: async () => {
      withdraw(folder);
      await sql.end({ timeout: 2 });
      await current.then((thread) => thread.close()).catch(() => undefined);
      unlock();
    },
  };
};
