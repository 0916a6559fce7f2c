/** The four services that give accounts, and people's accounts on them in a real database. */
import { type AccountsParts, createAccounts } from '../../admin/accounts.ts';
import type { Service } from '../../admin/provision/provider.ts';
import type { Holder } from '../../admin/provision/registry.ts';
import type { HouseSecrets } from '../../admin/secret.ts';
import { readConfiguration } from '../../agent/config.ts';
import type { NewNotice } from '../../agent/notices.ts';
import { type Database, openDatabase } from '../../memory/database.ts';
import { openUsers } from '../../memory/users.ts';
import { startAudiobookshelf } from '../fakes/audiobookshelf.ts';
import { startImmich } from '../fakes/immich.ts';
import { startJellyfin } from '../fakes/jellyfin.ts';
import { startNextcloudUsers } from '../fakes/nextcloud-users.ts';
import { silent } from './database-folder.ts';

export const secretsOf = (current: string, ...others: string[]): HouseSecrets => ({
  current: new TextEncoder().encode(current),
  others: others.map((one) => new TextEncoder().encode(one)),
});
export const houseSecret = 'the secret of a house in a test, long enough';

const admin = { username: 'admin', password: 'app-pass-word-of-admin' };

/** All four with nobody in them, and the settings that lead to them. */
export const startServices = async () => {
  const jellyfin = await startJellyfin('jellyfin-key');
  const immich = await startImmich('immich-key');
  const audiobookshelf = await startAudiobookshelf('shelf-token');
  const nextcloud = await startNextcloudUsers(admin);
  const all = { jellyfin, audiobookshelf, immich, nextcloud };
  const environment = {
    ...{ JELLYFIN_URL: jellyfin.url, JELLYFIN_API_KEY: 'jellyfin-key' },
    ...{ AUDIOBOOKSHELF_URL: audiobookshelf.url, AUDIOBOOKSHELF_TOKEN: 'shelf-token' },
    ...{ IMMICH_URL: immich.url, IMMICH_ADMIN_API_KEY: 'immich-key' },
    NEXTCLOUD_ADMIN_URL: nextcloud.url,
    ...{ NEXTCLOUD_ADMIN_USERNAME: admin.username, NEXTCLOUD_ADMIN_PASSWORD: admin.password },
  };
  return {
    ...all,
    environment,
    /** Nobody is there and nothing is wrong. */
    reset: (): void => {
      for (const one of Object.values(all)) {
        one.users.clear();
        one.asked.length = 0;
        one.mistakes.length = 0;
        one.fault = () => undefined;
      }
    },
    mistakes: (): string[] => Object.values(all).flatMap(({ mistakes }) => mistakes),
    stop: async (): Promise<void> => {
      await Promise.all(Object.values(all).map((one) => one.stop()));
    },
  };
};

export type Services = Awaited<ReturnType<typeof startServices>>;

/** The embedded database of a folder, as a server opens it. */
export const openFolder = (folder: string): Promise<Database> =>
  openDatabase({ folder, role: 'server', log: silent });

/** Somebody in the database, as accounts are made for them. */
export const holderIn = async (
  database: Database,
  given: Partial<Holder> & { id: string },
): Promise<Holder> => {
  const holder = {
    name: 'Ada',
    role: 'adult' as const,
    permissions: null,
    language: 'en',
    ...given,
  };
  const { id, name, role, permissions } = holder;
  await (await openUsers(database)).insert({ id, name, role, permissions, username: id });
  return holder;
};

/** @param given what differs from a house with all services and one secret. */
export const accountsIn = (
  database: AccountsParts['database'],
  given: { environment: NodeJS.ProcessEnv } & Partial<Omit<AccountsParts, 'settings'>>,
) => {
  const told: NewNotice[] = [];
  const ended: string[] = [];
  const lines: object[] = [];
  const accounts = createAccounts({
    ...{ database, secrets: secretsOf(houseSecret) },
    notices: {
      tell: async (notice) => void told.push(notice),
      settle: async (key) => void ended.push(key),
    },
    log: { warn: ((about: object) => void lines.push(about)) as AccountsParts['log']['warn'] },
    ...given,
    settings: readConfiguration(given.environment),
  });
  /** Each service's status, when all is done. */
  const statuses = async (holder: Holder): Promise<Record<Service, string>> => {
    await accounts.settled();
    const list = await accounts.list(holder);
    return Object.fromEntries(list.map(({ service, status }) => [service, status])) as Record<
      Service,
      string
    >;
  };
  return { accounts, told, ended, lines, statuses };
};
