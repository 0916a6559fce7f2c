/** The wizard: who one is, how Butler is to be, and accounts on the household's services. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { knownVoices, soulPatchSchema, soulPresets, soulSchema } from '../../memory/souls.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { Accounts } from '../accounts.ts';
import { holderOf } from '../holders.ts';
import type { House } from '../house-view.ts';
import { json } from '../json-declared.ts';
import { withMemory } from '../memory-access.ts';
import type { Person } from '../people.ts';
import { ProblemError, refuseBody } from '../problem.ts';
import { accountSchema, servicePassword, serviceUsername, shownAccount } from './accounts.ts';

const youSchema = z.object({
  name: z.string(),
  language: z.string().nullable(),
  voice: z.string().nullable(),
  soul: soulSchema,
});
const presetIds = soulPresets.map(({ id }) => id);
const visible = (text: string): boolean => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
const name = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(80, 'must be at most 80 characters')
  .refine(visible, 'must not hold control characters');

const show = declare('get /api/v1/onboarding', {
  summary: 'What the wizard asks about, and what is known already.',
  responses: {
    200: {
      description: 'You as you are, souls to start from, voices, and each service of the house.',
      content: json(
        z.object({
          you: youSchema,
          presets: z.array(z.object({ id: z.string(), name: z.string(), soul: soulSchema })),
          voices: z.array(z.string()),
          /** What would be taken as the name on services where nothing else is said. */
          username: z.string().nullable(),
          accounts: z.array(accountSchema),
        }),
      ),
    },
  },
});

const begin = declare('post /api/v1/onboarding', {
  summary: 'What the wizard found out; accounts are made in the background.',
  description:
    'All of it may be left out and sent again: what is there stays. `services.password` is used ' +
    'for each account; without it Butler makes a strong one for each. Ask GET /api/v1/accounts ' +
    'until nothing is `working`.',
  request: {
    body: {
      required: true,
      content: json(
        z.strictObject({
          name: name.optional(),
          butlerName: z.string().trim().max(40, 'must be at most 40 characters').optional(),
          preset: z.enum(presetIds, `must be one of ${presetIds.join(', ')}`).optional(),
          soul: soulPatchSchema.optional(),
          language: z
            .string()
            .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/, 'must be a language such as en or de')
            .optional(),
          voice: z
            .enum(knownVoices, 'must be one of the voices of GET /api/v1/onboarding')
            .optional(),
          services: z
            .strictObject({
              username: serviceUsername.optional(),
              password: servicePassword.optional(),
            })
            .optional(),
        }),
      ),
    },
  },
  responses: {
    202: {
      description: 'You as you are now, and accounts as they are at this moment.',
      content: json(z.object({ you: youSchema, accounts: z.array(accountSchema) })),
    },
  },
});

/** One's own username where services take it; null: it has to be asked. */
const usernameOf = ({ username }: Person): string | null =>
  serviceUsername.safeParse(username).data ?? null;

const usernameWanted = (): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'onboarding-invalid',
    title: 'The services need a plainer username',
    detail: 'Send services.username: 2 to 63 letters a-z, digits and . _ -',
  });

const invalid = refuseBody({ code: 'onboarding-invalid', title: 'The wizard has mistakes in it' });

interface Known {
  name: string;
  language: string | null;
  ttsVoice: string | null;
  soul: z.infer<typeof soulSchema>;
}
const youOf = ({ name: called, language, ttsVoice: voice, soul }: Known) => ({
  ...{ name: called, language, voice, soul },
});

type Body = z.infer<
  NonNullable<(typeof begin)['request']>['body']['content']['application/json']['schema']
>;

/** What of the body changes the person; a preset first, what is said beside it on top. */
const patchOf = ({ name: called, butlerName, preset, soul, language, voice }: Body) => {
  const start = soulPresets.find(({ id }) => id === preset)?.soul;
  const wanted = {
    ...{ ...start, ...soul },
    ...(butlerName !== undefined && { butler_name: butlerName === '' ? null : butlerName }),
  };
  return {
    ...(called !== undefined && { name: called }),
    ...(language !== undefined && { language }),
    ...(voice !== undefined && { ttsVoice: voice }),
    ...(Object.keys(wanted).length > 0 && { soul: wanted }),
  };
};

export const onboardingRoutes = ({ house, accounts }: { house: House; accounts: Accounts }) =>
  new OpenAPIHono<AdminEnv>()
    .openapi(show, async (c) => {
      const { person } = c.var;
      const [user, list] = await withMemory(house, async ({ users }) => {
        return [await users.load(person.id), await accounts.list(holderOf(person, house))] as const;
      });
      if (!user) throw new Error('a person with a token is nobody');
      const presets = soulPresets.map(({ id, name: called, soul }) => ({ id, name: called, soul }));
      const known = { you: youOf(user), presets, voices: [...knownVoices] };
      const shown = list.map(shownAccount);
      return c.json({ ...known, username: usernameOf(person), accounts: shown }, 200);
    })
    .openapi(
      begin,
      async (c) => {
        const { person } = c.var;
        const wanted = c.req.valid('json');
        const username = wanted.services?.username ?? usernameOf(person);
        if (wanted.services && username === null) throw usernameWanted();
        return await withMemory(house, async ({ users }) => {
          const user = await users.update(person.id, patchOf(wanted));
          const holder = holderOf(user, house);
          const password = wanted.services?.password;
          const list =
            wanted.services && username !== null
              ? await accounts.begin(holder, { username, password })
              : await accounts.list(holder);
          return c.json({ you: youOf(user), accounts: list.map(shownAccount) }, 202);
        });
      },
      invalid,
    );
