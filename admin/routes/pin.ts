/** The PIN that a person says before Butler does what could do harm. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { addressOf } from '../address.ts';
import type { House } from '../house-view.ts';
import type { LoginLock } from '../login-lock.ts';
import type { People } from '../people.ts';
import { ProblemError } from '../problem.ts';

const pinSchema = z.strictObject({
  /** Whoever holds an unlocked phone must not be able to change the PIN with it. */
  password: z.string().min(1, 'must not be empty').max(1024, 'must be at most 1024 characters'),
  /** Null takes the PIN away. */
  pin: z
    .string()
    .regex(/^[0-9]{4,8}$/, 'must be four to eight digits')
    .nullable(),
});

const setPin = declare('put /api/v1/me/pin', {
  summary: 'Set or take away the PIN that is asked for before something dangerous.',
  request: {
    body: { required: true, content: { 'application/json': { schema: pinSchema } } },
  },
  responses: { 204: { description: 'From now on.' } },
});

interface Parts {
  house: House;
  people: People;
  lock: LoginLock;
}

export const pinRoutes = ({ house, people, lock }: Parts) =>
  new OpenAPIHono<AdminEnv>().openapi(setPin, async (c) => {
    const { id, username } = c.get('person');
    const { password, pin } = c.req.valid('json');
    const from = { address: addressOf(c), username };
    // A found device guesses no faster than anybody at the door.
    lock.attempt(from);
    if ((await people.verifyPassword(username, password)) === undefined) {
      lock.failed(username);
      throw new ProblemError({
        status: 403,
        code: 'password-wrong',
        title: 'The password is wrong',
        detail: 'Send your own password with the PIN.',
      });
    }
    lock.succeeded(from);
    house.setPin(id, pin ?? undefined);
    return c.body(null, 204);
  });
