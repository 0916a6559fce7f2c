/** What a person should know: their own notices, newest first, and which of them they have seen. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Notice } from '../../agent/notices.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import { json } from '../json-declared.ts';
import { withMemory } from '../memory-access.ts';

const idSchema = z.string().regex(/^\d{1,15}$/, 'must be the id of a notification');

const notificationSchema = z
  .object({
    id: z.string(),
    code: z.string().meta({ description: 'For programs: `backup-failed`, `device-waits`.' }),
    title: z.string(),
    detail: z.string(),
    data: z.record(z.string(), z.unknown()),
    at: z.string(),
    readAt: z.string().nullable(),
    settledAt: z.string().nullable().meta({ description: 'Set: what it was about is over.' }),
  })
  .openapi('Notification');

const list = declare('get /api/v1/notifications', {
  summary: 'What Butler has to tell you.',
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      before: idSchema.optional().meta({ description: 'The last id of the page before.' }),
      unread: z
        .enum(['true', 'false'])
        .default('false')
        .meta({ description: 'Only those that you have not seen and that are not over.' }),
    }),
  },
  responses: {
    200: {
      description: 'Newest first.',
      content: json(z.object({ notifications: z.array(notificationSchema) })),
    },
  },
});

const read = declare('post /api/v1/notifications/read', {
  summary: 'Say that you have seen some.',
  request: {
    body: { required: true, content: json(z.object({ ids: z.array(idSchema).min(1).max(200) })) },
  },
  responses: {
    200: {
      description: 'How many of them were yours and unread.',
      content: json(z.object({ read: z.int() })),
    },
  },
});

const shown = ({ at, readAt, settledAt, ...notice }: Notice) => ({
  ...notice,
  at: at.toISOString(),
  readAt: readAt?.toISOString() ?? null,
  settledAt: settledAt?.toISOString() ?? null,
});

export const notificationRoutes = ({ house }: { house: House }) =>
  new OpenAPIHono<AdminEnv>()
    .openapi(list, async (c) => {
      const { limit, before, unread } = c.req.valid('query');
      const notices = await withMemory(house, () =>
        house.notices.list(c.var.person.id, { limit, before, unread: unread === 'true' }),
      );
      return c.json({ notifications: notices.map(shown) }, 200);
    })
    .openapi(read, async (c) => {
      const { ids } = c.req.valid('json');
      const { id } = c.var.person;
      return c.json({ read: await withMemory(house, () => house.notices.read(id, ids)) }, 200);
    });
