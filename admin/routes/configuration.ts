/** How Butler is set: every setting and where it comes from; some change while it runs. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { HouseholdError } from '../../agent/household.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import { withMemory } from '../memory-access.ts';
import { ProblemError, refuseBody } from '../problem.ts';

type JSONType = z.core.util.JSONType;

const keysMax = 50;

const settingSchema = z
  .object({
    key: z.string(),
    about: z.string(),
    value: z.unknown().meta({ description: 'Null: not set, or a secret.' }),
    set: z.boolean(),
    secret: z.boolean().meta({ description: 'Nothing of its value is told.' }),
    from: z.enum(['default', 'environment', 'household']),
    change: z.enum(['now', 'restart']).meta({ description: '`restart`: it stands in `.env`.' }),
  })
  .openapi('Setting');

const content = { 'application/json': { schema: z.object({ settings: z.array(settingSchema) }) } };
const wanted = z
  .record(z.string().min(1).max(100), z.unknown())
  .refine((given) => Object.keys(given).length > 0, 'must name a setting')
  .refine((given) => Object.keys(given).length <= keysMax, `must name at most ${keysMax} settings`)
  .meta({ description: 'Values by key; null takes one back to what the environment says.' });

const show = declare('get /api/v1/configuration', {
  summary: 'Every setting: what it means, where it comes from, whether it can change now.',
  responses: { 200: { description: 'All settings.', content } },
});

const change = declare('patch /api/v1/configuration', {
  summary: 'Change settings now, without a restart: all of them, or none.',
  request: { body: { required: true, content: { 'application/json': { schema: wanted } } } },
  responses: { 200: { description: 'All settings, as they are now.', content } },
});

const titles: Record<HouseholdError['code'], string> = {
  'setting-unknown': 'There is no such setting',
  'setting-fixed': 'This setting needs a restart',
  'setting-invalid': 'This setting cannot be so',
};

const refusal = ({ code, message: detail }: HouseholdError): ProblemError =>
  new ProblemError({ status: 422, code, title: titles[code], detail });

/** Values are JSON: they come from the environment or from the database. */
const shown = ({ household }: House) =>
  household.list().map(({ value, ...setting }) => ({ ...setting, value: value as JSONType }));

export const configurationRoutes = ({ house }: { house: House }) =>
  new OpenAPIHono<AdminEnv>()
    .openapi(show, (c) => c.json({ settings: shown(house) }, 200))
    .openapi(
      change,
      async (c) => {
        const given = c.req.valid('json');
        try {
          await withMemory(house, () => house.household.change(given));
        } catch (error) {
          throw error instanceof HouseholdError ? refusal(error) : error;
        }
        return c.json({ settings: shown(house) }, 200);
      },
      refuseBody({ code: 'setting-invalid', title: titles['setting-invalid'] }),
    );
