/** How the house is: always answered while Butler serves. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { jsonText } from '../engine/text-answer.ts';
import type { House } from '../house-view.ts';
import type { People } from '../people.ts';

const healthSchema = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  setupNeeded: z.boolean().meta({ description: 'Nobody lives here yet: POST /api/v1/setup.' }),
  engine: z
    .enum(['node', 'uws', 'none'])
    .meta({ description: 'What serves HTTP: node:http, uWebSockets.js, or no port at all.' }),
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

/** Whoever watches asks often; so old an answer is as good as a new one. */
const keptMs = 100;

export const healthRoutes = ({ house, people }: { house: House; people: People }) => {
  const state = (setupNeeded: boolean, engine: z.infer<typeof healthSchema>['engine']) => {
    const parts = house.parts().map(({ name, state, sentence }) => ({ name, state, sentence }));
    const failed = parts.some(({ state }) => state === 'failed');
    const status = failed ? ('degraded' as const) : ('ok' as const);
    return { status, version: house.version, setupNeeded, engine, parts };
  };
  let kept = { text: '', setupNeeded: false, engine: '', untilMs: 0 };
  return new OpenAPIHono<AdminEnv>().openapi(health, (c) => {
    const setupNeeded = people.count() === 0;
    const engine = c.env?.engine;
    if (engine === undefined) return c.json(state(setupNeeded, 'none'), 200);
    const nowMs = performance.now();
    const counts = kept.setupNeeded === setupNeeded && kept.engine === engine;
    if (!counts || nowMs >= kept.untilMs) {
      const text = JSON.stringify(state(setupNeeded, engine));
      kept = { text, setupNeeded, engine, untilMs: nowMs + keptMs };
    }
    return jsonText(kept.text) as ReturnType<typeof c.json<ReturnType<typeof state>, 200>>;
  });
};
