/** One embedded database for a whole test file: opened once, emptied for each who asks. */
import { rmSync } from 'node:fs';
import { afterAll } from 'vitest';
import { type Database, openDatabase } from '../../memory/database.ts';
import { embeddedFolder, silent } from './database-folder.ts';

let opened: Promise<{ database: Database; folder: string }> | undefined;

const open = async () => {
  const folder = await embeddedFolder();
  return { folder, database: await openDatabase({ folder, role: 'server', log: silent }) };
};

afterAll(async () => {
  if (!opened) return;
  const { database, folder } = await opened;
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** With nobody and nothing in it, but for the audit log, which cannot be emptied. */
export const sharedDatabase = async (): Promise<Database> => {
  opened ??= open();
  const { database } = await opened;
  const { sql } = database;
  await sql`truncate butler.users, butler.device_requests, butler.invitations, butler.settings,
    butler.incidents, butler.documents cascade`;
  return database;
};
