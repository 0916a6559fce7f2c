/** The dumps of the embedded database: one for each day, seven of them, and how to go back. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseError, messageOf } from './error.ts';
import { clusterOf } from './place.ts';

const keep = 7;
const pattern = /^database-\d{4}-\d{2}-\d{2}\.tar\.gz$/;

const backupsOf = (folder: string): string => join(folder, 'backups');

/** Full paths, the newest first. */
export const dumpsIn = (folder: string): string[] => {
  try {
    const names = readdirSync(backupsOf(folder)).filter((name) => pattern.test(name));
    return names
      .sort()
      .reverse()
      .map((name) => resolve(backupsOf(folder), name));
  } catch {
    return [];
  }
};

/** The day as the household's clock shows it. */
const dayOf = (at: Date): string => {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
};

export const dumpFileFor = (folder: string, at: Date): string => {
  mkdirSync(backupsOf(folder), { recursive: true, mode: 0o700 });
  return join(backupsOf(folder), `database-${dayOf(at)}.tar.gz`);
};

/** Keeps the newest seven. */
export const dropOldDumps = (folder: string): void => {
  for (const file of dumpsIn(folder).slice(keep)) rmSync(file, { force: true });
};

/** What to do about a database that cannot be read. */
export const damaged = (folder: string, error: unknown): DatabaseError => {
  const [newest] = dumpsIn(folder);
  const wayBack = newest
    ? `The newest dump is ${newest}; \`node memory/database/restore.ts ${newest}\` goes back to ` +
      'it and keeps the damaged folder beside it.'
    : 'There is no dump of it: restore the folder from a backup of your own, or move it away to ' +
      'begin with an empty one.';
  return new DatabaseError(
    { code: 'database-damaged' },
    `The database in ${clusterOf(folder)} cannot be read (${messageOf(error)}). Nothing in it ` +
      `was changed. ${wayBack}`,
    error,
  );
};
