/** The services behind Butler: which are on and how they are; for owners, how to mend them. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { IntegrationView } from '../../agent/doors/catalogue.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { Doors } from '../house-view.ts';

const toolSchema = z
  .object({
    name: z.string(),
    about: z.string(),
    effect: z.enum(['read', 'write', 'danger']),
    permission: z.string().nullable().meta({ description: 'Null: the role alone decides.' }),
  })
  .openapi('ToolOfIntegration');

const integrationSchema = z
  .object({
    name: z.string(),
    about: z.string(),
    on: z.boolean(),
    state: z.enum(['ready', 'starting', 'failed', 'off', 'mistaken']).meta({
      description: '`mistaken`: something in its settings is wrong, and it is off for that.',
    }),
    latencyMs: z.number().nullable(),
    since: z.string().nullable().meta({ description: 'In this state since then.' }),
    tools: z.array(toolSchema),
    setup: z
      .object({
        variables: z
          .array(z.object({ name: z.string(), about: z.string(), required: z.boolean() }))
          .meta({ description: 'What switches it on: names alone, never values.' }),
        mistakes: z.array(z.string()),
        line: z.string().meta({ description: 'What it said of itself, or what is wrong.' }),
        mend: z.string().nullable(),
      })
      .optional()
      .meta({ description: 'For owners alone.' }),
  })
  .openapi('Integration');

const integrations = declare('get /api/v1/integrations', {
  summary: 'The services that Butler knows: which are on, and how they are.',
  responses: {
    200: {
      description: 'By name; how to mend or switch on one is for owners alone.',
      content: {
        'application/json': { schema: z.object({ integrations: z.array(integrationSchema) }) },
      },
    },
  },
});

const shown = ({ setup, since, ...integration }: IntegrationView, isOwner: boolean) => ({
  ...integration,
  since: since?.toISOString() ?? null,
  ...(isOwner && { setup }),
});

export const integrationRoutes = ({ doors }: { doors: Doors }) =>
  new OpenAPIHono<AdminEnv>().openapi(integrations, (c) => {
    const isOwner = c.var.person.role === 'owner';
    const all = doors.catalogue.integrations().map((one) => shown(one, isOwner));
    return c.json({ integrations: all }, 200);
  });
