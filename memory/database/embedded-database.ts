/** The embedded database as a `Database`: in the server process, and for its worker processes. */
import { rmSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import type { Database, OpenDatabase } from '../database.ts';
import { damaged } from './damaged.ts';
import { openEmbedded } from './embedded.ts';
import { Health } from './health.ts';
import { LastingSocket } from './lasting-socket.ts';
import { migrate } from './migrations.ts';
import { asPerson } from './person.ts';
import { announced, copyOf, socketFor } from './place.ts';
import { prepare } from './prepare.ts';
import { connect, type Sql } from './sql.ts';
import { watched } from './watched.ts';

const ready = { state: 'ready', sentence: 'The embedded database is open.' } as const;

/** SQLSTATE classes XX (corrupted) and 58 (a file is missing or cannot be read). */
const isDamage = (error: unknown): boolean =>
  /^(XX|58)...$/.test((error as { code?: string } | undefined)?.code ?? '');

/** Reads each table once: a lost file shows now, and not in the middle of somebody's turn. */
const readAll = async (sql: Sql): Promise<void> => {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'butler'`;
  for (const { name } of tables) await sql`select count(*) from ${sql(`butler.${name}`)}`;
};

/** The server process: owns the folder and migrates. */
export const openEmbeddedDatabase = async (options: OpenDatabase): Promise<Database> => {
  const { folder, log } = options;
  let health: Health | undefined;
  const embedded = await openEmbedded({ folder, log, suspect: (error) => health?.suspect(error) });
  // What a process that was killed in a backup left: nobody's rows are to lie there.
  rmSync(copyOf(folder), { recursive: true, force: true });
  const { sql } = embedded;
  try {
    await prepare(sql);
    for (const { number, name } of await migrate(sql)) log.info({ number, name }, 'schema step');
    await readAll(sql);
  } catch (error) {
    await embedded.close();
    throw isDamage(error) ? damaged(folder, error) : error;
  }
  const own = new Health(
    ready,
    async () => {
      await sql`select 1`;
    },
    log,
  );
  health = own;
  return {
    engine: 'pglite',
    sql,
    asPerson: asPerson(() => sql, own),
    state: () => own.state(),
    copy: async () => {
      const cluster = copyOf(folder);
      const blockedMs = await embedded.copy(cluster);
      return { cluster, blockedMs };
    },
    close: async () => {
      own.close();
      await embedded.close();
    },
  };
};

/** The server's socket, whichever it is by now. */
const connectTo = async (folder: string): Promise<LastingSocket> =>
  new LastingSocket(connectSocket(announced(folder) ?? socketFor(folder)));

/** Another process of the same Butler: through the server's socket, whenever that is there. */
export const openEmbeddedForWorker = async (options: OpenDatabase): Promise<Database> => {
  const { folder, log } = options;
  let health: Health | undefined;
  const sql = connect(undefined, {
    max: 1,
    user: 'postgres',
    database: 'postgres',
    socket: () => connectTo(folder),
    onclose: () => health?.suspect(new Error('the connection to the server was closed')),
  });
  const first = { state: 'starting', sentence: 'The database is not there yet.' } as const;
  const opened = watched({ engine: 'pglite', sql, first, log });
  health = opened.health;
  return opened.database;
};
