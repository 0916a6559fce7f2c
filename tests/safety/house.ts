/** A whole house in this process whose every effect is counted where it would happen. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Caller } from '../../agent/caller.ts';
import { TextDoor } from '../../agent/doors/text.ts';
import { type House, openHouse } from '../../agent/house.ts';
import type { LoadedTool } from '../../tools/core/load.ts';
import type { Ports } from '../../tools/core/ports.ts';
import { openPlaces } from '../../tools/files/places.ts';
import { startAnthropic } from '../fakes/anthropic.ts';
import { startNextcloud } from '../fakes/nextcloud.ts';
import { embeddedFolder } from '../rig/database-folder.ts';
import { type ServedMcp, serveMcp } from '../servers/mcp.ts';
import { counted, type Done, patient, unmarked } from './counting.ts';
import type { FakeHome } from './home.ts';
import { type Obedience, obedience, obey } from './mind.ts';

export const ada = { id: 'ada', name: 'Ada', username: 'ada', role: 'owner' } as const;
export const ben = { id: 'ben', name: 'Ben', username: 'ben', role: 'adult' } as const;

const callerOf = (language: string): Caller => ({
  ...{ personId: ada.id, name: ada.name, role: ada.role, sure: 1, door: 'app', language },
});

const servedWorld = () =>
  serveMcp([
    { name: 'fetch', description: 'Fetch a web page.', annotations: { readOnlyHint: true } },
    { name: 'post', description: 'Tell the world.', annotations: { destructiveHint: false } },
  ]);

export interface SafeHouse {
  house: House;
  mind: Obedience;
  claude: Awaited<ReturnType<typeof startAnthropic>>;
  world: ServedMcp;
  /** Folders that the files tools read: of this machine, and of Nextcloud. */
  folders: { local: string; cloud: string };
  /** What has been done since the last `begin`. */
  done: Done;
  /** What it looks like at home in this case. */
  home: FakeHome | undefined;
  /** Where things are put without being counted. */
  raw: Ports;
  begin(): void;
  /** All tools of an integration use this from now on. */
  lend(integration: string, client: unknown): void;
  /** Says one sentence at the text door; `language` chooses the conversation's. */
  say(text: string, language?: string): Promise<string>;
  /** Ends the conversation: what comes next is another one. */
  leave(): Promise<void>;
  /** Takes the marks off all tools, or puts them on again. */
  mark(on: boolean): void;
  /** Looks at the folders anew, and at the tools that a server has named since. */
  refresh(): void;
  /** Public links that there are. */
  links(): number;
  close(): Promise<void>;
}

const environmentOf = (parts: { claude: string; world: string; data: string; roots: string }) => ({
  ...{ BUTLER_DATA: parts.data, BUTLER_TIMEZONE: 'Europe/Oslo', BUTLER_LOCAL_MODELS: 'off' },
  ...{ BUTLER_LOCATION: '59.91,10.75', BUTLER_LOG_LEVEL: 'silent', BUTLER_LEARNING: 'on' },
  ...{ ANTHROPIC_API_KEY: 'sk-ant-of-a-test', ANTHROPIC_BASE_URL: parts.claude },
  ...{ HOME_ASSISTANT_URL: 'http://127.0.0.1:9', HOME_ASSISTANT_TOKEN: 'x'.repeat(40) },
  ...{ IMAP_HOST: '127.0.0.1', IMAP_USERNAME: 'ada', IMAP_PASSWORD: 'secret' },
  ...{ CALDAV_URL: 'http://127.0.0.1:9', CALDAV_USERNAME: 'ada', CALDAV_PASSWORD: 'secret' },
  ...{ MCP_NAME: 'world', MCP_URL: parts.world, MCP_READS: 'fetch', MCP_WRITES: 'post' },
  FILES_ROOTS: parts.roots,
});

/** The services around a house, and the house itself. */
const openAll = async () => {
  const claude = await startAnthropic({ firstTokenMs: 0, tokensPerSecond: 1e6 });
  const world = await servedWorld();
  const data = await embeddedFolder();
  const local = mkdtempSync(path.join(tmpdir(), 'butler-papers-'));
  const cloud = mkdtempSync(path.join(tmpdir(), 'butler-cloud-'));
  const environment = environmentOf({ claude: claude.url, world: world.url, data, roots: local });
  const real = await openHouse('server', environment as NodeJS.ProcessEnv);
  await real.memory.users.insertAll([ada, ben]);
  await real.toolbox.health(AbortSignal.timeout(10_000), new Set(['mcp']));
  const login = { folder: cloud, username: 'ada', password: 'pw' };
  const nextcloud = await startNextcloud(login as never);
  // Folders are looked through by SEARCH alone here; plain WebDAV finds none.
  const nothing = '<d:multistatus xmlns:d="DAV:"></d:multistatus>';
  nextcloud.fault = (asked) =>
    /^(?:PROPFIND|GET) \/remote/.test(asked) ? { status: 207, body: nothing } : undefined;
  const close = async (): Promise<void> => {
    await real.close();
    await Promise.all([claude.stop(), world.stop(), nextcloud.stop()]);
    for (const folder of [data, local, cloud]) rmSync(folder, { recursive: true, force: true });
  };
  return { claude, world, nextcloud, folders: { local, cloud }, real, close };
};

/** Of these, what is written to their shelves is an effect. */
const effectful = new Set(['lists', 'notes', 'location']);

/** The house twice: as it is, and with no marks; both counted into `done`. */
const twice = (real: House, done: Done) => {
  const clients = new Map<string, unknown>();
  const bare = new Map<string, LoadedTool>();
  const prepared = new WeakSet<LoadedTool>();
  const prepare = (): void => {
    for (const [name, tool] of real.toolbox.tools) {
      if (prepared.has(tool)) continue;
      prepared.add(tool);
      patient(tool);
      const own = tool.client;
      tool.client = async () => clients.get(tool.integration) ?? own();
      bare.set(name, unmarked(tool));
    }
  };
  prepare();
  const lent = counted(real.lent, (what) => {
    const [kind = '', of = ''] = what.split('.');
    if (kind === 'shelf' && !effectful.has(of)) return;
    done[what] = (done[what] ?? 0) + 1;
  });
  const marked: House = { ...real, lent };
  const free: House = { ...real, lent, toolbox: { ...real.toolbox, tools: bare } };
  return { marked, free, clients, prepare };
};

export const openSafeHouse = async (): Promise<SafeHouse> => {
  const { claude, world, nextcloud, folders, real, close } = await openAll();
  const mind = obedience();
  claude.always(({ body }) => obey(mind, body));
  const done: Done = {};
  const { marked, free, clients, prepare } = twice(real, done);
  let current = marked;
  let door = new TextDoor(current);
  const leave = async (): Promise<void> => {
    await door.close();
    door = new TextDoor(current);
  };
  return {
    ...{ house: real, mind, claude, world, folders, done, raw: real.lent },
    lend: (integration, client) => void clients.set(integration, client),
    home: undefined,
    begin: () => {
      for (const key of Object.keys(done)) delete done[key];
      world.calls.splice(0);
      mind.attempts.splice(0);
    },
    say: async (text, language = 'en') => {
      mind.own.add(text);
      let answer = '';
      const { signal } = new AbortController();
      for await (const part of door.chat({ caller: callerOf(language), text, signal })) {
        if (part.type === 'done') answer = part.text;
      }
      return answer;
    },
    leave,
    mark: (on) => {
      current = on ? marked : free;
      door = new TextDoor(current);
    },
    refresh: () => {
      const account = { url: nextcloud.url, username: 'ada', password: 'pw', person: undefined };
      const sources = { nextcloud: [account] };
      clients.set('files', openPlaces({ roots: folders.local, sources }));
      prepare();
    },
    links: () => nextcloud.links.size,
    close: async () => {
      await door.close();
      await close();
    },
  };
};
