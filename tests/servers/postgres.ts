/** A fresh database on a real Postgres with pgvector: one server for all tests of a process. */
import postgres from 'postgres';
import { openServer, type PostgresServer } from './postgres/server.ts';

export interface TestPostgres {
  url: string;
  stop(): Promise<void>;
}

let server: Promise<PostgresServer | { unavailable: string }> | undefined;
let users = 0;
let count = 0;

const administer = async (url: string, statement: string): Promise<void> => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
};

/** The server ends with its last database. */
const leave = async (running: PostgresServer): Promise<void> => {
  users -= 1;
  if (users > 0) return;
  server = undefined;
  await running.remove();
};

/** An empty database; `unavailable` says what would help. */
export async function startPostgres(): Promise<TestPostgres | { unavailable: string }> {
  users += 1;
  server ??= openServer();
  const running = await server;
  if ('unavailable' in running) {
    users -= 1;
    server = undefined;
    return running;
  }
  const name = `test_${++count}`;
  await administer(running.url('postgres'), `create database ${name}`);
  return {
    url: running.url(name),
    stop: async () => {
      await administer(running.url('postgres'), `drop database ${name} with (force)`);
      await leave(running);
    },
  };
}
