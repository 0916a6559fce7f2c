/** The people and their souls as one JSON file, in the form that earlier systems used. */
import { z } from 'zod';
import { type User, userFields } from '../users/user.ts';
import { type SoulPatch, soulFields, soulPatchSchema } from './soul.ts';
import { voiceOfFile } from './voices.ts';

/** What a file says of a person; what it leaves out stays as it is. */
export interface HouseholdFileUser
  extends Pick<User, 'id' | 'name'>,
    Partial<
      Pick<
        User,
        'role' | 'language' | 'wakeWord' | 'startMode' | 'ttsVoice' | 'permissions' | 'devices'
      >
    > {
  soul: SoulPatch;
}

interface HouseholdFileMistake {
  /** Such as `users.0.soul.formality`. */
  path: string;
  message: string;
}

/** A file that cannot be taken over; nothing was changed, and `mistakes` holds all of them. */
export class HouseholdFileError extends Error {
  readonly code = 'household-file-invalid';
  readonly mistakes: HouseholdFileMistake[];
  constructor(mistakes: HouseholdFileMistake[]) {
    const list = mistakes.map(({ path, message }) => `${path}: ${message}`).join(' ');
    super(`Nothing was taken over. Correct this in the file: ${list}`);
    this.mistakes = mistakes;
  }
}

const fileUser = z.strictObject(
  {
    id: userFields.id,
    name: userFields.name,
    role: userFields.role.optional(),
    language: userFields.language.optional(),
    wake_word: userFields.wakeWord.optional(),
    start_mode: userFields.startMode.optional(),
    devices: userFields.devices.optional(),
    tts_voice: userFields.ttsVoice.optional(),
    permissions: userFields.permissions.optional(),
    soul: soulPatchSchema.optional(),
  },
  'A user must be an object.',
);
const fileFields = Object.keys(fileUser.shape);

const fileSchema = z.strictObject(
  {
    users: z
      .array(fileUser, 'users must be a list of people.')
      .min(1, 'There is nobody in the file.')
      .max(200, 'There are more than 200 people in the file: a household has fewer.'),
  },
  'The file must be an object with the list users.',
);

const unknownField = (path: (string | number)[]): string => {
  if (path.length === 0) return 'there is no such field; the file has only the list users.';
  const known = path.at(-1) === 'soul' ? soulFields : fileFields;
  return `there is no such field; known ones are ${known.join(', ')}.`;
};

const mistakesIn = (issues: readonly z.core.$ZodIssue[]): HouseholdFileMistake[] =>
  issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code !== 'unrecognized_keys') {
      return [{ path: path.join('.') || 'file', message: issue.message }];
    }
    const message = unknownField(path);
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message }));
  });

type FileUser = z.output<typeof fileUser>;

const userOf = (given: FileUser): HouseholdFileUser => {
  const { wake_word, start_mode, tts_voice, soul = {}, ...same } = given;
  const wakeWord = wake_word;
  const startMode = start_mode;
  const ttsVoice = typeof tts_voice === 'string' ? voiceOfFile(tts_voice).voice : tts_voice;
  const all = { ...same, wakeWord, startMode, ttsVoice, soul };
  // Whatever the file leaves out must not look as if it were to be emptied.
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as unknown as HouseholdFileUser;
};

/** Ids that stand in the file twice, whatever else is wrong with it. */
const repeated = (file: unknown): HouseholdFileMistake[] => {
  const users = z.object({ users: z.array(z.object({ id: z.string() }).catch({ id: '' })) });
  const ids = users.safeParse(file).data?.users.map(({ id }) => id) ?? [];
  return ids.flatMap((id, index) => {
    if (id === '' || ids.indexOf(id) === index) return [];
    const message = 'this id stands in the file twice; give everybody their own.';
    return [{ path: `users.${index}.id`, message }];
  });
};

const voiceNotes = (users: FileUser[]): string[] =>
  users.flatMap(({ name, tts_voice }) => {
    if (typeof tts_voice !== 'string' || voiceOfFile(tts_voice).known) return [];
    return [
      `The voice ${tts_voice} of ${name} is none of Kokoro's: unless your voice server has it, ` +
        "the household's voice speaks to them. Choose another, such as af_heart or am_michael.",
    ];
  });

/**
 * What a file says, checked as a whole.
 * @param file - parsed JSON.
 * @returns `notes`: sentences about what was understood but may not be as wanted.
 * @throws {HouseholdFileError} with every mistake.
 */
export const importUsers = (file: unknown): { users: HouseholdFileUser[]; notes: string[] } => {
  const parsed = fileSchema.safeParse(file);
  const mistakes = [...mistakesIn(parsed.error?.issues ?? []), ...repeated(file)];
  if (!parsed.success || mistakes.length > 0) throw new HouseholdFileError(mistakes);
  const { users } = parsed.data;
  return { users: users.map(userOf), notes: voiceNotes(users) };
};

/** Everybody as such a file; no password, no username and nothing that was remembered is in it. */
export const exportUsers = (users: readonly User[]) => ({
  users: users.map((user) => ({
    id: user.id,
    name: user.name,
    role: user.role,
    language: user.language,
    wake_word: user.wakeWord,
    start_mode: user.startMode,
    devices: user.devices,
    tts_voice: user.ttsVoice,
    permissions: user.permissions,
    soul: user.soul,
  })),
});
