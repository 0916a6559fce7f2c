/** The server process: everything up, one line with the address, everything down again. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dispose } from '@livekit/rtc-node';
import { type Accounts, createAccounts } from '../admin/accounts.ts';
import { type Audit, openAudit } from '../admin/audit.ts';
import { openDevices } from '../admin/devices.ts';
import { openPeople } from '../admin/people.ts';
import { openSecrets } from '../admin/secret.ts';
import { createAdmin, type Listening, listen } from '../admin/server.ts';
import { createTickets } from '../admin/tickets.ts';
import { openTokens } from '../admin/tokens.ts';
import { createBelongings } from './belongings.ts';
import { listOf } from './config.ts';
import { talkOverWebSocket } from './doors/app.ts';
import { catalogueOf } from './doors/catalogue.ts';
import { runCommand } from './doors/command.ts';
import { readFor, readingsFor } from './doors/readings.ts';
import { TextDoor } from './doors/text.ts';
import { type House, openHouse } from './house.ts';
import { superviseWorker } from './worker.ts';

/** Longer than anything that is asked to stop takes; then the process ends regardless. */
const stopWithinMs = 14_000;

interface Running {
  server: Listening;
  stop(): Promise<void>;
}

const openAccounts = async (house: House): Promise<Accounts> => {
  const { settings, notices, log, memory } = house;
  const { JWT_SECRET: secret, BUTLER_FORMER_SECRET: former } = settings;
  const secrets = await openSecrets({ folder: path.resolve(settings.BUTLER_DATA), secret, former });
  return createAccounts({ database: memory.database, settings, secrets, notices, log });
};

const serveHttp = async (
  house: House,
  text: TextDoor,
  { audit, accounts }: { audit: Audit; accounts: Accounts },
): Promise<Listening> => {
  const { settings, log } = house;
  const folder = path.resolve(settings.BUTLER_DATA);
  const people = await openPeople({ users: house.memory.users, folder });
  const devices = await openDevices({ database: house.memory.database, log });
  const isPerson = (id: string): boolean => people.byId(id) !== undefined;
  const tokens = await openTokens({ folder, secret: settings.JWT_SECRET, devices, isPerson });
  const { app } = createAdmin({
    ...{ house, people, devices, tokens, audit, accounts },
    belongings: createBelongings(house),
    tickets: createTickets({}),
    hosts: listOf(settings.BUTLER_ALLOWED_HOSTS),
    webFolder: fileURLToPath(new URL('../web/dist', import.meta.url)),
    doors: {
      chat: (turn) => text.chat(turn),
      command: (order) => runCommand(house, order),
      readings: {
        list: (caller) => readingsFor(house, caller),
        read: (order) => readFor(house, order),
      },
      catalogue: catalogueOf(house),
      voice: ({ socket, caller }) => talkOverWebSocket(house, caller, socket),
    },
  });
  const { BUTLER_HOST: host, BUTLER_PORT: port, BUTLER_HTTP: engine } = settings;
  return listen({ app, host, port, engine, log });
};

const start = async (): Promise<Running> => {
  const house = await openHouse('server');
  const { settings } = house;
  const text = new TextDoor(house);
  const audit = openAudit({ database: house.memory.database, log: house.log });
  try {
    const accounts = await openAccounts(house);
    const server = await serveHttp(house, text, { audit, accounts });
    const wanted = settings.LIVEKIT_URL !== undefined && settings.BUTLER_WORKER === 'auto';
    const worker = wanted ? superviseWorker(house.log) : undefined;
    const stop = async (): Promise<void> => {
      await Promise.all([worker?.stop(), server.close(), text.close()]);
      await accounts.close();
      await audit.close();
      await house.close();
    };
    return { server, stop };
  } catch (error) {
    await audit.close();
    await house.close();
    throw error;
  }
};

/** Ends once, on the first of: Ctrl-C, SIGTERM, the terminal closing, the parent's death. */
const endOn = (stop: () => Promise<void>): void => {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    const done = (code: number): void => void dispose().finally(() => process.exit(code));
    stop().then(
      () => done(0),
      () => done(1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  process.once('disconnect', end);
};

try {
  const running = start();
  endOn(async () => (await running.catch(() => undefined))?.stop());
  const { server } = await running;
  console.log(`Butler is at ${server.url}`);
} catch (error) {
  // Errors of ours are sentences; a stack helps only where something else went wrong.
  const ours = error instanceof Error && 'code' in error;
  console.error(ours ? error.message : error);
  process.exit(1);
}
