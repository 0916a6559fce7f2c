// What somebody hostile tried on the doors of the house, and that it does not work.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin, json, owner } from '../tests/rig/admin.ts';
import { createInvitations } from './invitations.ts';

let admin: FakeAdmin;
let ada: { authorization: string };
let adaId: string;
beforeEach(async () => {
  admin = await fakeAdmin();
  const entered = await admin.enter();
  [ada, adaId] = [entered.bearer, entered.user.id];
});
afterEach(() => admin.forget());

type Texts = 'code' | 'token' | 'id' | 'secret' | 'state' | 'url' | 'deviceId';
type Answer = { status: number; user: { id: string }; remaining: number } & {
  [Text in Texts]: string;
};
const [home, outside] = ['192.168.1.7', '203.0.113.9'];
let from = home;
const send = async (request: string, body?: unknown, headers = {}) => {
  const [path = '', method = 'POST'] = request.split(' ').reverse();
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const init = { method, headers: { ...json, ...headers }, ...text };
  const peer = { incoming: { socket: { remoteAddress: from } } };
  const answer = await admin.app.request(`/api/v1/${path}`, init, peer);
  const content = answer.status === 204 ? {} : ((await answer.json()) as object);
  return { ...content, status: answer.status } as Answer;
};
const phone = { name: 'Kitchen phone', type: 'phone' };
const { password } = owner;
const approve = { decision: 'approve' };
const fromOutside: typeof send = async (...request) => {
  from = outside;
  return await send(...request).finally(() => {
    from = home;
  });
};

it('gives no token for a yes of a device that was revoked since', async () => {
  const ben = await admin.joinAs('adult', 'Ben');
  const stolen = await admin.comeFrom(ben.id);
  const asked = await send('auth/register', { ...phone, username: 'ben' });
  expect((await send(`auth/requests/${asked.id}`, approve, stolen.bearer)).status).toBe(200);
  await send(`DELETE devices/${stolen.deviceId}`, undefined, ben.bearer);
  const got = await send(`auth/register/${asked.id}`, { secret: asked.secret });
  expect(got).toMatchObject({ status: 404, code: 'request-unknown' });
});

it('gives no token of somebody for a yes of an owner who is none any more', async () => {
  const ben = await admin.joinAs('owner', 'Ben');
  const asked = await send('auth/register', { ...phone, username: 'ada' });
  expect((await send(`auth/requests/${asked.id}`, approve, ben.bearer)).status).toBe(200);
  await send(`PATCH users/${ben.id}`, { role: 'adult' }, ada);
  expect((await send(`auth/register/${asked.id}`, { secret: asked.secret })).status).toBe(404);
});

it('lets an owner from outside in as nobody else, and at home tells who it was', async () => {
  const ben = await admin.joinAs('adult', 'Ben');
  const named = await send('auth/register', { ...phone, username: 'ben' });
  const nameless = await send('auth/register', phone);
  const say = (id: string, more: object) =>
    fromOutside(`auth/requests/${id}`, { ...approve, ...more }, ada);
  expect((await say(named.id, {})).code).toBe('only-at-home');
  expect((await say(nameless.id, { userId: ben.id })).code).toBe('only-at-home');
  // Their own they let in from anywhere, and refuse whatever it is.
  expect((await say(nameless.id, { userId: adaId })).status).toBe(200);
  expect((await say(named.id, { decision: 'refuse' })).status).toBe(200);

  await admin.devices.revoke(admin.devices.of(ben.id).map(({ id }) => id));
  const again = await send('auth/register', { ...phone, username: 'ben' });
  expect((await send(`auth/requests/${again.id}`, approve, ada)).status).toBe(200);
  await send(`auth/register/${again.id}`, { secret: again.secret });
  const notices = await admin.house.notices.list(ben.id, { limit: 9 });
  expect(notices.map(({ code }) => code)).toContain('device-new');
});

it('lets no crowd of strangers keep out who shows the password', async () => {
  await admin.house.household.change({ loginNeedsApproval: true });
  const codes: number[] = [];
  for (let each = 0; each < 55; each += 1) {
    from = `203.0.113.${Math.floor(each / 5)}`;
    codes.push((await send('auth/register', { ...phone, username: 'ada' })).status);
  }
  from = home;
  expect(codes.filter((status) => status === 202)).toHaveLength(50);
  const { username } = owner;
  const asked = await send('auth/login', { username, password, device: phone });
  expect(asked.status).toBe(202);
  expect((await send(`auth/requests/${asked.id}`, approve, ada)).status).toBe(200);
  // Who knows the password asks no more than a few times either.
  const login = () => send('auth/login', { username, password, device: phone });
  for (let each = 0; each < 5; each += 1) expect((await login()).status).toBe(202);
  expect((await login()).code).toBe('requests-too-many');
});

it('gives an owner a child’s export at home only', async () => {
  const kid = await admin.joinAs('child', 'Kid');
  const away = await fromOutside(`GET export?userId=${kid.id}`, undefined, ada);
  expect(away.code).toBe('only-at-home');
});

it('takes invitations of somebody who is no owner any more for nothing', async () => {
  const ben = await admin.joinAs('owner', 'Ben');
  const made = await send('auth/invitations', { name: 'Me again', role: 'owner' }, ben.bearer);
  const reset = await send(`users/${adaId}/password-reset`, undefined, ben.bearer);
  await send(`PATCH users/${ben.id}`, { role: 'adult' }, ada);
  for (const { token } of [made, reset]) {
    expect((await send('auth/invitations/look', { token })).status).toBe(404);
    const used = await send('auth/invitations/accept', { token, username: 'back', password });
    expect(used.code).toBe('invitation-gone');
  }
});

it('ends every password link and passkey of whoever used one', async () => {
  const ben = await admin.joinAs('adult', 'Ben');
  const { database } = admin.memory;
  await database.sql`
    insert into butler.passkeys (id, user_id, name, host, public_key)
    values ('left-behind', ${ben.id}, 'A thief’s', 'localhost', 'x')`;
  const invitations = createInvitations({ database, clock: () => admin.now.ms });
  const wanted = { name: 'Ben', role: 'adult', forPerson: ben.id, createdBy: adaId } as const;
  const both = await Promise.all([invitations.make(wanted), invitations.make(wanted)]);
  const [first, second] = both.map((made) => made?.token);
  const used = await send('auth/invitations/accept', { token: second, password });
  expect(used.status).toBe(200);
  expect((await send('auth/invitations/accept', { token: first, password })).status).toBe(404);
  expect(await database.sql`select id from butler.passkeys`).toEqual([]);
});

it('slows whoever guesses a password with a device that was found', async () => {
  const guess = () => send('PUT me/pin', { password: 'a guess', pin: '2468' }, ada);
  for (let each = 0; each < 5; each += 1) expect((await guess()).status).toBe(403);
  expect(await guess()).toMatchObject({ status: 429, code: 'login-slowed' });
  expect(admin.pins.size).toBe(0);
});

it('keeps one of two owners who go at the same moment', async () => {
  const ben = await admin.joinAs('owner', 'Ben');
  const both = await Promise.all([
    send('purge', { confirm: 'ada', password }, ada),
    send('purge', { confirm: 'ben', password }, ben.bearer),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(admin.people.all().filter(({ role }) => role === 'owner')).toHaveLength(1);
});

it('counts an owner who has no way in for nobody who could rule', async () => {
  const { users } = admin.memory;
  await users.insert({ id: 'bodiless', name: 'Eve', role: 'owner' });
  expect((await send('purge', { confirm: 'ada', password }, ada)).code).toBe('purge-last-owner');
});

it('keeps no id of somebody who is gone among the tokens that ended', async () => {
  const ben = await admin.joinAs('adult', 'Ben');
  await send('auth/revoke-all', undefined, ben.bearer);
  expect(await readFile(join(admin.folder, 'revoked.json'), 'utf8')).toContain('unseen:');
  const report = await send('purge', { confirm: 'ben', password }, ben.bearer);
  expect(report).toMatchObject({ status: 200, remaining: 0 });
});

it.each([
  ['http://evil.example', 403],
  ['http://butler.evil.example:8000', 403],
  ['http://local.evil.example', 403],
  ['http://192.168.1.2:8000', 409],
  ['http://[fd00::2]:8000', 409],
  ['http://butler', 409],
  ['http://butler.local:8000', 409],
  ['http://house.example', 409],
])('asked to be set up by a page of %s answers %i', async (page, status) => {
  await admin.forget();
  const environment = { BUTLER_HOST: '0.0.0.0', BUTLER_ALLOWED_HOSTS: 'house.example' };
  admin = await fakeAdmin({ environment });
  await admin.enter();
  const headers = { ...json, origin: page };
  const first = { name: 'Eve', username: 'eve', password };
  const init = { method: 'POST', headers, body: JSON.stringify(first) };
  expect((await admin.app.request(`${page}/api/v1/setup`, init)).status).toBe(status);
});
