/** Re-embedding on both engines: what has no vector of the present model gets one, politely. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startEmbeddings } from '../tests/fakes/embeddings.ts';
import { eachEngine } from '../tests/rig/database.ts';
import { silent } from '../tests/rig/database-folder.ts';
import type { Database } from './database.ts';
import { createEmbedder } from './embed.ts';
import { createFacts } from './facts.ts';
import { createHistory } from './history.ts';
import { type Reembedding, startReembedding } from './reembed.ts';

const models = ['small', 'large'];
const fake = await startEmbeddings({ dimension: 24, models, charactersMax: 3_000 });
beforeEach(() => fake.reset());
afterAll(() => fake.stop());

const timing = { lookEveryMs: 60_000, busyMs: 10, breathMs: 0, failedMs: 50 };

eachEngine((open) => {
  let database: Database;
  let running: Reembedding | undefined;
  const logged: object[] = [];
  let busy = false;

  beforeAll(async () => {
    database = await open();
    await database.sql`insert into butler.users (id, name, role)
      values ('ada', 'Ada', 'adult'), ('ben', 'Ben', 'adult')`;
    const facts = createFacts(database);
    const told = { category: 'personal', source: 'explicit' } as const;
    for (const personId of ['ada', 'ben']) {
      for (let at = 0; at < 20; at += 1) {
        await facts.remember(personId, { ...told, fact: `knows ${personId} thing ${at}` });
      }
    }
    const turn = randomUUID();
    await createHistory(database).record('ada', [
      { turn, door: 'app', role: 'user', content: 'What is a thing?' },
      { turn, door: 'app', role: 'assistant', content: 'A noun.' },
    ]);
    // The first time on a machine the embedded database is made.
  }, 120_000);

  afterEach(async () => {
    await running?.close();
    running = undefined;
    busy = false;
  });

  const start = (model: string): Reembedding => {
    logged.length = 0;
    const url = () => ({ origin: fake.url, key: '' });
    const quick = { retryAfterMs: 5, restMs: 10 };
    const embedder = createEmbedder({ url, model, log: silent, timing: quick });
    const log = { ...silent, info: (fields: object) => void logged.push(fields) };
    running = startReembedding({ database, embedder, busy: () => busy, log, timing });
    return running;
  };

  /** Rows by model and dimension. */
  const rows = async (): Promise<Record<string, number>> => {
    const found = await database.sql<{ kind: string; count: number }[]>`
      select coalesce(embedding_model || '/' || vector_dims(embedding), 'none') as kind,
        count(*) from (select embedding, embedding_model from butler.user_facts
          union all select embedding, embedding_model from butler.conversation_history) as all_rows
      group by 1`;
    return Object.fromEntries(found.map(({ kind, count }) => [kind, Number(count)]));
  };

  const until = (wanted: Record<string, number>) =>
    expect.poll(rows, { timeout: 15_000, interval: 30 }).toEqual(wanted);

  it('rows without a vector get one, with progress, and are seen by the indexes', async () => {
    const revision = (await createFacts(database).marks('ada')).revision;
    const job = start('small');
    await until({ 'small/24': 42 });
    await expect.poll(() => job.state().running).toBe(false);
    expect(job.state()).toMatchObject({ model: 'small', done: 42, total: 42, refused: 0 });
    expect(logged.length).toBeGreaterThan(4);
    const { rows: changed } = await createFacts(database).changedSince('ada', revision);
    expect(changed).toHaveLength(20);
    expect(changed.every(({ vector }) => vector?.model === 'small')).toBe(true);
  });

  it('waits while a turn is running, and ends where it was', async () => {
    busy = true;
    const job = start('large');
    await expect.poll(() => job.state().running).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await rows()).toEqual({ 'small/24': 42 });
    busy = false;
    await expect.poll(() => job.state().done, { interval: 1 }).toBeGreaterThan(0);
    await job.close();
    const half = (await rows())['large/24'] ?? 0;
    expect(half).toBeGreaterThan(0);
    const asked = fake.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(fake.requests).toHaveLength(asked);
    const again = start('large');
    await until({ 'large/24': 42 });
    await expect.poll(() => again.state().running).toBe(false);
    expect(again.state().total).toBe(42 - half);
  });

  it('another model under the same name shows by its dimension', async () => {
    fake.always({ dimension: 16 });
    start('large');
    await until({ 'large/16': 42 });
  });

  it('an outage is waited for', async () => {
    await database.sql`update butler.user_facts set embedding = null, embedding_model = null
      where user_id = 'ben'`;
    fake.always({ dimension: 16, fault: { status: 500 } });
    start('large');
    await fake.waitForRequests(2);
    fake.always({ dimension: 16 });
    await until({ 'large/16': 42 });
  });

  it('a text that the model refuses is left out; the others are not held up', async () => {
    fake.always({ dimension: 16 });
    const turn = randomUUID();
    const long = { turn, door: 'app', role: 'user' as const, content: 'word '.repeat(700) };
    await createHistory(database).record('ada', [long, { ...long, content: 'short' }]);
    const job = start('large');
    await until({ 'large/16': 43, none: 1 });
    await expect.poll(() => job.state().running).toBe(false);
    expect(job.state()).toMatchObject({ refused: 1, done: 2, total: 2 });
    const asked = fake.requests.length;
    job.look();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(fake.requests).toHaveLength(asked);
    await createHistory(database).record('ada', [{ ...long, content: 'new' }]);
    job.look();
    await until({ 'large/16': 44, none: 1 });
  });

  it('a text that changed meanwhile keeps no vector of the old words', async () => {
    await database.sql`update butler.user_facts set embedding = null, embedding_model = null
      where user_id = 'ben' and fact like '% thing 1'`;
    let edited: Promise<unknown> | undefined;
    fake.always(({ body }) => {
      if ([body.input].flat().includes('knows ben thing 1')) {
        edited ??= (async () =>
          await database.sql`update butler.user_facts set fact = 'knows ben better'
            where fact = 'knows ben thing 1'`)();
      }
      return { dimension: 16, answersAfterMs: 200 };
    });
    const job = start('large');
    await expect.poll(() => edited !== undefined, { timeout: 10_000 }).toBe(true);
    await edited;
    await expect.poll(() => job.state().running, { timeout: 10_000 }).toBe(false);
    expect((await rows()).none).toBe(2);
    job.look();
    await until({ 'large/16': 44, none: 1 });
  });
});
