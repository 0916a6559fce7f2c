/** Memory over HTTP on real databases: nobody reaches another's, undo brings back the words too. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEmbedder } from '../memory/embed.ts';
import { createFacts } from '../memory/facts.ts';
import { createHistory } from '../memory/history.ts';
import { createRecall } from '../memory/recall.ts';
import { openUsers } from '../memory/users.ts';
import { type FakeAdmin, fakeAdmin, json } from './rig/admin.ts';
import { eachEngine } from './rig/database.ts';
import { silent } from './rig/database-folder.ts';

interface Someone {
  id: string;
  bearer: { authorization: string };
}
interface Content {
  code: string;
  facts: { id: number; fact: string }[];
  turns: { turn: string; messages: { content: string }[] }[];
  [other: string]: unknown;
}

eachEngine((open) => {
  let admin: FakeAdmin;
  let history: ReturnType<typeof createHistory>;
  let facts: ReturnType<typeof createFacts>;
  let ada: Someone;
  let bob: Someone;

  beforeAll(async () => {
    const database = await open();
    const users = await openUsers(database);
    [facts, history] = [createFacts(database), createHistory(database)];
    const now = () => new Date();
    const embedder = createEmbedder({ url: () => undefined, log: silent });
    const parts = { facts, history, users, embedder, now, timeZone: 'Europe/Oslo', log: silent };
    const state = () => database.state();
    admin = await fakeAdmin({
      kept: { database, users, facts, history, recall: createRecall(parts), state },
    });
    admin.now.ms = Date.now();
    const { user, bearer } = await admin.enter();
    ada = { id: user.id, bearer };
    bob = await admin.joinAs('adult', 'Bob');
  });
  afterAll(() => admin?.forget());

  const ask = async (as: Someone, call: string, body?: unknown) => {
    const [method = '', path = ''] = call.split(' ');
    const answer = await admin.app.request(`/api/v1${path}`, {
      method,
      headers: { ...json, ...as.bearer },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, content: (await answer.json()) as Content };
  };
  const known = async (as: Someone, query = ''): Promise<string[]> =>
    (await ask(as, `GET /memory/facts${query}`)).content.facts.map(({ fact }) => fact);
  const said = async (as: Someone, query = ''): Promise<string[]> =>
    (await ask(as, `GET /memory/history${query}`)).content.turns.flatMap(({ messages }) =>
      messages.map(({ content }) => content),
    );
  const tell = async (as: Someone, fact: string): Promise<number> => {
    const { content } = await ask(as, 'POST /memory/facts', { fact, category: 'personal' });
    return (content.fact as { id: number }).id;
  };

  it('keeps two people apart by id, by search and by turn', async () => {
    const secret = await tell(bob, 'Bob keeps a diary in the attic');
    await tell(ada, 'Ada sails at the weekend');
    const turn = randomUUID();
    await history.record(bob.id, [
      { turn, door: 'app', role: 'user', content: 'Where is my diary?' },
      { turn, door: 'app', role: 'assistant', content: 'In the attic.' },
    ]);
    expect(await known(ada, '?query=diary')).toEqual([]);
    expect(await known(ada, '?all=true')).toEqual(['Ada sails at the weekend']);
    expect(await said(ada, '?query=diary')).toEqual([]);
    for (const [call, body] of [
      [`PATCH /memory/facts/${secret}`, { fact: 'Mine' }],
      [`DELETE /memory/facts/${secret}`, undefined],
      [`DELETE /memory/history/${turn}`, undefined],
    ] as const) {
      expect([call, (await ask(ada, call, body)).status]).toEqual([call, 404]);
    }
    await ask(ada, 'DELETE /memory/facts', { confirm: 'forget everything' });
    await ask(ada, 'DELETE /memory/history', { confirm: 'forget what was said' });
    expect(await known(ada)).toEqual([]);
    expect(await known(bob, '?query=diary')).toEqual(['Bob keeps a diary in the attic']);
    expect(await said(bob, '?query=diary')).toEqual(['Where is my diary?', 'In the attic.']);
  });

  it('forgets a fact with its words, and an undo brings back both', async () => {
    const turn = randomUUID();
    const quote = 'I am allergic to peanuts';
    await history.record(ada.id, [
      { turn, door: 'app', role: 'user', content: `By the way, ${quote}.` },
      { turn, door: 'app', role: 'assistant', content: 'I will keep that in mind.' },
    ]);
    const { fact } = await facts.remember(ada.id, {
      ...{ category: 'personal', fact: 'Ada is allergic to peanuts', source: 'inferred' },
      origin: { turn, quote, door: 'app' },
    });
    const { content } = await ask(ada, `DELETE /memory/facts/${fact?.id}`);
    expect(content.fact).toMatchObject({ quote, source: 'inferred' });
    expect(await said(ada)).not.toContain(`By the way, ${quote}.`);
    expect((await ask(bob, 'POST /memory/facts/restore', { undo: content.undo })).status).toBe(404);
    await ask(ada, 'POST /memory/facts/restore', { undo: content.undo });
    expect(await known(ada)).toEqual(['Ada is allergic to peanuts']);
    expect(await said(ada)).toContain(`By the way, ${quote}.`);
  });

  it('refuses a correction to what is known already', async () => {
    await tell(ada, 'Ada drinks tea');
    const id = await tell(ada, 'Ada drinks coffee');
    const { status, content } = await ask(ada, `PATCH /memory/facts/${id}`, {
      fact: 'Ada drinks tea',
    });
    expect([status, content.code]).toEqual([409, 'fact-duplicate']);
    const empty = await ask(ada, 'POST /memory/facts', { fact: '?!', category: 'media' });
    expect([empty.status, empty.content.code]).toEqual([422, 'fact-empty']);
  });

  it('keeps a soul, and the whole household as a file', async () => {
    const patched = await ask(ada, `PATCH /users/${ada.id}/soul`, { humor: false });
    expect(patched.content.soul).toMatchObject({ humor: 'none', formality: 'balanced' });
    const { content: file } = await ask(ada, 'GET /souls/export');
    const others = [
      { ...{ id: 'kim', name: 'Kim' }, role: 'child' },
      { id: bob.id, name: 'Bob' },
    ];
    const users = [...(file.users as object[]), ...others];
    const { status, content } = await ask(ada, 'POST /souls/import', { users });
    expect(status).toBe(200);
    expect(content).toMatchObject({ added: ['Kim'], changed: ['Ada Example'], left: ['Bob'] });
    expect((await ask(ada, 'PATCH /users/kim/soul', { formality: 'casual' })).status).toBe(200);
    expect((await ask(ada, `GET /users/${bob.id}/soul`)).status).toBe(403);
  });
});
