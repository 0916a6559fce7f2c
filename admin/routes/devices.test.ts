// One's devices, tokens, password and doors; and what an owner may do with those of others.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeAdmin, fakeAdmin, json, owner } from '../../tests/rig/admin.ts';

let admin: FakeAdmin;
let ada: { authorization: string };
let adaId: string;
beforeEach(async () => {
  admin = await fakeAdmin();
  const entered = await admin.enter();
  [ada, adaId] = [entered.bearer, entered.user.id];
});
afterEach(() => admin.forget());

type Texts = 'code' | 'token' | 'access' | 'id' | 'secret' | 'state' | 'url' | 'qr' | 'deviceId';
/** Each answer has some of these. */
type Answer = { status: number; user: { name: string } } & { [Text in Texts]: string } & {
  [List in 'devices' | 'requests' | 'invitations']: object[];
} & { [Thing in 'doors' | 'device' | 'revoked']: unknown };
const call = async (request: string, headers: object, body?: unknown) => {
  const [method = '', path] = request.split(' ');
  const init = { method, headers: { ...json, ...headers } };
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await admin.app.request(`/api/v1/${path}`, { ...init, ...text });
  const content = answer.status === 204 ? {} : ((await answer.json()) as object);
  return { ...content, status: answer.status } as Answer;
};
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const { username, password } = owner;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const statusOf = async (headers: object) => (await call('GET me', headers)).status;

describe('devices', () => {
  it('are listed, named and revoked: one’s own, and by an owner those of anybody', async () => {
    const ben = await admin.joinAs('adult', 'Ben');
    const other = await admin.comeFrom(ben.id, 'tablet');
    const { devices } = await call('GET devices', ben.bearer);
    expect(devices).toHaveLength(2);
    expect(devices).toContainEqual(expect.objectContaining({ id: ben.deviceId, isThis: true }));
    const place = { name: 'Wall', location: 'Kitchen' };
    const renamed = await call(`PATCH devices/${other.deviceId}`, ben.bearer, place);
    expect(renamed.device).toMatchObject(place);
    const kid = await admin.joinAs('child', 'Kid');
    for (const request of [`PATCH devices/${ben.deviceId}`, `DELETE devices/${ben.deviceId}`]) {
      expect((await call(request, kid.bearer, place)).code).toBe('device-unknown');
    }
    expect((await call(`GET devices?userId=${ben.id}`, kid.bearer)).devices).toEqual([]);
    const seen = await call(`GET devices?userId=${ben.id}&limit=1`, ada);
    expect(seen.devices).toHaveLength(1);
    expect((await call(`DELETE devices/${other.deviceId}`, ada)).status).toBe(204);
    expect([await statusOf(other.bearer), await statusOf(ben.bearer)]).toEqual([401, 200]);
    expect((await call(`DELETE devices/${other.deviceId}`, ada)).code).toBe('device-unknown');
  });

  it('are all revoked but the one that asks', async () => {
    const others = [await admin.comeFrom(adaId), await admin.comeFrom(adaId)];
    expect((await call('POST auth/revoke-all', ada)).revoked).toBe(2);
    for (const other of others) expect(await statusOf(other.bearer)).toBe(401);
    expect(await statusOf(ada)).toBe(200);
  });

  it('are known again after a login that names them, and others hear of new ones', async () => {
    const agent = 'Mozilla/5.0 (Linux; Android 15; Pixel) Chrome/140.0 Mobile Safari/537.36';
    const first = await call('POST auth/login', { 'user-agent': agent }, { username, password });
    const [device] = admin.devices.of(adaId).filter(({ id }) => id === first.deviceId);
    expect(device).toMatchObject({ name: 'Chrome · Android', type: 'phone' });
    const known = { username, password, device: { id: first.deviceId, location: 'Hall' } };
    const again = await call('POST auth/login', {}, known);
    expect(again.deviceId).toBe(first.deviceId);
    expect(admin.devices.byId(first.deviceId)).toMatchObject({ location: 'Hall', generation: 2 });
    const notices = await admin.house.notices.list(adaId, { limit: 9 });
    expect(notices.map(({ code }) => code)).toEqual(['device-new']);
  });
});

describe('tokens', () => {
  it('of a device get short ones, and by themselves their successor after 30 days', async () => {
    const short = await call('POST auth/token', ada);
    expect(short.token).toBeUndefined();
    expect(await statusOf(bearer(short.access))).toBe(200);
    for (const path of ['token', 'rotate']) {
      const refused = await call(`POST auth/${path}`, bearer(short.access));
      expect(refused).toMatchObject({ status: 403, code: 'device-token-required' });
    }
    admin.now.ms += 31 * dayMs;
    const { token } = await call('POST auth/token', ada);
    expect([await statusOf(bearer(token)), await statusOf(ada)]).toEqual([200, 200]);
    admin.now.ms += 5 * minuteMs;
    expect(await statusOf(bearer(token))).toBe(200);
    // The old one now comes from somebody who copied it.
    expect(await statusOf(ada)).toBe(401);
    expect(await statusOf(bearer(token))).toBe(401);
    const notices = await admin.house.notices.list(adaId, { limit: 9 });
    expect(notices.map(({ code }) => code)).toEqual(['device-stolen']);
    await vi.waitFor(async () => {
      const lines = await admin.audit.list({ limit: 1, what: 'device-stolen' });
      expect(lines).toMatchObject([{ outcome: 'refused' }]);
    });
  });

  it('rotate once, however many ask at once', async () => {
    const three = await Promise.all([1, 2, 3].map(() => call('POST auth/rotate', ada)));
    for (const { token } of three) expect(await statusOf(bearer(token))).toBe(200);
    expect(admin.devices.of(adaId).map(({ generation }) => generation)).toEqual([2]);
  });
});

describe('people', () => {
  it('get another role or name from an owner, but the last owner stays one', async () => {
    const ben = await admin.joinAs('adult', 'Ben');
    expect((await call(`PATCH users/${adaId}`, ada, { role: 'adult' })).code).toBe('last-owner');
    const both = { name: 'Benjamin', role: 'owner' };
    expect((await call(`PATCH users/${ben.id}`, ada, both)).user).toMatchObject(both);
    const demoted = await Promise.all([
      call(`PATCH users/${adaId}`, ada, { role: 'adult' }),
      call(`PATCH users/${ben.id}`, ada, { role: 'adult' }),
    ]);
    expect(demoted.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await call('PATCH users/nobody', ben.bearer, both)).code).toMatch(/unknown|role/);
  });

  it('change their password, here or everywhere', async () => {
    const other = await admin.comeFrom(adaId);
    const fresh = 'another long password';
    const change = (current: string, more = {}) =>
      call('PUT me/password', ada, { current, password: fresh, ...more });
    expect((await change('not the password')).code).toBe('password-wrong');
    expect((await change(password)).status).toBe(204);
    expect(await statusOf(other.bearer)).toBe(200);
    expect((await change(fresh, { everywhere: true })).status).toBe(204);
    expect([await statusOf(other.bearer), await statusOf(ada)]).toEqual([401, 200]);
    const login = await call('POST auth/login', {}, { username, password });
    expect(login.code).toBe('login-wrong');
  });
});

describe('an account that is guessed at from everywhere', () => {
  it('is locked alike whether it is there or not; the person hears of it', async () => {
    const from = (name: string, word: string, each: number) =>
      admin.app.request(
        '/api/v1/auth/login',
        {
          method: 'POST',
          headers: { ...json, 'x-forwarded-for': `10.0.${each}.1` },
          body: JSON.stringify({ username: name, password: word }),
        },
        { incoming: { socket: { remoteAddress: '127.0.0.1' } } },
      );
    for (const name of [username, 'nobody']) {
      for (let each = 0; each < 20; each += 1) {
        expect((await from(name, 'guessed wrong', each)).status).toBe(401);
      }
      const locked = await from(name, name === username ? password : 'guess', 30);
      expect(locked.status).toBe(429);
      expect(locked.headers.get('retry-after')).toBe('30');
      expect(await locked.json()).toMatchObject({ code: 'login-locked' });
    }
    const open = async () =>
      (await admin.house.notices.list(adaId, { limit: 9 })).filter((one) => !one.settledAt);
    expect(await open()).toMatchObject([{ code: 'login-locked' }]);
    // The way back that needs no waiting: a device that is in lets another one in.
    const { url } = await call('POST auth/pairing', ada);
    const secret = url.split('=')[1];
    expect((await call('POST auth/pairing/accept', {}, { secret })).status).toBe(200);
    expect((await from(username, password, 31)).status).toBe(200);
    expect((await open()).map(({ code }) => code)).not.toContain('login-locked');
    expect((await from('nobody', 'guess', 31)).status).toBe(429);
  });
});

describe('doors', () => {
  it('are one’s own, and for an owner those of a child; they count at once', async () => {
    const ben = await admin.joinAs('adult', 'Ben');
    const kid = await admin.joinAs('child', 'Kid');
    const { doors } = await call(`GET users/${kid.id}/doors`, ada);
    expect(doors).toMatchObject({ wakeWord: null, notifications: { channels: { app: true } } });
    const quiet = { from: '21:00', to: '06:30' };
    const notifications = { channels: { app: true, whatsapp: true, spoken: false }, quiet };
    const wanted = { language: 'de', voice: 'bf_emma', startMode: 'wake_word' };
    const changed = await call(`PATCH users/${kid.id}/doors`, ada, {
      ...{ ...wanted, notifications: { ...notifications, urgent: ['device-waits'] } },
    });
    expect(changed.doors).toMatchObject({ ...wanted, notifications });
    await admin.post('/api/v1/chat', { text: 'one' }, kid.bearer);
    expect(admin.doors.arrivals.at(-1)).toBe('app child 1 de');
    for (const headers of [ada, kid.bearer]) {
      expect((await call(`GET users/${ben.id}/doors`, headers)).code).toBe('person-unknown');
    }
    for (const wrong of [{ language: 'German' }, { notifications: { quiet } }, { wakeWord: '' }]) {
      expect((await call(`PATCH users/${ben.id}/doors`, ben.bearer, wrong)).status).toBe(400);
    }
  });
});
