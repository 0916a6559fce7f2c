/** A real Home Assistant with its demo home, on loopback for one test, gone afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once as event } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFolder, findHomeAssistant, own, say } from './home-assistant/install.ts';
import { onboard } from './home-assistant/onboard.ts';
import { once } from './once.ts';
import { freePorts } from './ports.ts';

/** As its REST interface gives it. */
export interface HomeAssistantState {
  entity_id: string;
  state: string;
  attributes: Record<string, unknown>;
}

export interface HomeAssistantServer {
  /** `http://127.0.0.1:PORT`. */
  url: string;
  /** Long-lived access token of the owner. */
  token: string;
  pid(): number;
  /** Calls a service over REST; throws with what was answered. */
  call(domain: string, service: string, data: Record<string, unknown>): Promise<void>;
  /** The state over REST, so that a test sees what Butler did by another way. */
  state(entityId: string): Promise<HomeAssistantState>;
  /** Ends the process, with no grace, and starts it again on the same port and data. */
  restart(whileDown?: () => Promise<void>): Promise<void>;
  /** What it has logged so far. */
  log(): string;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 10_000;
const PREPARE_WITHIN_MS = 10 * 60_000;
const LOG_CHARACTERS_MAX = 200_000;

interface Running {
  child: ChildProcess;
  url: string;
  log(): string;
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

const exited = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (exited(child)) return;
  const gone = event(child, 'exit');
  child.kill(signal);
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await gone;
  clearTimeout(force);
}

/** It answers before its devices are there; only RUNNING means that all of them are. */
async function isRunning(url: string, token: string | undefined): Promise<boolean> {
  const path = token ? '/api/config' : '/api/onboarding';
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(`${url}${path}`, { headers }).catch(() => undefined);
  if (!answer?.ok) return false;
  const body = (await answer.json()) as { state?: string };
  return token === undefined || body.state === 'RUNNING';
}

/** Starts `hass` on a folder; throws with the end of its log when it does not come up. */
async function launch(hass: string, folder: string, where: Where): Promise<Running> {
  const { port, token } = where;
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, BUTLER_TEST_PORT: String(port), PYTHONDONTWRITEBYTECODE: '1' };
  const child = spawn(hass, ['-c', folder, '--skip-pip'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let logged = '';
  const keep = (part: Buffer) => {
    logged = (logged + part).slice(-LOG_CHARACTERS_MAX);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.once('error', (error) => keep(Buffer.from(error.message)));
  // A test run that crashes takes its server with it.
  const atExit = () => void child.kill('SIGKILL');
  process.once('exit', atExit);
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    await end(child, signal);
    process.removeListener('exit', atExit);
  };
  const giveUpAtMs = performance.now() + READY_WITHIN_MS;
  while (!(await isRunning(url, token))) {
    if (exited(child) || performance.now() > giveUpAtMs) {
      await stop('SIGKILL');
      throw new Error(`Home Assistant did not start:\n${logged.split('\n').slice(-8).join('\n')}`);
    }
    await sleep(100);
  }
  return { child, url, log: () => logged, end: stop };
}

interface Where {
  port: number;
  token?: string;
}

/** Bump it when what `prepare` leaves in the folder changes. */
const HOME_REVISION = 1;

/** A folder with an owner, a token and the furnished home; made once and copied for each run. */
async function prepare(hass: string, home: string): Promise<void> {
  say('onboarding the demo home, once …');
  const partial = `${home}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  cpSync(own('configuration.yaml'), join(partial, 'configuration.yaml'));
  const [port = 0] = await freePorts(['tcp']);
  const running = await launch(hass, partial, { port });
  try {
    const token = await onboard(running.url);
    writeFileSync(join(partial, 'token'), token, { mode: 0o600 });
  } finally {
    // It writes its registries when it ends.
    await running.end();
  }
  renameSync(partial, home);
  say('the demo home is ready.');
}

async function prepared(hass: string): Promise<string> {
  const home = join(dataFolder(), `home-${HOME_REVISION}`);
  await once({
    lock: join(dataFolder(), 'preparing'),
    isDone: () => existsSync(home),
    work: () => prepare(hass, home),
    withinMs: PREPARE_WITHIN_MS,
  });
  return home;
}

async function checked(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

function server(hass: string, folder: string, first: Required<Where>): HomeAssistantServer {
  const { port, token } = first;
  const url = `http://127.0.0.1:${port}`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  let running: Running | undefined;
  const start = async () => {
    running = await launch(hass, folder, { port, token });
  };
  return {
    ...{ url, token },
    pid: () => running?.child.pid ?? 0,
    log: () => running?.log() ?? '',
    call: async (domain, service, data) => {
      const body = JSON.stringify(data);
      const path = `${url}/api/services/${domain}/${service}`;
      await checked(await fetch(path, { method: 'POST', headers, body }));
    },
    state: async (entityId) =>
      (await checked(
        await fetch(`${url}/api/states/${entityId}`, { headers }),
      )) as HomeAssistantState,
    restart: async (whileDown) => {
      await running?.end('SIGKILL');
      running = undefined;
      await whileDown?.();
      await start();
    },
    stop: async () => {
      await running?.end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Home Assistant's own errors are `{ code, message }`, no Errors. */
const reasonOf = (error: unknown): string =>
  (error as { message?: string } | undefined)?.message ?? String(error);

/** Starts it, installing and onboarding it first where it must; or says what would help. */
export async function startHomeAssistant(): Promise<HomeAssistantServer | { unavailable: string }> {
  const found = await findHomeAssistant();
  if ('unavailable' in found) return found;
  let folder: string | undefined;
  try {
    const home = await prepared(found.path);
    folder = mkdtempSync(join(tmpdir(), 'butler-home-assistant-'));
    cpSync(home, folder, { recursive: true });
    // The home's names stay as cached; what reaches its locks is read anew.
    cpSync(own('configuration.yaml'), join(folder, 'configuration.yaml'));
    const token = readFileSync(join(folder, 'token'), 'utf8');
    const [port = 0] = await freePorts(['tcp']);
    const made = server(found.path, folder, { port, token });
    await made.restart();
    return made;
  } catch (error) {
    if (folder) rmSync(folder, { recursive: true, force: true });
    return { unavailable: reasonOf(error) };
  }
}
