/** Letting people in: a device of theirs, new or known, and the token that belongs to it. */
import type { Notices } from '../agent/notices.ts';
import type { Device, DeviceDraft, Devices } from './devices.ts';
import { wordsFor } from './entrance-words.ts';
import type { LoginLock } from './login-lock.ts';
import type { People, Person } from './people.ts';
import type { Tokens } from './tokens.ts';

/** A person whose devices were all away this long has nobody left to ask. */
const askableMs = 90 * 24 * 60 * 60_000;

/** What a client says of itself; `id` is that of the device it was before. */
export type DeviceSaid = { [Key in keyof DeviceDraft | 'id']?: SaidOf<Key> | undefined };
type SaidOf<Key> = Key extends keyof DeviceDraft ? DeviceDraft[Key] : string;

export interface Coming {
  person: Person;
  device?: DeviceSaid | undefined;
  /** setup, password, passkey, invitation, or the id of the device that lets it in. */
  by: string;
  userAgent?: string | undefined;
}

export interface Entered {
  user: Person;
  token: string;
  deviceId: string;
}

/** Letting in, with the device registered and the person's others told of a new one. */
export interface Entrance {
  enter(coming: Coming): Promise<Entered>;
  /** The device of theirs that the client says it is, where it may go on as that. */
  known(person: Pick<Person, 'id'>, device: DeviceSaid | undefined): Device | undefined;
  /** Whether this new device has to wait until another one lets it in. */
  mustAsk(person: Pick<Person, 'id'>, device: DeviceSaid | undefined): boolean;
  /** The device as it would be called, from what the client says or its User-Agent. */
  draft(device: DeviceSaid | undefined, userAgent: string | undefined): DeviceDraft;
}

const systems: readonly [RegExp, string, DeviceDraft['type']][] = [
  [/iPad/, 'iPad', 'tablet'],
  [/iPhone/, 'iPhone', 'phone'],
  [/Android(?!.*Mobile)/, 'Android', 'tablet'],
  [/Android/, 'Android', 'phone'],
  [/Windows/, 'Windows', 'computer'],
  [/Macintosh|Mac OS X/, 'Mac', 'computer'],
  [/CrOS/, 'ChromeOS', 'computer'],
  [/Linux/, 'Linux', 'computer'],
];
// Each also names those that come after it.
const browsers: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

/** What a User-Agent tells of its device; nothing else of it is kept. */
const deviceOf = (userAgent: string): Pick<DeviceDraft, 'name' | 'type'> => {
  const system = systems.find(([pattern]) => pattern.test(userAgent));
  const browser = browsers.find(([pattern]) => pattern.test(userAgent));
  if (!system) return { name: browser?.[1] ?? 'Device', type: browser ? 'computer' : 'other' };
  return { name: browser ? `${browser[1]} · ${system[1]}` : system[1], type: system[2] };
};

export const createEntrance = ({
  people,
  devices,
  tokens,
  notices,
  lock,
  needsApproval,
  clock,
}: {
  people: Pick<People, 'byId'>;
  devices: Devices;
  tokens: Pick<Tokens, 'issue'>;
  notices: Pick<Notices, 'tell' | 'settle'>;
  lock: Pick<LoginLock, 'open'>;
  /** The household's setting `loginNeedsApproval`, as it is now. */
  needsApproval: () => boolean;
  clock: () => number;
}): Entrance => {
  const known: Entrance['known'] = (person, said) => {
    const device = said?.id === undefined ? undefined : devices.byId(said.id);
    return device?.personId === person.id && device.revokedAt === null ? device : undefined;
  };
  const draft: Entrance['draft'] = (said, userAgent) => {
    const guessed = deviceOf(userAgent ?? '');
    const { name = guessed.name, type = guessed.type, location, capabilities } = said ?? {};
    return { name, type, location, capabilities };
  };
  const add = async ({ person, device: said, by, userAgent }: Coming): Promise<Device> => {
    const hasOthers = devices.of(person.id).length > 0;
    const letIn = devices.byId(by)?.personId ?? person.id;
    const drafted = draft(said, userAgent);
    const device = await devices.add({ ...drafted, personId: person.id, approvedBy: by });
    // Whom somebody else let in as them hears of it in any case.
    if (hasOthers || letIn !== person.id) {
      void notices.tell({
        ...{ to: { personId: person.id }, key: `device-new:${device.id}`, code: 'device-new' },
        words: wordsFor('device-new', { device: device.name }),
        data: { deviceId: device.id },
      });
    }
    return device;
  };
  /** Going on as a known device: what its former token was counts until this one is used. */
  const renew = async (device: Device, said: DeviceSaid | undefined) => {
    const stepped = await devices.step(device.id, device.generation);
    if (!stepped || said === undefined) return stepped;
    const { name, type, location, capabilities } = said;
    return await devices.change(device.id, { name, type, location, capabilities });
  };
  // Also those that were found out in the middle of a request.
  devices.on(({ what, device, why }) => {
    if (what === 'revoked') void notices.settle(`device-new:${device.id}`);
    if (why !== 'stolen') return;
    const [owner, others] = [people.byId(device.personId), 'owners' as const];
    const told = owner?.role === 'owner' ? [others] : [{ personId: device.personId }, others];
    for (const to of told) {
      void notices.tell({
        ...{ to, key: `device-stolen:${device.id}`, code: 'device-stolen' },
        words: wordsFor('device-stolen', { device: device.name, name: owner?.name ?? '' }),
        data: { deviceId: device.id },
      });
    }
  });
  return {
    known,
    draft,
    mustAsk: (person, said) => {
      if (!needsApproval() || known(person, said)) return false;
      const since = clock() - askableMs;
      return devices.of(person.id).some(({ lastSeenAt }) => lastSeenAt.getTime() >= since);
    },
    enter: async (coming) => {
      const same = known(coming.person, coming.device);
      const renewed = same && (await renew(same, coming.device));
      const device = renewed ?? (await add(coming));
      lock.open(coming.person.username);
      return { user: coming.person, token: await tokens.issue(device), deviceId: device.id };
    },
  };
};
