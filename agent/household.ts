/** What the household says while Butler runs: it goes before the environment, without a restart. */
import type { JSONValue } from 'postgres';
import type { Database } from '../memory/database.ts';
import { type Settings, settings as schema } from './config.ts';
import {
  aboutOf,
  defaults,
  environmentKeys,
  type HouseholdKey,
  type HouseholdValues,
  isKey,
  isOwn,
  isSecret,
  ownAbout,
  schemas,
} from './household/keys.ts';
import type { Logger } from './log.ts';

export type { HouseholdValues } from './household/keys.ts';

/** So old may be what another process changed, before this one knows it. */
const freshMs = 10_000;

/** One setting as an owner may see it. */
export interface ShownSetting {
  key: string;
  about: string;
  /** Null: not set, or a secret. */
  value: unknown;
  /** It has a value; of a secret nothing else is told. */
  set: boolean;
  secret: boolean;
  from: 'default' | 'environment' | 'household';
  change: 'now' | 'restart';
}

/** A change that cannot be made; the message says what to do. */
export class HouseholdError extends Error {
  readonly code: 'setting-unknown' | 'setting-fixed' | 'setting-invalid';
  constructor(code: HouseholdError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

type Stored = { [Key in HouseholdKey]?: HouseholdValues[Key] };

interface Parts {
  /** As the environment says. */
  given: Settings;
  log: Pick<Logger, 'info' | 'warn'>;
}

export class Household {
  /** The environment's settings, with those of the household in their place: always as of now. */
  readonly settings: Settings;
  readonly #given: Settings;
  readonly #log: Parts['log'];
  readonly #listeners = new Set<() => void>();
  readonly #warned = new Set<string>();
  #stored: Stored = {};
  #seen = '';
  #begun = 0;
  #readLast = 0;
  #database: Pick<Database, 'sql'> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor({ given, log }: Parts) {
    this.#given = given;
    this.#log = log;
    const live = Object.fromEntries(
      environmentKeys.map((key) => [
        key,
        { enumerable: true, configurable: true, get: () => this.get(key) },
      ]),
    );
    this.settings = Object.defineProperties({ ...given }, live);
  }

  /** Reads what is kept, now and every ten seconds; never rejects: the environment counts then. */
  async open(database: Pick<Database, 'sql'>): Promise<void> {
    this.#database = database;
    this.#timer = setInterval(() => void this.refresh(), freshMs);
    this.#timer.unref();
    await this.refresh();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  get<Key extends HouseholdKey>(key: Key): HouseholdValues[Key] {
    const stored = this.#stored[key];
    if (stored !== undefined) return stored as HouseholdValues[Key];
    const values: Partial<HouseholdValues> = isOwn(key) ? defaults : this.#given;
    // Which of the two has a key stands in `HouseholdValues`.
    return values[key] as HouseholdValues[Key];
  }

  /** Told whenever something has changed, here or elsewhere; @returns what takes it off. */
  on(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Every setting that Butler has. */
  list(): ShownSetting[] {
    const environment = Object.keys(schema.shape).map((key) => {
      const name = key as keyof typeof schema.shape;
      const given = this.#given.integrations[name]?.trim();
      return this.#shown(name, aboutOf(name), given ? 'environment' : 'default');
    });
    const own = Object.entries(ownAbout).map(([key, about]) => this.#shown(key, about, 'default'));
    return [...environment, ...own];
  }

  /**
   * All of it or nothing; null takes a value back to the environment's.
   * @throws {HouseholdError} setting-unknown, setting-fixed, setting-invalid
   * @throws {DatabaseError} while the database is away
   */
  async change(wanted: Readonly<Record<string, unknown>>): Promise<void> {
    const entries = Object.entries(wanted).map(([key, value]) => checked(key, value));
    const sql = this.#database?.sql;
    if (!sql) throw new Error('The household was not opened: call open() with a database first.');
    await sql.begin(async (tx) => {
      for (const { key, value } of entries) {
        if (value === undefined) await tx`delete from butler.settings where key = ${key}`;
        else {
          await tx`insert into butler.settings (key, value) values (${key}, ${tx.json(value)})
            on conflict (key) do update set value = excluded.value, updated_at = now()`;
        }
      }
    });
    this.#log.info({ keys: entries.map(({ key }) => key) }, 'the household changed its settings');
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const sql = this.#database?.sql;
    if (!sql) return;
    this.#begun += 1;
    const begun = this.#begun;
    try {
      const rows = await sql<{ key: string; value: unknown }[]>`
        select key, value from butler.settings order by key`;
      // Of two at once, the one that began first may come last: it knows less.
      if (begun < this.#readLast) return;
      this.#readLast = begun;
      this.#read(rows);
    } catch {
      this.#warn('the settings of the household cannot be read now; the last ones count', '');
    }
  }

  #read(rows: readonly { key: string; value: unknown }[]): void {
    const seen = JSON.stringify(rows);
    if (seen === this.#seen) return;
    this.#seen = seen;
    const stored: Record<string, unknown> = {};
    for (const { key, value } of rows) {
      const read = isKey(key) ? schemas[key].safeParse(value) : undefined;
      if (read?.success) stored[key] = read.data;
      else this.#warn('a setting of the household cannot be used and is passed over', key);
    }
    this.#stored = stored as Stored;
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch {
        // One listener's trouble is not the others'.
      }
    }
  }

  /** Once for each key: it would be said every ten seconds. */
  #warn(message: string, key: string): void {
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    this.#log.warn({ ...(key && { key }) }, message);
  }

  #shown(key: string, about: string, given: 'default' | 'environment'): ShownSetting {
    const now: Readonly<Record<string, unknown>> = { ...this.settings, ...this.#ownValues() };
    const value = now[key];
    const secret = isSecret(key, value);
    const stored = isKey(key) && this.#stored[key] !== undefined;
    return {
      ...{ key, about, secret, set: value !== undefined && value !== null && value !== '' },
      value: secret ? null : (value ?? null),
      from: stored ? 'household' : given,
      change: isKey(key) ? 'now' : 'restart',
    };
  }

  #ownValues(): Record<string, unknown> {
    return Object.fromEntries(
      Object.keys(ownAbout).map((key) => [key, this.get(key as HouseholdKey)]),
    );
  }
}

/** @throws {HouseholdError} */
const checked = (key: string, given: unknown): { key: HouseholdKey; value?: JSONValue } => {
  if (!isKey(key)) {
    if (!Object.hasOwn(schema.shape, key)) {
      const say = `There is no setting ${JSON.stringify(key.slice(0, 80))}.`;
      throw new HouseholdError('setting-unknown', `${say} GET /api/v1/configuration lists them.`);
    }
    const say = `${key} stands in .env and needs a restart: change it there, then start again.`;
    throw new HouseholdError('setting-fixed', say);
  }
  if (given === null || given === undefined) return { key };
  const read = schemas[key].safeParse(given);
  if (read.success) return { key, value: read.data as JSONValue };
  const wrong = read.error.issues.map(({ path, message }) => [...path, message].join(' '));
  throw new HouseholdError('setting-invalid', `${key}: ${wrong.slice(0, 5).join('; ')}.`);
};
