/** One real Postgres server in a temporary folder, which does not outlive the test. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../ports.ts';
import { findPostgres } from './install.ts';

export interface PostgresServer {
  port: number;
  /** postgres://…/NAME; a database of that name has to exist. */
  url(database: string): string;
  /** Ends it at once, as a crash of the machine's power would look to a client. */
  kill(): Promise<void>;
  /** Ends it and lets clients finish nothing. */
  halt(): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
  /** Ends it for good and removes its data. */
  remove(): Promise<void>;
}

const READY_WITHIN_MS = 20_000;
/** initdb and postgres refuse to run as root: then it is the user nobody. */
const NOBODY = 65_534;

const isRoot = process.getuid?.() === 0;
const asNobody = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Kills the server when our end of the pipe closes, however this process ends. */
const leash =
  'exec 3<&0; "$@" </dev/null 3<&- & child=$!; ' +
  '{ cat <&3 >/dev/null; kill -QUIT $child 2>/dev/null; } & wait $child';

interface Place {
  programs: string;
  data: string;
  port: number;
}

const options = ({ data, port }: Place): string[] =>
  Object.entries({
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '32MB',
    // A killed process loses nothing without it; only a power cut would.
    fsync: 'off',
    log_destination: 'stderr',
  })
    .flatMap(([name, value]) => ['-c', `${name}=${value}`])
    .concat('-D', data);

const initialise = ({ programs, data }: Place): string | undefined => {
  const words = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  const { status, stderr, error } = spawnSync(
    join(programs, 'initdb'),
    [...words, '--locale=C.UTF-8'],
    { ...asNobody, cwd: tmpdir(), encoding: 'utf8', timeout: 60_000 },
  );
  return status === 0 ? undefined : `initdb failed: ${error?.message ?? stderr}`;
};

/** The postmaster's own process id, from the first line of its file. */
const postmaster = ({ data }: Place): number =>
  Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);

const isReady = ({ programs, port }: Place): boolean =>
  spawnSync(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)], {
    timeout: 5_000,
  }).status === 0;

/** Where the postmaster was killed, its children end a moment later, and until then block it. */
const blocked = /shared memory block .* is still in use/;

const launch = async (place: Place): Promise<ChildProcess> => {
  const giveUpAtMs = performance.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      return await launchOnce(place);
    } catch (error) {
      const isBlocked = error instanceof Error && blocked.test(error.message);
      if (!isBlocked || performance.now() > giveUpAtMs) throw error;
      await sleep(100);
    }
  }
};

const launchOnce = async (place: Place): Promise<ChildProcess> => {
  const program = join(place.programs, 'postgres');
  const child = spawn('sh', ['-c', leash, 'leash', program, ...options(place)], {
    ...asNobody,
    cwd: tmpdir(),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (part: Buffer) => {
    said = (said + part).slice(-4_000);
  });
  child.stdin?.on('error', () => undefined);
  const giveUpAtMs = performance.now() + READY_WITHIN_MS;
  while (!isReady(place)) {
    if (child.exitCode !== null || performance.now() > giveUpAtMs) {
      child.stdin?.destroy();
      throw new Error(`Postgres did not start:\n${said}`);
    }
    await sleep(50);
  }
  // It must not keep a test's process from ending; the leash ends it then.
  child.unref();
  return child;
};

/** A server of one's own; `unavailable` says what would help. */
export const openServer = async (): Promise<PostgresServer | { unavailable: string }> => {
  const found = await findPostgres();
  if ('unavailable' in found) return found;
  const [port = 0] = await freePorts(['tcp']);
  const folder = mkdtempSync(join(tmpdir(), 'butler-postgres-'));
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const place = { programs: found.programs, data: join(folder, 'data'), port };
  const gone = () => rmSync(folder, { recursive: true, force: true });
  let child: ChildProcess | undefined;
  const end = async (signal: 'SIGKILL' | 'SIGQUIT'): Promise<void> => {
    if (!child) return;
    const ended = child.exitCode === null ? once(child, 'exit') : undefined;
    process.kill(postmaster(place), signal);
    await ended;
    child.stdin?.destroy();
    child = undefined;
  };
  const server: PostgresServer = {
    port,
    url: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    kill: () => end('SIGKILL'),
    halt: () => end('SIGQUIT'),
    start: async () => {
      child ??= await launch(place);
    },
    remove: async () => {
      await end('SIGQUIT');
      gone();
    },
  };
  const failed = initialise(place);
  try {
    if (failed) throw new Error(failed);
    await server.start();
    return server;
  } catch (error) {
    gone();
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
};
