/** Folders of this machine, read only: every file is checked on its open handle, never by name. */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, opendir, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Entry } from './entry.ts';
import { isPlainPart, partsOf } from './paths.ts';

export interface Root {
  /** As it is heard, and what its files begin with. */
  name: string;
  /** As it was set. */
  folder: string;
}

/** A root that is not there, a path that leads out, a file that is none. */
export class LocalError extends Error {
  readonly kind: 'root-gone' | 'not-found' | 'not-allowed';
  constructor(kind: LocalError['kind']) {
    super(kind);
    this.kind = kind;
  }
}

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_DIRECTORY = 0 } = constants;

/** Where the open handle really lies, as the system knows it; undefined where it does not say. */
const placeOf = async (handle: FileHandle): Promise<string | undefined> => {
  try {
    return await readlink(`/proc/self/fd/${handle.fd}`);
  } catch {
    return undefined;
  }
};

/** Elsewhere: what is at the path now, free of links, is what was opened. */
const isStillAt = async (handle: FileHandle, real: string): Promise<boolean> => {
  const [opened, there] = await Promise.all([handle.stat(), lstat(real)]);
  return opened.dev === there.dev && opened.ino === there.ino;
};

const isInside = (root: string, place: string): boolean =>
  place === root || place.startsWith(root.endsWith(path.sep) ? root : root + path.sep);

interface Opened {
  handle: FileHandle;
  /** A path that leads to this very folder, whatever its name leads to by now. */
  at: string;
}

/** @throws {LocalError} unless it is a plain file or folder of the root. */
const openInside = async (root: string, full: string, kind: 'file' | 'folder'): Promise<Opened> => {
  const before = await lstat(full).catch(() => undefined);
  // A device or a pipe is not even opened: that alone may do something, or wait for ever.
  const fits = kind === 'file' ? before?.isFile() : before?.isDirectory();
  if (!fits) throw new LocalError('not-found');
  const flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | (kind === 'folder' ? O_DIRECTORY : 0);
  const handle = await open(full, flags).catch(() => {
    throw new LocalError('not-found');
  });
  try {
    const now = await handle.stat();
    if (kind === 'file' ? !now.isFile() : !now.isDirectory()) throw new LocalError('not-found');
    const place = await placeOf(handle);
    const real = place ?? (await realpath(full));
    const same = place !== undefined || (await isStillAt(handle, real));
    if (!same || !isInside(root, real)) throw new LocalError('not-allowed');
    return { handle, at: place === undefined ? real : `/proc/self/fd/${handle.fd}` };
  } catch (error) {
    await handle.close();
    throw error instanceof LocalError ? error : new LocalError('not-found');
  }
};

/** @throws {LocalError} root-gone */
const rootOf = async ({ folder }: Root): Promise<string> => {
  try {
    const real = await realpath(folder);
    if ((await lstat(real)).isDirectory()) return real;
  } catch {
    // Said below.
  }
  throw new LocalError('root-gone');
};

export interface Walk {
  entries: Entry[];
  /** It took too long, or there is too much: these are not all. */
  cut: boolean;
}

const entriesMax = 100_000;
const foldersDeep = 32;
const lookAtOnce = 64;

interface Walking {
  root: string;
  name: string;
  signal: AbortSignal;
  until: () => boolean;
  times: boolean;
}

/** Names of one folder, with what each is; links, devices and hidden ones are passed over. */
const listed = async (walking: Walking, parts: readonly string[]) => {
  const full = path.join(walking.root, ...parts);
  const { handle, at } = await openInside(walking.root, full, 'folder');
  try {
    const [files, folders]: [Entry[], string[]] = [[], []];
    let waiting: Promise<void>[] = [];
    const look = async (name: string): Promise<void> => {
      const file = [walking.name, ...parts, name].join('/');
      if (!walking.times) return void files.push({ file });
      const about = await lstat(path.join(at, name)).catch(() => undefined);
      if (about?.isFile()) files.push({ file, bytes: about.size, changedAt: about.mtime });
    };
    for await (const entry of await opendir(at)) {
      if (!isPlainPart(entry.name)) continue;
      if (entry.isDirectory()) folders.push(entry.name);
      else if (entry.isFile()) waiting.push(look(entry.name));
      if (waiting.length < lookAtOnce) continue;
      await Promise.all(waiting);
      waiting = [];
      if (walking.until()) break;
    }
    await Promise.all(waiting);
    return { files, folders };
  } finally {
    await handle.close();
  }
};

/**
 * All files of a root, as far as `withinMs` goes.
 * @param options.times sizes and times too, which takes three times as long.
 * @throws {LocalError} root-gone
 */
export const walk = async (
  root: Root,
  { signal, withinMs, times }: { signal: AbortSignal; withinMs: number; times: boolean },
): Promise<Walk> => {
  const endAtMs = performance.now() + withinMs;
  const entries: Entry[] = [];
  const until = (): boolean => performance.now() > endAtMs || entries.length > entriesMax;
  const walking: Walking = { root: await rootOf(root), name: root.name, signal, until, times };
  const folders: string[][] = [[]];
  for (let parts = folders.shift(); parts !== undefined; parts = folders.shift()) {
    signal.throwIfAborted();
    if (until()) return { entries: entries.slice(0, entriesMax), cut: true };
    const found = await listed(walking, parts).catch((error: unknown) => {
      // A folder that went away, or that may not be read, hides nothing else.
      if (error instanceof LocalError || (error as { code?: string }).code) return undefined;
      throw error;
    });
    for (const entry of found?.files ?? []) entries.push(entry);
    if (parts.length < foldersDeep) {
      for (const name of found?.folders ?? []) folders.push([...parts, name]);
    }
    // A big tree must not keep somebody else's turn waiting.
    await breathe();
  }
  return { entries: entries.slice(0, entriesMax), cut: entries.length > entriesMax };
};

export interface Slice {
  bytes: Uint8Array;
  /** Of the whole file. */
  size: number;
}

/**
 * Some bytes of one file of the root.
 * @param below path below the root.
 * @throws {LocalError}
 */
export const readLocal = async (
  root: Root,
  below: string,
  { offset, length }: { offset: number; length: number },
): Promise<Slice> => {
  const parts = partsOf(below);
  if (!parts) throw new LocalError('not-allowed');
  const real = await rootOf(root);
  const { handle } = await openInside(real, path.join(real, ...parts), 'file');
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
    return { bytes: buffer.subarray(0, bytesRead), size };
  } finally {
    await handle.close();
  }
};

/** Size and time of one file of the root. @throws {LocalError} */
export const aboutLocal = async (
  root: Root,
  parts: readonly string[],
): Promise<{ bytes: number; changedAt: Date }> => {
  const real = await rootOf(root);
  const { handle } = await openInside(real, path.join(real, ...parts), 'file');
  try {
    const { size, mtime } = await handle.stat();
    return { bytes: size, changedAt: mtime };
  } finally {
    await handle.close();
  }
};

/** Is the root there? */
export const isThere = async (root: Root): Promise<boolean> =>
  rootOf(root).then(
    () => true,
    () => false,
  );
