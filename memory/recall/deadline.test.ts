/** Recall keeps its time whatever hangs, says nothing rather than something late, never throws. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { silent } from '../../tests/rig/database-folder.ts';
import { startPostgres } from '../../tests/servers/postgres.ts';
import { DatabaseError, openDatabase } from '../database.ts';
import type { Embedder } from '../embed.ts';
import { createFacts, type FactRow, type Facts } from '../facts.ts';
import { createHistory } from '../history.ts';
import { createRecall, type Recall } from '../recall.ts';

const at = new Date('2026-11-21T12:00:00Z');

const row = (id: number, fact: string): FactRow => ({
  ...{ id, personId: 'ada', category: 'preference', slot: null, fact, source: 'explicit' },
  ...{ confidence: 1, uses: 0, validFrom: at, validTo: null, recordedAt: at, retiredAt: null },
  ...{ supersededBy: null, origin: {}, tainted: false, lastReferenced: at, revision: id },
});

/** A database of one person that answers, hangs, or is away. */
const shelf = () => {
  const state = {
    rows: [row(1, 'takes oat milk in coffee'), row(2, 'plays the cello')],
    deleted: 0,
    mode: 'answers' as 'answers' | 'hangs' | 'away',
    afterMs: 0,
    asked: 0,
  };
  const answer = async <T>(value: () => T): Promise<T> => {
    state.asked += 1;
    if (state.mode === 'hangs') await new Promise(() => undefined);
    if (state.mode === 'away')
      throw new DatabaseError({ code: 'database-unreachable' }, 'It is away.');
    if (state.afterMs > 0) await new Promise((resolve) => setTimeout(resolve, state.afterMs));
    return value();
  };
  const facts: Pick<Facts, 'start' | 'rows' | 'changedSince' | 'ids'> = {
    start: () =>
      answer(() => {
        const revision = Math.max(0, ...state.rows.map((one) => one.revision));
        return { revision, deleted: state.deleted, ids: state.rows.map(({ id }) => id) };
      }),
    rows: (_personId, ids) => answer(() => state.rows.filter(({ id }) => ids.includes(id))),
    changedSince: (_personId, revision) =>
      answer(() => {
        const rows = state.rows.filter((one) => one.revision > revision);
        const last = Math.max(revision, ...state.rows.map((one) => one.revision));
        return { revision: last, deleted: state.deleted, rows };
      }),
    ids: () => answer(() => state.rows.map(({ id }) => id)),
  };
  return Object.assign(state, { facts: facts as Facts });
};

const embedding = () => {
  const state = { afterMs: 0, asked: [] as string[] };
  const embedder: Embedder = {
    model: 'slow',
    dimension: () => 2,
    state: () => ({ state: 'ready', sentence: '', model: 'slow', dimension: 2 }),
    embed: async (texts) => {
      state.asked.push(...texts);
      await new Promise((resolve) => setTimeout(resolve, state.afterMs).unref());
      return texts.map(() => Float32Array.from([1, 0]));
    },
  };
  return Object.assign(state, { embedder });
};

describe('the deadline', () => {
  let database: ReturnType<typeof shelf>;
  let vectors: ReturnType<typeof embedding>;
  let recall: Recall;
  let warnings = 0;

  beforeEach(() => {
    database = shelf();
    vectors = embedding();
    warnings = 0;
    const { facts } = database;
    const { embedder } = vectors;
    const warn = (): void => {
      warnings += 1;
    };
    const parts = { facts, embedder, users: { byId: () => undefined }, timeZone: 'UTC' };
    const history = {} as never;
    recall = createRecall({ ...parts, history, now: () => at, log: { ...silent, warn } });
  });

  /** Median of some, as a busy machine may stop any single one. */
  const timesOf = async (text: string) => {
    const all: Awaited<ReturnType<Recall['recall']>>[] = [];
    for (let round = 0; round < 5; round += 1) all.push(await recall.recall('ada', text));
    const tookMs = all.map((one) => one.tookMs).sort((a, b) => a - b)[2] ?? 0;
    return { tookMs, last: all[4] };
  };

  it('a database that hangs: nothing, in time', async () => {
    database.mode = 'hangs';
    const { tookMs, last } = await timesOf('coffee');
    expect(last).toMatchObject({ facts: [], ids: [], from: 'late' });
    expect(tookMs).toBeGreaterThan(9);
    expect(tookMs).toBeLessThan(35);
  });

  it('an embedding that is late: words alone, in time', async () => {
    vectors.afterMs = 5_000;
    const { tookMs, last } = await timesOf('coffee');
    expect(last?.facts[0]?.fact).toBe('takes oat milk in coffee');
    expect(tookMs).toBeLessThan(35);
  });

  it('a database that is away: nothing, at once, said once and once that it is over', async () => {
    database.mode = 'away';
    const { tookMs, last } = await timesOf('coffee');
    expect(last).toMatchObject({ facts: [], from: 'none' });
    expect(tookMs).toBeLessThan(25);
    expect(warnings).toBe(1);
    expect(recall.state().state).toBe('failed');
    await expect(recall.searchFacts('ada', 'coffee', 3)).rejects.toThrow(/away/);
    await recall.warm('ada');
    database.mode = 'answers';
    expect((await recall.recall('ada', 'coffee')).from).toBe('index');
    expect(recall.state()).toMatchObject({ state: 'ready', people: 1, entries: 2 });
  });

  it('what was begun a moment ago serves when the database is then too slow', async () => {
    recall.begin('ada', 'what milk');
    await recall.recall('ada', 'warm');
    recall.begin('ada', 'what milk');
    await new Promise((resolve) => setTimeout(resolve, 20));
    database.mode = 'hangs';
    const recalled = await recall.recall('ada', 'what milk in my coffee');
    expect(recalled.from).toBe('index');
    expect(recalled.facts[0]?.fact).toBe('takes oat milk in coffee');
  });

  it('what was begun before something was forgotten here does not serve', async () => {
    await recall.warm('ada');
    recall.begin('ada', 'what milk');
    await new Promise((resolve) => setTimeout(resolve, 10));
    database.mode = 'hangs';
    recall.forgotten('ada');
    const { facts, from } = await recall.recall('ada', 'what milk in my coffee');
    expect({ facts, from }).toEqual({ facts: [], from: 'late' });
  });

  it('what was forgotten in time is not told, however slow the vectors are', async () => {
    await recall.warm('ada');
    database.rows = database.rows.filter(({ id }) => id !== 1);
    database.deleted += 1;
    vectors.afterMs = 5_000;
    const { facts } = await recall.recall('ada', 'oat milk in coffee');
    expect(facts.map(({ id }) => id)).toEqual([2]);
  });

  it('the same words are embedded once, however they are written', async () => {
    vectors.afterMs = 5;
    recall.begin('ada', 'what milk in my coffee');
    await new Promise((resolve) => setTimeout(resolve, 15));
    await recall.recall('ada', 'What milk, in my coffee?');
    expect(vectors.asked).toEqual(['what milk in my coffee']);
  });

  it('nobody waits any more: nothing, at once', async () => {
    database.mode = 'hangs';
    const gone = new AbortController();
    const recalled = recall.recall('ada', 'coffee', { deadlineMs: 60_000, signal: gone.signal });
    gone.abort();
    expect(await recalled).toMatchObject({ facts: [], from: 'none' });
    const after = await recall.recall('ada', 'coffee', { signal: gone.signal });
    expect(after.from).toBe('none');
  });

  it('a search that fails: nothing, and the log says it', async () => {
    let errors = 0;
    let broken = false;
    const error = (): void => {
      errors += 1;
    };
    const now = (): Date => {
      if (broken) throw new Error('broken');
      return at;
    };
    const { facts } = database;
    const rest = { history: {} as never, users: { byId: () => undefined }, timeZone: 'UTC' };
    const { embedder } = vectors;
    const other = createRecall({ facts, embedder, ...rest, now, log: { ...silent, error } });
    expect((await other.recall('ada', 'coffee')).from).toBe('index');
    broken = true;
    expect(await other.recall('ada', 'coffee')).toMatchObject({ facts: [], from: 'none' });
    expect(errors).toBe(1);
  });

  it('after begin and commit, the database was asked once each', async () => {
    await recall.warm('ada').catch(() => undefined);
    const before = database.asked;
    recall.begin('ada', 'coffee');
    await new Promise((resolve) => setTimeout(resolve, 5));
    await recall.recall('ada', 'coffee');
    expect(database.asked - before).toBe(2);
  });
});

describe('a real database', () => {
  const closings: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closings.splice(0)) await close();
  });

  test('that ends in the middle of a recall', async (context) => {
    const server = await startPostgres();
    if ('unavailable' in server) return context.skip(server.unavailable);
    const folder = mkdtempSync(join(tmpdir(), 'butler-recall-'));
    const database = await openDatabase({ url: server.url, folder, role: 'server', log: silent });
    closings.push(async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    });
    await database.sql`insert into butler.users (id, name, role) values ('ada', 'Ada', 'adult')`;
    const facts = createFacts(database);
    const told = { category: 'preference', source: 'explicit' } as const;
    await facts.remember('ada', { ...told, fact: 'takes oat milk in coffee' }, at);
    const { embedder } = embedding();
    const parts = { facts, history: createHistory(database), embedder, now: () => at };
    const users = { byId: () => undefined };
    const recall = createRecall({ ...parts, users, timeZone: 'UTC', log: silent });
    const patient = { deadlineMs: 2_000 };
    expect((await recall.recall('ada', 'coffee', patient)).ids).toHaveLength(1);
    const stopped = server.stop();
    const seen: string[] = [];
    for (let round = 0; round < 40; round += 1) {
      const { facts: recalled, from } = await recall.recall('ada', 'coffee');
      seen.push(from);
      if (from === 'none') expect(recalled).toEqual([]);
    }
    await stopped;
    const gone = await recall.recall('ada', 'coffee');
    expect(gone).toMatchObject({ facts: [], from: 'none' });
    expect(gone.tookMs).toBeLessThan(100);
    expect(seen.every((from) => ['index', 'late', 'none'].includes(from))).toBe(true);
    expect(recall.state().state).toBe('failed');
  });
});
