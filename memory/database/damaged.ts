/** What to do about an embedded database that cannot be read. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseError, messageOf } from './error.ts';
import { clusterOf } from './place.ts';

/** The newest backup where backups lie by default: their names sort by time. */
const newestBackup = (folder: string): string | undefined => {
  try {
    const names = readdirSync(join(folder, 'backups'));
    const newest = names
      .filter((name) => /^butler-.*\.tar\.gz(\.sealed)?$/.test(name))
      .sort()
      .at(-1);
    return newest && resolve(folder, 'backups', newest);
  } catch {
    return undefined;
  }
};

/** @param folder BUTLER_DATA. */
export const damaged = (folder: string, error: unknown): DatabaseError => {
  const newest = newestBackup(folder);
  const wayBack = newest
    ? `The newest backup is ${newest}; \`npm run restore -- ${newest}\` goes back to it and ` +
      'keeps the damaged folder.'
    : 'There is no backup of it here: `npm run restore -- FILE` goes back to one that lies ' +
      'elsewhere (BUTLER_BACKUPS), or move the folder away to begin with an empty one.';
  return new DatabaseError(
    { code: 'database-damaged' },
    `The database in ${clusterOf(folder)} cannot be read (${messageOf(error)}). Nothing in it ` +
      `was changed. ${wayBack}`,
    error,
  );
};
