/** What the person who asks may have Butler do, and how to say it. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { callerOf } from '../caller.ts';
import type { Doors, House } from '../house-view.ts';

const toolSchema = z
  .object({
    name: z.string().meta({ description: 'As `/ws` takes it in a command.' }),
    integration: z.string(),
    about: z.string(),
    effect: z.enum(['read', 'write', 'danger']),
    permission: z.string().nullable().meta({ description: 'Null: the role alone decides.' }),
    examples: z.array(z.string()).meta({ description: 'Sentences, in your language.' }),
  })
  .openapi('UsableTool');

const tools = declare('get /api/v1/tools', {
  summary: 'What you may have Butler do.',
  responses: {
    200: {
      description: 'Tools of integrations that are on; each call is judged anew all the same.',
      content: { 'application/json': { schema: z.object({ tools: z.array(toolSchema) }) } },
    },
  },
});

export const toolRoutes = ({ house, doors }: { house: House; doors: Doors }) =>
  new OpenAPIHono<AdminEnv>().openapi(tools, (c) => {
    const caller = callerOf(c.var.person, { door: 'app', settings: house.settings });
    return c.json({ tools: doors.catalogue.tools(caller) }, 200);
  });
