/** Who may log in: the people of the database, and the file that earlier versions kept them in. */
import { randomUUID } from 'node:crypto';
import { access, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { callerSchema } from '../agent/caller.ts';
import { type User, UserError, type UserPatch, type Users } from '../memory/users.ts';
import { readState, StateFileError } from './files.ts';
import { digestOf } from './one-time.ts';
import { hashPassword, isPasswordHash, passwordMatches } from './passwords.ts';

export const roles = callerSchema.shape.role.options;
export type Role = (typeof roles)[number];

const storedPerson = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  username: z.string().min(1),
  role: callerSchema.shape.role,
  passwordHash: z.string().refine(isPasswordHash),
  createdAt: z.iso.datetime(),
});
const storedHousehold = z.strictObject({ version: z.literal(1), people: z.array(storedPerson) });
type StoredPerson = z.infer<typeof storedPerson>;

/** Somebody who can log in; never carries the password. */
export interface Person {
  id: string;
  name: string;
  username: string;
  role: Role;
  /** Null: what their role may. */
  permissions: string[] | null;
  /** BCP 47; null: the household's. */
  language: string | null;
  /** The voice that answers them; null: the household's. */
  voice: string | null;
}

export interface NewPerson {
  name: string;
  username: string;
  password: string;
  role: Role;
  /** Null or unset: what their role may. */
  permissions?: string[] | null;
}

/** Somebody could not be added; `code` says why. */
export class PeopleError extends Error {
  readonly code: 'setup-done' | 'username-taken' | 'last-owner' | 'person-unknown';
  constructor(code: PeopleError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export interface People {
  /** How many can log in. */
  count(): number;
  /**
   * Adds a person, in the database before it returns. `onlyAsFirst`: refused when anybody is there.
   * @throws {PeopleError}
   */
  create(person: NewPerson, options?: { onlyAsFirst?: boolean }): Promise<Person>;
  /** Another one after each change of their password; empty where nobody has that username. */
  passwordMark(username: string): string;
  /** Everybody who can log in, oldest first. */
  all(): Person[];
  /** The only owner that is left; without one nobody rules the house. */
  isLastOwner(id: string): boolean;
  /** @throws {PeopleError} last-owner, person-unknown */
  change(
    id: string,
    change: { name?: string | undefined; role?: Role | undefined },
  ): Promise<Person>;
  /**
   * Sets a password; `username` too for somebody who could not log in until now.
   * @throws {PeopleError} person-unknown, username-taken
   */
  setPassword(id: string, given: { password: string; username?: string }): Promise<Person>;
  byUsername(username: string): Person | undefined;
  byId(id: string): Person | undefined;
  /** The person whose username and password these are; an unknown name takes as long as a known. */
  verifyPassword(username: string, password: string): Promise<Person | undefined>;
}

/** One spelling for each username: case and compatibility forms make no second person. */
export const foldUsername = (username: string): string =>
  username.normalize('NFKC').trim().toLowerCase().normalize('NFKC');

/** A row as a person; undefined where they have no way to log in yet. */
const personOf = (user: User | undefined): Person | undefined => {
  if (!user || user.username === null || user.passwordHash === null) return undefined;
  const { id, name, username, role, permissions, language, ttsVoice: voice } = user;
  return { id, name, username, role, permissions, language, voice };
};

/** @throws {PeopleError} */
const changed = async (users: Users, id: string, patch: UserPatch): Promise<Person> => {
  const user = await users.update(id, patch).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    const { code, message } = error;
    if (code === 'person-unknown' || code === 'username-taken') {
      throw new PeopleError(code, message);
    }
    throw error;
  });
  const person = personOf(user);
  if (!person) throw new PeopleError('person-unknown', 'They have no way to log in yet.');
  return person;
};

/** What is changed of people who are there. */
const changesTo = (
  users: Users,
  inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>,
): Pick<People, 'all' | 'isLastOwner' | 'change' | 'setPassword'> => {
  const all = (): Person[] => users.all().flatMap((user) => personOf(user) ?? []);
  const isLastOwner = (id: string): boolean => {
    const owners = all().filter(({ role }) => role === 'owner');
    return owners.length === 1 && owners[0]?.id === id;
  };
  return {
    all,
    isLastOwner,
    change: (id, { name, role }) =>
      inTurn(async () => {
        await users.refresh();
        if (role !== undefined && role !== 'owner' && isLastOwner(id)) {
          const message = 'They are the only owner. Make somebody else an owner first.';
          throw new PeopleError('last-owner', message);
        }
        return await changed(users, id, { ...(name && { name }), ...(role && { role }) });
      }),
    setPassword: async (id, { password, username }) => {
      const passwordHash = await hashPassword(password);
      const folded = username === undefined ? {} : { username: foldUsername(username) };
      return await inTurn(() => changed(users, id, { passwordHash, ...folded }));
    },
  };
};

const unique = (people: StoredPerson[]): boolean =>
  new Set(people.map(({ username }) => foldUsername(username))).size === people.length &&
  new Set(people.map(({ id }) => id)).size === people.length;

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Takes `people.json` of an earlier version into the database, once. A crash half-way does no
 * harm: who is there already stays, and the file is renamed last.
 * @throws {StateFileError} when the file is damaged, or does not fit what the database holds.
 */
const importFile = async (users: Users, folder: string): Promise<void> => {
  const path = join(folder, 'people.json');
  const stored = await readState(
    path,
    storedHousehold.refine(({ people }) => unique(people)),
  );
  if (!stored) return;
  const people = stored.people.map(({ createdAt, username, ...person }) => ({
    ...person,
    username: foldUsername(username),
    createdAt: new Date(createdAt),
  }));
  try {
    await users.insertAll(people, { unlessThere: true });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new StateFileError(
      `The people of ${path} do not fit those of the database: ${error.message} ` +
        'Move the file away if the database is right, or start with the database that belongs to ' +
        'this folder.',
      { cause: error },
    );
  }
  // The backup first: alone it would look like a file that was lost.
  if (await isThere(`${path}.bak`)) await rename(`${path}.bak`, `${path}.bak.imported`);
  await rename(path, `${path}.imported`);
};

/**
 * The people of the database; a `people.json` in `folder` (BUTLER_DATA) is imported first.
 * @throws {StateFileError} when that file is damaged.
 */
export const openPeople = async ({
  users,
  folder,
  clock = Date.now,
}: {
  users: Users;
  folder: string;
  clock?: () => number;
}): Promise<People> => {
  await importFile(users, folder);
  // Compared with when nobody has that username, so that the answer's time tells nothing.
  const nobody = await hashPassword(randomUUID());
  let lastWrite: Promise<unknown> = Promise.resolve();

  const find = (username: string): User | undefined => users.byUsername(foldUsername(username));
  const count = (): number => users.all().filter((user) => personOf(user)).length;
  const refuse = (username: string, onlyAsFirst: boolean): void => {
    if (onlyAsFirst && count() > 0) {
      throw new PeopleError('setup-done', 'The household has been set up already.');
    }
    if (find(username)) throw new PeopleError('username-taken', 'That username is taken.');
  };
  const insert = async ({ password: _, ...person }: NewPerson, passwordHash: string) => {
    const username = foldUsername(person.username);
    const createdAt = new Date(clock());
    const user = { ...person, id: randomUUID(), username, passwordHash, createdAt };
    return await users.insert(user).catch((error: unknown) => {
      // Another process was faster.
      if (!(error instanceof UserError) || error.code !== 'username-taken') throw error;
      throw new PeopleError('username-taken', 'That username is taken.');
    });
  };

  /** One write after the other: two owners who demote each other at once leave one. */
  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const write = lastWrite.then(work);
    lastWrite = write.catch(() => undefined);
    return await write;
  };

  return {
    count,
    ...changesTo(users, inTurn),
    passwordMark: (username) => digestOf(find(username)?.passwordHash ?? ''),
    byUsername: (username) => personOf(find(username)),
    byId: (id) => personOf(users.byId(id)),
    create: async (person, { onlyAsFirst = false } = {}) => {
      refuse(person.username, onlyAsFirst);
      const passwordHash = await hashPassword(person.password);
      return await inTurn(async () => {
        // Asked again: somebody else may have been written while the password was hashed, or by
        // another process since this one read the people.
        if (onlyAsFirst) await users.refresh();
        refuse(person.username, onlyAsFirst);
        const made = personOf(await insert(person, passwordHash));
        if (!made) throw new Error('a person with a password cannot log in');
        return made;
      });
    },
    verifyPassword: async (username, password) => {
      const user = find(username);
      const matches = await passwordMatches(password, user?.passwordHash ?? nobody);
      return matches ? personOf(user) : undefined;
    },
  };
};
