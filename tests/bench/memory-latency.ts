/** What memory costs in a turn: thousands of facts, a writer beside, on both databases. */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '../../memory/database.ts';
import type { Embedder } from '../../memory/embed.ts';
import { createFacts } from '../../memory/facts.ts';
import { createHistory } from '../../memory/history.ts';
import { createRecall, type Recall } from '../../memory/recall.ts';
import { embeddedFolder, silent } from '../rig/database-folder.ts';
import { startPostgres } from '../servers/postgres.ts';
import type { MemoryPart, RunMemoryPart } from './memory.ts';
import { type House, houseOf } from './memory-latency-facts.ts';
import { median, percentile } from './table.ts';

const queries = 240;
const coldRuns = 5;
const betweenQueriesMs = 15;
const writesEveryMs = 150;
/** A person speaks on for so long after the words that recall was begun on. */
const speaksOnMs = 60;

type Row = MemoryPart['rows'][number];

/** Answers at once: what is measured is the time after the embedding. */
const embedderOf = (house: House): Embedder => ({
  model: house.model,
  dimension: () => house.dimension,
  embed: async (texts) => texts.map((text) => house.vectorOf(text)),
  state: () => ({
    ...{ state: 'ready', sentence: '', model: house.model, dimension: house.dimension },
  }),
});

const recallOn = (database: Database, house: House): Recall =>
  createRecall({
    facts: createFacts(database),
    history: createHistory(database),
    embedder: embedderOf(house),
    users: { byId: () => undefined },
    now: () => new Date(),
    timeZone: 'UTC',
    log: silent,
  });

/** Another process of the house writes a fact now and then, so that there is always news. */
const writing = (database: Database, house: House) => {
  const facts = createFacts(database);
  let written = 0;
  let going = true;
  const work = async (): Promise<void> => {
    while (going) {
      await sleep(writesEveryMs);
      written += 1;
      const fact = `${house.sentence()} (told ${written})`;
      const values = house.vectorOf(fact);
      const told = { category: 'personal', source: 'explicit', fact } as const;
      await facts.remember(house.person, { ...told, vector: { model: house.model, values } });
    }
  };
  const finished = work();
  return {
    stop: async (): Promise<number> => {
      going = false;
      await finished;
      return written;
    },
  };
};

interface Timed {
  tookMs: number[];
  missed: number;
}

const turns = async (recall: Recall, house: House, begun: boolean): Promise<Timed> => {
  const tookMs: number[] = [];
  let missed = 0;
  for (let at = 0; at < queries; at += 1) {
    const words = house.question();
    if (begun) {
      recall.begin(house.person, words.split(' ').slice(0, -1).join(' '));
      await sleep(speaksOnMs);
    } else {
      await sleep(betweenQueriesMs);
    }
    const startedMs = performance.now();
    const { from } = await recall.recall(house.person, words);
    tookMs.push(performance.now() - startedMs);
    if (from !== 'index') missed += 1;
  }
  return { tookMs, missed };
};

const figures = ({ tookMs, missed }: Timed): Row => ({
  'p50 ms': percentile(tookMs, 0.5),
  'p95 ms': percentile(tookMs, 0.95),
  'max ms': Math.max(...tookMs),
  missed,
});

const cold = async (database: Database, house: House): Promise<Row> => {
  const tookMs: number[] = [];
  const stalledMs: number[] = [];
  for (let run = 0; run < coldRuns; run += 1) {
    const recall = recallOn(database, house);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const startedMs = performance.now();
    await recall.warm(house.person);
    tookMs.push(performance.now() - startedMs);
    delay.disable();
    stalledMs.push(delay.max / 1e6);
    const { entries } = recall.state();
    if (entries < house.facts) throw new Error(`Only ${entries} of ${house.facts} were loaded.`);
  }
  return { 'cold ms': median(tookMs), 'longest stall ms': median(stalledMs) };
};

/** From a cold start until something comes to mind, while the rest is still being loaded. */
const firstAnswers = async (database: Database, house: House): Promise<Row> => {
  const firstMs: number[] = [];
  for (let run = 0; run < coldRuns; run += 1) {
    const recall = recallOn(database, house);
    const startedMs = performance.now();
    const warmed = recall.warm(house.person);
    while ((await recall.recall(house.person, house.question())).facts.length === 0) await sleep(5);
    firstMs.push(performance.now() - startedMs);
    await warmed;
  }
  return { 'first answer ms': median(firstMs) };
};

const measure = async (engine: string, database: Database, people: number): Promise<Row[]> => {
  const house = await houseOf(database, { people, factsEach: people > 1 ? 2_500 : 25_000 });
  const name = `${engine}, ${house.facts} facts of ${house.facts * people}`;
  const loads = { ...(await cold(database, house)), ...(await firstAnswers(database, house)) };
  const recall = recallOn(database, house);
  await recall.warm(house.person);
  // The first searches are slow until the code is compiled, as in any process that just began.
  for (let at = 0; at < 20; at += 1) await recall.recall(house.person, house.question());
  const writer = writing(database, house);
  const plain = await turns(recall, house, false);
  const begun = await turns(recall, house, true);
  const written = await writer.stop();
  const load = loadavg()[0];
  return [
    { measured: `${name}: recall`, ...figures(plain), ...loads, written, load },
    { measured: `${name}: begun on the partial`, ...figures(begun), load },
  ];
};

const open = async (engine: Database['engine']) => {
  if (engine === 'pglite') {
    const folder = await embeddedFolder();
    const database = await openDatabase({ folder, role: 'server', log: silent });
    const stop = async (): Promise<void> => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    };
    return { database, stop };
  }
  const server = await startPostgres();
  if ('unavailable' in server) return server;
  const folder = mkdtempSync(join(tmpdir(), 'butler-latency-'));
  const database = await openDatabase({ url: server.url, folder, role: 'server', log: silent });
  const stop = async (): Promise<void> => {
    await database.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { database, stop };
};

/** `--engine postgres | pglite` measures one of them. */
export const latency: RunMemoryPart = async (options) => {
  const notes = [
    'Targets: p95 of recall 10 ms at 2500 facts and 25 ms at 25000, cold start 300 ms.',
    `${queries} recalls in each row; the vector of the question is given, words and database are`,
    'real. missed: not in time, nothing came to mind. cold: the facts and the talk of one person,',
    `median of ${coldRuns}; its longest stall is the longest that the event loop stood still.`,
    'first answer: from a cold start until some facts come to mind, the rest still being loaded.',
  ];
  const only = options[options.indexOf('--engine') + 1];
  const rows: Row[] = [];
  for (const engine of ['postgres', 'pglite'] as const) {
    if (options.includes('--engine') && engine !== only) continue;
    for (const people of [4, 1]) {
      const opened = await open(engine);
      if ('unavailable' in opened) {
        notes.push(`Nothing on ${engine}: ${opened.unavailable}`);
        continue;
      }
      rows.push(...(await measure(engine, opened.database, people)));
      await opened.stop();
    }
  }
  return { title: 'Memory in a turn', rows, notes };
};
