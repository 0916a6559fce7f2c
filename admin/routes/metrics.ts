/** The house in numbers, as Prometheus reads them: by an owner's token, or one for this alone. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import { digestOf, isSecretOf } from '../one-time.ts';

const metrics = declare('get /metrics', {
  summary: 'Clocks, tools, faults, tokens, money, parts and the process, for Prometheus.',
  responses: {
    200: {
      description: "Prometheus' text format.",
      content: { 'text/plain': { schema: z.string() } },
    },
  },
});

const answerOf = async ({ metrics: numbers }: House) => {
  const { text, contentType } = await numbers.read();
  return [text, 200, { 'content-type': contentType }] as const;
};

/**
 * Lets in who has BUTLER_METRICS_TOKEN, from the house's own network and to this address alone;
 * everybody else goes on to where tokens of people are looked at.
 */
export const scraping = (house: House): MiddlewareHandler<AdminEnv> => {
  const { BUTLER_METRICS_TOKEN: token } = house.settings;
  if (token === undefined) return (_, next) => next();
  const wanted = digestOf(`Bearer ${token}`);
  return async (c, next) => {
    const given = c.req.header('authorization') ?? '';
    const reads = c.req.method === 'GET' && c.var.origin.isNear;
    if (!reads || !isSecretOf(given, wanted)) return await next();
    return c.text(...(await answerOf(house)));
  };
};

export const metricsRoutes = ({ house }: { house: House }) =>
  new OpenAPIHono<AdminEnv>().openapi(metrics, async (c) => c.text(...(await answerOf(house))));
