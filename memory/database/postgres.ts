/** A Postgres server as a `Database`: checked, migrated, and reached again after it was away. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, OpenDatabase } from '../database.ts';
import { DatabaseError, messageOf } from './error.ts';
import { type Health, isLost, type State } from './health.ts';
import { migrate } from './migrations.ts';
import { prepare } from './prepare.ts';
import { connect, type Sql } from './sql.ts';
import { watched } from './watched.ts';

const poolMax = 4;
const patienceMs = 30_000;
const retryEveryMs = 2_000;
/** Where pgvector usually lies; schemas that do not exist do no harm in a search path. */
const usualPath = 'butler, public, extensions, vectors';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const open = (url: string, searchPath: string, onclose?: () => void): Sql =>
  connect(url, {
    max: poolMax,
    connection: {
      application_name: 'butler',
      search_path: searchPath,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 30_000,
    },
    ...(onclose ? { onclose } : {}),
  });

/** The server's host and port, never the password. */
const shown = (url: string): string => new URL(url).host;

const explain = (error: unknown, url: string): unknown => {
  const { code = '' } = error as { code?: string };
  if (/^28/.test(code) || code === '3D000') {
    return new DatabaseError(
      { code: 'database-login-refused' },
      `Postgres at ${shown(url)} refuses the login: ${messageOf(error)}. Correct DATABASE_URL.`,
      error,
    );
  }
  if (!isLost(error)) return error;
  return new DatabaseError(
    { code: 'database-unreachable' },
    `Postgres at ${shown(url)} cannot be reached (${messageOf(error)}). Start it, or correct ` +
      'DATABASE_URL.',
    error,
  );
};

/** Tries until the server is there; it may be starting together with us. */
const reach = async <T>(
  { url, log }: { url: string; log: OpenDatabase['log'] },
  work: () => Promise<T>,
): Promise<T> => {
  const giveUpAtMs = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const clear = explain(error, url);
      const isPatient = isLost(error) && performance.now() < giveUpAtMs;
      if (!isPatient) throw clear;
      log.warn({}, `${messageOf(clear)} Trying again.`);
      await sleep(retryEveryMs);
    }
  }
};

type Options = OpenDatabase & { url: string };

/** @returns the search path on which `vector` is found. */
const makeReady = async ({ url, log }: Options): Promise<string> => {
  const sql = open(url, usualPath);
  try {
    const schema = await reach({ url, log }, () => prepare(sql));
    return `butler, public, ${quoted(schema)}`;
  } finally {
    await sql.end({ timeout: 2 });
  }
};

/** @throws DatabaseError; a worker never migrates and does not wait for the server. */
export const openPostgres = async (options: Options): Promise<Database> => {
  const { url, role, log } = options;
  const searchPath = role === 'server' ? await makeReady(options) : usualPath;
  let health: Health | undefined;
  const sql = open(url, searchPath, () => health?.suspect(new Error('a connection was closed')));
  if (role === 'server') {
    try {
      for (const { number, name } of await migrate(sql)) log.info({ number, name }, 'schema step');
    } catch (error) {
      await sql.end({ timeout: 2 });
      throw explain(error, url);
    }
  }
  const first: State =
    role === 'server'
      ? { state: 'ready', sentence: 'Postgres answers.' }
      : { state: 'starting', sentence: 'Postgres has not answered yet.' };
  const opened = watched({ engine: 'postgres', sql, first, log });
  health = opened.health;
  return opened.database;
};
