/** What the routes that let people in have in common: the shapes, and the answer. */
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { AdminEnv } from '../access.ts';
import { deviceTypes } from '../devices.ts';
import type { Coming, Entrance } from '../entrance.ts';
import { foldUsername, roles } from '../people.ts';

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const invisibleSaid = 'must not hold control characters';

export const passwordSchema = z
  .string()
  .min(8, 'must be at least 8 characters')
  .max(1024, 'must be at most 1024 characters');
/** One that may have been set when other rules held. */
export const givenPasswordSchema = z.string().min(1, 'must not be empty').max(1024);
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(80, 'must be at most 80 characters')
  // No regex(): the generator would write the flag into the document's pattern.
  .refine((name) => !invisible.test(name), invisibleSaid);
export const usernameSchema = z
  .string()
  .transform(foldUsername)
  .pipe(
    z
      .string()
      .min(1, 'must not be empty')
      .max(64, 'must be at most 64 characters')
      .regex(/^[\p{L}\p{M}\p{N}._@-]*$/u, 'must be letters, digits and . _ @ - only'),
  );
export const idSchema = z.string().min(1).max(100, 'must be at most 100 characters');
export const secretSchema = z.string().min(1, 'must not be empty').max(200);

/** What a client says of the device it runs on; what is left out is guessed or empty. */
export const deviceFields = {
  name: nameSchema,
  type: z.enum(deviceTypes),
  location: nameSchema.nullable(),
  capabilities: z
    .array(z.string().min(1).max(40, 'must be at most 40 characters'))
    .max(20, 'must be at most 20'),
};
export const deviceSchema = z
  .strictObject({
    ...z.strictObject(deviceFields).partial().shape,
    id: idSchema.optional().meta({
      description: 'The `deviceId` that this client was given before: it goes on as that device.',
    }),
  })
  .openapi('DeviceSaid');

export const userSchema = z
  .object({ id: z.string(), name: z.string(), username: z.string(), role: z.enum(roles) })
  .openapi('User');
export const enteredSchema = z
  .object({ user: userSchema, token: z.string(), deviceId: z.string() })
  .openapi('Entered');

/** Lets somebody in and says so as {@link enteredSchema} describes it. */
export const enterBy =
  (entrance: Entrance) => async (c: Context<AdminEnv>, coming: Omit<Coming, 'userAgent'>) => {
    const userAgent = c.req.header('user-agent');
    const { user, ...entered } = await entrance.enter({ ...coming, userAgent });
    return { user: userSchema.parse(user), ...entered };
  };
