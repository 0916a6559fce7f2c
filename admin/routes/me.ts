/** Who one is, on which device, how one's doors behave, and of what one is told. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { notificationsOf, notificationsSchema, type User } from '../../memory/users.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { Devices } from '../devices.ts';
import type { House } from '../house-view.ts';
import { body, json } from '../json-declared.ts';
import { withMemory } from '../memory-access.ts';
import { personUnknown } from '../problem.ts';
import { doorsOf, doorsSchema } from './doors.ts';
import { deviceFields, userSchema } from './entering.ts';

const { name, type } = deviceFields;
const ownDevice = z
  .object({
    ...{ id: z.string(), name, type },
    location: z.string().nullable().meta({ description: 'The room that it stands in.' }),
  })
  .nullable();

const me = declare('get /api/v1/me', {
  summary: 'Who you are, and what you have set.',
  responses: {
    200: {
      description: 'The person behind the token, the device that asks, how your doors behave.',
      content: json(z.object({ user: userSchema, device: ownDevice, doors: doorsSchema })),
    },
  },
});

const wishes = {
  description: 'As it is now.',
  content: json(z.object({ notifications: notificationsSchema })),
};

const show = declare('get /api/v1/me/notifications', {
  summary: 'Of what you are told, how, and when it is quiet.',
  responses: { 200: wishes },
});

const replace = declare('put /api/v1/me/notifications', {
  summary: 'Say of what you want to be told, how, and when it is quiet. Timers always ring.',
  request: body(notificationsSchema),
  responses: { 200: wishes },
});

const told = ({ notifications }: User) => ({ notifications: notificationsOf(notifications) });

interface Parts {
  house: House;
  devices: Pick<Devices, 'byId'>;
}

export const meRoutes = ({ house, devices }: Parts) => {
  const userOf = async (id: string): Promise<User> => {
    const user = await withMemory(house, ({ users }) => users.load(id));
    // Somebody with a token who was taken away this very moment.
    if (!user) throw personUnknown();
    return user;
  };
  const deviceOf = (deviceId: string): z.infer<typeof ownDevice> => {
    const found = devices.byId(deviceId);
    if (!found) return null;
    const { id, name: called, type: kind, location } = found;
    return { id, name: called, type: kind, location };
  };
  return new OpenAPIHono<AdminEnv>()
    .openapi(me, async (c) => {
      const { person, token } = c.var;
      const doors = doorsOf(await userOf(person.id));
      const user = userSchema.parse(person);
      return c.json({ user, device: deviceOf(token.deviceId), doors }, 200);
    })
    .openapi(show, async (c) => c.json(told(await userOf(c.var.person.id)), 200))
    .openapi(replace, async (c) => {
      const notifications = c.req.valid('json');
      const { id } = c.var.person;
      const user = await withMemory(house, ({ users }) => users.update(id, { notifications }));
      return c.json(told(user), 200);
    });
};
