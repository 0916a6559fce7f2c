// The wizard over HTTP: who one is, accounts, their passwords; nobody's but one's own.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Services, startServices } from '../../tests/rig/accounts.ts';
import { type FakeAdmin, fakeAdmin, json, owner } from '../../tests/rig/admin.ts';

interface Someone {
  id: string;
  bearer: { authorization: string };
}

let services: Services;
let admin: FakeAdmin;
let ada: Someone;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.stop());
beforeEach(async () => {
  services.reset();
  admin = await fakeAdmin({ environment: services.environment });
  const { user, bearer } = await admin.enter();
  ada = { id: user.id, bearer };
});
afterEach(async () => {
  await admin.forget();
  expect(services.mistakes()).toEqual([]);
});

// biome-ignore lint/suspicious/noExplicitAny: what a route answers is what each test looks at.
type Content = any;
const ask = async (as: Someone, call: string, body?: unknown) => {
  const [method = '', path = ''] = call.split(' ');
  const answer = await admin.app.request(`/api/v1${path}`, {
    method,
    headers: { ...json, ...as.bearer },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const content: Content = text === '' ? {} : JSON.parse(text);
  return { status: answer.status, content };
};
const statusesOf = async (as: Someone) => {
  await admin.accounts.settled();
  const { content } = await ask(as, 'GET /accounts');
  return content.accounts.map((one: Content) => one.status);
};

describe('the wizard', () => {
  it('shows what it asks about', async () => {
    const { status, content } = await ask(ada, 'GET /onboarding');
    expect(status).toBe(200);
    expect(content).toMatchObject({ username: 'ada', you: { name: owner.name, language: null } });
    expect(content.presets.map(({ id }: Content) => id)).toContain('classic');
    expect(content.voices).toContain('af_heart');
    expect(content.accounts.map(({ title }: Content) => title)).toEqual([
      ...['Jellyfin', 'Audiobookshelf', 'Immich', 'Nextcloud'],
    ]);
  });

  it('sets name, soul, language and voice, and makes the accounts in the background', async () => {
    const { status, content } = await ask(ada, 'POST /onboarding', {
      ...{ name: 'Ada L.', butlerName: 'Jeeves', preset: 'classic', soul: { humor: 'none' } },
      ...{ language: 'de', voice: 'bm_george' },
      services: { password: 'Eigenes-Passwort-1' },
    });
    expect(status).toBe(202);
    expect(content.you).toMatchObject({ name: 'Ada L.', language: 'de', voice: 'bm_george' });
    expect(content.you.soul).toMatchObject({ formality: 'formal', humor: 'none' });
    expect(content.you.soul.butler_name).toBe('Jeeves');
    expect(content.accounts.every(({ working }: Content) => working)).toBe(true);
    expect(await statusesOf(ada)).toEqual(['active', 'active', 'active', 'active']);
    const again = await ask(ada, 'POST /onboarding', { butlerName: '' });
    expect(again.content.you.soul.butler_name).toBeUndefined();
    expect(again.content.you.name).toBe('Ada L.');
  });

  it.each([
    [{ services: { username: 'Ünser Haus' } }],
    [{ services: { password: 'short' } }],
    [{ services: { password: 'with a\u0007 in it' } }],
    [{ preset: 'nobody' }],
    [{ voice: 'nobody' }],
    [{ name: ' ' }],
    [{ language: 'deutsch!' }],
    [{ role: 'owner' }],
  ])('refuses %j with a sentence', async (body) => {
    const { status, content } = await ask(ada, 'POST /onboarding', body);
    expect(status).toBe(422);
    expect(content.code).toBe('onboarding-invalid');
  });

  it('asks for a plainer username where one’s own does not do', async () => {
    const emma = await admin.joinAs('adult', 'Émma');
    expect((await ask(emma, 'GET /onboarding')).content.username).toBeNull();
    const refused = await ask(emma, 'POST /onboarding', { services: {} });
    expect(refused).toMatchObject({ status: 422, content: { code: 'onboarding-invalid' } });
    await ask(emma, 'POST /onboarding', { services: { username: 'emma' } });
    expect(await statusesOf(emma)).toEqual(['active', 'active', 'active', 'active']);
  });
});

describe('a kept password', () => {
  const reveal = (as: Someone, password: string = owner.password) =>
    ask(as, 'POST /accounts/nextcloud/password', { password });
  beforeEach(async () => {
    await ask(ada, 'POST /onboarding', { services: {} });
    await admin.accounts.settled();
  });

  it('is shown to its owner with their own password, and every look is noted', async () => {
    const { status, content } = await reveal(ada);
    expect(status).toBe(200);
    expect(services.nextcloud.users.get('ada')?.password).toBe(content.password);
    expect((await reveal(ada, 'wrong')).content.code).toBe('password-wrong');
    const lines = await admin.audit.list({ limit: 50 });
    const looks = lines.filter(({ what }) => what === 'account-password-shown');
    expect(looks.map(({ outcome }) => outcome)).toEqual(['refused', 'done']);
    // Neither password is in the log of the house, nor in the audit log.
    const written = JSON.stringify([lines, admin.lines]);
    expect(written).not.toContain(content.password);
    expect(written).not.toContain(owner.password);
  });

  it('is slowed when guessed at, as a login is', async () => {
    const codes = [];
    for (let each = 0; each < 7; each += 1) codes.push((await reveal(ada, 'no')).content.code);
    expect(codes.slice(0, 5)).toEqual(Array(5).fill('password-wrong'));
    expect(codes.at(-1)).toBe('login-slowed');
    expect((await reveal(ada)).content.code).toBe('login-slowed');
  });

  it('is nobody else’s: an owner sees how accounts are, and no more', async () => {
    const bob = await admin.joinAs('adult', 'Bob');
    expect((await reveal(bob)).content.code).toBe('account-missing');
    await ask(bob, 'POST /onboarding', { services: { password: 'Bobs-eigenes-1' } });
    await admin.accounts.settled();
    const seen = await ask(ada, `GET /users/${bob.id}/accounts`);
    expect(seen.content.accounts[3]).toMatchObject({ service: 'nextcloud', status: 'active' });
    expect(JSON.stringify(seen.content)).not.toMatch(/password|username|message/);
    expect((await ask(bob, `GET /users/${ada.id}/accounts`)).status).toBe(403);
    expect((await ask(ada, 'GET /users/nobody/accounts')).content.code).toBe('person-unknown');
  });

  it('changed over there is told, and tried before it is kept', async () => {
    const user = services.nextcloud.users.get('ada');
    if (!user) throw new Error('there is no account');
    user.password = 'changed over there';
    const put = (password: string) => ask(ada, 'PUT /accounts/nextcloud/password', { password });
    expect((await put('guessed')).content.code).toBe('account-password-wrong');
    expect((await put('changed over there')).status).toBe(204);
    expect((await reveal(ada)).content.password).toBe('changed over there');
    services.nextcloud.fault = () => ({ status: 500 });
    const failed = await put('changed over there');
    expect(failed).toMatchObject({ status: 502, content: { code: 'account-service-failed' } });
  });
});

describe('a device that somebody found', () => {
  const mine = 'Chosen-by-a-thief-1';
  const nextcloud = () => services.nextcloud.users.get('ada')?.password;
  beforeEach(async () => {
    await ask(ada, 'POST /onboarding', { services: { password: 'Eigenes-Passwort-1' } });
    await admin.accounts.settled();
  });

  it('sets no password of its choice on an account that is there', async () => {
    await ask(ada, 'POST /onboarding', { services: { password: mine } });
    const retry = (body: object) => ask(ada, 'POST /accounts/nextcloud/retry', body);
    expect((await retry({ password: mine })).content.code).toBe('password-wrong');
    expect((await retry({ password: mine, current: 'a guess' })).content.code).toBe(
      'password-wrong',
    );
    await admin.accounts.settled();
    expect(nextcloud()).toBe('Eigenes-Passwort-1');
    expect((await retry({ password: mine, current: owner.password })).status).toBe(202);
    await admin.accounts.settled();
    expect(nextcloud()).toBe(mine);
  });

  it('guesses at no service through Butler', async () => {
    const guess = () => ask(ada, 'PUT /accounts/nextcloud/password', { password: 'a guess' });
    for (let each = 0; each < 5; each += 1) expect((await guess()).status).toBe(422);
    expect(await guess()).toMatchObject({ status: 429, content: { code: 'login-slowed' } });
  });
});

describe('who loses a permission', () => {
  it('has the account switched off, not deleted, and on again with the permission', async () => {
    const bob = await admin.joinAs('adult', 'Bob');
    const may = async (permissions: string[] | null) => {
      await ask(ada, `PUT /users/${bob.id}/permissions`, { permissions });
    };
    await ask(bob, 'POST /onboarding', { services: { password: 'Bobs-eigenes-1' } });
    await admin.accounts.settled();
    await may(['books']);
    // The review goes on behind the answer.
    const now = (...statuses: string[]) =>
      expect.poll(() => statusesOf(bob), { timeout: 10_000 }).toEqual(statuses);
    await now('skipped', 'active', 'skipped', 'active');
    const [film] = services.jellyfin.users.values();
    const [photo] = services.immich.users.values();
    expect(film?.Policy.IsDisabled).toBe(true);
    // Immich can only delete, so nobody knows the password now.
    expect(photo?.password).not.toBe('Bobs-eigenes-1');
    expect(photo?.deletedAt).toBeNull();
    await may(null);
    await now('active', 'active', 'active', 'active');
    expect(film?.Policy.IsDisabled).toBe(false);
    expect(photo?.password).toBe('Bobs-eigenes-1');
  });

  it('has all of them switched off when they go, and what could not be is said', async () => {
    const bob = await admin.joinAs('adult', 'Bob');
    await ask(bob, 'POST /onboarding', { services: { password: 'Bobs-eigenes-1' } });
    await admin.accounts.settled();
    services.audiobookshelf.fault = () => ({ status: 503 });
    const confirm = { confirm: 'bob', password: owner.password };
    const gone = await ask(ada, `DELETE /users/${bob.id}`, confirm);
    expect(gone.status).toBe(200);
    const said = Object.fromEntries(
      gone.content.accounts.map((one: Content) => [one.service, one.ok]),
    );
    expect(said).toEqual({ Jellyfin: true, Audiobookshelf: false, Immich: true, Nextcloud: true });
    expect(services.nextcloud.users.get('bob')?.enabled).toBe(false);
    const failed = gone.content.accounts.find(({ ok }: Content) => !ok);
    expect(failed.sentence).toContain('Audiobookshelf has a fault of its own');
  });
});
