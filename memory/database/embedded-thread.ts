/** The worker thread in which the embedded Postgres lives: it computes, and audio never waits. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import { Backend } from './backend.ts';
import { openCluster } from './cluster.ts';
import { copyCluster } from './copy.ts';
import { messageOf } from './error.ts';
import { offer } from './offer.ts';

/** What the main thread asks for; `id` comes back with the answer. */
export type Wish =
  | { kind: 'connect'; port: MessagePort }
  | { kind: 'copy'; id: number; to: string }
  | { kind: 'close'; id: number };

/** What the thread tells the main thread. */
export type Word =
  | { kind: 'ready' }
  | { kind: 'refused'; why: string }
  | { kind: 'lost'; why: string }
  | { kind: 'done'; id: number; blockedMs?: number; error?: string };

export interface ThreadData {
  /** The cluster's folder. */
  cluster: string;
  /** A Unix socket or a named pipe for Butler's other processes. */
  socket: string | undefined;
  silentMs: number;
}

const { cluster, socket, silentMs } = workerData as ThreadData;
const port = parentPort;
if (!port) throw new Error('This file is a worker thread: memory/database/embedded.ts starts it.');
const say = (word: Word): void => port.postMessage(word);

/** The parameters that a server reports to each client at its login. */
const reported = async (database: PGlite): Promise<Record<string, string>> => {
  const { rows } = await database.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('server_version', 'server_encoding',
      'client_encoding', 'DateStyle', 'integer_datetimes', 'IntervalStyle', 'TimeZone',
      'standard_conforming_strings')`,
  );
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
};

const connect = (backend: Backend, client: MessagePort): void => {
  const session = backend.join({
    send: (bytes) => client.postMessage(new Uint8Array(bytes)),
    cut: () => client.close(),
  });
  client.on('message', (bytes: Uint8Array) => session.receive(Buffer.from(bytes)));
  client.on('close', () => session.leave());
};

const serve = async (database: PGlite): Promise<void> => {
  const lost = (error: unknown): void => {
    say({ kind: 'lost', why: messageOf(error) });
    // The thread's memory is not to be trusted any more: a fresh one recovers from the log.
    process.exit(1);
  };
  const backend = new Backend({
    execute: (batch, answer) =>
      database.execProtocolRawStream(batch, {
        // The bytes lie in the backend's memory, which the next batch overwrites.
        onRawData: (bytes) => answer(Buffer.from(bytes)),
      }),
    parameters: await reported(database),
    silentMs,
    lost,
  });
  const closeOffer = socket ? await offer(backend, socket) : async () => undefined;
  const close = async (): Promise<void> => {
    await closeOffer();
    await backend.exclusive(() => database.close());
  };
  port.on('message', async (wish: Wish) => {
    if (wish.kind === 'connect') return connect(backend, wish.port);
    const { id } = wish;
    try {
      if (wish.kind === 'copy') {
        const blockedMs = await copyCluster({ database, backend, cluster, to: wish.to });
        return say({ kind: 'done', id, blockedMs });
      }
      await close();
      say({ kind: 'done', id });
      port.close();
    } catch (error) {
      say({ kind: 'done', id, error: messageOf(error) });
    }
  });
};

try {
  await serve(await openCluster(cluster));
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'refused', why: messageOf(error) });
  port.close();
}
