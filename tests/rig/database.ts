/** Runs the same tests on both databases: the embedded one, and a real Postgres with pgvector. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { type Database, openDatabase } from '../../memory/database.ts';
import { findPostgres } from '../servers/postgres/install.ts';
import { startPostgres, type TestPostgres } from '../servers/postgres.ts';
import { embeddedFolder, silent } from './database-folder.ts';

const found = await findPostgres();
/** Why the tests on a real Postgres are not run. */
export const noPostgres = 'unavailable' in found ? found.unavailable : undefined;

interface Opened {
  database: Database;
  /** Of DATABASE_URL's kind, where it is a server. */
  url: string | undefined;
  folder: string;
}

const openEmbedded = async (): Promise<Opened> => {
  const folder = await embeddedFolder();
  const database = await openDatabase({ folder, role: 'server', log: silent });
  return { database, url: undefined, folder };
};

/**
 * A describe block for each engine. `open` gives a fresh, migrated database each time; all are
 * closed after the block. Without a real Postgres its block is skipped: its name says why.
 */
export const eachEngine = (
  tests: (open: () => Promise<Database>, engine: Database['engine']) => void,
): void => {
  describe('on the embedded database', () => {
    const opened: Opened[] = [];
    afterAll(async () => {
      for (const { database, folder } of opened) {
        await database.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });
    tests(async () => {
      const one = await openEmbedded();
      opened.push(one);
      return one.database;
    }, 'pglite');
  });
  describe.skipIf(noPostgres)(`on a real Postgres${noPostgres ? `: ${noPostgres}` : ''}`, () => {
    const closings: (() => Promise<void>)[] = [];
    let held: TestPostgres | { unavailable: string };
    beforeAll(async () => {
      // Held to the end of the block, so that the server is started once.
      held = await startPostgres();
    });
    afterAll(async () => {
      for (const close of closings) await close();
      if (held && !('unavailable' in held)) await held.stop();
    });
    tests(async () => {
      const server = await startPostgres();
      if ('unavailable' in server) throw new Error(server.unavailable);
      const folder = mkdtempSync(join(tmpdir(), 'butler-database-'));
      const database = await openDatabase({ url: server.url, folder, role: 'server', log: silent });
      closings.push(async () => {
        await database.close();
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      });
      return database;
    }, 'postgres');
  });
};
