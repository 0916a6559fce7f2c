// Coming in: one owner, slow guessing, tokens that end.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin, json, owner } from '../../tests/rig/admin.ts';

let admin: FakeAdmin;
beforeEach(async () => {
  admin = await fakeAdmin({
    parts: [
      { name: 'voice', state: 'ready', sentence: 'Kokoro speaks.' },
      { name: 'mind', state: 'failed', sentence: 'Set ANTHROPIC_API_KEY.' },
    ],
  });
});
afterEach(() => admin.forget());

const login = (password: string, { username = 'ada', address = '10.0.0.9', headers = {} } = {}) =>
  admin.app.request(
    '/api/v1/auth/login',
    {
      method: 'POST',
      headers: { ...json, ...headers },
      body: JSON.stringify({ username, password }),
    },
    { incoming: { socket: { remoteAddress: address } } },
  );

it('tells in /health that setup is needed, and what has failed', async () => {
  const health = async () => (await admin.app.request('/health')).json();
  expect(await health()).toEqual({
    status: 'degraded',
    version: '9.9.9',
    setupNeeded: true,
    engine: 'none',
    parts: admin.house.parts(),
  });
  await admin.enter();
  expect(await health()).toMatchObject({ setupNeeded: false });
});

it('makes the owner once, of five who try together', async () => {
  const usernames = ['ada', 'bob', 'cyd', 'dan', 'eve'];
  const answers = await Promise.all(
    usernames.map((username) => admin.post('/api/v1/setup', { ...owner, username })),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([201, 409, 409, 409, 409]);
  const [winner] = answers.filter(({ status }) => status === 201);
  if (!winner) throw new Error('nobody became the owner');
  const { user, token } = (await winner.json()) as { user: object; token: string };
  expect(user).toMatchObject({ name: owner.name, role: 'owner' });
  const me = await admin.app.request('/api/v1/me', {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await me.json()).toMatchObject({ user, device: { type: expect.any(String) } });
  const late = await admin.post('/api/v1/setup', owner);
  expect(await late.json()).toMatchObject({ code: 'setup-done' });
});

it('logs in whatever the case of the username, and out for good', async () => {
  await admin.enter();
  const answer = await login(owner.password, { username: 'ADA' });
  expect(answer.status).toBe(200);
  const { token } = (await answer.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  expect((await admin.app.request('/api/v1/me', { headers })).status).toBe(200);
  expect((await admin.post('/api/v1/auth/logout', '', headers)).status).toBe(204);
  expect((await admin.app.request('/api/v1/me', { headers })).status).toBe(401);
});

it('answers a wrong name and a wrong password alike', async () => {
  await admin.enter();
  const wrong = await login('wrong password');
  const unknown = await login('wrong password', { username: 'nobody' });
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(await wrong.json()).toEqual(await unknown.json());
});

it('slows guessing by address and name, also when all come at once', async () => {
  await admin.enter();
  const answers = await Promise.all(Array.from({ length: 12 }, () => login('wrong password')));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  const slowed = answers.filter(({ status }) => status === 429);
  expect(slowed).toHaveLength(7);
  expect(slowed[0]?.headers.get('retry-after')).toBe('30');
  // Even the right password waits; from elsewhere it does not.
  expect((await login(owner.password)).status).toBe(429);
  expect((await login(owner.password, { address: '10.0.0.8' })).status).toBe(200);
  admin.now.ms += 30_000;
  expect((await login('wrong again')).status).toBe(401);
  expect((await login(owner.password)).headers.get('retry-after')).toBe('60');
  admin.now.ms += 60_000;
  expect((await login(owner.password)).status).toBe(200);
  expect((await login('wrong again')).status).toBe(401);
});

it('believes a forwarded address only from a proxy of this machine', async () => {
  await admin.enter();
  const headers = (each: number) => ({ 'x-forwarded-for': `198.51.100.${each}` });
  const tries = async (address: string) => {
    const statuses = [];
    for (let each = 0; each < 6; each += 1) {
      statuses.push((await login('wrong', { address, headers: headers(each) })).status);
    }
    return statuses.at(-1);
  };
  expect(await tries('10.0.0.9')).toBe(429);
  expect(await tries('127.0.0.1')).toBe(401);
});

it('slows one address that tries many names', async () => {
  let last = 0;
  for (let each = 0; each < 51; each += 1) {
    last = (await login('wrong', { username: `name${each}` })).status;
  }
  expect(last).toBe(429);
});
