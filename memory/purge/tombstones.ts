/** Who was purged, so that an older backup does not bring them back; nobody can read who it was. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Sql } from '../database.ts';
import { purgeRows } from './rows.ts';

const stored = z.object({
  version: z.literal(1),
  purged: z.array(z.object({ salt: z.string(), hash: z.string(), at: z.iso.datetime() })),
});
type Tombstone = z.infer<typeof stored>['purged'][number];

const fileIn = (folder: string): string => join(folder, 'purged.json');

const hashOf = (id: string, salt: string): string =>
  createHash('sha256').update(`${salt}:${id}`).digest('hex');

/** @throws when the file is damaged: a guess would bring somebody back. */
const read = (folder: string): Tombstone[] => {
  let text: string;
  try {
    text = readFileSync(fileIn(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return stored.parse(JSON.parse(text)).purged;
};

const write = (folder: string, purged: Tombstone[]): void => {
  const file = fileIn(folder);
  writeFileSync(`${file}.new`, `${JSON.stringify({ version: 1, purged })}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

const isOf =
  (id: string) =>
  ({ salt, hash }: Tombstone): boolean =>
    hashOf(id, salt) === hash;

/** Whoever is named here is not restored. @param folder BUTLER_DATA. */
export const addTombstone = (folder: string, id: string, at: Date): void => {
  const before = read(folder);
  if (before.some(isOf(id))) return;
  const salt = randomBytes(16).toString('hex');
  write(folder, [...before, { salt, hash: hashOf(id, salt), at: at.toISOString() }]);
};

/** The purge came to nothing. */
export const removeTombstone = (folder: string, id: string): void => {
  write(
    folder,
    read(folder).filter((one) => !isOf(id)(one)),
  );
};

/**
 * After a restore: deletes again whoever was purged since the backup was made. What lies of them in
 * restored files is for the caller to take away.
 * @param folder BUTLER_DATA with the list as it is now, not as it was in the backup.
 * @returns their ids.
 */
export const applyTombstones = async (sql: Sql, folder: string): Promise<string[]> => {
  const tombstones = read(folder);
  if (tombstones.length === 0) return [];
  const people = await sql<{ id: string }[]>`select id from butler.users`;
  const back = people.filter(({ id }) => tombstones.some(isOf(id))).map(({ id }) => id);
  for (const id of back) await purgeRows(sql, id);
  return back;
};
