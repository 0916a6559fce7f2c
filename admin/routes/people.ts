/** Who people are to the house: their role and name, and their own password. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { addressOf } from '../address.ts';
import type { Devices } from '../devices.ts';
import type { House } from '../house-view.ts';
import { body, json } from '../json-declared.ts';
import type { LoginLock } from '../login-lock.ts';
import { withMemory } from '../memory-access.ts';
import { type People, PeopleError, roles } from '../people.ts';
import { ProblemError, personUnknown } from '../problem.ts';
import type { Tokens } from '../tokens.ts';
import {
  givenPasswordSchema,
  idSchema,
  nameSchema,
  passwordSchema,
  userSchema,
} from './entering.ts';

const change = declare('patch /api/v1/users/{id}', {
  summary: 'Give somebody another role or name; with another role they connect anew.',
  request: {
    params: z.object({ id: idSchema }),
    ...body(z.strictObject({ name: nameSchema, role: z.enum(roles) }).partial()),
  },
  responses: {
    200: { description: 'As they are now.', content: json(z.object({ user: userSchema })) },
  },
});

const password = declare('put /api/v1/me/password', {
  summary: 'Change your password.',
  request: body(
    z.strictObject({
      current: givenPasswordSchema,
      password: passwordSchema,
      everywhere: z
        .boolean()
        .default(false)
        .meta({ description: 'Revokes all your devices but this one.' }),
    }),
  ),
  responses: { 204: { description: 'The new one counts.' } },
});

const lastOwner = (): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'last-owner',
    title: 'They are the only owner',
    detail: 'Make somebody else an owner first: without one nobody could rule the house.',
  });
const wrong = (): ProblemError =>
  new ProblemError({
    status: 403,
    code: 'password-wrong',
    title: 'The current password is wrong',
    detail: 'Send the password that you log in with now as `current`.',
  });

interface Parts {
  house: House;
  people: People;
  devices: Devices;
  tokens: Tokens;
  lock: LoginLock;
  changed?: (personId: string) => void;
}

export const peopleRoutes = ({ house, people, devices, tokens, lock, changed: reviewed }: Parts) =>
  new OpenAPIHono<AdminEnv>()
    .openapi(change, async (c) => {
      const { id } = c.req.valid('param');
      const wanted = c.req.valid('json');
      if (!people.byId(id)) throw personUnknown();
      const changed = await withMemory(house, () =>
        people.change(id, wanted).catch((error: unknown) => {
          if (!(error instanceof PeopleError)) throw error;
          throw error.code === 'last-owner' ? lastOwner() : personUnknown();
        }),
      );
      reviewed?.(id);
      return c.json({ user: userSchema.parse(changed) }, 200);
    })
    .openapi(password, async (c) => {
      const { person, token } = c.var;
      const { current, password, everywhere } = c.req.valid('json');
      const { id, username } = person;
      const from = { address: addressOf(c), username };
      // A found device guesses no faster than anybody at the door.
      lock.attempt(from);
      if (!(await people.verifyPassword(username, current))) {
        lock.failed(username);
        throw wrong();
      }
      lock.succeeded(from);
      await withMemory(house, async () => {
        await people.setPassword(id, { password });
        if (!everywhere) return;
        await tokens.endUnseen(id);
        const others = devices.of(id).filter((device) => device.id !== token.deviceId);
        await devices.revoke(others.map((device) => device.id));
      });
      return c.body(null, 204);
    });
