// Accounts are made once, never taken over, and survive every way in which a service fails.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../memory/database.ts';
import { accountsIn, holderIn, type Services, startServices } from '../tests/rig/accounts.ts';
import { sharedDatabase } from '../tests/rig/shared-database.ts';
import type { Holder } from './provision/registry.ts';

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
// Every request and every answer was as the services' own documents have them.
afterEach(() => expect(services.mistakes()).toEqual([]));

const wish = { username: 'ada', password: 'Korrekt-Horse-9' };
const house = (given: object = {}) =>
  accountsIn(database, { environment: services.environment, ...given });
const only = (service: 'jellyfin' | 'immich' | 'audiobookshelf' | 'nextcloud') => {
  const name = service === 'nextcloud' ? 'NEXTCLOUD_ADMIN_' : `${service.toUpperCase()}_`;
  const mine = Object.entries(services.environment).filter(([key]) => key.startsWith(name));
  return accountsIn(database, { environment: Object.fromEntries(mine) });
};
const all = (status: string) => ({
  ...{ jellyfin: status, audiobookshelf: status, immich: status, nextcloud: status },
});
const stored = async () =>
  await database.sql<
    Record<string, unknown>[]
  >`select * from butler.service_credentials order by service`;

describe('the first time', () => {
  it('makes one account on each service, no administrator, with the chosen password', async () => {
    const { accounts, statuses, ended } = house();
    const begun = await accounts.begin(ada, wish);
    expect(begun.every(({ working }) => working)).toBe(true);
    expect(await statuses(ada)).toEqual(all('active'));
    const [film] = services.jellyfin.users.values();
    expect(film).toMatchObject({ Name: 'ada', password: wish.password });
    expect(film?.Policy).toMatchObject({ IsAdministrator: false, EnableContentDeletion: false });
    const [book] = services.audiobookshelf.users.values();
    expect(book).toMatchObject({ username: 'ada', type: 'user', isActive: true });
    expect(book?.permissions).toEqual({ update: false, delete: false, upload: false });
    const [photo] = services.immich.users.values();
    expect(photo).toMatchObject({ email: 'ada@home.arpa', name: 'Ada', isAdmin: false });
    expect(photo).toMatchObject({ shouldChangePassword: false, password: wish.password });
    const [file] = services.nextcloud.users.values();
    expect(file).toMatchObject({ id: 'ada', displayname: 'Ada', groups: [], quota: 'default' });
    expect(ended).toContain('account:immich:ada');
    // Only as ciphertext, and in no other column.
    expect(JSON.stringify(await stored())).not.toContain(wish.password);
  });

  it('makes a strong password where none is chosen, another for each service', async () => {
    const { accounts, statuses } = house();
    await accounts.begin(ada, { username: 'ada' });
    await statuses(ada);
    const film = await accounts.password(ada, 'jellyfin');
    const file = await accounts.password(ada, 'nextcloud');
    expect(film).toMatchObject({
      username: 'ada',
      password: expect.stringMatching(/^(\w{5}-){4}/),
    });
    expect(film).not.toEqual(file);
    expect(services.nextcloud.users.get('ada')?.password).toBe((file as typeof wish).password);
  });

  it('gives what the permissions say, nothing to guests, and says why not', async () => {
    const lists = { id: 'bo', permissions: ['books'], name: 'Bo' };
    const bo = await holderIn(database, lists);
    const guest = await holderIn(database, { id: 'gus', role: 'guest', permissions: ['media'] });
    const { accounts, statuses } = house();
    await accounts.begin(bo, { username: 'bo' });
    const active = { audiobookshelf: 'active', nextcloud: 'active' };
    expect(await statuses(bo)).toEqual({ ...all('skipped'), ...active });
    await accounts.begin(guest, { username: 'gus' });
    expect(await statuses(guest)).toEqual(all('skipped'));
    const [film] = await accounts.list(bo);
    expect(film?.message).toBe('Jellyfin is not among what you may use; an owner can allow it.');
    const bare = accountsIn(database, { environment: {} });
    const [missing] = await bare.accounts.begin({ ...ada, language: 'de' }, wish);
    expect(missing?.status).toBe('skipped');
    expect(missing?.message).toContain('Ein Besitzer setzt JELLYFIN_URL and JELLYFIN_API_KEY');
    expect(services.jellyfin.users.size).toBe(0);
  });
});

describe('again', () => {
  it('changes nothing that is there, and makes no second account', async () => {
    const { accounts, statuses } = house();
    await accounts.begin(ada, wish);
    await statuses(ada);
    const before = await stored();
    await accounts.begin(ada, { username: 'somebody-else' });
    expect(await statuses(ada)).toEqual(all('active'));
    const after = await stored();
    const kept = (rows: typeof before) =>
      rows.map((row) => [row.username, row.password_encrypted, row.external_id]);
    expect(kept(after)).toEqual(kept(before));
    expect(services.jellyfin.users.size).toBe(1);
    expect(services.nextcloud.users.size).toBe(1);
  });

  it('two at once make one account', async () => {
    const [one, other] = [house(), house()];
    await Promise.all([one.accounts.begin(ada, wish), other.accounts.begin(ada, wish)]);
    await Promise.all([one.accounts.settled(), other.accounts.settled()]);
    expect(await one.statuses(ada)).toEqual(all('active'));
    for (const operation of ['CreateUserByName', 'createUserAdmin', 'create', 'addUser']) {
      const asked = Object.values(services).flatMap((each) =>
        typeof each === 'object' && 'asked' in each ? each.asked : [],
      );
      expect(asked.filter((each) => each === operation)).toHaveLength(1);
    }
  });

  it('makes it anew where it was deleted over there', async () => {
    const { accounts, statuses } = only('jellyfin');
    await accounts.begin(ada, wish);
    await accounts.settled();
    services.jellyfin.users.clear();
    await accounts.retry(ada, { service: 'jellyfin' });
    expect((await statuses(ada)).jellyfin).toBe('active');
    expect([...services.jellyfin.users.values()][0]?.password).toBe(wish.password);
  });

  it('takes a new password over there, and keeps the old one where it is refused', async () => {
    const { accounts, told } = only('nextcloud');
    await accounts.begin(ada, wish);
    await accounts.settled();
    await accounts.retry(ada, { service: 'nextcloud', password: 'short' });
    await accounts.settled();
    expect(told[0]?.words('en').detail).toBe(
      'Nextcloud refused the new password: “Password needs to be at least 10 characters long”. ' +
        'The one before still counts.',
    );
    expect(await accounts.password(ada, 'nextcloud')).toEqual(wish);
    await accounts.retry(ada, { service: 'nextcloud', anew: true });
    await accounts.settled();
    const kept = await accounts.password(ada, 'nextcloud');
    expect(kept).not.toEqual(wish);
    expect(services.nextcloud.users.get('ada')?.password).toBe((kept as typeof wish).password);
  });
});

describe("somebody else's account", () => {
  it.each([
    ['jellyfin', () => services.jellyfin.add('Ada', 'theirs')],
    [
      'immich',
      () => services.immich.add({ email: 'ada@home.arpa', name: 'A', password: 'theirs' }),
    ],
    ['audiobookshelf', () => services.audiobookshelf.add({ username: 'ada', password: 'theirs' })],
    ['nextcloud', () => services.nextcloud.add({ id: 'ada', password: 'theirs' })],
  ] as const)('of the same name on %s is left alone', async (service, add) => {
    const theirs = add();
    const before = structuredClone(theirs);
    const { accounts, statuses, told } = only(service);
    // Not even where the password happens to be the right one.
    await accounts.begin(ada, { username: 'ada', password: 'theirs' });
    expect((await statuses(ada))[service]).toBe('failed');
    expect(told[0]?.words('en').detail).toContain('is called ada already');
    await accounts.retry(ada, { service, password: 'mine-is-longer-9A' });
    await accounts.settled();
    expect(theirs).toEqual(before);
    await accounts.retry(ada, { service, username: 'ada2', password: 'mine-is-longer-9A' });
    expect((await statuses(ada))[service]).toBe('active');
    expect(theirs).toEqual(before);
    expect(services[service].users.size).toBe(2);
  });
});
