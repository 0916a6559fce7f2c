/** What a person may use: calendar, mail, whereabouts …; an owner says, and the gate keeps it. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { permissions } from '../../agent/caller.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import { withMemory } from '../memory-access.ts';
import { personUnknown, refuseBody } from '../problem.ts';

const params = z.object({ id: z.string().min(1).max(100, 'must be at most 100 characters') });
const names = z.enum(permissions, `must be one of ${permissions.join(', ')}`);
const given = z.strictObject({
  permissions: z
    .array(names)
    .max(permissions.length, 'must name each permission once')
    .nullable()
    .meta({ description: 'Null: what their role may.' }),
});
const answer = z.object({
  /** As they are kept: an older or newer Butler may know other names. */
  permissions: z.array(z.string()).nullable(),
});
const content = { 'application/json': { schema: answer } };

const show = declare('get /api/v1/users/{id}/permissions', {
  summary: 'What this person may use; null: what their role may.',
  request: { params },
  responses: { 200: { description: 'Their permissions.', content } },
});

const set = declare('put /api/v1/users/{id}/permissions', {
  summary: 'Say what this person may use, from their next conversation on.',
  request: {
    params,
    body: { required: true, content: { 'application/json': { schema: given } } },
  },
  responses: { 200: { description: 'Their permissions now.', content } },
});

export const permissionRoutes = ({
  house,
  changed,
}: {
  house: House;
  /** An owner changed what this person may. */
  changed: (personId: string) => void;
}) =>
  new OpenAPIHono<AdminEnv>()
    .openapi(show, async (c) => {
      const { id } = c.req.valid('param');
      const user = await withMemory(house, ({ users }) => users.load(id));
      if (!user) throw personUnknown();
      return c.json({ permissions: user.permissions }, 200);
    })
    .openapi(
      set,
      async (c) => {
        const { id } = c.req.valid('param');
        const { permissions: wanted } = c.req.valid('json');
        const kept = wanted && [...new Set(wanted)];
        const user = await withMemory(house, async ({ users }) => {
          if (!(await users.load(id))) throw personUnknown();
          return await users.update(id, { permissions: kept });
        });
        changed(id);
        return c.json({ permissions: user.permissions }, 200);
      },
      refuseBody({ code: 'permissions-invalid', title: 'These are no permissions' }),
    );
