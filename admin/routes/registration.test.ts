// New devices and new people: who asks, who answers, and that every link works once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin, json, owner } from '../../tests/rig/admin.ts';

let admin: FakeAdmin;
let ada: { authorization: string };
let adaId: string;
const told: { [field: string]: unknown }[] = [];
beforeEach(async () => {
  admin = await fakeAdmin();
  const entered = await admin.enter();
  [ada, adaId] = [entered.bearer, entered.user.id];
  told.length = 0;
  admin.happenings.on(({ topic, personId, event }) => told.push({ ...event, topic, personId }));
});
afterEach(() => admin.forget());

type Texts = 'code' | 'token' | 'access' | 'id' | 'secret' | 'state' | 'url' | 'qr' | 'deviceId';
/** Each answer has some of these. */
type Answer = { status: number; user: { name: string } } & { [Text in Texts]: string } & {
  [List in 'devices' | 'requests' | 'invitations']: object[];
} & { [Thing in 'doors' | 'device' | 'revoked']: unknown };
const call = async (request: string, body?: unknown, headers = {}) => {
  const [path = '', method = 'POST'] = request.split(' ').reverse();
  const init = { method, headers: { ...json, ...headers } };
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await admin.app.request(`/api/v1/${path}`, { ...init, ...text });
  const content = answer.status === 204 ? {} : ((await answer.json()) as object);
  return { ...content, status: answer.status } as Answer;
};
const get = (path: string, headers = {}) => call(`GET ${path}`, undefined, headers);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const nameOf = async (token: string) =>
  ((await get('me', bearer(token))).user as Answer['user'] | undefined)?.name;
const phone = { name: 'Kitchen phone', type: 'phone' };
const { username, password } = owner;

describe('a device that asks', () => {
  it('waits, is told of to who may answer, and gets its token once', async () => {
    const ben = await admin.joinAs('adult', 'Ben');
    const kid = await admin.joinAs('child', 'Kid');
    const asked = await call('auth/register', { ...phone, username: ' BEN ' });
    expect(asked).toMatchObject({ status: 202, code: expect.stringMatching(/^\d{6}$/) });
    const { id, secret, code } = asked;
    expect((await call(`auth/register/${id}`, { secret })).state).toBe('pending');
    expect((await call(`auth/register/${id}`, { secret: 'x' })).code).toBe('request-unknown');
    expect((await get('auth/requests', kid.bearer)).requests).toEqual([]);
    for (const headers of [ada, ben.bearer]) {
      const { requests } = await get('auth/requests', headers);
      expect(requests).toMatchObject([{ id, code, name: phone.name, personId: ben.id }]);
      expect(JSON.stringify(requests)).not.toContain(secret);
    }
    const waits = told.filter(({ type }) => type === 'device-waits');
    expect(new Set(waits.map(({ personId }) => personId))).toEqual(new Set([adaId, ben.id]));
    const approve = { decision: 'approve' };
    const foreign = await call(`auth/requests/${id}`, approve, kid.bearer);
    expect(foreign.code).toBe('request-unknown');
    expect((await call(`auth/requests/${id}`, approve, ben.bearer)).status).toBe(200);
    expect((await call(`auth/requests/${id}`, { decision: 'refuse' }, ada)).status).toBe(404);
    const got = await call(`auth/register/${id}`, { secret });
    expect(got).toMatchObject({ state: 'approved', user: { name: 'Ben' } });
    expect((await call(`auth/register/${id}`, { secret })).status).toBe(404);
    expect(await nameOf(got.token)).toBe('Ben');
    const { devices } = await get('devices', ben.bearer);
    const added = { approvedBy: ben.deviceId, name: phone.name };
    expect(devices).toContainEqual(expect.objectContaining(added));
    const notices = await admin.house.notices.list(ben.id, { limit: 9 });
    expect(notices.map((one) => [one.code, one.settledAt !== null])).toEqual([
      ['device-new', false],
      ['device-waits', true],
    ]);
  });

  it('is let in for somebody by an owner alone where it names nobody', async () => {
    const ben = await admin.joinAs('adult', 'Ben');
    const { id, secret } = await call('auth/register', { ...phone, username: 'nobody-here' });
    expect((await get('auth/requests', ben.bearer)).requests).toEqual([]);
    expect((await get('auth/requests', ada)).requests).toMatchObject([{ personId: null }]);
    const decide = (userId?: string) =>
      call(`auth/requests/${id}`, { decision: 'approve', userId }, ada);
    expect((await decide()).code).toBe('request-person-needed');
    expect((await decide('somebody')).code).toBe('request-person-needed');
    expect((await decide(ben.id)).status).toBe(200);
    expect(await call(`auth/register/${id}`, { secret })).toMatchObject({ user: { name: 'Ben' } });
  });

  it('is refused, or late', async () => {
    const one = await call('auth/register', { ...phone, username });
    expect((await call(`auth/requests/${one.id}`, { decision: 'refuse' }, ada)).status).toBe(200);
    expect((await call(`auth/register/${one.id}`, { secret: one.secret })).state).toBe('refused');
    const two = await call('auth/register', { ...phone, username });
    admin.now.ms += 10 * 60_000;
    expect((await call(`auth/register/${two.id}`, { secret: two.secret })).state).toBe('expired');
    expect((await call(`auth/requests/${two.id}`, { decision: 'approve' }, ada)).status).toBe(404);
    for (let each = 0; each < 5; each += 1) await call('auth/register', phone);
    expect(await call('auth/register', phone)).toMatchObject({ status: 429 });
  });

  it('must ask after a right password too, where the household wants it', async () => {
    await admin.house.household.change({ loginNeedsApproval: true });
    const wrong = await call('auth/login', { username, password: 'wrong password' });
    expect(wrong.code).toBe('login-wrong');
    const asked = await call('auth/login', { username, password, device: phone });
    expect(asked.status).toBe(202);
    await call(`auth/requests/${asked.id}`, { decision: 'approve' }, ada);
    const got = await call(`auth/register/${asked.id}`, { secret: asked.secret });
    // A known device goes on as itself, without a question.
    const device = { id: got.deviceId };
    const again = await call('auth/login', { username, password, device });
    expect(again).toMatchObject({ status: 200, deviceId: got.deviceId });
    const ben = await admin.joinAs('adult', 'Ben');
    const foreign = { username: 'ben', password, device };
    expect((await call('auth/login', foreign)).status).toBe(202);
    // Nobody is left to ask.
    admin.now.ms += 91 * 24 * 60 * 60_000;
    expect(await call('auth/login', foreign)).toMatchObject({ user: { id: ben.id } });
  });
});

describe('a QR code', () => {
  it('lets one device in, once, within five minutes, while the other is in', async () => {
    const { url, qr } = await call('auth/pairing', undefined, ada);
    expect(qr).toMatch(/^<svg/);
    const secret = /\/#pair=([\w-]{43})$/.exec(url)?.[1];
    const both = await Promise.all([
      call('auth/pairing/accept', { secret, device: phone }),
      call('auth/pairing/accept', { secret, device: phone }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    const offered = async (headers: { authorization: string }) =>
      (await call('auth/pairing', undefined, headers)).url.split('=')[1];
    const late = await offered(ada);
    admin.now.ms += 5 * 60_000;
    expect((await call('auth/pairing/accept', { secret: late })).code).toBe('pairing-gone');
    const ben = await admin.joinAs('adult', 'Ben');
    const orphan = await offered(ben.bearer);
    await call('auth/logout', undefined, ben.bearer);
    expect((await call('auth/pairing/accept', { secret: orphan })).code).toBe('pairing-gone');
  });

  it('is refused after many that do not work', async () => {
    const guess = () => call('auth/pairing/accept', { secret: 'guess' });
    for (let each = 0; each < 20; each += 1) expect((await guess()).status).toBe(404);
    expect(await guess()).toMatchObject({ status: 429, code: 'links-too-many' });
  });
});

describe('an invitation', () => {
  const kim = { name: 'Kim', role: 'adult', permissions: ['mail'] };
  const accept = (token: string, more = {}) =>
    call('auth/invitations/accept', { token, username: 'kim', password, ...more });

  it('makes one person, with the role and name of the invitation', async () => {
    const { token, url, id } = await call('auth/invitations', kim, ada);
    expect(url).toBe(`http://localhost/#join=${token}`);
    const { invitations } = await get('auth/invitations', ada);
    expect(invitations).toMatchObject([{ id, name: 'Kim', permissions: ['mail'] }]);
    expect(JSON.stringify(invitations)).not.toContain(token);
    expect(await call('auth/invitations/look', { token })).toMatchObject({ name: 'Kim' });
    expect((await accept(token, { username: 'ada' })).code).toBe('username-taken');
    expect((await accept(token, { username: undefined })).code).toBe('username-needed');
    const both = await Promise.all([accept(token), accept(token, { username: 'kim2' })]);
    const [made] = both.filter(({ status }) => status === 200);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(made?.user).toMatchObject({ name: 'Kim', role: 'adult' });
    expect(admin.people.all().at(-1)).toMatchObject({ name: 'Kim', permissions: ['mail'] });
  });

  it('ends by being withdrawn, and after seven days', async () => {
    const first = await call('auth/invitations', kim, ada);
    await call(`DELETE auth/invitations/${first.id}`, undefined, ada);
    expect((await accept(first.token)).code).toBe('invitation-gone');
    const second = await call('auth/invitations', kim, ada);
    admin.now.ms += 7 * 24 * 60 * 60_000;
    expect((await accept(second.token)).code).toBe('invitation-gone');
  });

  it('of an owner gives a new password, and ends what was open', async () => {
    const ben = await admin.joinAs('adult', 'Ben');
    const { token } = await call(`users/${ben.id}/password-reset`, undefined, ada);
    expect(await call('auth/invitations/look', { token })).toMatchObject({ username: 'ben' });
    const fresh = 'another long password';
    const got = await call('auth/invitations/accept', { token, password: fresh });
    expect(await nameOf(got.token)).toBe('Ben');
    expect((await get('me', ben.bearer)).status).toBe(401);
    expect((await call('auth/login', { username: 'ben', password })).status).toBe(401);
    expect((await call('auth/login', { username: 'ben', password: fresh })).status).toBe(200);
    expect((await accept(token)).status).toBe(404);
    const none = await call('users/nobody/password-reset', undefined, ada);
    expect(none.code).toBe('person-unknown');
  });
});
