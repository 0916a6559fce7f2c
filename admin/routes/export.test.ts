/** The export route: one's own and a child's, whole, one at a time, a few in an hour. */
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin } from '../../tests/rig/admin.ts';

let admin: FakeAdmin;
afterEach(() => admin.forget());

const ask = (headers: Record<string, string>, query = '') =>
  admin.app.request(`/api/v1/export${query}`, { headers });
const opened = async (answer: Response): Promise<(name: string) => string> => {
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  return (name) => strFromU8(files[name] ?? new Uint8Array());
};

it('holds everything about the person, nothing of others and no secret', async () => {
  admin = await fakeAdmin();
  const { user, bearer } = await admin.enter();
  const ben = await admin.joinAs('adult', 'Ben');
  const { sql } = admin.memory.database;
  for (const [id, fact] of [
    [user.id, '=HYPERLINK("x")'],
    [ben.id, 'Is afraid of geese'],
  ] as const) {
    await sql`insert into butler.user_facts (user_id, category, fact, source, confidence)
      values (${id}, 'personal', ${fact}, 'explicit', 1)`;
  }
  await sql`insert into butler.service_credentials (user_id, service, username, password_encrypted)
    values (${user.id}, 'jellyfin', 'ada', 'sealed-stuff')`;
  const at = new Date(admin.now.ms).toISOString();
  const turn = { at, door: 'app', transport: 'text', clocks: { input: 'text' } } as const;
  admin.turns.add({ ...turn, id: 't1', personId: user.id, faults: [] });
  admin.turns.add({ ...turn, id: 't2', personId: ben.id, faults: [] });
  await admin.timers.set({ ownerId: user.id, name: 'tea', durationMs: 60_000 });
  admin.house.setPin(user.id, '4711');
  await admin.audit.record({ actor: { part: 'test' }, what: 'now', outcome: 'done' });

  const answer = await ask(bearer);
  expect(answer.headers.get('content-type')).toBe('application/zip');
  expect(answer.headers.get('content-disposition')).toContain('butler-2026-03-01.zip');
  const file = await opened(answer);
  expect(file('README.txt')).toContain('Ada Example');
  expect(JSON.parse(file('user_facts.json'))).toMatchObject([{ fact: '=HYPERLINK("x")' }]);
  expect(file('user_facts.csv')).toContain(`"'=HYPERLINK(""x"")"`);
  expect(JSON.parse(file('users.json'))).toMatchObject([{ username: 'ada' }]);
  expect(JSON.parse(file('service_credentials.json'))).toMatchObject([{ service: 'jellyfin' }]);
  expect(JSON.parse(file('devices.json'))).toHaveLength(1);
  expect(JSON.parse(file('turns.json'))).toMatchObject([{ id: 't1' }]);
  expect(JSON.parse(file('timers.json'))).toMatchObject([{ name: 'tea' }]);
  expect(JSON.parse(file('pin.json'))).toEqual({ pin: true });
  expect(JSON.parse(file('conversation_history.json'))).toEqual([]);
  const names = ['README.txt', 'users.json', 'users.csv', 'user_facts.json', 'audit.json'];
  const everything = [...names, 'service_credentials.json', 'notices.json'].map(file).join();
  expect(everything).not.toMatch(/geese|sealed-stuff|argon2|scrypt|4711/);
});

it('is one’s own, or a child’s for an owner', async () => {
  admin = await fakeAdmin();
  const { user, bearer } = await admin.enter();
  const ben = await admin.joinAs('adult', 'Ben');
  const kid = await admin.joinAs('child', 'Kid');
  const child = await ask(bearer, `?userId=${kid.id}`);
  expect(JSON.parse((await opened(child))('users.json'))).toMatchObject([{ name: 'Kid' }]);
  expect((await ask(bearer, `?userId=${ben.id}`)).status).toBe(403);
  expect((await ask(kid.bearer, `?userId=${user.id}`)).status).toBe(404);
  expect((await ask(bearer, '?userId=nobody')).status).toBe(404);
  expect((await ask({})).status).toBe(401);
});

it('runs one at a time and four in an hour; who goes away lets the next one in', async () => {
  admin = await fakeAdmin();
  const { bearer } = await admin.enter();
  const ben = await admin.joinAs('adult', 'Ben');
  const first = await ask(bearer);
  expect((await ask(ben.bearer)).status).toBe(429);
  await first.body?.cancel();
  const head = await admin.app.request('/api/v1/export', { method: 'HEAD', headers: bearer });
  expect(head.status).toBe(200);
  for (let count = 0; count < 3; count++) await opened(await ask(bearer));
  const limited = await ask(bearer);
  expect(limited.status).toBe(429);
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(3_000);
  expect((await ask(ben.bearer)).status).toBe(200);
  admin.now.ms += 60 * 60_000;
  expect((await ask(bearer)).status).toBe(200);
});
