/** A person of the household, and what may stand in each field. */
import { z } from 'zod';
import { mergeSoul, type Soul, type SoulPatch } from '../souls/soul.ts';

const userRoles = ['owner', 'adult', 'child', 'guest'] as const;
const startModes = ['push_to_talk', 'wake_word', 'app_open'] as const;

export interface User {
  id: string;
  name: string;
  /** Folded by whoever hands it over: one spelling for each; null: cannot log in. */
  username: string | null;
  role: (typeof userRoles)[number];
  /** Opaque here; null: cannot log in. */
  passwordHash: string | null;
  /** BCP 47; null: the household's. */
  language: string | null;
  /** What wakes Butler for them; null: the household's. */
  wakeWord: string | null;
  startMode: (typeof startModes)[number];
  /** After an answer that asks something, they are heard for a moment without the wake word. */
  followUp: boolean;
  /** The voice that answers them; null: the household's. */
  ttsVoice: string | null;
  /** Null: what their role may. */
  permissions: string[] | null;
  soul: Soul;
  devices: unknown[];
  notifications: Record<string, unknown>;
  createdAt: Date;
}

/** A new person: what is left out has the household's value. */
export type NewUser = Pick<User, 'id' | 'name' | 'role'> &
  Partial<Omit<User, 'soul'>> & { soul?: SoulPatch };

export type UserPatch = Partial<Omit<User, 'id' | 'createdAt' | 'soul'>> & { soul?: SoulPatch };

type UserErrorCode = 'person-unknown' | 'person-invalid' | 'username-taken' | 'id-taken';

/** Somebody is not there, is there already, or cannot be so; the message says what to do. */
export class UserError extends Error {
  readonly code: UserErrorCode;
  constructor({ code, message }: { code: UserErrorCode; message: string }) {
    super(message);
    this.code = code;
  }
}

export const unknownPerson = (id: string): UserError =>
  new UserError({
    code: 'person-unknown',
    message:
      `There is nobody with the id ${JSON.stringify(id.slice(0, 100))} in this household. ` +
      'Take an id from the list of people, or add the person first.',
  });

const short = (max: number, what: string) =>
  z
    .string(`${what} must be text.`)
    .refine(
      (text) => text.trim() !== '' && [...text].length <= max && !text.includes('\0'),
      `${what} must have 1 to ${max} characters.`,
    );
const languageTag = z
  .string('language must be text.')
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'language must be a tag such as en or de-AT.');

/** Each field by itself; a file of people is checked by the same. */
export const userFields = {
  id: short(100, 'id'),
  name: short(80, 'name'),
  username: short(80, 'username').nullable(),
  role: z.enum(userRoles, 'role must be owner, adult, child or guest.'),
  passwordHash: z.string().nullable(),
  language: languageTag.nullable(),
  wakeWord: short(60, 'wake_word').nullable(),
  startMode: z.enum(startModes, 'start_mode must be push_to_talk, wake_word or app_open.'),
  followUp: z.boolean('follow_up must be true or false.'),
  ttsVoice: short(60, 'tts_voice').nullable(),
  permissions: z
    .array(short(60, 'A permission'), 'permissions must be a list of names.')
    .nullable(),
  devices: z.array(z.unknown(), 'devices must be a list.'),
  notifications: z.record(z.string(), z.unknown(), 'notifications must be an object.'),
  createdAt: z.date(),
};
const fields = z.strictObject(userFields).partial();

/** All but the soul, which has its own check. */
const refuseMistakes = (part: object): void => {
  const { soul: _, ...rest } = part as { soul?: unknown };
  // What is undefined was left out.
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const parsed = fields.safeParse(given);
  if (parsed.success) return;
  const sentences = parsed.error.issues.map(({ message }) => message);
  throw new UserError({ code: 'person-invalid', message: sentences.join(' ') });
};

/**
 * A whole person from what is known of a new one.
 * @throws {UserError} person-invalid
 * @throws {SoulError}
 */
export const newUser = (user: NewUser, base: { soul: Soul; now: Date }): User => {
  refuseMistakes(user);
  return {
    id: user.id,
    name: user.name.trim(),
    username: user.username ?? null,
    role: user.role,
    passwordHash: user.passwordHash ?? null,
    language: user.language ?? null,
    wakeWord: user.wakeWord ?? null,
    startMode: user.startMode ?? 'push_to_talk',
    followUp: user.followUp ?? true,
    ttsVoice: user.ttsVoice ?? null,
    permissions: user.permissions ?? null,
    soul: mergeSoul(base.soul, user.soul ?? {}),
    devices: user.devices ?? [],
    notifications: user.notifications ?? {},
    createdAt: user.createdAt ?? base.now,
  };
};

/**
 * A person with some fields changed; those of the soul one by one.
 * @throws {UserError} person-invalid
 * @throws {SoulError}
 */
export const patchedUser = (user: User, patch: UserPatch): User => {
  refuseMistakes(patch);
  const { soul, ...rest } = patch;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return { ...user, ...Object.fromEntries(given), soul: mergeSoul(user.soul, soul ?? {}) };
};
