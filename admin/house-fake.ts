/** A house for tests: real people, tokens and tickets in a folder of its own, scripted doors. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../agent/config.ts';
import { createHappenings } from '../agent/happenings.ts';
import { createLog } from '../agent/log.ts';
import { createMetrics } from '../agent/metrics.ts';
import { openTurns } from '../agent/turns.ts';
import type { ChatEvent, CommandOutcome, Doors, House, HouseMemory, Part } from './house-view.ts';
import { fakeMemory } from './memory-fake.ts';
import { openPeople, type People, type Role } from './people.ts';
import { createAdmin } from './server.ts';
import { createTickets } from './tickets.ts';
import { openTokens, type Tokens } from './tokens.ts';

export const owner = { name: 'Ada Example', username: 'ada', password: 'correct horse battery' };
export const json = { 'content-type': 'application/json' };

async function* script(text: string, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  if (text === 'boom') throw new Error('private words of somebody');
  if (text === 'nothing') return;
  if (text === 'fault') {
    yield { type: 'error', code: 'mind-unreachable', title: 'No mind', detail: 'Set a key.' };
    return;
  }
  for (const piece of text.split(/(?<= )/)) yield { type: 'delta', text: piece };
  if (text === 'wait') {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    return;
  }
  yield { type: 'done', text };
}

/** Answers every text with its own words in pieces, but for the few words above. */
export const echoingDoors = (): Doors & { aborted: number; arrivals: string[] } => {
  const doors = {
    aborted: 0,
    arrivals: [] as string[],
    async *chat({ caller, text, signal }: Parameters<Doors['chat']>[0]): AsyncGenerator<ChatEvent> {
      doors.arrivals.push(`${caller.door} ${caller.role} ${caller.sure} ${caller.language}`);
      try {
        yield* script(text, signal);
      } finally {
        if (signal.aborted) doors.aborted += 1;
      }
    },
    command: async ({ tool, caller }: Parameters<Doors['command']>[0]): Promise<CommandOutcome> => {
      if (tool === 'boom') throw new Error('private words of somebody');
      if (tool === 'lock_open') return { ok: false, say: 'Shall I?', code: 'needs-yes' };
      return { ok: true, say: `${caller.name} did ${tool}.` };
    },
    // Tools as they are come with a toolbox: tests/mcp-server.test.ts.
    readings: { list: () => [], read: async () => undefined },
    voice: ({ socket, caller }: Parameters<Doors['voice']>[0]) => {
      doors.arrivals.push(`${caller.door} ${caller.name}`);
      socket.on('message', (data, binary) => socket.send(data, { binary }));
    },
  };
  return doors;
};

/** A log whose lines a test can read. */
const logInto = (lines: object[]) => {
  const log = createLog('debug');
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    log[level] = ((entry: object, message: string) => {
      lines.push({ level, ...entry, message });
    }) as typeof log.info;
  }
  return log;
};

/** Reads everything in three samples, and keeps what it read to whom. */
const fakeSpeaking = () => {
  const speaking = {
    silent: false,
    read: [] as string[],
    readAloud: async ({ text, caller }: Parameters<House['speaking']['readAloud']>[0]) => {
      speaking.read.push(`${caller.name}: ${text}`);
      if (speaking.silent) return undefined;
      return { samples: new Int16Array([1, -1, 2]), sampleRateHz: 24_000 };
    },
  };
  return speaking;
};

/** How tests send things and come in. */
const enteringBy = ({
  app,
  people,
  tokens,
}: {
  app: ReturnType<typeof createAdmin>['app'];
  people: People;
  tokens: Tokens;
}) => {
  const post = (path: string, body: unknown, headers: { [name: string]: string } = {}) =>
    app.request(path, {
      method: 'POST',
      headers: { ...json, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const enter = async (): Promise<{ user: { id: string }; bearer: { authorization: string } }> => {
    const answer = await post('/api/v1/setup', owner);
    const { user, token } = (await answer.json()) as { user: { id: string }; token: string };
    return { user, bearer: { authorization: `Bearer ${token}` } };
  };
  /** One more person in the house, logged in. */
  const joinAs = async (role: Role, name: string) => {
    const { password } = owner;
    const person = await people.create({ name, username: name.toLowerCase(), password, role });
    return { ...person, bearer: { authorization: `Bearer ${await tokens.issue(person)}` } };
  };
  return { post, enter, joinAs };
};

export const fakeAdmin = async ({
  environment = {},
  parts = [],
  doors = echoingDoors(),
  hosts = [],
  kept,
}: {
  environment?: NodeJS.ProcessEnv;
  parts?: Part[];
  doors?: ReturnType<typeof echoingDoors>;
  hosts?: string[];
  /** Instead of the fake memory. */
  kept?: HouseMemory;
} = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'butler-admin-'));
  const lines: object[] = [];
  const log = logInto(lines);
  const now = { ms: Date.parse('2026-03-01T12:00:00Z') };
  const clock = () => now.ms;
  const settings = readConfiguration({ BUTLER_DATA: folder, ...environment });
  const turns = await openTurns({
    folder: join(folder, 'turns'),
    now: () => new Date(now.ms),
    log,
    reads: true,
  });
  const [happenings, metrics] = [createHappenings(), createMetrics()];
  const version = '9.9.9';
  const pins = new Map<string, string | undefined>();
  const setPin: House['setPin'] = (personId, digits) => void pins.set(personId, digits);
  const memory = fakeMemory(() => new Date(now.ms));
  const speaking = fakeSpeaking();
  const shown = { settings, log, version, parts: () => parts };
  const shelf = kept ?? memory;
  const house: House = { ...shown, turns, happenings, metrics, setPin, memory: shelf, speaking };
  const people = await openPeople({ users: shelf.users, folder, clock });
  const tokens = await openTokens({ folder, secret: settings.JWT_SECRET, clock });
  const tickets = createTickets({ clock });
  const webFolder = join(folder, 'web');
  const made = { house, people, tokens, tickets, doors, webFolder, hosts, clock };
  const { app } = createAdmin(made);

  const doorbell = enteringBy({ app, people, tokens });
  const forget = async (): Promise<void> => {
    await turns.close();
    metrics.close();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    ...made,
    pins,
    turns,
    happenings,
    metrics,
    app,
    folder,
    now,
    lines,
    memory,
    speaking,
    ...doorbell,
    forget,
  };
};

export type FakeAdmin = Awaited<ReturnType<typeof fakeAdmin>>;
