/** Builds the real LiveKit server with Go once, since no registry carries its binary. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from './once.ts';

const LIVEKIT_VERSION = '1.13.5';
const SERVER_MODULE = 'github.com/livekit/livekit-server';
const COMMAND = `${SERVER_MODULE}/cmd/server`;
const BUILD_WITHIN_MS = 15 * 60_000;
const PROGRESS_EVERY_MS = 10_000;

const without =
  'The tests need a LiveKit server: install Go (https://go.dev/dl) to have it built here, or ' +
  '`brew install livekit`, or take the binary from the image livekit/livekit-server and name ' +
  'it in LIVEKIT_SERVER.';

/** Where built servers and other things the tests need are kept. */
export function testDataFolder(): string {
  const kept = fileURLToPath(new URL('../../.butler/test/', import.meta.url));
  return process.env.BUTLER_TEST_DATA ?? kept;
}

/** Whether a program can be started at all; its exit status does not matter. */
function runs(program: string, flag = '--version'): boolean {
  return spawnSync(program, [flag], { stdio: 'ignore', timeout: 20_000 }).error === undefined;
}

interface Step {
  folder: string;
  arguments: string[];
}

function go({ folder, arguments: words }: Step): Promise<void> {
  // The build must not depend on a workspace or on a version-control folder around it.
  const env = { ...process.env, GOWORK: 'off', GOFLAGS: '-buildvcs=false' };
  const child = spawn('go', words, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part) => {
    said = (said + part).slice(-4_000);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`go ${words[0]} ${words[1] ?? ''} failed (${code}):\n${said}`));
    });
  });
}

/** A wrapper module pins the version; `go build` then fetches and compiles it. */
async function build(folder: string, binary: string): Promise<void> {
  const source = join(folder, 'source');
  rmSync(source, { recursive: true, force: true });
  mkdirSync(source, { recursive: true });
  const startedAtMs = performance.now();
  const say = (text: string) => console.log(`LiveKit server ${LIVEKIT_VERSION}: ${text}`);
  say('building it with Go, once (1 to 4 minutes) …');
  const progress = setInterval(() => {
    say(`still building, ${Math.round((performance.now() - startedAtMs) / 1000)} s …`);
  }, PROGRESS_EVERY_MS);
  try {
    await go({ folder: source, arguments: ['mod', 'init', 'butler.test/livekit'] });
    const pin = ['-tool', COMMAND, '-require', `${SERVER_MODULE}@v${LIVEKIT_VERSION}`];
    await go({ folder: source, arguments: ['mod', 'edit', ...pin] });
    const partial = `${binary}.partial`;
    await go({ folder: source, arguments: ['build', '-mod=mod', '-o', partial, COMMAND] });
    // Renaming last: a binary with its final name is always a whole one.
    renameSync(partial, binary);
    say(`built in ${Math.round((performance.now() - startedAtMs) / 1000)} s.`);
  } finally {
    clearInterval(progress);
    rmSync(source, { recursive: true, force: true });
  }
}

/**
 * The path of a LiveKit server: `LIVEKIT_SERVER`, one on the PATH, or one built here and kept
 * in the data folder. Parallel callers build once.
 */
export async function findLiveKit(
  dataFolder = testDataFolder(),
): Promise<{ path: string } | { unavailable: string }> {
  const named = process.env.LIVEKIT_SERVER;
  if (named) {
    if (existsSync(named)) return { path: named };
    return { unavailable: `LIVEKIT_SERVER names ${named}, which does not exist.` };
  }
  if (runs('livekit-server')) return { path: 'livekit-server' };
  const folder = join(dataFolder, `livekit-${LIVEKIT_VERSION}`);
  const extension = process.platform === 'win32' ? '.exe' : '';
  const path = join(folder, `livekit-server${extension}`);
  if (existsSync(path)) return { path };
  if (!runs('go', 'version')) return { unavailable: without };
  try {
    await once({
      lock: join(folder, 'building'),
      isDone: () => existsSync(path),
      work: () => build(folder, path),
      withinMs: BUILD_WITHIN_MS,
    });
  } catch (error) {
    return { unavailable: `${without}\n${error instanceof Error ? error.message : error}` };
  }
  return { path };
}
