/** A whole Butler for a test: the real server process, and people who come in by a door. */
import { type ChildProcess, spawn } from 'node:child_process';
import { rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { embeddedFolder } from './database-folder.ts';
import { joinByLiveKit, type LiveKitUser } from './livekit-user.ts';
import { joinByWebSocket, type WebSocketUser } from './websocket-user.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const upWithinMs = 30_000;
const downWithinMs = 15_000;

/** As `POST /api/v1/voice/session` answers. */
export type VoiceSession =
  | { transport: 'websocket'; url: string; ticket: string }
  | { transport: 'livekit'; url: string; token: string; room: string };

export interface RunningButler {
  /** `http://127.0.0.1:PORT` */
  url: string;
  token: string;
  pid: number;
  dataFolder: string;
  /** Everything it printed so far. */
  output(): string;
  exit: Promise<number | null>;
  /** A request with the owner's token; a body makes it a POST of JSON. */
  request(route: string, body?: unknown): Promise<Response>;
  session(): Promise<VoiceSession>;
  join(): Promise<WebSocketUser>;
  joinRoom(): Promise<LiveKitUser>;
  /** Ends it as Ctrl-C does; the data folder goes too. */
  stop(): Promise<void>;
}

export interface StartOptions {
  environment?: Record<string, string>;
  /** Kept afterwards, and not set up again when it has been. */
  dataFolder?: string;
  /** A folder with local models that are set up already. */
  models?: string;
  /** Nobody lives there yet: whoever opens the page is the first. */
  untouched?: boolean;
}

export const ownerOfTests = { name: 'Ada', username: 'ada', password: 'correct horse battery' };

/** Variables of the machine that must not leak into a test. */
const ours = new RegExp(
  '^(BUTLER|LIVEKIT|GROQ|ANTHROPIC|KOKORO|DATABASE|EMBEDDINGS|JWT|HOME_ASSISTANT|CALDAV|GOOGLE|' +
    'IMAP|MQTT|WEATHER|FILES|NEXTCLOUD|MCP|SKILLS)_',
);

const cleanEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || ours.test(name) ? [] : [[name, value]],
    ),
  );

const spawnServer = (dataFolder: string, environment: Record<string, string> | undefined) => {
  // As in agent/setup/commands.mjs.
  const flags = ['--max-semi-space-size=16', '--max-old-space-size=768'];
  const child = spawn(process.execPath, [...flags, 'agent/start.ts'], {
    cwd: root,
    // The channel ends it with this process, should that die before it stops it.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...cleanEnvironment(),
      NODE_ENV: 'production',
      BUTLER_PORT: '0',
      BUTLER_TIMEZONE: 'Europe/Oslo',
      BUTLER_DATA: dataFolder,
      ...environment,
    },
  });
  let output = '';
  let ending = false;
  child.stdout?.on('data', (text) => (output += text));
  child.stderr?.on('data', (text) => (output += text));
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  void exit.then((code) => {
    // A death that no test asked for is told with its last words.
    if (!ending && code !== 0) console.error(`Butler ended (${code}):\n${output.slice(-4_000)}`);
  });
  const end = async (): Promise<void> => {
    ending = true;
    child.kill('SIGINT');
    const force = setTimeout(() => child.kill('SIGKILL'), downWithinMs);
    await exit;
    clearTimeout(force);
  };
  return { child, output: () => output, exit, end };
};

/** Starts the server and waits for its address. */
export const startButler = async (options: StartOptions = {}): Promise<RunningButler> => {
  const dataFolder = options.dataFolder ?? (await embeddedFolder());
  if (options.models) await symlink(options.models, path.join(dataFolder, 'models'));
  const { child, output, exit, end } = spawnServer(dataFolder, options.environment);
  const url = await addressOf(child, output);
  const enter = options.untouched ? '' : await enterAs(url);
  const request = (route: string, body?: unknown): Promise<Response> =>
    fetch(`${url}${route}`, {
      headers: { authorization: `Bearer ${enter}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  const session = async (): Promise<VoiceSession> => {
    const answer = await request('/api/v1/voice/session', { door: 'app' });
    if (!answer.ok) throw new Error(`No voice session: ${await answer.text()}`);
    return (await answer.json()) as VoiceSession;
  };
  return {
    url,
    token: enter,
    pid: child.pid ?? 0,
    dataFolder,
    output,
    exit,
    request,
    session,
    join: async () => {
      const given = await session();
      if (given.transport !== 'websocket') throw new Error('This Butler talks over LiveKit.');
      return joinByWebSocket(given);
    },
    joinRoom: async () => {
      const given = await session();
      if (given.transport !== 'livekit') throw new Error('This Butler talks over a WebSocket.');
      return joinByLiveKit(given);
    },
    stop: async () => {
      await end();
      if (options.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true });
    },
  };
};

const addressOf = async (child: ChildProcess, output: () => string): Promise<string> => {
  const giveUpAtMs = performance.now() + upWithinMs;
  for (;;) {
    const address = /Butler is at (http:\S+)/.exec(output())?.[1];
    if (address) return address;
    if (child.exitCode !== null || performance.now() > giveUpAtMs) {
      child.kill('SIGKILL');
      throw new Error(`Butler did not come up:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** The first person, or the same one again. */
const enterAs = async (url: string): Promise<string> => {
  for (const route of ['/api/v1/setup', '/api/v1/auth/login']) {
    const answer = await fetch(`${url}${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(
        route.endsWith('setup')
          ? ownerOfTests
          : { username: ownerOfTests.username, password: ownerOfTests.password },
      ),
    });
    if (answer.ok) return ((await answer.json()) as { token: string }).token;
  }
  throw new Error('Nobody could be set up or logged in.');
};
