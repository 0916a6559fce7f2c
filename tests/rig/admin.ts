/** A house for tests: real people, tokens and tickets in a folder of its own, scripted doors. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccounts } from '../../admin/accounts.ts';
import { openAudit } from '../../admin/audit.ts';
import { type Devices, openDevices } from '../../admin/devices.ts';
import type {
  ChatEvent,
  CommandOutcome,
  Doors,
  House,
  HouseMemory,
  Part,
} from '../../admin/house-view.ts';
import { openPeople, type People, type Role } from '../../admin/people.ts';
import { openSecrets } from '../../admin/secret.ts';
import { createAdmin } from '../../admin/server.ts';
import { createTickets } from '../../admin/tickets.ts';
import { openTokens, type Tokens } from '../../admin/tokens.ts';
import { houseBackups } from '../../agent/backups.ts';
import { createBelongings } from '../../agent/belongings.ts';
import { newBooks } from '../../agent/books.ts';
import { readConfiguration } from '../../agent/config.ts';
import { createHappenings } from '../../agent/happenings.ts';
import { createLog } from '../../agent/log.ts';
import { createMetrics } from '../../agent/metrics.ts';
import { openNotices } from '../../agent/notices.ts';
import { Unheard } from '../../agent/reports.ts';
import { Done } from '../../agent/taking-back/done.ts';
import { openTurns, type Turns } from '../../agent/turns.ts';
import { openTimers, type Timers } from '../../schedule/timers.ts';
import { fakeMemory } from '../fakes/memory.ts';
import { sharedDatabase } from './shared-database.ts';

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
    async *chat(turn: Parameters<Doors['chat']>[0]): AsyncGenerator<ChatEvent> {
      const { caller, signal } = turn;
      const text = 'text' in turn ? turn.text : Object.keys(turn).join(' ');
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
    catalogue: { integrations: () => [], tools: () => [] },
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
    const keep = (entry: object, message: string): void => {
      lines.push({ level, ...entry, message });
    };
    // A change of the level would take pino's own methods back.
    Object.defineProperty(log, level, { get: () => keep, set: () => undefined });
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
  devices,
  tokens,
}: {
  app: ReturnType<typeof createAdmin>['app'];
  people: People;
  devices: Devices;
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
  /** A token of this person, on a device of its own. */
  const comeFrom = async (personId: string, device = 'phone') => {
    const registered = {
      personId,
      name: `A ${device}`,
      type: 'phone',
      approvedBy: 'setup',
    } as const;
    const made = await devices.add(registered);
    return {
      deviceId: made.id,
      bearer: { authorization: `Bearer ${await tokens.issue(made)}` },
    };
  };
  /** One more person in the house, logged in. */
  const joinAs = async (role: Role, name: string) => {
    const { password } = owner;
    const person = await people.create({ name, username: name.toLowerCase(), password, role });
    return { ...person, ...(await comeFrom(person.id)) };
  };
  return { post, enter, joinAs, comeFrom };
};

/** Who may come in, and from where. */
const openEntry = async (
  { memory, settings, log }: House,
  { folder, clock }: { folder: string; clock: () => number },
) => {
  const people = await openPeople({ users: memory.users, folder, clock });
  const devices = await openDevices({ database: memory.database, log, clock });
  const tokens = await openTokens({
    ...{ folder, secret: settings.JWT_SECRET, clock, devices },
    isPerson: (id) => people.byId(id) !== undefined,
  });
  return { people, devices, tokens, tickets: createTickets({ clock }) };
};

/** The audit log, and what lies of people in files. */
const openRecords = async (
  { memory, log, setPin }: House,
  parts: {
    turns: Turns;
    timers: Timers;
    pins: Map<string, string | undefined>;
    clock: () => number;
  },
) => {
  const { turns, timers, pins, clock } = parts;
  const audit = openAudit({ database: memory.database, log, clock });
  const belongings = createBelongings({
    ...{ turns, timers, setPin, unheard: new Unheard(), done: new Done() },
    pins: { has: (personId) => pins.get(personId) !== undefined },
    memory: { recall: { drop: () => undefined } },
  });
  return { audit, belongings, close: () => audit.close() };
};

interface FakeAdminOptions {
  environment?: NodeJS.ProcessEnv;
  parts?: Part[] | undefined;
  doors?: ReturnType<typeof echoingDoors>;
  hosts?: string[];
  /** Instead of the fake memory. */
  kept?: HouseMemory | undefined;
}

/** The house behind the routes: real where that is light, else in a few lines. */
const openFakeHouse = async (
  { settings, log, parts, kept }: Pick<House, 'settings' | 'log'> & FakeAdminOptions,
  { folder, clock }: { folder: string; clock: () => number },
) => {
  const [turnsIn, at] = [join(folder, 'turns'), () => new Date(clock())];
  const turns = await openTurns({ folder: turnsIn, now: at, log, reads: true });
  const timers = await openTimers({ folder: join(folder, 'timers'), now: at });
  const [happenings, metrics] = [createHappenings(), createMetrics()];
  const version = '9.9.9';
  const pins = new Map<string, string | undefined>();
  const setPin: House['setPin'] = (personId, digits) => void pins.set(personId, digits);
  const memory = await fakeMemory(() => new Date(clock()), await sharedDatabase());
  const speaking = fakeSpeaking();
  const shown = { settings, log, version, parts: () => parts ?? [] };
  const shelf = kept ?? memory;
  const notices = openNotices({
    ...{
      database: shelf.database,
      users: shelf.users,
      happenings,
      log,
      language: 'en',
      timeZone: 'UTC',
    },
    clock: () => new Date(clock()),
  });
  const books = newBooks({ given: settings, log, clock: () => new Date(clock()) });
  await books.open(shelf.database, notices);
  const { database } = shelf;
  const backing = { database, notices, log, version, clock: () => new Date(clock()) };
  const backups = houseBackups(settings, { ...backing, isServer: false });
  const watching = { monitor: { states: () => [] }, incidents: undefined };
  const given = { ...shown, ...books, notices, backups, turns, happenings, metrics, watching };
  const toolbox = { tools: new Map<string, { effect: 'read' | 'write' | 'danger' }>() };
  const house: House = { ...given, timers, toolbox, setPin, memory: shelf, speaking };
  const all = [turns, books, notices, timers];
  const close = () => Promise.all(all.map((one) => one.close()));
  return {
    house,
    memory,
    pins,
    turns,
    timers,
    toolbox,
    books,
    happenings,
    metrics,
    speaking,
    close,
  };
};

export const fakeAdmin = async ({
  environment = {},
  parts,
  doors = echoingDoors(),
  hosts = [],
  kept,
}: FakeAdminOptions = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'butler-admin-'));
  const lines: object[] = [];
  const log = logInto(lines);
  const now = { ms: Date.parse('2026-03-01T12:00:00Z') };
  const clock = () => now.ms;
  const settings = readConfiguration({ BUTLER_DATA: folder, ...environment });
  const held = await openFakeHouse({ settings, log, parts, kept }, { folder, clock });
  const { close: closeHouse, ...shown } = held;
  const { house, turns, timers, pins, metrics } = held;
  const { database } = house.memory;
  const records = await openRecords(house, { turns, timers, pins, clock });
  const entry = await openEntry(house, { folder, clock });
  const secrets = await openSecrets({ folder, secret: settings.JWT_SECRET });
  const { notices } = house;
  const accounts = createAccounts({ database, settings, secrets, notices, log, clock });
  const webFolder = join(folder, 'web');
  const made = { house, accounts, ...entry, ...records, doors, webFolder, hosts, clock };
  const { app } = createAdmin(made);

  const doorbell = enteringBy({ app, ...entry });
  const forget = async (): Promise<void> => {
    await accounts.close();
    await Promise.all([closeHouse(), records.close()]);
    metrics.close();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    ...made,
    ...shown,
    ...{ app, folder, now, lines },
    ...doorbell,
    forget,
  };
};

export type FakeAdmin = Awaited<ReturnType<typeof fakeAdmin>>;
