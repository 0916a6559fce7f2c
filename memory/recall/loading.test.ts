/** While a person's facts are being loaded, what is there comes to mind, and nothing that went. */
import { beforeEach, describe, expect, it } from 'vitest';
import { silent } from '../../tests/rig/database-folder.ts';
import type { Embedder } from '../embed.ts';
import type { FactRow, Facts } from '../facts.ts';
import { createRecall, type Recall } from '../recall.ts';
import { inSlices } from './slices.ts';

const at = new Date('2026-11-21T12:00:00Z');
const many = 1_000;

const row = (id: number, fact: string): FactRow => ({
  ...{ id, personId: 'ada', category: 'preference', slot: null, fact, source: 'explicit' },
  ...{ confidence: 1 - id / 10_000, uses: 0, validFrom: at, validTo: null, recordedAt: at },
  ...{ retiredAt: null, supersededBy: null, origin: {}, tainted: false, lastReferenced: at },
  revision: id,
});

const noVectors: Embedder = {
  model: 'none',
  dimension: () => undefined,
  state: () => ({ state: 'off', sentence: '', model: 'none', dimension: undefined }),
  embed: () => Promise.reject(new Error('none')),
};

/** A database of many facts whose pages come only when they are let. */
const shelf = () => {
  const rows = new Map<number, FactRow>();
  for (let id = 1; id <= many; id += 1) rows.set(id, row(id, `likes film${id} of all films`));
  const waiting: PromiseWithResolvers<void>[] = [];
  const state = { rows, deleted: 0, revision: many, waiting, away: false };
  const ids = (): number[] =>
    [...rows.values()].filter((one) => !one.retiredAt).map(({ id }) => id);
  const facts: Pick<Facts, 'start' | 'rows' | 'changedSince' | 'ids'> = {
    start: async () => ({ revision: state.revision, deleted: state.deleted, ids: ids() }),
    rows: async (_personId, some) => {
      // As they are when they are read, whenever they arrive.
      const read = some.flatMap((id) => rows.get(id) ?? []);
      const gate = Promise.withResolvers<void>();
      waiting.push(gate);
      await gate.promise;
      return read;
    },
    changedSince: async (_personId, revision) => {
      if (state.away) throw new Error('The database is away.');
      const changed = [...rows.values()].filter((one) => one.revision > revision);
      return { revision: state.revision, deleted: state.deleted, rows: changed };
    },
    ids: async () => ids(),
  };
  const change = (id: number, more: Partial<FactRow>): void => {
    state.revision += 1;
    rows.set(id, { ...(rows.get(id) ?? row(id, '')), ...more, revision: state.revision });
  };
  const forget = (id: number): void => {
    rows.delete(id);
    state.deleted += 1;
    state.revision += 1;
  };
  return Object.assign(state, { facts: facts as Facts, change, forget });
};

const turn = () => new Promise(setImmediate);

describe('a cold start', () => {
  let database: ReturnType<typeof shelf>;
  let recall: Recall;
  const patient = { deadlineMs: 5_000 };

  beforeEach(() => {
    database = shelf();
    const parts = { embedder: noVectors, users: { byId: () => undefined }, timeZone: 'UTC' };
    const history = { ids: async () => [] } as never;
    recall = createRecall({ ...parts, facts: database.facts, history, now: () => at, log: silent });
  });

  const pages = async (count: number): Promise<void> => {
    for (let page = 0; page < count; page += 1) {
      while (database.waiting.length === 0) await turn();
      database.waiting.shift()?.resolve();
      for (let turns = 0; turns < 20; turns += 1) await turn();
    }
  };
  const said = async (text: string) => {
    const { facts, from } = await recall.recall('ada', text, patient);
    return { from, first: facts[0]?.fact, ids: facts.map(({ id }) => id) };
  };

  it('says nothing before the first page, then what is there, at last everything', async () => {
    const warmed = recall.warm('ada');
    expect((await recall.recall('ada', 'film7')).from).toBe('late');
    await pages(1);
    const films = (id: number): string => `likes film${id} of all films`;
    expect(await said('film7')).toMatchObject({ from: 'part', first: films(7) });
    const missing = await said(`film${many}`);
    expect(missing).toMatchObject({ from: 'part', ids: [1, 2, 3, 4] });
    await pages(3);
    await warmed;
    expect(await said(`film${many}`)).toMatchObject({ from: 'index', first: films(many) });
    expect(recall.state().entries).toBe(many);
  });

  it('what is forgotten or changed meanwhile is not told, though an older page comes', async () => {
    const warmed = recall.warm('ada');
    await pages(1);
    // The second page has been read, and has not come yet.
    database.forget(300);
    database.change(301, { fact: 'likes theatre now' });
    database.change(302, { retiredAt: at });
    database.forget(1);
    expect((await said('theatre')).first).toBe('likes theatre now');
    expect((await said('film1')).ids).not.toContain(1);
    await pages(3);
    await warmed;
    expect((await said('film300')).ids).not.toContain(300);
    expect((await said('film302')).ids).not.toContain(302);
    expect((await said('theatre')).ids[0]).toBe(301);
    expect((await said('film301')).first).not.toBe('likes film301 of all films');
    expect(recall.state().entries).toBe(many - 3);
  });

  it('a page that failed is read again, and a search waits for the whole', async () => {
    await Promise.all([pages(1), recall.recall('ada', 'film1', patient)]);
    database.waiting.shift()?.reject(new Error('The database went away.'));
    await turn();
    expect((await said('film7')).from).toBe('part');
    const found = recall.searchFacts('ada', `film${many}`, 1);
    await pages(3);
    expect((await found)[0]?.id).toBe(many);
  });

  it('a person that is dropped is loaded no more', async () => {
    const warmed = recall.warm('ada');
    await pages(1);
    recall.drop('ada');
    await pages(1);
    await warmed;
    await turn();
    expect(database.waiting).toEqual([]);
    expect(recall.state()).toMatchObject({ people: 0, entries: 0 });
  });
});

it('others get their turn while much is being done', async () => {
  let turns = 0;
  let working = true;
  const other = async (): Promise<void> => {
    for (; working; turns += 1) await turn();
  };
  const others = other();
  const done: number[] = [];
  const items = Array.from({ length: 1_000 }, (_, item) => item);
  await inSlices(items, (some) => {
    const untilMs = performance.now() + 5;
    while (performance.now() < untilMs);
    done.push(...some);
  });
  working = false;
  await others;
  expect(done).toEqual(items);
  expect(turns).toBeGreaterThanOrEqual(9);
});
