/** Which files below BUTLER_DATA are the house's state: all but what is made anew or kept apart. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';

/** Models can be fetched again; the database goes by its rows; notes are of running processes. */
const apart = new Set([
  ...['models', 'bench', 'test', 'database', 'backups', 'node_modules'],
  ...['database.json', 'models.json', 'restore.json', '.restoring'],
]);
/** Half-written by some process just now. */
const unfinished = /\.(tmp|new|partial)$/;
/** Where an earlier restore put what was there before it. */
const formerState = /^before-/;

/** Whether something of this name in BUTLER_DATA itself belongs to the state. */
export const isState = (name: string): boolean =>
  !apart.has(name) && !unfinished.test(name) && !formerState.test(name);

const entriesOf = async (folder: string): Promise<Dirent[]> => {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** Names in BUTLER_DATA itself that belong to the state. Links lead elsewhere: they stay. */
export const stateEntries = async (folder: string, backups: string): Promise<Dirent[]> =>
  (await entriesOf(folder)).filter(
    (entry) =>
      (entry.isFile() || entry.isDirectory()) &&
      isState(entry.name) &&
      resolve(folder, entry.name) !== resolve(backups),
  );

/**
 * Paths of the state's files below BUTLER_DATA, with `/` on every system.
 * @param backups where backups lie: no backup holds another one.
 */
export const stateFiles = async (folder: string, backups: string): Promise<string[]> => {
  const found: string[] = [];
  const walk = async (entry: Dirent, parent: string): Promise<void> => {
    const path = join(parent, entry.name);
    if (entry.isFile() && !unfinished.test(entry.name)) found.push(path);
    if (!entry.isDirectory() || resolve(path) === resolve(backups)) return;
    for (const below of await entriesOf(path)) await walk(below, path);
  };
  for (const entry of await stateEntries(folder, backups)) await walk(entry, folder);
  return found.map((path) => relative(folder, path).split(sep).join('/')).sort();
};
