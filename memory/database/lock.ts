/** One process for a folder of the embedded database, which itself would let two destroy it. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from './error.ts';

interface Owner {
  pid: number;
  /** Clock ticks since boot at which it started (Linux), against reused process ids. */
  started: string | undefined;
}

/** Longer than any process takes between making a file and writing it. */
const beingWrittenMs = 200;

/** Field 22 of /proc/PID/stat (proc_pid_stat(5)), counted after the name in brackets. */
const startOf = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
};

const isAlive = ({ pid, started }: Owner): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process exists although we may not signal it.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return started === undefined || now === undefined || started === now;
};

const read = (file: string): Owner | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
};

const take = (file: string): boolean => {
  const owner: Owner = { pid: process.pid, started: startOf(process.pid) };
  try {
    writeFileSync(file, JSON.stringify(owner), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/** Its socket answers: it lives, be it in another container with process ids of its own. */
const answers = async (path: string): Promise<boolean> => {
  const socket = connect(path);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false));
  const result = await promise;
  socket.destroy();
  return result;
};

/**
 * Takes away a dead owner's file, and gives it back if another process took the folder in between.
 * @returns whether the file is gone.
 */
const bury = (file: string): boolean => {
  const grave = `${file}.${process.pid}`;
  try {
    renameSync(file, grave);
  } catch {
    return true;
  }
  const buried = read(grave);
  const isMistake = buried !== undefined && isAlive(buried);
  if (isMistake) linkSync(grave, file);
  rmSync(grave, { force: true });
  return !isMistake;
};

const inUse = (folder: string, pid: number | undefined): DatabaseError =>
  new DatabaseError(
    { code: 'database-in-use' },
    `${pid ? `Process ${pid}` : 'Another process'} has the database in ${folder} open. End that ` +
      'Butler first, or give this one a folder of its own in BUTLER_DATA.',
  );

/**
 * Takes the folder for this process until the returned function is called.
 * @param socket on which an owner answers.
 * @throws DatabaseError database-in-use when a living process has it.
 */
export const lockFolder = async (folder: string, socket: string): Promise<() => void> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'owner.json');
  for (let attempt = 0; attempt < 5; attempt++) {
    if (take(file)) return () => rmSync(file, { force: true });
    // Unreadable: another process may be writing it just now.
    const owner = read(file) ?? (await sleep(beingWrittenMs).then(() => read(file)));
    if (owner && isAlive(owner)) throw inUse(folder, owner.pid);
    if (await answers(socket)) throw inUse(folder, owner?.pid);
    if (!bury(file)) break;
  }
  throw inUse(folder, read(file)?.pid);
};
