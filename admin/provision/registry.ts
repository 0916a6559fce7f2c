/** Which services give accounts to whom; each in a file of its own beside this one. */
import { mayUse, type permissions } from '../../agent/caller.ts';
import type { Settings } from '../../agent/config.ts';
import type { Role } from '../people.ts';
import { audiobookshelf } from './audiobookshelf.ts';
import { immich } from './immich.ts';
import { jellyfin } from './jellyfin.ts';
import { nextcloud } from './nextcloud.ts';
import type { Provider, Service } from './provider.ts';

type Permission = (typeof permissions)[number];

interface Entry {
  title: string;
  /** Any of these gives an account; none: everybody but guests has one. */
  permissions: readonly Permission[];
  /** The settings that it needs, for a sentence. */
  needs: string;
  /** Undefined where the settings are not there. */
  open(settings: Settings): Provider | undefined;
}

export const registry: Record<Service, Entry> = {
  jellyfin: {
    ...{ title: 'Jellyfin', permissions: ['media'], needs: 'JELLYFIN_URL and JELLYFIN_API_KEY' },
    open: ({ JELLYFIN_URL: url, JELLYFIN_API_KEY: apiKey }) =>
      url && apiKey ? jellyfin({ url, apiKey }) : undefined,
  },
  audiobookshelf: {
    ...{ title: 'Audiobookshelf', permissions: ['media', 'books'] },
    needs: 'AUDIOBOOKSHELF_URL and AUDIOBOOKSHELF_TOKEN',
    open: ({ AUDIOBOOKSHELF_URL: url, AUDIOBOOKSHELF_TOKEN: token }) =>
      url && token ? audiobookshelf({ url, token }) : undefined,
  },
  immich: {
    ...{ title: 'Immich', permissions: ['photos'], needs: 'IMMICH_URL and IMMICH_ADMIN_API_KEY' },
    open: ({ IMMICH_URL: url, IMMICH_ADMIN_API_KEY: adminApiKey, ...settings }) =>
      url && adminApiKey
        ? immich({ url, adminApiKey, emailDomain: settings.IMMICH_EMAIL_DOMAIN })
        : undefined,
  },
  nextcloud: {
    ...{ title: 'Nextcloud', permissions: [] },
    needs: 'NEXTCLOUD_ADMIN_URL, NEXTCLOUD_ADMIN_USERNAME and NEXTCLOUD_ADMIN_PASSWORD',
    open: ({
      NEXTCLOUD_ADMIN_URL: url,
      NEXTCLOUD_ADMIN_USERNAME: username,
      NEXTCLOUD_ADMIN_PASSWORD: password,
    }) => (url && username && password ? nextcloud({ url, username, password }) : undefined),
  },
};

/** Whose account it would be. */
export interface Holder {
  id: string;
  name: string;
  role: Role;
  permissions: string[] | null;
  /** BCP 47. */
  language: string;
}

/** Guests come and go: they get no account anywhere, whatever else they may use. */
export const mayHave = ({ role, permissions: own }: Holder, service: Service): boolean => {
  const wanted = registry[service].permissions;
  if (role === 'guest') return false;
  const caller = { role, ...(own && { permissions: own }) };
  return wanted.length === 0 || wanted.some((permission) => mayUse(caller, permission));
};
