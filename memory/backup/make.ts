/** Makes a backup in a process of its own, and gives it its name only when it is whole. */
import { spawn } from 'node:child_process';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Database } from '../database.ts';
import { BackupError } from './error.ts';
import type { WriteOrder } from './write.ts';
import type { WriterWord } from './writer.ts';

/** What the writer is told, on its standard input: a password is in no list of processes. */
export type WriterOrder = WriteOrder & { source: { url: string } | { cluster: string } };

/** Rows by table, and how many files. */
export interface Summary {
  tables: Record<string, number>;
  files: number;
}

export interface Making extends Omit<WriteOrder, 'engine'> {
  database: Pick<Database, 'engine' | 'copy'>;
  /** DATABASE_URL. */
  url: string | undefined;
  progress(done: { table: string; rows: number }): void;
  signal: AbortSignal;
}

export interface Made extends Summary {
  /** How long queries had to wait for it at most. */
  blockedMs: number;
}

const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));

/** What the system said, as a sentence that helps. */
const sentenceFor = (folder: string, why: string, code = ''): string => {
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return `The disk under ${folder} is full: make room, or set BUTLER_BACKUPS to another one.`;
  }
  if (/^(EACCES|EPERM|EROFS|ENOENT|ENOTDIR)$/.test(code)) {
    return `${folder} cannot be written (${why}): make it yours, or set BUTLER_BACKUPS.`;
  }
  return `It broke off: ${why.replace(/\.?$/, '.')}`;
};

export const backupFailed = (folder: string, error: unknown): BackupError => {
  if (error instanceof BackupError) return error;
  const { code } = error as { code?: string };
  const why = error instanceof Error ? error.message : String(error);
  const kept = 'The backups before it are kept.';
  const sentence = `No backup was made. ${sentenceFor(folder, why, code)} ${kept}`;
  return new BackupError({ code: 'backup-failed' }, sentence, error);
};

/** @throws an Error with the writer's words and code. */
const runWriter = async (
  order: WriterOrder,
  { progress, signal }: Pick<Making, 'progress' | 'signal'>,
): Promise<Summary> => {
  const child = spawn(process.execPath, [writer], { stdio: ['pipe', 'pipe', 'pipe'], signal });
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said = (said + part).slice(-2_000);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(order)}\n`);
  const { promise, resolve, reject } = Promise.withResolvers<Summary>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const word = JSON.parse(line) as WriterWord;
    if (word.kind === 'progress') progress(word);
    else if (word.kind === 'done') resolve(word.summary);
    else reject(Object.assign(new Error(word.why), { code: word.code }));
  });
  child.once('error', reject);
  child.once('close', (code, by) => reject(new Error(`its process ended (${by ?? code}) ${said}`)));
  return await promise;
};

const syncFolder = async (folder: string): Promise<void> => {
  // Windows cannot open a folder; there the rename alone has to do.
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
};

/**
 * Writes the archive beside its place, reads all of it back, and renames it.
 * @throws BackupError backup-failed: there is nothing of it then.
 */
export const makeBackup = async (making: Making): Promise<Made> => {
  const { database, url, progress, signal, ...order } = making;
  const partial = `${order.file}.partial`;
  const folder = dirname(order.file);
  let copied: { cluster: string; blockedMs: number } | undefined;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rm(partial, { force: true });
    copied = url ? undefined : await database.copy?.();
    const source = url ? { url } : { cluster: copied?.cluster ?? '' };
    const whole = { ...order, file: partial, engine: database.engine, source };
    const summary = await runWriter(whole, { progress, signal });
    await rename(partial, order.file);
    await syncFolder(folder);
    return { ...summary, blockedMs: copied?.blockedMs ?? 0 };
  } catch (error) {
    throw backupFailed(folder, error);
  } finally {
    await rm(partial, { force: true }).catch(() => undefined);
    if (copied) await rm(copied.cluster, { recursive: true, force: true }).catch(() => undefined);
  }
};
