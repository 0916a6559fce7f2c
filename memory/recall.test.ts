/** What comes to mind, in two processes at once, while facts come, go and move between models. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbeddings } from '../tests/fakes/embeddings.ts';
import { eachEngine } from '../tests/rig/database.ts';
import { silent } from '../tests/rig/database-folder.ts';
import type { Database } from './database.ts';
import { createEmbedder, type Embedder } from './embed.ts';
import { createFacts, type Facts } from './facts.ts';
import { createHistory, type History } from './history.ts';
import { createRecall, type Recall } from './recall.ts';

const models = ['small', 'large'];
const fake = await startEmbeddings({ dimension: 64, models });
afterAll(() => fake.stop());

const embedderOf = (model = 'small'): Embedder =>
  createEmbedder({ url: () => ({ origin: fake.url, key: '' }), model, log: silent });

const now = () => new Date('2026-11-21T12:00:00Z');
const users = { byId: () => ({ name: 'Ada' }) as never };

interface Process {
  facts: Facts;
  history: History;
  recall: Recall;
  embedder: Embedder;
}

/** What each process of a house has of its own, over the one database. */
const processOn = (database: Database, model?: string): Process => {
  const facts = createFacts(database);
  const history = createHistory(database);
  const embedder = embedderOf(model);
  const parts = { facts, history, embedder, users, now, timeZone: 'UTC', log: silent };
  return { facts, history, embedder, recall: createRecall(parts) };
};

/** Generous: these tests are about what is found, not about when. */
const patient = { deadlineMs: 5_000 };

const tell = async (at: Process, fact: string, more: { slot?: string; to?: string } = {}) => {
  const [values] = await at.embedder.embed([fact], 'document');
  const vector = { model: at.embedder.model, values: values as Float32Array };
  const { slot, to = 'ada' } = more;
  const source = 'explicit' as const;
  const told = { category: 'preference' as const, fact, source, vector, ...(slot && { slot }) };
  const remembered = await at.facts.remember(to, told, now());
  if (!remembered.fact) throw new Error(remembered.why);
  return remembered.fact;
};

eachEngine((open) => {
  let database: Database;
  let here: Process;
  let there: Process;
  beforeAll(async () => {
    database = await open();
    await database.sql`insert into butler.users (id, name, role)
      values ('ada', 'Ada', 'adult'), ('ben', 'Ben', 'adult'), ('cy', 'Cy', 'child')`;
    here = processOn(database);
    there = processOn(database);
    // The first time on a machine the embedded database is made.
  }, 120_000);
  const said = async (at: Process, text: string, personId = 'ada'): Promise<string[]> =>
    (await at.recall.recall(personId, text, patient)).facts.map(({ fact }) => fact);

  it('a fact that one process writes comes to mind in the other', async () => {
    expect(await said(there, 'what milk goes in my coffee')).toEqual([]);
    await tell(here, 'takes oat milk in coffee');
    const recalled = await there.recall.recall('ada', 'what milk goes in my coffee', patient);
    expect(recalled.facts.map(({ fact }) => fact)).toEqual(['takes oat milk in coffee']);
    expect(recalled).toMatchObject({ from: 'index', ids: [recalled.facts[0]?.id] });
    expect(await said(there, 'what milk goes in my coffee', 'ben')).toEqual([]);
  });

  it('a fact that one process forgets never comes to mind in the other', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await tell(here, `the parcel code is ${round}`);
      expect(await said(there, 'the parcel code')).toContain(`the parcel code is ${round}`);
      await here.facts.forget('ada', [id]);
      expect(await said(there, 'the parcel code')).not.toContain(`the parcel code is ${round}`);
      const found = await there.recall.searchFacts('ada', 'the parcel code', 10);
      expect(found.map((fact) => fact.id)).not.toContain(id);
    }
  });

  it('what was replaced does not come to mind; what was restored does', async () => {
    const before = await tell(here, 'goes running on mondays', { slot: 'sport.day' });
    await tell(here, 'goes running on fridays', { slot: 'sport.day' });
    const running = (await said(there, 'when is running')).filter((fact) => /running/.test(fact));
    expect(running).toEqual(['goes running on fridays']);
    const gone = await here.facts.forget('ada', [before.id]);
    expect(await said(there, 'mondays')).not.toContain('goes running on mondays');
    const [friday] = await there.recall.searchFacts('ada', 'running fridays', 1);
    const taken = await here.facts.forget('ada', [friday?.id ?? 0]);
    expect(await said(there, 'running')).not.toContain('goes running on fridays');
    await here.facts.restore('ada', [...taken, ...gone]);
    expect(await said(there, 'running')).toContain('goes running on fridays');
  });

  it('relevant ones come first, then the strongest, none twice, at most twelve', async () => {
    for (let at = 0; at < 30; at += 1) await tell(here, `likes film number ${at}`, { to: 'ben' });
    await tell(here, 'is allergic to nuts', { to: 'ben' });
    const { facts, ids } = await there.recall.recall('ben', 'an allergic reaction', patient);
    expect(facts[0]?.fact).toBe('is allergic to nuts');
    expect(facts.length).toBeLessThanOrEqual(12);
    expect(facts.length).toBeGreaterThan(4);
    expect(new Set(ids).size).toBe(ids.length);
    const { facts: any } = await there.recall.recall('ben', '', patient);
    expect(any).toHaveLength(4);
  });

  it('what is not true any more, or not yet, does not come to mind', async () => {
    const { id } = await tell(here, 'is on holiday in Oslo', { to: 'cy' });
    await database.sql`update butler.user_facts set valid_from = '2026-12-01' where id = ${id}`;
    expect(await said(there, 'holiday in Oslo', 'cy')).toEqual([]);
    await database.sql`update butler.user_facts
      set valid_from = '2026-11-01', valid_to = '2026-11-20' where id = ${id}`;
    expect(await said(there, 'holiday in Oslo', 'cy')).toEqual([]);
    await database.sql`update butler.user_facts
      set valid_to = '2026-11-30' where id = ${id}`;
    expect(await said(there, 'holiday in Oslo', 'cy')).toEqual(['is on holiday in Oslo']);
  });

  it('vectors of another model are not compared; words still find', async () => {
    await tell(here, 'plays the cello');
    const moved = processOn(database, 'large');
    fake.always({ dimension: 48 });
    expect(await said(moved, 'cello')).toContain('plays the cello');
    fake.always({});
    // The same name with another dimension: another model was put in its place.
    fake.always({ dimension: 32 });
    const swapped = processOn(database);
    expect(await said(swapped, 'cello')).toContain('plays the cello');
    expect(await said(swapped, 'cello')).toContain('plays the cello');
    fake.always({});
  });

  it('without an embeddings server the words alone find', async () => {
    const alone = processOn(database);
    fake.always({ fault: { status: 500 } });
    expect(await said(alone, 'cello')).toContain('plays the cello');
    expect((await alone.recall.searchFacts('ada', 'cello', 3))[0]?.fact).toBe('plays the cello');
    fake.always({});
  });

  it('history: words of a turn find its question and answer, until they are removed', async () => {
    const ask = async (question: string, answer: string, at: string): Promise<number[]> => {
      const shared = { turn: randomUUID(), door: 'app', at: new Date(at) };
      return await here.history.record('ada', [
        { ...shared, role: 'user', content: question },
        { ...shared, role: 'assistant', content: answer },
      ]);
    };
    const dune = await ask('Who directed Dune?', 'Denis Villeneuve.', '2026-11-20T18:00:00Z');
    await ask('What is the weather?', 'It rains.', '2026-11-21T08:00:00Z');
    const search = async (text: string, options = {}): Promise<number[]> => {
      const found = await there.recall.searchHistory('ada', text, { limit: 10, ...options });
      return found.map(({ id }) => id);
    };
    expect((await search('Dune')).slice(0, 2)).toEqual(dune);
    expect(await search('Dune', { from: new Date('2026-11-21T00:00:00Z') })).not.toContain(dune[0]);
    expect(await search('', { to: new Date('2026-11-21T00:00:00Z') })).toEqual(dune);
    const rain = await search('What did I ask you today?');
    expect(rain).toHaveLength(2);
    expect(rain).not.toContain(dune[0]);
    const other = await ask('Is Dune on tonight?', 'Yes, at nine.', '2026-11-18T18:00:00Z');
    expect((await search('what did I ask yesterday about Dune?')).slice(0, 4)).toEqual([
      ...dune,
      ...other,
    ]);
    await ask('Hello.', 'Your gardener comes on Monday.', '2026-11-17T08:00:00Z');
    const own = await ask('The gardener comes on Friday.', 'Good.', '2026-11-17T12:00:00Z');
    expect((await search('What did I say about the gardener?')).slice(0, 2)).toEqual(own);
    const taken = await here.history.remove('ada', [dune[0] ?? 0]);
    expect(await search('Dune')).not.toContain(dune[0]);
    await here.history.restore('ada', taken);
    expect((await search('Dune')).slice(0, 2)).toEqual(dune);
    expect(await there.recall.searchHistory('ben', 'Dune', { limit: 10 })).toEqual([]);
  });

  it('a person made anew has none of the old memories', async () => {
    await tell(here, 'collects stamps', { to: 'cy' });
    expect(await said(there, 'stamps', 'cy')).toContain('collects stamps');
    await database.sql`delete from butler.users where id = 'cy'`;
    await database.sql`insert into butler.users (id, name, role) values ('cy', 'Cy', 'child')`;
    expect(await said(there, 'stamps', 'cy')).toEqual([]);
    await tell(here, 'collects coins', { to: 'cy' });
    expect(await said(there, 'stamps', 'cy')).toEqual(['collects coins']);
  });
});
