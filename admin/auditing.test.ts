/** What stands in the audit log of the routes, who may read it, and that reading costs nothing. */
import { afterEach, expect, it, vi } from 'vitest';
import type { TurnRecord } from '../agent/events.ts';
import { type FakeAdmin, fakeAdmin, owner } from '../tests/rig/admin.ts';

let admin: FakeAdmin;
afterEach(() => admin.forget());

interface Line {
  number: number;
  actor: { personId?: string; name?: string; id?: string };
  what: string;
  target: { personId?: string; id?: string } | null;
  outcome: string;
  detail: Record<string, unknown>;
  device: string | null;
}

const lines = async (bearer: Record<string, string>, query = ''): Promise<Line[]> => {
  const answer = await admin.app.request(`/api/v1/audit?limit=200${query}`, { headers: bearer });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { lines: Line[] }).lines;
};

/** Until what was accepted is written: the log of a test file goes on from test to test. */
const settled = () => admin.audit.record({ actor: { part: 'test' }, what: 'now', outcome: 'done' });
const since = async (): Promise<number> => {
  await settled();
  return (await admin.audit.newest())?.number ?? 0;
};

it('records what changes something, by whom and with what outcome, and no reading', async () => {
  admin = await fakeAdmin();
  const begun = await since();
  const { user, bearer } = await admin.enter();
  const ben = await admin.joinAs('child', 'Ben');
  const get = (path: string) => admin.app.request(path, { headers: bearer });
  await get('/api/v1/me');
  await get('/api/v1/memory/facts');
  await get(`/api/v1/users/${user.id}/soul`);
  const secret = 'I hide money in the shed';
  await admin.post('/api/v1/memory/facts', { fact: secret, category: 'personal' }, bearer);
  await get(`/api/v1/users/${ben.id}/soul`);
  await admin.post('/api/v1/memory/facts', { fact: '' }, ben.bearer);
  await admin.app.request('/api/v1/souls/export', { headers: ben.bearer });
  const gone = await admin.app.request('/api/v1/memory/facts/no-such-thing', {
    method: 'DELETE',
    headers: bearer,
  });
  expect(gone.status).toBeGreaterThanOrEqual(400);
  await settled();

  const written = (await lines(bearer)).filter(({ number }) => number > begun).reverse();
  expect(
    written.map(({ what, outcome, actor }) => `${what} ${outcome} ${actor.name ?? actor.id}`),
  ).toEqual([
    'post /api/v1/setup done door',
    'post /api/v1/memory/facts done Ada Example',
    'get /api/v1/users/{id}/soul done Ada Example',
    'post /api/v1/memory/facts refused Ben',
    'get /api/v1/souls/export refused Ben',
    'delete /api/v1/memory/facts/{id} refused Ada Example',
    'now done test',
  ]);
  expect(written[2]?.target).toMatchObject({ personId: ben.id, name: 'Ben' });
  expect(written[4]?.detail).toEqual({ status: 403, code: 'role-insufficient' });
  expect(written[3]?.device).toBe(ben.deviceId);
  expect(written[5]?.target).toBeNull();
  expect(JSON.stringify(written)).not.toContain('shed');
});

it('records who tries to come in, each address under a mark, and a flood as a number', async () => {
  admin = await fakeAdmin();
  const { user, bearer } = await admin.enter();
  const begun = await since();
  const login = (username: string, password: string) =>
    admin.post('/api/v1/auth/login', { username, password });
  await login('ADA', 'wrong');
  await login('nobody-i-know', 'wrong');
  await login(owner.username, owner.password);
  await settled();
  const tries = (await lines(bearer, '&what=post /api/v1/auth/login'))
    .filter(({ number }) => number > begun)
    .reverse();
  expect(tries.map(({ outcome, target }) => [outcome, target?.personId])).toEqual([
    ['refused', user.id],
    ['refused', undefined],
    ['done', user.id],
  ]);
  expect(tries[0]?.detail).toMatchObject({ status: 401, from: expect.stringMatching(/^\w{12}$/) });
  expect(tries[1]?.detail.from).toBe(tries[0]?.detail.from);

  admin.now.ms += 60_000;
  const flood = await since();
  for (let count = 0; count < 70; count++) await admin.post('/api/v1/chat', { text: 'x' });
  admin.now.ms += 60_000;
  await admin.post('/api/v1/chat', { text: 'x' });
  await settled();
  const refused = (await lines(bearer, '&what=post /api/v1/chat')).filter(
    ({ number }) => number > flood,
  );
  expect(refused).toHaveLength(61);
  expect(refused[0]?.detail).toMatchObject({ status: 401, code: 'token-required', unrecorded: 10 });
});

it('records what tools did, in conversations and by commands; reading is none of it', async () => {
  admin = await fakeAdmin();
  const { user, bearer } = await admin.enter();
  admin.toolbox.tools.set('lock_open', { effect: 'danger' });
  admin.toolbox.tools.set('clock_time', { effect: 'read' });
  const begun = await since();
  const record: TurnRecord = {
    ...{ id: 'turn-1', at: new Date(admin.now.ms).toISOString(), door: 'app' },
    ...{ transport: 'websocket', personId: user.id, faults: [] },
    clocks: {
      input: 'voice',
      tools: [
        { tool: 'lock_open', ok: false, tookMs: 1, verdict: 'ask' },
        { tool: 'lock_open', ok: true, tookMs: 1, verdict: 'run' },
        { tool: 'clock_time', ok: true, tookMs: 1, verdict: 'run' },
        { tool: 'made_up', ok: false, tookMs: 1 },
      ],
    },
  };
  admin.turns.add(record);
  await settled();
  const done = (await lines(bearer, '&what=tool')).filter(({ number }) => number > begun);
  expect(done.map(({ what, outcome, target }) => `${what} ${outcome} ${target?.id}`)).toEqual([
    'tool lock_open done turn-1',
    'tool lock_open refused turn-1',
  ]);
});

it('is read by owners; everybody else sees what concerns them', async () => {
  admin = await fakeAdmin();
  const { bearer } = await admin.enter();
  const ben = await admin.joinAs('adult', 'Ben');
  await admin.app.request(`/api/v1/users/${ben.id}/permissions`, { headers: bearer });
  await settled();
  const refused = await admin.app.request('/api/v1/audit', { headers: ben.bearer });
  expect(refused.status).toBe(403);
  const own = await lines(ben.bearer, '&own=true');
  expect(own.every(({ actor, target }) => [actor, target].some((one) => one?.personId === ben.id)));
  expect(own.map(({ what }) => what)).toContain('get /api/v1/users/{id}/permissions');
  const verify = (headers: Record<string, string>, query = '') =>
    admin.app.request(`/api/v1/audit/verify${query}`, { headers });
  expect((await verify(ben.bearer)).status).toBe(403);
  const held = (await (await verify(bearer)).json()) as { ok: boolean; newest: { hash: string } };
  expect(held.ok).toBe(true);
  const beyond = await verify(bearer, `?number=999999&hash=${held.newest.hash}`);
  expect(await beyond.json()).toMatchObject({ ok: false });
  expect((await verify(bearer, '?number=1')).status).toBe(400);
});

it('asks the database nothing for a plain reading', async () => {
  admin = await fakeAdmin();
  const { bearer } = await admin.enter();
  await settled();
  const recorded = vi.spyOn(admin.audit, 'record');
  for (const path of ['/health', '/api/v1/me', '/api/v1/turns']) {
    expect((await admin.app.request(path, { headers: bearer })).status).toBe(200);
  }
  expect(recorded).not.toHaveBeenCalled();
});
