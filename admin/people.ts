/** The household: who lives here, in one file until the database takes it over. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { callerSchema } from '../agent/caller.ts';
import { readState, writeState } from './files.ts';
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

/** A member of the household; never carries the password. */
export interface Person {
  id: string;
  name: string;
  username: string;
  role: Role;
}

export interface NewPerson {
  name: string;
  username: string;
  password: string;
  role: Role;
}

/** Somebody could not be added; `code` says why. */
export class PeopleError extends Error {
  readonly code: 'setup-done' | 'username-taken';
  constructor(code: PeopleError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export interface People {
  count(): number;
  /**
   * Adds a person, on disk before it returns. `onlyAsFirst`: refused when anybody is there.
   * @throws {PeopleError}
   */
  create(person: NewPerson, options?: { onlyAsFirst?: boolean }): Promise<Person>;
  byUsername(username: string): Person | undefined;
  byId(id: string): Person | undefined;
  /** The person whose username and password these are; an unknown name takes as long as a known. */
  verifyPassword(username: string, password: string): Promise<Person | undefined>;
}

/** One spelling for each username: case and compatibility forms make no second person. */
export const foldUsername = (username: string): string =>
  username.normalize('NFKC').trim().toLowerCase().normalize('NFKC');

const open = ({ id, name, username, role }: StoredPerson): Person => ({ id, name, username, role });

const unique = (people: StoredPerson[]): boolean =>
  new Set(people.map(({ username }) => foldUsername(username))).size === people.length &&
  new Set(people.map(({ id }) => id)).size === people.length;

/**
 * Opens `people.json` in a folder.
 * @throws {StateFileError} when the file is damaged.
 */
export const openPeople = async ({
  folder,
  clock = Date.now,
}: {
  folder: string;
  clock?: () => number;
}): Promise<People> => {
  const path = join(folder, 'people.json');
  const stored = await readState(
    path,
    storedHousehold.refine(({ people }) => unique(people)),
  );
  let people: StoredPerson[] = stored?.people ?? [];
  // Compared with when nobody has that username, so that the answer's time tells nothing.
  const nobody = await hashPassword(randomUUID());
  let lastWrite: Promise<unknown> = Promise.resolve();

  const find = (username: string): StoredPerson | undefined => {
    const folded = foldUsername(username);
    return people.find((person) => foldUsername(person.username) === folded);
  };
  const refuse = (username: string, onlyAsFirst: boolean): void => {
    if (onlyAsFirst && people.length > 0) {
      throw new PeopleError('setup-done', 'The household has been set up already.');
    }
    if (find(username)) throw new PeopleError('username-taken', 'That username is taken.');
  };

  return {
    count: () => people.length,
    byUsername: (username) => {
      const person = find(username);
      return person && open(person);
    },
    byId: (id) => {
      const person = people.find((candidate) => candidate.id === id);
      return person && open(person);
    },
    create: async ({ name, username, password, role }, { onlyAsFirst = false } = {}) => {
      refuse(username, onlyAsFirst);
      const passwordHash = await hashPassword(password);
      const write = lastWrite.then(async () => {
        // Asked again: somebody else may have been written while the password was hashed.
        refuse(username, onlyAsFirst);
        const createdAt = new Date(clock()).toISOString();
        const folded = foldUsername(username);
        const person = { id: randomUUID(), name, username: folded, role, passwordHash, createdAt };
        await writeState(path, { version: 1, people: [...people, person] });
        people = [...people, person];
        return open(person);
      });
      lastWrite = write.catch(() => undefined);
      return await write;
    },
    verifyPassword: async (username, password) => {
      const person = find(username);
      const matches = await passwordMatches(password, person?.passwordHash ?? nobody);
      return person && matches ? open(person) : undefined;
    },
  };
};
