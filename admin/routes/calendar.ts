/** The events of some days, for a page: what the caller may read, judged as any tool call is. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { callerOf } from '../caller.ts';
import type { Doors, House } from '../house-view.ts';
import { ProblemError } from '../problem.ts';

const daysMax = 400;
const dayMs = 86_400_000;

const eventSchema = z
  .object({
    title: z.string().meta({ description: 'Other people’s words: text, never markup.' }),
    place: z.string().optional(),
    start: z.string().optional().meta({ description: 'Local time: 2026-11-24T09:00.' }),
    end: z.string().optional(),
    day: z.string().optional().meta({ description: 'A whole day: 2026-11-24.' }),
    lastDay: z.string().optional(),
  })
  .openapi('CalendarEvent');

const answerSchema = z.object({
  from: z.string(),
  to: z.string(),
  events: z.array(eventSchema),
  notes: z.array(z.string()).meta({ description: 'What is old or missing, for a person.' }),
});

const list = declare('get /api/v1/calendar/events', {
  summary: 'The events of some days, from every calendar that you may read.',
  request: {
    query: z
      .object({ from: z.iso.date(), to: z.iso.date() })
      .refine(({ from, to }) => Math.abs(Date.parse(to) - Date.parse(from)) <= daysMax * dayMs, {
        message: `must be at most ${daysMax} days after from`,
        path: ['to'],
      }),
  },
  responses: {
    200: {
      description: 'In order of time.',
      content: { 'application/json': { schema: answerSchema } },
    },
  },
});

const unreadable = (detail: string): ProblemError =>
  new ProblemError({
    status: 503,
    code: 'calendar-unreadable',
    title: 'The calendar cannot be read',
    detail,
  });

const nothing = 'No calendar is connected, or you may not read it. Ask the owner of the house.';

export const calendarRoutes = ({ house, doors }: { house: House; doors: Doors }) =>
  new OpenAPIHono<AdminEnv>().openapi(list, async (c) => {
    const caller = callerOf(c.var.person, { door: 'app', settings: house.settings });
    const { signal } = c.req.raw;
    const order = { caller, tool: 'calendar_list', input: c.req.valid('query'), signal };
    const reading = await doors.readings.read({ ...order, own: true });
    if (!reading) throw unreadable(nothing);
    if (!reading.ok) throw unreadable(reading.say);
    return c.json(answerSchema.parse(reading.show), 200);
  });
