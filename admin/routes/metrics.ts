/** The house in numbers, as Prometheus reads them; a token of an owner, as everywhere. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';

const metrics = declare('get /metrics', {
  summary: 'Clocks, tools, faults, tokens, money and the process, for Prometheus.',
  responses: {
    200: {
      description: "Prometheus' text format.",
      content: { 'text/plain': { schema: z.string() } },
    },
  },
});

export const metricsRoutes = ({ house }: { house: House }) =>
  new OpenAPIHono<AdminEnv>().openapi(metrics, async (c) => {
    const { text, contentType } = await house.metrics.read();
    return c.text(text, 200, { 'content-type': contentType });
  });
