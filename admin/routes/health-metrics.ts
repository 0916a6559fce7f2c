/** How every part is, for people: state, latency, how much of a day and a week it was up. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { PartHealth } from '../../agent/monitor.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';

const dayMs = 86_400_000;

const share = z.number().min(0).max(100);
const partSchema = z
  .object({
    name: z.string(),
    kind: z.enum(['part', 'integration']),
    state: z.enum(['ready', 'starting', 'off', 'failed']),
    down: z.boolean().meta({ description: 'It failed often enough to be an incident.' }),
    latencyMs: z.number(),
    since: z.string(),
    at: z.string().meta({ description: 'When it was asked last.' }),
    uptimePercent: z
      .object({ day: share, week: share })
      .meta({ description: 'From incidents, as far as Butler itself ran.' }),
    sentence: z.string().optional().meta({ description: 'For owners: what it said.' }),
    mend: z.string().nullable().optional(),
  })
  .openapi('PartHealth');

const healthMetrics = declare('get /api/v1/health/metrics', {
  summary: 'How every part and service is, and was.',
  responses: {
    200: {
      description: 'As it was when each was asked last; empty in the first half minute.',
      content: {
        'application/json': {
          schema: z.object({
            parts: z.array(partSchema),
            process: z.object({
              uptimeSeconds: z.int(),
              memoryMegabytes: z.number(),
              heapMegabytes: z.number(),
              eventLoopDelayMs: z
                .object({ mean: z.number(), p99: z.number(), max: z.number() })
                .meta({ description: 'Since the last time somebody asked.' }),
            }),
          }),
        },
      },
    },
  },
});

const rounded = (value: number): number => Math.round(value * 100) / 100;
const megabytes = (bytes: number): number => Math.round(bytes / 100_000) / 10;
/** Of nanoseconds; nothing measured yet is no delay. */
const milliseconds = (ns: number): number => (Number.isFinite(ns) ? rounded(ns / 1e6) : 0);

export const healthMetricsRoutes = ({ house, clock }: { house: House; clock: () => number }) => {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const uptime = (part: string, days: number): number => {
    const from = new Date(clock() - days * dayMs);
    return rounded(100 * (house.watching.incidents?.uptime(part, from) ?? 1));
  };
  const shown = (health: PartHealth, isOwner: boolean) => {
    const { part: name, kind, state, down, latencyMs, since, at, sentence, mend } = health;
    return {
      ...{ name, kind, state, down, latencyMs },
      ...{ since: since.toISOString(), at: at.toISOString() },
      uptimePercent: { day: uptime(name, 1), week: uptime(name, 7) },
      ...(isOwner && { sentence, mend: mend ?? null }),
    };
  };
  return new OpenAPIHono<AdminEnv>().openapi(healthMetrics, (c) => {
    const isOwner = c.var.person.role === 'owner';
    const { rss, heapUsed } = process.memoryUsage();
    const eventLoopDelayMs = {
      mean: milliseconds(delay.mean),
      p99: milliseconds(delay.percentile(99)),
      max: milliseconds(delay.max),
    };
    delay.reset();
    return c.json(
      {
        parts: house.watching.monitor.states().map((one) => shown(one, isOwner)),
        process: {
          uptimeSeconds: Math.floor(process.uptime()),
          ...{ memoryMegabytes: megabytes(rss), heapMegabytes: megabytes(heapUsed) },
          eventLoopDelayMs,
        },
      },
      200,
    );
  });
};
