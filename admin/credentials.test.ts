// On both databases: of many who want one account at once, one makes it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountsIn, holderIn, type Services, startServices } from '../tests/rig/accounts.ts';
import { eachEngine } from '../tests/rig/database.ts';
import { openCredentials } from './credentials.ts';

let services: Services;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.stop());

eachEngine((open) => {
  it('one row, one account, whoever asks how often; and nobody sees another’s', async () => {
    services.reset();
    const database = await open();
    const ada = await holderIn(database, { id: 'ada' });
    await holderIn(database, { id: 'bob' });
    const { environment } = services;
    // As if several servers ran on one database.
    const houses = Array.from({ length: 4 }, () => accountsIn(database, { environment }));
    const wish = { username: 'ada', password: 'Korrekt-Horse-9' };
    await Promise.all(
      houses.flatMap(({ accounts }) => [1, 2].map(() => accounts.begin(ada, wish))),
    );
    await Promise.all(
      houses.map(({ accounts }) => accounts.retry(ada, { service: 'immich', anew: true })),
    );
    for (const { accounts } of houses) await accounts.settled();
    const [house] = houses;
    const statuses = await house?.statuses(ada);
    expect(Object.values(statuses ?? {})).toEqual(Array(4).fill('active'));
    for (const name of ['jellyfin', 'audiobookshelf', 'immich', 'nextcloud'] as const) {
      expect(services[name].users.size).toBe(1);
      const kept = await house?.accounts.password(ada, name);
      expect(kept).toMatchObject({ password: [...services[name].users.values()][0]?.password });
    }
    expect(services.mistakes()).toEqual([]);
    const credentials = openCredentials(database, Date.now);
    expect(await credentials.list('bob')).toEqual([]);
    await credentials.write({ userId: 'ada', service: 'jellyfin' }, { externalId: 'x' });
    const seen = await database.asPerson(
      'bob',
      (sql) => sql`
        update butler.service_credentials set external_id = 'stolen' returning service`,
    );
    expect(seen).toEqual([]);
  });
});
