// Where a phone posts its position: who may, how often one may guess, what is taken.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin, json, owner } from '../../tests/rig/admin.ts';

let admin: FakeAdmin;
let sent: { caller: { personId: string; role: string }; tool: string; input: unknown }[];
let answer: { ok: boolean; say: string; code?: string };
let userId: string;
let bearer: { authorization: string };

beforeEach(async () => {
  sent = [];
  answer = { ok: true, say: 'I have the position.' };
  admin = await fakeAdmin();
  admin.doors.command = async (order) => {
    sent.push(order);
    return answer;
  };
  ({
    user: { id: userId },
    bearer,
  } = await admin.enter());
});
afterEach(() => admin.forget());

const basic = (username: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
});
const fix = { _type: 'location', lat: 59.91, lon: 10.75, tst: 1_772_366_400, acc: 12, tid: 'aa' };

const post = (body: unknown, headers: { [name: string]: string }, address = '10.0.0.9') =>
  admin.app.request(
    '/api/v1/owntracks',
    {
      method: 'POST',
      headers: { ...json, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
    { incoming: { socket: { remoteAddress: address } } },
  );

it('takes a position by password, in any case of the name, and answers an empty list', async () => {
  const taken = await post(fix, basic('ADA', owner.password));
  expect([taken.status, await taken.json()]).toEqual([200, []]);
  expect(sent).toMatchObject([
    { caller: { personId: userId, role: 'owner' }, tool: 'location_report' },
  ]);
  expect(sent[0]?.input).toEqual({ message: fix });
});

it('takes a token too, and nothing without either', async () => {
  expect((await post(fix, bearer)).status).toBe(200);
  for (const headers of [{}, { authorization: 'Basic !!!' }, { authorization: 'Digest x' }]) {
    const refused = await post(fix, headers);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      401,
      'token-required',
    ]);
    expect(refused.headers.get('www-authenticate')).toContain('Basic');
  }
  expect(sent).toHaveLength(1);
});

it('slows guessing as the login does, and locks nobody out there', async () => {
  const statuses = [];
  for (let guess = 0; guess < 8; guess++) {
    statuses.push((await post(fix, basic('ada', `wrong ${guess}`))).status);
  }
  expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(statuses.at(-1)).toBe(429);
  expect((await post(fix, basic('ada', owner.password))).status).toBe(429);
  const login = await admin.post('/api/v1/auth/login', {
    username: 'ada',
    password: owner.password,
  });
  expect(login.status).toBe(200);
  expect(sent).toHaveLength(0);
});

it('hashes a password once in ten minutes, and a wrong one each time', async () => {
  let hashed = 0;
  const verify = admin.people.verifyPassword.bind(admin.people);
  admin.people.verifyPassword = (username, password) => {
    hashed += 1;
    return verify(username, password);
  };
  for (let report = 0; report < 5; report++) {
    expect((await post(fix, basic('ada', owner.password))).status).toBe(200);
  }
  expect(hashed).toBe(1);
  admin.now.ms += 10 * 60_000 + 1;
  await post(fix, basic('ada', owner.password));
  expect(hashed).toBe(2);
  await post(fix, basic('ada', 'wrong'));
  expect(hashed).toBe(3);
  // A password that is changed opens nothing from then on.
  const { id = '' } = admin.people.byUsername('ada') ?? {};
  await admin.people.setPassword(id, { password: 'another long password' });
  expect((await post(fix, basic('ada', owner.password))).status).toBe(401);
});

it('says in a sentence what is wrong with what was sent', async () => {
  const login = basic('ada', owner.password);
  const problem = async (body: unknown) => {
    const { status, ...rest } = await post(body, login);
    return { status, rest };
  };
  expect((await problem('no JSON')).status).toBe(400);
  expect((await problem('[1]')).status).toBe(400);
  expect((await problem({ _type: 'location', more: 'x'.repeat(70_000) })).status).toBe(413);
  expect(sent).toHaveLength(0);
  answer = { ok: false, code: 'owntracks-encrypted', say: 'Take the key out of OwnTracks.' };
  const encrypted = await post({ _type: 'encrypted', data: 'x' }, login);
  expect(await encrypted.json()).toMatchObject({
    ...{ status: 422, code: 'owntracks-encrypted', detail: 'Take the key out of OwnTracks.' },
  });
  answer = { ok: false, code: 'memory-unavailable', say: 'I cannot reach my memory.' };
  expect((await post(fix, login)).status).toBe(503);
});

it('keeps positions and passwords out of the log', async () => {
  await post(fix, basic('ada', owner.password));
  const logged = JSON.stringify(admin.lines);
  for (const word of ['59.91', 'ada', owner.password, 'Basic']) expect(logged).not.toContain(word);
  expect(logged).toContain('/api/v1/owntracks');
});

it('takes no more guesses at one account from many addresses than the login does', async () => {
  const guess = (at: number) => post(fix, basic('ada', `guess ${at}`), `10.0.1.${at}`);
  for (let at = 0; at < 20; at += 1) expect((await guess(at)).status).toBe(401);
  expect((await guess(20)).status).toBe(429);
  // The login itself takes the password as before.
  const { username, password } = owner;
  expect((await admin.post('/api/v1/auth/login', { username, password })).status).toBe(200);
});
