/** How the house is: always answered while Butler serves. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import type { People } from '../people.ts';

const healthSchema = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  setupNeeded: z.boolean().meta({ description: 'Nobody lives here yet: POST /api/v1/setup.' }),
  engine: z.literal('node'),
  parts: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['ready', 'starting', 'off', 'failed']),
      sentence: z.string(),
    }),
  ),
});

const health = declare('get /health', {
  summary: 'How Butler and its parts are.',
  responses: {
    200: {
      description: 'Butler serves; `parts` says what works.',
      content: { 'application/json': { schema: healthSchema } },
    },
  },
});

export const healthRoutes = ({ house, people }: { house: House; people: People }) =>
  new OpenAPIHono<AdminEnv>().openapi(health, (c) => {
    const parts = house.parts().map(({ name, state, sentence }) => ({ name, state, sentence }));
    const failed = parts.some(({ state }) => state === 'failed');
    const status = failed ? ('degraded' as const) : ('ok' as const);
    const { version } = house;
    const setupNeeded = people.count() === 0;
    return c.json({ status, version, setupNeeded, engine: 'node' as const, parts }, 200);
  });
