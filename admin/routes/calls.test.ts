/** Reasons, money and settings over HTTP: who sees which of them, and what is refused. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FakeAdmin, fakeAdmin, json } from '../../tests/rig/admin.ts';

interface Person {
  id: string;
  bearer: { authorization: string };
}
type Shown = { id: number; personId: string; tool: string; words: { said: string } | null };

let admin: FakeAdmin;
let ada: Person;
let ben: Person;
let cleo: Person;

const turn = '11111111-1111-4111-8111-111111111111';

const note = (personId: string, tool: string, more: object = {}): void => {
  const outcome = { ok: true, say: 'It is on.', effect: 'write', verdict: 'run' } as const;
  admin.books.reasons.note({
    ...{ personId, guest: false, at: new Date(admin.now.ms), turn, door: 'app', tool },
    ...{ path: 'fast', said: `the words for ${tool}`, tainted: false, input: { to: 'on' } },
    ...{ outcome, ...more },
  });
};

const get = async (path: string, who: Person) => {
  const answer = await admin.app.request(path, { headers: who.bearer });
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
};
const callsOf = async (path: string, who: Person): Promise<Shown[]> =>
  (await get(path, who)).body.calls ?? [];
const patch = async (body: unknown, who = ada) => {
  const answer = await admin.app.request('/api/v1/configuration', {
    ...{ method: 'PATCH', headers: { ...json, ...who.bearer }, body: JSON.stringify(body) },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
};

beforeAll(async () => {
  admin = await fakeAdmin({ environment: { ANTHROPIC_API_KEY: 'sk-ant-very-secret' } });
  const { user, bearer } = await admin.enter();
  ada = { id: user.id, bearer };
  ben = await admin.joinAs('adult', 'Ben');
  cleo = await admin.joinAs('child', 'Cleo');
  note(ada.id, 'lamp_set');
  note(ben.id, 'mail_send');
  note(cleo.id, 'music_play', { door: 'room' });
});
afterAll(() => admin?.forget());

describe('calls', () => {
  test('are one’s own, with their words', async () => {
    const calls = await callsOf('/api/v1/calls', ben);
    expect(calls.map(({ tool }) => tool)).toEqual(['mail_send']);
    expect(calls[0]?.words?.said).toBe('the words for mail_send');
    expect(await callsOf('/api/v1/calls?tool=lamp_set', ben)).toEqual([]);
  });

  test('of others are seen by an owner without a word, but for those of children', async () => {
    const calls = await callsOf('/api/v1/calls', ada);
    expect(calls.map(({ tool }) => tool)).toEqual(['music_play', 'mail_send', 'lamp_set']);
    const words = calls.map((call) => call.words?.said);
    expect(words).toEqual(['the words for music_play', undefined, 'the words for lamp_set']);
    expect(JSON.stringify(calls[1])).not.toMatch(/the words for|It is on|"to"/);
  });

  test('page and filter', async () => {
    const [first] = await callsOf('/api/v1/calls?limit=1', ada);
    const [second] = await callsOf(`/api/v1/calls?limit=1&before=${first?.id}`, ada);
    expect([first?.tool, second?.tool]).toEqual(['music_play', 'mail_send']);
    expect(await callsOf('/api/v1/calls?door=room', ada)).toHaveLength(1);
    expect((await get('/api/v1/calls?before=x', ada)).status).toBe(400);
  });

  test('of a turn are told in order; a turn of others is no turn', async () => {
    const calls = await callsOf(`/api/v1/turns/${turn}/calls`, ada);
    expect(calls.map(({ tool }) => tool)).toEqual(['lamp_set', 'mail_send', 'music_play']);
    expect(await callsOf(`/api/v1/turns/${turn}/calls`, cleo)).toHaveLength(1);
    const unknown = await get('/api/v1/turns/22222222/calls', cleo);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'turn-unknown']);
  });
});

describe('spending', () => {
  beforeAll(async () => {
    const cost = { mindUsd: 0.25, totalUsd: 0.25 };
    const { spending } = admin.books;
    for (const { id: personId } of [ada, ben]) {
      spending.spent({ personId, door: 'app', clocks: { input: 'text', cost } });
    }
    spending.spent({ personId: ben.id, door: 'mcp', clocks: { input: 'text', cost: {} } });
    await admin.books.household.change({ caps: { everyone: { day: 1 }, household: { month: 9 } } });
  });

  test('is summed by what is asked, one’s own or the whole house', async () => {
    const { body } = await get('/api/v1/spending?by=person', ada);
    expect(body).toMatchObject({ usd: 0.5, turns: 3, unpriced: 1, to: '2026-03-01' });
    expect(body.groups).toHaveLength(2);
    expect(body.caps).toHaveLength(3);
    const own = (await get('/api/v1/spending?by=trigger', ben)).body;
    expect(own).toMatchObject({ usd: 0.25, turns: 2 });
    expect(own.groups).toEqual([
      { key: 'person', usd: 0.25, turns: 1, unpriced: 0 },
      { key: 'program', usd: 0, turns: 1, unpriced: 1 },
    ]);
    expect(own.caps).toEqual([
      expect.objectContaining({ whose: 'person', which: ben.id, limitUsd: 1, spentUsd: 0.25 }),
    ]);
  });

  test('wants days that make sense', async () => {
    const path = '/api/v1/spending?from=2026-03-02&to=2026-03-01';
    expect(await get(path, ada)).toMatchObject({ status: 422, body: { code: 'days-invalid' } });
    expect((await get('/api/v1/spending?from=2024-01-01', ada)).status).toBe(422);
    expect((await get('/api/v1/spending?from=soon', ada)).status).toBe(400);
    const empty = await get('/api/v1/spending?from=2025-03-01&to=2025-04-01', ada);
    expect(empty.body).toMatchObject({ usd: 0, turns: 0, groups: [] });
  });
});

describe('configuration', () => {
  beforeEach(() => admin.books.household.change({ BUTLER_VOICE: null }));

  test('is shown to owners, and no secret with it', async () => {
    expect((await get('/api/v1/configuration', ben)).status).toBe(403);
    const { body } = await get('/api/v1/configuration', ada);
    expect(JSON.stringify(body)).not.toMatch(/sk-ant|very-secret/);
    expect(body.settings).toContainEqual(
      expect.objectContaining({ key: 'ANTHROPIC_API_KEY', secret: true, set: true, value: null }),
    );
  });

  test('changes at once, all of it or nothing', async () => {
    expect((await patch({ BUTLER_VOICE: 'bm_george' }, ben)).status).toBe(403);
    const { status, body } = await patch({ BUTLER_VOICE: 'bm_george' });
    expect(status).toBe(200);
    expect(body.settings).toContainEqual(
      expect.objectContaining({ key: 'BUTLER_VOICE', value: 'bm_george', from: 'household' }),
    );
    expect(admin.books.household.settings.BUTLER_VOICE).toBe('bm_george');
    const refused = await patch({ BUTLER_VOICE: 'af_sky', JWT_SECRET: 'x'.repeat(32) });
    expect(refused).toMatchObject({ status: 422, body: { code: 'setting-fixed' } });
    expect(String(refused.body.detail)).toContain('stands in .env and needs a restart');
    expect(admin.books.household.settings.BUTLER_VOICE).toBe('bm_george');
    expect(await patch({ BUTLER_LOG_LEVEL: 'loud' })).toMatchObject({
      ...{ status: 422, body: { code: 'setting-invalid' } },
    });
    expect(await patch({ MOON: 1 })).toMatchObject({ body: { code: 'setting-unknown' } });
    expect(await patch({})).toMatchObject({ status: 422, body: { code: 'setting-invalid' } });
    expect((await patch([1])).status).toBe(422);
  });

  test('leaves no value in the log', async () => {
    await patch({ BUTLER_NAMES: 'Oskar the secret cat' });
    expect(JSON.stringify(admin.lines)).not.toContain('Oskar');
    expect(JSON.stringify(admin.lines)).toContain('BUTLER_NAMES');
  });
});
