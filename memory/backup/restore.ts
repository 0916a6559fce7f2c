/** Goes back to a backup: all of it is checked and laid ready before anything changes its place. */
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openApart } from '../database/apart.ts';
import { makeCluster } from '../database/cluster.ts';
import { messageOf } from '../database/error.ts';
import { lockFolder } from '../database/lock.ts';
import { compareSteps, readMigrations } from '../database/migrations.ts';
import { clusterOf, lockedFolderOf, socketFor } from '../database/place.ts';
import { prepare } from '../database/prepare.ts';
import { connect, type Sql, type TransactionSql } from '../database/sql.ts';
import { changeOver, dropStage, finishChangeOver, stageOf } from './change-over.ts';
import { BackupError } from './error.ts';
import { isState, stateEntries } from './files.ts';
import { fillDatabase } from './fill.ts';
import type { Manifest } from './manifest.ts';
import { type Archive, checkArchive, membersOf, newer } from './open.ts';
import { carryTombstones, dropPurged } from './purged.ts';

export interface Restoring {
  archive: Archive;
  /** BUTLER_DATA. */
  folder: string;
  /** DATABASE_URL; undefined: the embedded database in the folder. */
  url: string | undefined;
  /** Where backups lie. */
  backups: string;
  /** Renames a schema that is there. */
  replace: boolean;
  now: Date;
  /** Sentences of how far it is. */
  say(sentence: string): void;
  /** Unset: initdb, which takes seconds. */
  newCluster?: typeof makeCluster;
}

export interface Restored {
  manifest: Manifest;
  /** The folder with what was there before; undefined when there was nothing. */
  aside: string | undefined;
  /** The schema with what was there before; undefined when there was nothing. */
  schemaAside: string | undefined;
  /** People of the backup who had been purged since, and were not brought back. */
  purged: number;
}

const refused = (sentence: string): BackupError =>
  new BackupError({ code: 'restore-refused' }, sentence);

/** A backup of a newer Butler has steps of the schema that this one does not know. */
const refuseOtherSteps = (file: string, { schema }: Manifest): void => {
  try {
    compareSteps(readMigrations(), schema);
  } catch (error) {
    if ((error as { code?: string }).code !== 'database-newer') throw error;
    throw newer(file, error);
  }
};

/** Files to the stage: a path that would lead out of it, or that no backup holds, is refused. */
const layOutFiles = async (archive: Archive, manifest: Manifest, stage: string): Promise<void> => {
  for await (const { path, body } of membersOf(archive, manifest)) {
    if (path === undefined) {
      for await (const _ of body);
      continue;
    }
    const to = resolve(stage, path);
    const inside = to.startsWith(resolve(stage) + sep) ? to.slice(resolve(stage).length + 1) : '';
    if (!inside) throw refused(`${path} leads out of the folder.`);
    // A database is made of rows: files laid in its place are somebody else's.
    if (!isState(inside.split(sep)[0] ?? '')) throw refused(`${path} is no file of a backup.`);
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    await pipeline(body, createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }));
  }
};

const openServer = (url: string, searchPath: string): Sql =>
  connect(url, {
    max: 1,
    connection: { application_name: 'butler-restore', search_path: searchPath },
  });

/** Every Butler's connections are called so. */
const refuseWhileUsed = async (sql: Sql): Promise<void> => {
  const [other] = await sql<{ count: number }[]>`
    select count(*) as count from pg_stat_activity
    where datname = current_database() and application_name = 'butler'`;
  if (other?.count) {
    throw refused('A Butler is connected to this database. End it first, and its worker too.');
  }
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** @returns whether there was a schema before. */
const fillServer = async (url: string, restoring: Restoring & Filled): Promise<boolean> => {
  const first = openServer(url, 'butler, public, extensions, vectors');
  let searchPath = '';
  let wasThere = false;
  try {
    await refuseWhileUsed(first);
    const [found] = await first`select from pg_tables where schemaname = 'butler' limit 1`;
    wasThere = found !== undefined;
    searchPath = `butler, public, ${quoted(await prepare(first))}`;
  } finally {
    await first.end({ timeout: 2 });
  }
  const sql = openServer(url, searchPath);
  try {
    await fillDatabase(sql, restoring.filling);
    return wasThere;
  } finally {
    await sql.end({ timeout: 2 });
  }
};

interface Filled {
  filling: Parameters<typeof fillDatabase>[1];
}

const fillEmbedded = async (
  stage: string,
  { filling, newCluster = makeCluster }: Pick<Restoring, 'newCluster'> & Filled,
): Promise<void> => {
  const cluster = clusterOf(stage);
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  await newCluster(cluster);
  const { sql, close } = await openApart(cluster);
  try {
    await prepare(sql);
    await fillDatabase(sql, filling);
  } finally {
    await close();
  }
};

const marksOf = (now: Date): { aside: string; schema: string } => {
  const digits = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return { aside: `before-${digits}`, schema: `butler_before_${digits.toLowerCase()}` };
};

/** What goes out and what comes in, as paths below BUTLER_DATA. */
const planFor = async ({ folder, backups, url }: Restoring, aside: string) => {
  const cluster = join('database', 'cluster');
  const names = async (of: string) => (await stateEntries(of, backups)).map(({ name }) => name);
  const database = url === undefined ? [cluster] : [];
  const out = [...(await names(folder)), ...database];
  const incoming = [...(await names(stageOf(folder))), ...database];
  return { aside, out: out.filter((path) => existsSync(join(folder, path))), in: incoming };
};

const carryOut = async (restoring: Restoring, manifest: Manifest): Promise<Restored> => {
  const { archive, folder, url, replace, now, say } = restoring;
  const stage = stageOf(folder);
  dropStage(folder);
  mkdirSync(stage, { recursive: true, mode: 0o700 });
  const marks = marksOf(now);
  await layOutFiles(archive, manifest, stage);
  carryTombstones(folder, stage);
  let purged = 0;
  const filling = {
    ...{ archive, manifest },
    replaceAs: replace ? marks.schema : undefined,
    afterwards: async (tx: TransactionSql) => {
      purged = await dropPurged(tx, stage);
    },
    progress: (table: string) => say(`Rows of ${table} …`),
  };
  const wasThere = url
    ? await fillServer(url, { ...restoring, filling })
    : await fillEmbedded(stage, { ...restoring, filling }).then(() => false);
  const plan = await planFor(restoring, marks.aside);
  changeOver(folder, plan);
  return {
    ...{ manifest, purged },
    aside: plan.out.length > 0 ? join(folder, plan.aside) : undefined,
    schemaAside: wasThere ? marks.schema : undefined,
  };
};

/**
 * Nothing is deleted: the state that was there is moved aside, and so is a schema (`replace`).
 * @throws BackupError, DatabaseError database-in-use: what was there is as it was.
 */
export const restoreBackup = async (restoring: Restoring): Promise<Restored> => {
  const { archive, folder, say } = restoring;
  say(`Checking ${archive.file} …`);
  const manifest = await checkArchive(archive);
  refuseOtherSteps(archive.file, manifest);
  const unlock = await lockFolder(lockedFolderOf(folder), socketFor(folder));
  try {
    finishChangeOver(folder);
    return await carryOut(restoring, manifest);
  } catch (error) {
    dropStage(folder);
    if (error instanceof Error && 'code' in error && error.name !== 'PostgresError') throw error;
    throw refused(`The backup could not be restored, and nothing was changed: ${messageOf(error)}`);
  } finally {
    unlock();
  }
};
