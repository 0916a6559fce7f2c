/** Where the embedded database lies, and where Butler's other processes find its socket. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** sun_path holds 108 bytes on Linux and 104 on macOS, with its end. */
const socketBytesMax = 100;

export const clusterOf = (folder: string): string => join(folder, 'database', 'cluster');
/** A copy for a backup, while it is read. */
export const copyOf = (folder: string): string => join(folder, 'database', 'copy');
export const lockedFolderOf = (folder: string): string => join(folder, 'database');
const noteOf = (folder: string): string => join(folder, 'database.json');

/** A path that a socket may have: a private temporary one where the folder's own is too long. */
export const socketFor = (folder: string): string => {
  const mark = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\butler-${mark}`;
  const own = resolve(folder, 'database', 'socket');
  if (Buffer.byteLength(own) <= socketBytesMax) return own;
  const short = join(tmpdir(), `butler-${process.getuid?.() ?? 0}-${mark}`);
  mkdirSync(short, { recursive: true, mode: 0o700 });
  return join(short, 'socket');
};

/** Tells Butler's other processes where the socket is. */
export const announce = (folder: string, socket: string): void => {
  const partial = `${noteOf(folder)}.partial`;
  writeFileSync(partial, JSON.stringify({ socket, pid: process.pid }), { mode: 0o600 });
  renameSync(partial, noteOf(folder));
};

export const withdraw = (folder: string): void => rmSync(noteOf(folder), { force: true });

/** The socket that the server process announced, or undefined while there is none. */
export const announced = (folder: string): string | undefined => {
  try {
    const { socket } = JSON.parse(readFileSync(noteOf(folder), 'utf8')) as { socket?: string };
    return socket;
  } catch {
    return undefined;
  }
};
