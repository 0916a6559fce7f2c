/** The people of the household: rows in the database, held ready in this process. */
import type { JSONValue } from 'postgres';
import type { Database, Sql, TransactionSql } from './database.ts';
import { defaultSoul, storedSoul } from './souls/soul.ts';
import {
  type NewUser,
  newUser,
  patchedUser,
  type User,
  UserError,
  type UserPatch,
  unknownPerson,
} from './users/user.ts';

export {
  notificationsOf,
  notificationsSchema,
  tellsNow,
} from './users/notifications.ts';
export { type NewUser, type User, UserError, type UserPatch } from './users/user.ts';

export interface Users {
  /** Oldest first, as this process last saw them. */
  all(): readonly User[];
  byId(id: string): User | undefined;
  /** @param username - folded as it was stored. */
  byUsername(username: string): User | undefined;
  /** Asked of the database now: another process may have changed them. */
  load(id: string): Promise<User | undefined>;
  /** All rows, asked anew. */
  refresh(): Promise<void>;
  /** @throws {UserError} person-invalid, username-taken, id-taken */
  insert(user: NewUser): Promise<User>;
  /** All of them or none, in one transaction. `unlessThere`: those whose id is there stay. */
  insertAll(users: NewUser[], options?: { unlessThere?: boolean }): Promise<User[]>;
  /**
   * Changes some fields; two changes at once lose nothing of either.
   * @throws {UserError} person-unknown, person-invalid, username-taken
   * @throws {SoulError}
   */
  update(id: string, patch: UserPatch): Promise<User>;
  /** The person and all that is theirs, for good. @throws {UserError} person-unknown */
  remove(id: string): Promise<void>;
}

type Executor = Sql | TransactionSql;

const columns = (sql: Executor) => sql`
  id, name, username, role, password_hash as "passwordHash", language, wake_word as "wakeWord",
  start_mode as "startMode", follow_up as "followUp", tts_voice as "ttsVoice",
  to_jsonb(permissions) as permissions, soul, devices, notifications,
  created_at as "createdAt"`;

type Row = Omit<User, 'soul'> & { soul: unknown };
const userOf = (row: Row): User => ({ ...row, soul: storedSoul(row.soul) });

const json = (sql: Executor, value: unknown) => sql.json(value as JSONValue);

const list = (sql: Executor, names: string[] | null) =>
  names === null ? sql`null` : sql`array(select jsonb_array_elements_text(${json(sql, names)}))`;

const insertRow = async (sql: Executor, user: User, unlessThere: boolean) => {
  const rows = await sql<Row[]>`
    insert into butler.users (id, name, username, role, password_hash, language, wake_word,
      start_mode, follow_up, tts_voice, permissions, soul, devices, notifications, created_at)
    values (${user.id}, ${user.name}, ${user.username}, ${user.role}, ${user.passwordHash},
      ${user.language}, ${user.wakeWord}, ${user.startMode}, ${user.followUp}, ${user.ttsVoice},
      ${list(sql, user.permissions)}, ${json(sql, user.soul)}, ${json(sql, user.devices)},
      ${json(sql, user.notifications)}, ${user.createdAt})
    ${unlessThere ? sql`on conflict (id) do nothing` : sql``}
    returning ${columns(sql)}`;
  return rows.map(userOf);
};

const updateRow = async (sql: TransactionSql, id: string, patch: UserPatch) => {
  const [row] = await sql<Row[]>`
    select ${columns(sql)} from butler.users where id = ${id} for update`;
  if (!row) throw unknownPerson(id);
  const user = patchedUser(userOf(row), patch);
  const [written] = await sql<Row[]>`
    update butler.users set name = ${user.name}, username = ${user.username}, role = ${user.role},
      password_hash = ${user.passwordHash}, language = ${user.language},
      wake_word = ${user.wakeWord}, start_mode = ${user.startMode}, follow_up = ${user.followUp},
      tts_voice = ${user.ttsVoice}, permissions = ${list(sql, user.permissions)},
      soul = ${json(sql, user.soul)}, devices = ${json(sql, user.devices)},
      notifications = ${json(sql, user.notifications)}, updated_at = now()
    where id = ${id} returning ${columns(sql)}`;
  if (!written) throw unknownPerson(id);
  return userOf(written);
};

/** What the database refused, as a sentence where it has one. */
const explained = (error: unknown): unknown => {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return error;
  const constraint = 'constraint_name' in error ? error.constraint_name : undefined;
  return constraint === 'users_username_key'
    ? new UserError({ code: 'username-taken', message: 'That username is taken. Choose another.' })
    : new UserError({ code: 'id-taken', message: 'Somebody has that id already. Choose another.' });
};

const refused = (error: unknown): never => {
  throw explained(error);
};

/**
 * Opens the table of people and reads all rows.
 * @param lazily a worker may start before the server's database is up: rows come as they are asked.
 * @throws {DatabaseError} when the database cannot be asked, unless `lazily`.
 */
export const openUsers = async (
  database: Database,
  { lazily = false }: { lazily?: boolean } = {},
): Promise<Users> => {
  let users = new Map<string, User>();
  const refresh = async (): Promise<void> => {
    const rows = await database.sql<Row[]>`
      select ${columns(database.sql)} from butler.users order by created_at, id`;
    users = new Map(rows.map((row) => [row.id, userOf(row)]));
  };
  const keep = (user: User): User => {
    users.set(user.id, user);
    return user;
  };
  const insertAll: Users['insertAll'] = async (people, { unlessThere = false } = {}) => {
    const base = { soul: defaultSoul, now: new Date() };
    const whole = people.map((person) => newUser(person, base));
    const inserted = await database.sql
      .begin(async (sql) => {
        const made: User[] = [];
        for (const user of whole) made.push(...(await insertRow(sql, user, unlessThere)));
        return made;
      })
      .catch(refused);
    return inserted.map(keep);
  };
  if (lazily) refresh().catch(() => undefined);
  else await refresh();
  return {
    all: () => [...users.values()],
    byId: (id) => users.get(id),
    byUsername: (username) => [...users.values()].find((user) => user.username === username),
    load: async (id) => {
      const rows = await database.asPerson(
        id,
        (sql) => sql<Row[]>`select ${columns(sql)} from butler.users where id = ${id}`,
      );
      const row = rows[0];
      if (row) return keep(userOf(row));
      users.delete(id);
      return undefined;
    },
    refresh,
    insertAll,
    insert: async (user) => {
      const [inserted] = await insertAll([user]);
      if (!inserted) throw new Error('an insert without a conflict clause returned no row');
      return inserted;
    },
    update: async (id, patch) =>
      keep(await database.asPerson(id, (sql) => updateRow(sql, id, patch)).catch(refused)),
    remove: async (id) => {
      const rows = await database.sql`delete from butler.users where id = ${id} returning id`;
      users.delete(id);
      if (rows.length === 0) throw unknownPerson(id);
    },
  };
};
