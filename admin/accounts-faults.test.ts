// However a service fails, there is one account at the end, one sentence, and no lost password.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../memory/database.ts';
import type { AccountFault } from '../tests/fakes/account-service.ts';
import {
  accountsIn,
  holderIn,
  houseSecret,
  type Services,
  secretsOf,
  startServices,
} from '../tests/rig/accounts.ts';
import { sharedDatabase } from '../tests/rig/shared-database.ts';
import type { Service } from './provision/provider.ts';
import type { Holder } from './provision/registry.ts';

const creating = {
  ...{ jellyfin: 'CreateUserByName', audiobookshelf: 'create' },
  ...{ immich: 'createUserAdmin', nextcloud: 'addUser' },
};
const names = Object.keys(creating) as Service[];

let services: Services;
let database: Database;
let ada: Holder;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.stop());
beforeEach(async () => {
  services.reset();
  database = await sharedDatabase();
  ada = await holderIn(database, { id: 'ada' });
});
afterEach(() => expect(services.mistakes()).toEqual([]));

const wish = { username: 'ada', password: 'Korrekt-Horse-9' };
const house = (given: object = {}) =>
  accountsIn(database, { environment: services.environment, ...given });
const all = (status: string) => Object.fromEntries(names.map((name) => [name, status]));
const fail = (fault: AccountFault, when: (operation: string) => boolean = () => true) => {
  for (const name of names) services[name].fault = (one) => (when(one) ? fault : undefined);
};
const isCreating = (operation: string) => Object.values(creating).includes(operation);
const mend = () => fail({}, () => false);

describe('a service that', () => {
  it.each([
    ['refuses the key', { status: 401 }, 'does not let me in'],
    ['has a fault', { status: 500, body: '<html>' }, 'has a fault of its own'],
    ['answers with junk', { status: 200, body: '<p>Welcome!' }, 'answered with something'],
    ['sends elsewhere', { status: 302 }, 'sends me somewhere else'],
  ])('%s is told, and mended by trying again', async (_, fault: AccountFault, says) => {
    const { accounts, statuses, told } = house();
    fail(fault);
    await accounts.begin(ada, wish);
    expect(await statuses(ada)).toEqual(all('failed'));
    for (const { message } of await accounts.list(ada)) expect(message).toMatch(says);
    expect(told.map(({ code }) => code)).toEqual(Array(4).fill('account-failed'));
    mend();
    await accounts.begin(ada, wish);
    expect(await statuses(ada)).toEqual(all('active'));
  });

  it.each([
    ['goes away between making it and saying so', { goesAway: true }, 'I cannot reach'],
    ['answers only when nobody waits any more', { afterMs: 6_500 }, 'takes too long'],
  ])('%s gets no second account', async (_, fault: AccountFault, says) => {
    const { accounts, statuses } = house();
    fail(fault, isCreating);
    await accounts.begin(ada, wish);
    // The answer does not wait for services.
    expect((await accounts.list(ada)).filter(({ working }) => working)).not.toEqual([]);
    expect(await statuses(ada)).toEqual(all('failed'));
    for (const { message } of await accounts.list(ada)) expect(message).toContain(says);
    mend();
    for (const name of names) expect(services[name].users.size).toBe(1);
    const ids = names.map((name) => [...services[name].users.keys()]);
    // A new password is wished for meanwhile: the account is found by the one it was made with.
    const later = { username: 'ada', password: 'Eine-andere-2026' };
    await accounts.begin(ada, later);
    expect(await statuses(ada)).toEqual(all('active'));
    expect(names.map((name) => [...services[name].users.keys()])).toEqual(ids);
    for (const name of names) {
      expect([...services[name].users.values()][0]?.password).toBe(later.password);
      expect(await accounts.password(ada, name)).toEqual(later);
    }
    // Nobody is left logged in over there.
    expect([services.jellyfin.sessions.size, services.immich.sessions.size]).toEqual([0, 0]);
  });

  it('makes it and goes away, while somebody takes the name, leaves that alone', async () => {
    const { accounts, statuses } = house();
    fail({ goesAway: true }, isCreating);
    await accounts.begin(ada, wish);
    await accounts.settled();
    services.jellyfin.users.clear();
    const theirs = services.jellyfin.add('ada', 'theirs');
    mend();
    await accounts.begin(ada, { username: 'ada' });
    expect((await statuses(ada)).jellyfin).toBe('failed');
    expect(theirs.password).toBe('theirs');
  });

  it('is not there at all is told', async () => {
    const environment = { JELLYFIN_URL: 'http://127.0.0.1:9', JELLYFIN_API_KEY: 'k' };
    const { accounts, statuses } = accountsIn(database, { environment });
    await accounts.begin({ ...ada, language: 'de' }, wish);
    expect((await statuses(ada)).jellyfin).toBe('failed');
    const [film] = await accounts.list(ada);
    expect(film?.message).toContain('Es ist gerade nicht zu erreichen: Jellyfin');
  });

  it('finds the password too weak says so, and never repeats it', async () => {
    const { accounts, told } = house();
    const body = JSON.stringify({ message: ['password Tiny-1234 is "too" weak'] });
    services.immich.fault = (one) => (isCreating(one) ? { status: 400, body } : undefined);
    await accounts.begin(ada, { username: 'ada', password: 'Tiny-1234' });
    await accounts.settled();
    const sentences = told.map(({ words }) => words('en').detail);
    expect(sentences).toContainEqual(
      "Immich refused: “password … is 'too' weak”. Change what it says and try again.",
    );
    expect(sentences.join()).toContain('Password needs to be at least 10 characters long');
    expect(sentences.join()).not.toContain('Tiny-1234');
  });
});

describe('a process that', () => {
  it('was killed at work leaves a claim that runs out, and goes on from there', async () => {
    const now = { ms: Date.parse('2026-03-01T12:00:00Z') };
    const clock = () => now.ms;
    const dying = house({ clock });
    fail({ hangs: true }, isCreating);
    await dying.accounts.begin(ada, wish);
    await expect
      .poll(() => services.jellyfin.asked.includes('CreateUserByName'), { timeout: 15_000 })
      .toBe(true);
    mend();
    const next = house({ clock });
    const [held] = await next.accounts.begin(ada, wish);
    expect(held).toMatchObject({ status: 'failed', working: true });
    expect(held?.message).toContain('is being made, or that was broken off');
    now.ms += 91_000;
    await next.accounts.begin(ada, wish);
    expect(await next.statuses(ada)).toEqual(all('active'));
    await dying.accounts.close();
    expect(services.jellyfin.users.size).toBe(1);
  });

  it('ends in the meantime says so, and tells nobody of a fault', async () => {
    const { accounts, told } = house();
    fail({ hangs: true });
    await accounts.begin(ada, wish);
    await accounts.close();
    const list = await accounts.list(ada);
    expect(list.map(({ status, working }) => [status, working])).toEqual(
      Array(4).fill(['failed', false]),
    );
    expect(told).toEqual([]);
  });
});

describe('another secret', () => {
  const other = 'another secret of this house, long enough';
  it('leaves the passwords shut until the former one is back, and loses nothing', async () => {
    const { accounts } = house();
    await accounts.begin(ada, wish);
    await accounts.settled();
    const changed = house({ secrets: secretsOf(other) });
    expect(await changed.accounts.password(ada, 'nextcloud')).toBe('unreadable');
    await changed.accounts.retry(ada, { service: 'jellyfin' });
    const shut = await changed.statuses(ada);
    expect(shut).toMatchObject({ nextcloud: 'decrypt_error', jellyfin: 'decrypt_error' });
    const [film] = await changed.accounts.list({ ...ada, language: 'de' });
    expect(film?.message).toContain('BUTLER_FORMER_SECRET');
    const back = house({ secrets: secretsOf(other, houseSecret) });
    for (const name of ['nextcloud', 'jellyfin'] as const) {
      expect(await back.accounts.password(ada, name)).toEqual(wish);
    }
    expect(await back.statuses(ada)).toEqual(all('active'));
    // Read once, it is encrypted with the new one.
    const again = house({ secrets: secretsOf(other) });
    expect(await again.accounts.password(ada, 'nextcloud')).toEqual(wish);
  });

  it('is also mended by a new password', async () => {
    const { accounts } = house();
    await accounts.begin(ada, wish);
    await accounts.settled();
    const changed = house({ secrets: secretsOf(other) });
    await changed.accounts.retry(ada, { service: 'immich', password: 'Ganz-neu-2026' });
    expect((await changed.statuses(ada)).immich).toBe('active');
    expect([...services.immich.users.values()][0]?.password).toBe('Ganz-neu-2026');
  });
});
