/** What was down, when and for how long; what was wrong with it is for owners. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Incident } from '../../agent/monitor.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import { withMemory } from '../memory-access.ts';

const incidentSchema = z
  .object({
    id: z.string().nullable(),
    part: z.string(),
    failures: z.int().meta({ description: 'In a row, as far as they were counted.' }),
    openedAt: z.string().meta({ description: 'When it failed first.' }),
    closedAt: z.string().nullable().meta({ description: 'Null: it still lasts.' }),
    sentence: z.string().optional().meta({ description: 'For owners: what was wrong.' }),
    mend: z.string().nullable().optional(),
  })
  .openapi('Incident');

const incidents = declare('get /api/v1/incidents', {
  summary: 'What was down, and what is.',
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      before: z
        .string()
        .regex(/^\d{1,15}$/, 'must be the id of an incident')
        .optional()
        .meta({ description: 'The last id of the page before.' }),
    }),
  },
  responses: {
    200: {
      description: 'Newest first.',
      content: {
        'application/json': { schema: z.object({ incidents: z.array(incidentSchema) }) },
      },
    },
  },
});

const shown = ({ sentence, mend, openedAt, closedAt, ...incident }: Incident, owner: boolean) => ({
  ...incident,
  openedAt: openedAt.toISOString(),
  closedAt: closedAt?.toISOString() ?? null,
  ...(owner && { sentence, mend }),
});

export const incidentRoutes = ({ house }: { house: House }) =>
  new OpenAPIHono<AdminEnv>().openapi(incidents, async (c) => {
    const { limit, before } = c.req.valid('query');
    const owner = c.var.person.role === 'owner';
    const { incidents: book } = house.watching;
    const found = await withMemory(house, async () => (await book?.list({ limit, before })) ?? []);
    return c.json({ incidents: found.map((one) => shown(one, owner)) }, 200);
  });
