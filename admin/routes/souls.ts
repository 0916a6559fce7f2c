/** The souls of the household: presets to start from, and all of them as one file. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import {
  exportUsers,
  HouseholdFileError,
  type HouseholdFileUser,
  importUsers,
  soulPresets,
  soulSchema,
} from '../../memory/souls.ts';
import type { UserPatch } from '../../memory/users.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import { json } from '../json-declared.ts';
import { withMemory } from '../memory-access.ts';
import type { Person } from '../people.ts';
import { ProblemError } from '../problem.ts';
import { mayShape } from './users.ts';

const presetSchema = z
  .object({ id: z.string(), name: z.string(), soul: soulSchema })
  .openapi('SoulPreset');

const presets = declare('get /api/v1/souls/presets', {
  summary: 'Souls to start from.',
  responses: {
    200: {
      description: 'To be edited before they are given to somebody.',
      content: json(z.object({ presets: z.array(presetSchema) })),
    },
  },
});

const fileSchema = z
  .object({ users: z.array(z.record(z.string(), z.unknown())) })
  .meta({ description: 'Of each: id, name, wake_word, start_mode, devices, tts_voice, soul, …' })
  .openapi('SoulFile');

const exported = declare('get /api/v1/souls/export', {
  summary: 'Everybody with their settings and souls, as a file; no password and nothing said.',
  responses: { 200: { description: 'The file.', content: json(fileSchema) } },
});

const names = z.array(z.string());
const imported = declare('post /api/v1/souls/import', {
  summary: 'Load such a file.',
  description:
    'Who is missing is added (without a password). You and children get what stands there; other ' +
    'adults keep their own, and nobody who is there gets another role. A file with a mistake ' +
    'changes nothing.',
  request: { body: { required: true, content: json(z.record(z.string(), z.unknown())) } },
  responses: {
    200: {
      description: 'The names of those who were added, changed, or left as they are.',
      content: json(z.object({ added: names, changed: names, left: names, notes: names })),
    },
  },
});

const readFile = (file: unknown): ReturnType<typeof importUsers> => {
  try {
    return importUsers(file);
  } catch (error) {
    if (!(error instanceof HouseholdFileError)) throw error;
    throw new ProblemError({
      status: 422,
      code: 'household-file-invalid',
      title: 'The file of souls has mistakes in it',
      detail: error.message,
      errors: error.mistakes,
    });
  }
};

/** What the file may change of somebody who is there: never a role, and no right of one's own. */
const patchOf = (person: Person, given: HouseholdFileUser): UserPatch => {
  const { id, role: _, permissions, ...rest } = given;
  return { ...rest, ...(id !== person.id && permissions !== undefined && { permissions }) };
};

interface Loaded {
  added: string[];
  changed: string[];
  left: string[];
}

const load = (house: House, person: Person, users: HouseholdFileUser[]): Promise<Loaded> =>
  withMemory(house, async (memory) => {
    const known = users.map((given) => ({ given, user: memory.users.byId(given.id) }));
    const fresh = known.filter(({ user }) => !user).map(({ given }) => given);
    const mine = known.filter(({ user }) => user && mayShape(person, user));
    const others = known.filter(({ user }) => user && !mayShape(person, user));
    await memory.users.insertAll(fresh.map(({ role = 'adult', ...given }) => ({ ...given, role })));
    // One after the other: were the database lost meanwhile, the same file may be sent again.
    for (const { given } of mine) await memory.users.update(given.id, patchOf(person, given));
    const namesOf = (list: typeof known) => list.map(({ given }) => given.name);
    const added = fresh.map(({ name }) => name);
    return { added, changed: namesOf(mine), left: namesOf(others) };
  });

export const soulRoutes = ({ house }: { house: House }) =>
  new OpenAPIHono<AdminEnv>()
    .openapi(presets, (c) =>
      c.json({ presets: soulPresets.map(({ id, name, soul }) => ({ id, name, soul })) }, 200),
    )
    .openapi(exported, async (c) => {
      const { person } = c.var;
      // Another adult's wishes are theirs.
      const file = await withMemory(house, async ({ users }) =>
        exportUsers(users.all().filter((user) => mayShape(person, user))),
      );
      c.header('content-disposition', 'attachment; filename="butler-souls.json"');
      return c.json(file, 200);
    })
    .openapi(imported, async (c) => {
      const { users, notes } = readFile(c.req.valid('json'));
      return c.json({ ...(await load(house, c.var.person, users)), notes }, 200);
    });
