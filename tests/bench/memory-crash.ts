/** kill -9 while rows are written: what was acknowledged is there afterwards, on each engine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '../../memory/database.ts';
import { embeddedFolder, silent } from '../rig/database-folder.ts';
import { startProcess } from '../rig/database-process.ts';
import { openServer } from '../servers/postgres/server.ts';
import type { MemoryPart, RunMemoryPart } from './memory.ts';

export interface Crashes {
  kills: number;
  /** Of the database server itself, not only of its client. */
  serverKills: number;
  acknowledged: number;
  lost: number;
  /** How long it took to open again, the longest. */
  reopenMsMax: number;
}

const person = 'ann';
const writtenBeforeMsMax = 400;

interface House {
  folder: string;
  url: string | undefined;
  /** Kills the server too, where there is one of its own. */
  killServer: (() => Promise<void>) | undefined;
}

const addPerson = async (database: Database): Promise<void> => {
  await database.sql`insert into butler.users (id, name, role) values (${person}, 'Ann', 'adult')`;
};

const present = async (database: Database): Promise<Set<string>> => {
  const rows = await database.asPerson(
    person,
    (tx) => tx<{ content: string }[]>`
      select content from butler.conversation_history where user_id = ${person}`,
  );
  return new Set(rows.map(({ content }) => content));
};

/** @param time which kill it is: each writes rows of its own, and is killed at another moment. */
const killOnce = async ({ folder, url, killServer }: House, time: number): Promise<string[]> => {
  const writer = startProcess({
    task: 'write',
    folder,
    role: 'server',
    ...(url ? { url } : {}),
    person,
    first: time * 100_000,
    times: 100_000,
  });
  await writer.says('done');
  await sleep((time * 137) % writtenBeforeMsMax);
  await killServer?.();
  writer.child.kill('SIGKILL');
  await writer.ended;
  return writer.lines
    .filter((line) => line.startsWith('done '))
    .map((line) => `row ${line.slice('done '.length)}`);
};

const run = async (house: House, times: number): Promise<Crashes> => {
  const { folder, url } = house;
  const open = () => openDatabase({ url, folder, role: 'server', log: silent });
  const first = await open();
  await addPerson(first);
  await first.close();
  const result = { kills: 0, serverKills: 0, acknowledged: 0, lost: 0, reopenMsMax: 0 };
  for (let time = 1; time <= times; time++) {
    const isServerKill = house.killServer !== undefined && time % 2 === 1;
    const one = isServerKill ? house : { ...house, killServer: undefined };
    const acknowledged = await killOnce(one, time);
    const startedAtMs = performance.now();
    const database = await open();
    result.reopenMsMax = Math.max(result.reopenMsMax, performance.now() - startedAtMs);
    const found = await present(database);
    await database.close();
    result.kills += 1;
    if (isServerKill) result.serverKills += 1;
    result.acknowledged += acknowledged.length;
    result.lost += acknowledged.filter((row) => !found.has(row)).length;
  }
  return { ...result, reopenMsMax: Math.round(result.reopenMsMax) };
};

export const crashEmbedded = async (times: number): Promise<Crashes> => {
  const folder = await embeddedFolder();
  try {
    return await run({ folder, url: undefined, killServer: undefined }, times);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** In every other run the postmaster itself is killed, and started again on its data. */
export const crashPostgres = async (times: number): Promise<Crashes | { unavailable: string }> => {
  const server = await openServer();
  if ('unavailable' in server) return server;
  const folder = mkdtempSync(join(tmpdir(), 'butler-crash-'));
  const killServer = async () => {
    await server.kill();
    await server.start();
  };
  try {
    return await run({ folder, url: server.url('postgres'), killServer }, times);
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
};

const row = (engine: string, result: Crashes): MemoryPart['rows'][number] => ({
  engine,
  kills: result.kills,
  'of the server': result.serverKills,
  acknowledged: result.acknowledged,
  lost: result.lost,
  'opens again within, ms': result.reopenMsMax,
});

/** Twenty kills on each engine. */
export const crash: RunMemoryPart = async () => {
  const embedded = await crashEmbedded(20);
  const postgres = await crashPostgres(20);
  const isThere = !('unavailable' in postgres);
  return {
    title: 'kill -9 while rows are written',
    rows: [{ ...row('embedded', embedded) }, ...(isThere ? [row('Postgres', postgres)] : [])],
    notes: isThere ? [] : [`Not on a real Postgres: ${postgres.unavailable}`],
  };
};
