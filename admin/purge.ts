/** Deletes a person wherever Butler keeps something of them, and looks if anything is left. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Belongings } from '../agent/belongings.ts';
import {
  addTombstone,
  type Counts,
  purgeHousehold,
  purgeRows,
  reclaim,
  removeTombstone,
  type Trace,
  tracesInFiles,
  tracesInTables,
} from '../memory/purge.ts';
import type { Devices } from './devices.ts';
import type { House } from './house-view.ts';

/** What became of an account on another service, as a sentence. */
export interface Released {
  service: string;
  ok: boolean;
  sentence: string;
}

export interface PurgeParts {
  house: Pick<House, 'settings' | 'log' | 'memory'>;
  devices: Pick<Devices, 'all' | 'revoke'>;
  belongings: Pick<Belongings, 'forget'>;
  /** Switches the person's accounts on other services off, while it is known which there are. */
  release?: ((personId: string) => Promise<Released[]>) | undefined;
  clock: () => number;
}

export interface PurgeReport {
  at: string;
  /** Rows by table. */
  rows: Counts;
  /** Devices that are out, files, turns and timers. */
  other: Counts;
  accounts: Released[];
  /** Places in tables and files where the id is found afterwards: 0 is the proof. */
  remaining: number;
  where: Trace[];
  /** Tables whose dead rows lie on the disk until the database cleans up by itself. */
  notReclaimed: string[];
  /** The last day on which a backup may still hold the person. */
  backupsUntil: string;
}

/** Seven days and four weeks: see docs/privacy.md. */
const backupDays = 28;
const dayMs = 24 * 60 * 60_000;
const releaseWithinMs = 60_000;
/** Not searched: tables were, as tables; backups hold people until they age out; models do not. */
const notSearched = ['database', 'backups', 'models', 'bench', 'test'];
/** What an earlier version kept people in; all of it is in the database. */
const imported = ['people.json.imported', 'people.json.bak.imported'];

const added = (into: Counts, counts: Counts): void => {
  for (const [name, count] of Object.entries(counts)) into[name] = (into[name] ?? 0) + count;
};

/** @returns a purge of one or several people; their rows go by `rows`. */
class Purging {
  readonly #parts: PurgeParts;
  readonly #folder: string;

  constructor(parts: PurgeParts) {
    this.#parts = parts;
    this.#folder = path.resolve(parts.house.settings.BUTLER_DATA);
  }

  async run(ids: readonly string[], rows: () => Promise<Counts>): Promise<PurgeReport> {
    const { house, clock } = this.#parts;
    const { database, users } = house.memory;
    const at = new Date(clock());
    const accounts = (await Promise.all(ids.map((id) => this.#release(id)))).flat();
    const other: Counts = { devices: await this.#endDevices(ids) };
    const deleted = await this.#withTombstones(ids, at, rows);
    await users.refresh();
    for (const id of ids) added(other, await this.#parts.belongings.forget(id));
    other.files = await this.#dropImported(ids);
    const notReclaimed = await reclaim(database);
    const where = [
      ...(await tracesInTables(database.sql, ids)),
      ...(await tracesInFiles(this.#folder, ids, notSearched)),
    ];
    const remaining = where.reduce((sum, { count }) => sum + count, 0);
    house.log.info({ people: ids.length, rows: deleted, remaining }, 'people were purged');
    const until = new Date(at.getTime() + backupDays * dayMs).toISOString().slice(0, 10);
    return {
      ...{ at: at.toISOString(), rows: deleted, other, accounts, remaining, where },
      ...{ notReclaimed, backupsUntil: until },
    };
  }

  /** The service may be away: that is told, and does not keep anybody here. */
  async #release(id: string): Promise<Released[]> {
    const { release, house } = this.#parts;
    if (!release) return [];
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('late')), releaseWithinMs);
    });
    try {
      return await Promise.race([release(id), late]);
    } catch {
      house.log.warn({}, 'accounts on other services could not be switched off');
      const sentence = 'Accounts on other services could not be switched off: do it there by hand.';
      return [{ service: '*', ok: false, sentence }];
    } finally {
      clearTimeout(timer);
    }
  }

  /** Their sockets end with it. */
  async #endDevices(ids: readonly string[]): Promise<number> {
    const { devices } = this.#parts;
    const theirs = devices
      .all()
      .filter(({ personId, revokedAt }) => revokedAt === null && ids.includes(personId));
    await devices.revoke(theirs.map(({ id }) => id));
    return theirs.length;
  }

  /** Written first: after a crash between, a restore must not bring back who is gone. */
  async #withTombstones(
    ids: readonly string[],
    at: Date,
    rows: () => Promise<Counts>,
  ): Promise<Counts> {
    for (const id of ids) addTombstone(this.#folder, id, at);
    try {
      return await rows();
    } catch (error) {
      for (const id of ids) removeTombstone(this.#folder, id);
      throw error;
    }
  }

  async #dropImported(ids: readonly string[]): Promise<number> {
    let dropped = 0;
    for (const name of imported) {
      const file = path.join(this.#folder, name);
      const text = await readFile(file, 'utf8').catch(() => '');
      if (!ids.some((id) => text.includes(id))) continue;
      await rm(file, { force: true });
      dropped += 1;
    }
    return dropped;
  }
}

export interface Purge {
  /**
   * Undefined where there is no such person.
   * @param check asked when it is this one's turn; what it throws stops it.
   */
  person(id: string, check?: () => void): Promise<PurgeReport | undefined>;
  /** Everybody, and what is the household's. */
  household(): Promise<PurgeReport>;
}

export const createPurge = (parts: PurgeParts): Purge => {
  const purging = new Purging(parts);
  const { database, users } = parts.house.memory;
  let last: Promise<unknown> = Promise.resolve();
  /** One at a time: each searches everything. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  return {
    person: (id, check) =>
      inTurn(async () => {
        check?.();
        if (!(await users.load(id))) return undefined;
        return await purging.run([id], async () => (await purgeRows(database.sql, id)) ?? {});
      }),
    household: () =>
      inTurn(async () => {
        await users.refresh();
        const ids = users.all().map(({ id }) => id);
        return await purging.run(ids, () => purgeHousehold(database.sql));
      }),
  };
};
