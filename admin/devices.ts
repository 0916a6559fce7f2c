/** The places from which people come in: rows in the database, held ready in this process. */
import { randomUUID } from 'node:crypto';
import type { Logger } from '../agent/log.ts';
import type { Database } from '../memory/database.ts';

export const deviceTypes = [
  'phone',
  'tablet',
  'computer',
  'speaker',
  'display',
  'program',
  'other',
] as const;

/** A lost answer must lose nobody: the token before counts this long beside the one in use. */
const formerCountsMs = 5 * 60_000;
const seenWrittenEveryMs = 60_000;
/** Longer than any token of it lives. */
const forgottenAfterMs = 400 * 24 * 60 * 60_000;
/** Who comes in from more places loses the one that was seen longest ago. */
const perPersonMax = 100;

export interface DeviceDraft {
  name: string;
  type: (typeof deviceTypes)[number];
  /** The room it stands in. */
  location?: string | null | undefined;
  capabilities?: string[] | undefined;
}

export interface Device extends Required<DeviceDraft> {
  id: string;
  personId: string;
  location: string | null;
  capabilities: string[];
  /** Which of its tokens counts; each rotation makes the next. */
  generation: number;
  /** Null: the newest token has not been seen yet, so the one before still counts. */
  formerUntil: Date | null;
  /** setup, password, passkey, invitation, before, or the id of the device that let it in. */
  approvedBy: string;
  createdAt: Date;
  lastSeenAt: Date;
  revokedAt: Date | null;
}

type DevicePatch = { [Key in keyof DeviceDraft]?: DeviceDraft[Key] | undefined };

export interface DeviceEvent {
  what: 'added' | 'changed' | 'revoked';
  device: Device;
  /** `stolen`: two held the same token. */
  why?: 'stolen' | undefined;
}

export interface Devices {
  /** Revoked ones too. */
  byId(id: string): Device | undefined;
  /** Those that may come in, last seen first. */
  of(personId: string): Device[];
  all(): Device[];
  /** An id that is there already stays as it is. */
  add(device: DeviceDraft & { id?: string; personId: string; approvedBy: string }): Promise<Device>;
  /** What is undefined stays. @returns undefined where there is none, or it is revoked. */
  change(id: string, patch: DevicePatch): Promise<Device | undefined>;
  /** Seen now, with a token of this generation; undefined for an access token. */
  seen(id: string, generation?: number): void;
  /**
   * Makes the next token the one that counts. Of several calls with one `from` one does it.
   * @returns the device as it is then; undefined when it is revoked or `from` is too old.
   */
  step(id: string, from: number): Promise<Device | undefined>;
  /** True at once in this process; in the database when it returns. */
  revoke(ids: readonly string[], why?: 'stolen'): Promise<void>;
  on(listener: (event: DeviceEvent) => void): () => void;
}

const isOpen = ({ revokedAt }: Device): boolean => revokedAt === null;

/** Reads the rows; @throws {DatabaseError} while the database is away. */
export const openDevices = async (parts: {
  database: Database;
  log: Pick<Logger, 'warn'>;
  clock?: () => number;
}): Promise<Devices> => {
  const registry = new Registry(parts);
  await registry.read();
  return registry;
};

class Registry implements Devices {
  readonly #database: Database;
  readonly #log: Pick<Logger, 'warn'>;
  readonly #clock: () => number;
  readonly #listeners = new Set<(event: DeviceEvent) => void>();
  readonly #seenWrittenAt = new Map<string, number>();
  readonly #devices = new Map<string, Device>();

  constructor({ database, log, clock = Date.now }: Parameters<typeof openDevices>[0]) {
    this.#database = database;
    this.#log = log;
    this.#clock = clock;
  }

  async read(): Promise<void> {
    const { sql } = this.#database;
    const old = new Date(this.#clock() - forgottenAfterMs);
    await sql`delete from butler.devices where last_seen_at < ${old}`;
    const rows = await sql<Device[]>`select ${this.#columns()} from butler.devices`;
    for (const row of rows) this.#devices.set(row.id, row);
  }

  byId(id: string): Device | undefined {
    return this.#devices.get(id);
  }

  of(personId: string): Device[] {
    return this.all().filter((device) => device.personId === personId);
  }

  all(): Device[] {
    const open = [...this.#devices.values()].filter(isOpen);
    return open.sort((one, other) => other.lastSeenAt.getTime() - one.lastSeenAt.getTime());
  }

  async add({
    id = randomUUID(),
    personId,
    approvedBy,
    ...draft
  }: Parameters<Devices['add']>[0]): Promise<Device> {
    const { sql } = this.#database;
    const at = new Date(this.#clock());
    const { name, type, location = null, capabilities = [] } = draft;
    const [row] = await sql<Device[]>`
      insert into butler.devices (id, user_id, name, type, location, capabilities, approved_by,
        created_at, last_seen_at)
      values (${id}, ${personId}, ${name}, ${type}, ${location}, ${capabilities}::text[],
        ${approvedBy}, ${at}, ${at})
      on conflict (id) do update set last_seen_at = butler.devices.last_seen_at
      returning ${this.#columns()}`;
    if (!row) throw new Error('an upsert returned no row');
    const known = this.#devices.get(id);
    if (known) return known;
    this.#keep('added', row);
    await this.#makeRoom(personId);
    return row;
  }

  async change(id: string, patch: DevicePatch): Promise<Device | undefined> {
    const device = this.#devices.get(id);
    if (!device) return undefined;
    const { sql } = this.#database;
    const given = Object.entries(patch).filter(([, value]) => value !== undefined);
    const { name, type, location, capabilities } = {
      ...device,
      ...(Object.fromEntries(given) as Partial<Device>),
    };
    const [row] = await sql<Device[]>`
      update butler.devices set name = ${name}, type = ${type}, location = ${location},
        capabilities = ${capabilities}::text[]
      where id = ${id} and revoked_at is null returning ${this.#columns()}`;
    if (!row) return undefined;
    return this.#keep('changed', { ...device, name, type, location, capabilities });
  }

  seen(id: string, generation?: number): void {
    const device = this.#devices.get(id);
    if (!device) return;
    const now = this.#clock();
    device.lastSeenAt = new Date(now);
    const isFirstUse = generation === device.generation && device.formerUntil === null;
    const ends = isFirstUse && device.generation > 1;
    if (ends) device.formerUntil = new Date(now + formerCountsMs);
    const since = now - (this.#seenWrittenAt.get(id) ?? Number.NEGATIVE_INFINITY);
    if (since < seenWrittenEveryMs && since >= 0 && !ends) return;
    this.#seenWrittenAt.set(id, now);
    void this.#writeSeen(device);
  }

  async step(id: string, from: number): Promise<Device | undefined> {
    const { sql } = this.#database;
    const [row] = await sql<Device[]>`
      update butler.devices set generation = generation + 1, former_until = null
      where id = ${id} and generation = ${from} and revoked_at is null
      returning ${this.#columns()}`;
    const [now] = row
      ? [row]
      : await sql<Device[]>`select ${this.#columns()} from butler.devices where id = ${id}`;
    const device = this.#devices.get(id);
    if (!now || !device || !isOpen(now) || !isOpen(device)) return undefined;
    if (now.generation > device.generation) {
      Object.assign(device, { generation: now.generation, formerUntil: now.formerUntil });
    }
    return device.generation - from <= 1 ? device : undefined;
  }

  async revoke(ids: readonly string[], why?: 'stolen'): Promise<void> {
    const { sql } = this.#database;
    const at = new Date(this.#clock());
    const open = ids.flatMap((id) => this.#devices.get(id) ?? []).filter(isOpen);
    for (const device of open) {
      device.revokedAt = at;
      this.#tell({ what: 'revoked', device, why });
    }
    // Also those that were revoked in this process before: the write may have failed then.
    await sql`
      update butler.devices set revoked_at = ${at}
      where id = any(${[...ids]}::text[]) and revoked_at is null`;
  }

  on(listener: (event: DeviceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #columns() {
    return this.#database.sql`
      id, user_id as "personId", name, type, location, to_jsonb(capabilities) as capabilities,
      generation, former_until as "formerUntil", approved_by as "approvedBy",
      created_at as "createdAt", last_seen_at as "lastSeenAt", revoked_at as "revokedAt"`;
  }

  #keep(what: 'added' | 'changed', row: Device): Device {
    const device = Object.assign(this.#devices.get(row.id) ?? row, row);
    this.#devices.set(row.id, device);
    this.#tell({ what, device });
    return device;
  }

  #tell(event: DeviceEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  async #makeRoom(personId: string): Promise<void> {
    const tooMany = this.of(personId).slice(perPersonMax);
    if (tooMany.length > 0) await this.revoke(tooMany.map(({ id }) => id));
  }

  async #writeSeen({ id, lastSeenAt, formerUntil }: Device): Promise<void> {
    try {
      await this.#database.sql`
        update butler.devices set last_seen_at = ${lastSeenAt}, former_until = ${formerUntil}
        where id = ${id}`;
    } catch {
      this.#log.warn({}, 'when a device was seen could not be written; it is tried again');
    }
  }
}
