/** Devices that ask to come in, and wait until another one answers for them. */
import { randomInt, randomUUID } from 'node:crypto';
import type { Database } from '../memory/database.ts';
import type { DeviceDraft } from './devices.ts';
import { digestOf, isSecretOf, newSecret } from './one-time.ts';

export const requestLifeMs = 10 * 60_000;
const pendingPerAddressMax = 5;
const pendingMax = 50;
/** Of those who showed the password, each person. */
const provenMax = 5;
/** Strangers who wait must not hide those who showed a password. */
const listedMax = 2 * pendingMax;

export interface DeviceRequest extends DeviceDraft {
  id: string;
  /** Whose device it is to be; null: who lets it in says so. */
  personId: string | null;
  /** Six digits, on both screens. */
  code: string;
  state: 'pending' | 'approved' | 'refused';
  decidedBy: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** What the waiting device is told. */
export type Waited =
  | { state: 'pending' | 'refused' | 'expired' }
  | { state: 'approved'; request: DeviceRequest & { personId: string; decidedBy: string } };

interface Asking {
  personId: string | null;
  device: DeviceDraft;
  /** Where it asks from: one address has few requests at a time. */
  address: string;
  /** It showed the person's password: no crowd of strangers keeps it out. */
  isProven?: boolean;
}

export interface Registration {
  /** Undefined: too many wait already. */
  ask(asking: Asking): Promise<{ request: DeviceRequest; secret: string } | undefined>;
  /** Undefined: no such request, or not its secret. `approved` is said once. */
  collect(id: string, secret: string): Promise<Waited | undefined>;
  /** Oldest first. @param personId whose; undefined: all. */
  waiting(personId?: string): Promise<DeviceRequest[]>;
  /** The request after the answer; undefined when another answer, or the end, came first. */
  decide(answer: {
    id: string;
    state: 'approved' | 'refused';
    /** The device that answers. */
    by: string;
    personId: string | null;
  }): Promise<DeviceRequest | undefined>;
}

/** Who waits, in this process: strangers by their address, others by whose password they showed. */
const createRoom = () => {
  const addresses = new Map<string, string>();
  const proven = new Map<string, string | null>();
  const count = (known: Map<string, unknown>, one: unknown): number =>
    [...known.values()].filter((each) => each === one).length;
  return {
    fits: (waiting: DeviceRequest[], { personId, address, isProven }: Asking): boolean => {
      const open = new Set(waiting.map(({ id }) => id));
      for (const known of [addresses, proven]) {
        for (const id of known.keys()) if (!open.has(id)) known.delete(id);
      }
      if (isProven) return count(proven, personId) < provenMax;
      const strangers = waiting.length - proven.size;
      return strangers < pendingMax && count(addresses, address) < pendingPerAddressMax;
    },
    take: (id: string, { personId, address, isProven }: Asking): void => {
      if (isProven) proven.set(id, personId);
      else addresses.set(id, address);
    },
  };
};

export const createRegistration = ({
  database: { sql },
  clock,
}: {
  database: Database;
  clock: () => number;
}): Registration => {
  const columns = sql`
    id, user_id as "personId", code, name, type, location, to_jsonb(capabilities) as capabilities,
    state, decided_by as "decidedBy", created_at as "createdAt", expires_at as "expiresAt"`;
  const room = createRoom();
  const pending = async (personId?: string): Promise<DeviceRequest[]> => sql<DeviceRequest[]>`
    select ${columns} from butler.device_requests
    where state = 'pending' and expires_at > ${new Date(clock())}
      ${personId === undefined ? sql`` : sql`and user_id = ${personId}`}
    order by created_at, id limit ${listedMax}`;
  /** One after the other, so that many at once cannot all be the last one that fits. */
  let lastAsked: Promise<unknown> = Promise.resolve();

  const ask: Registration['ask'] = async (asking) => {
    const { personId, device } = asking;
    const now = clock();
    await sql`
      delete from butler.device_requests where expires_at < ${new Date(now - requestLifeMs)}`;
    if (!room.fits(await pending(), asking)) return undefined;
    const [id, secret] = [randomUUID(), newSecret()];
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const { name, type, location = null, capabilities = [] } = device;
    const [request] = await sql<DeviceRequest[]>`
      insert into butler.device_requests (id, user_id, secret_hash, code, name, type, location,
        capabilities, created_at, expires_at)
      values (${id}, ${personId}, ${digestOf(secret)}, ${code}, ${name}, ${type}, ${location},
        ${capabilities}::text[], ${new Date(now)}, ${new Date(now + requestLifeMs)})
      returning ${columns}`;
    if (!request) throw new Error('an insert returned no row');
    room.take(id, asking);
    return { request, secret };
  };

  const collect: Registration['collect'] = async (id, secret) => {
    const [row] = await sql<(DeviceRequest & { digest: string })[]>`
      select ${columns}, secret_hash as digest from butler.device_requests where id = ${id}`;
    if (!row || !isSecretOf(secret, row.digest)) return undefined;
    if (row.expiresAt.getTime() <= clock()) return { state: 'expired' };
    if (row.state !== 'approved') return { state: row.state };
    // Of two that ask at once, the one that deletes it gets the token.
    const [taken] = await sql<DeviceRequest[]>`
      delete from butler.device_requests where id = ${id} and state = 'approved'
      returning ${columns}`;
    if (!taken?.personId || taken.decidedBy === null) return undefined;
    const { personId, decidedBy } = taken;
    return { state: 'approved', request: { ...taken, personId, decidedBy } };
  };

  return {
    ask: async (asking) => {
      const asked = lastAsked.then(() => ask(asking));
      lastAsked = asked.catch(() => undefined);
      return await asked;
    },
    collect,
    waiting: pending,
    decide: async ({ id, state, by, personId }) => {
      const [request] = await sql<DeviceRequest[]>`
        update butler.device_requests
        set state = ${state}, decided_by = ${by}, user_id = ${personId}
        where id = ${id} and state = 'pending' and expires_at > ${new Date(clock())}
        returning ${columns}`;
      return request;
    },
  };
};
