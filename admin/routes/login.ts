/** The first person, coming in, going out. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { foldUsername, type NewPerson, type People, PeopleError, roles } from '../people.ts';
import { ProblemError } from '../problem.ts';
import { addressOf } from '../shield.ts';
import { createThrottle } from '../throttle.ts';
import type { Tokens } from '../tokens.ts';

/** Tries per address and username, and per address over all usernames, before waiting begins. */
export const failuresFree = 5;
export const failuresFreePerAddress = 50;

const passwordSchema = z
  .string()
  .min(8, 'must be at least 8 characters')
  .max(1024, 'must be at most 1024 characters');
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const nameSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(80, 'must be at most 80 characters')
  // No regex(): the generator would write the flag into the document's pattern.
  .refine((name) => !invisible.test(name), 'must not hold control characters');
const usernameSchema = z
  .string()
  .transform(foldUsername)
  .pipe(
    z
      .string()
      .min(1, 'must not be empty')
      .max(64, 'must be at most 64 characters')
      .regex(/^[\p{L}\p{M}\p{N}._@-]*$/u, 'must be letters, digits and . _ @ - only'),
  );

const userSchema = z
  .object({ id: z.string(), name: z.string(), username: z.string(), role: z.enum(roles) })
  .openapi('User');
const enteredSchema = z.object({ user: userSchema, token: z.string() });

const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

const setup = declare('post /api/v1/setup', {
  summary: 'Make the first person, the owner; only while there is nobody.',
  request: {
    body: body(
      z.strictObject({ name: nameSchema, username: usernameSchema, password: passwordSchema }),
    ),
  },
  responses: {
    201: {
      description: 'The owner, and a token of theirs.',
      content: { 'application/json': { schema: enteredSchema } },
    },
  },
});

const login = declare('post /api/v1/auth/login', {
  summary: 'Come in with username and password.',
  request: {
    body: body(
      z.strictObject({
        username: z.string().min(1, 'must not be empty').max(256),
        password: z.string().min(1, 'must not be empty').max(1024),
      }),
    ),
  },
  responses: {
    200: {
      description: 'Who you are, and a token for a year.',
      content: { 'application/json': { schema: enteredSchema } },
    },
  },
});

const logout = declare('post /api/v1/auth/logout', {
  summary: 'Revoke the token that this request carries.',
  responses: { 204: { description: 'The token is worth nothing from now on.' } },
});

const me = declare('get /api/v1/me', {
  summary: 'Who you are.',
  responses: {
    200: {
      description: 'The person behind the token.',
      content: { 'application/json': { schema: z.object({ user: userSchema }) } },
    },
  },
});

const setupDone = (): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'setup-done',
    title: 'This household is set up already',
    detail: 'Log in with a username and password, or ask the owner to invite you.',
  });

export const wrongLogin = (): ProblemError =>
  new ProblemError({
    status: 401,
    code: 'login-wrong',
    title: 'Username or password is wrong',
    detail: 'Check both and try again.',
    headers: { 'www-authenticate': 'Bearer realm="butler"' },
  });

export const slowDown = (waitSeconds: number): ProblemError =>
  new ProblemError({
    status: 429,
    code: 'login-slowed',
    title: 'Too many wrong passwords',
    detail: `Wait ${waitSeconds} seconds, then try again.`,
    headers: { 'retry-after': String(waitSeconds) },
  });

const createFirst = async (people: People, person: Omit<NewPerson, 'role'>) => {
  try {
    return await people.create({ ...person, role: 'owner' }, { onlyAsFirst: true });
  } catch (error) {
    if (error instanceof PeopleError) throw setupDone();
    throw error;
  }
};

export const loginRoutes = ({
  people,
  tokens,
  clock,
}: {
  people: People;
  tokens: Tokens;
  clock: () => number;
}) => {
  const perName = createThrottle({ failuresFree, clock });
  const perAddress = createThrottle({ failuresFree: failuresFreePerAddress, clock });
  return new OpenAPIHono<AdminEnv>()
    .openapi(setup, async (c) => {
      const user = await createFirst(people, c.req.valid('json'));
      return c.json({ user: userSchema.parse(user), token: await tokens.issue(user) }, 201);
    })
    .openapi(login, async (c) => {
      const { username, password } = c.req.valid('json');
      const address = addressOf(c);
      const name = `${address} ${foldUsername(username)}`;
      const waitSeconds = perName.attempt(name) || perAddress.attempt(address);
      if (waitSeconds > 0) throw slowDown(waitSeconds);
      const user = await people.verifyPassword(username, password);
      if (!user) throw wrongLogin();
      perName.succeeded(name);
      perAddress.succeeded(address);
      return c.json({ user: userSchema.parse(user), token: await tokens.issue(user) }, 200);
    })
    .openapi(logout, async (c) => {
      await tokens.revoke(c.var.token);
      return c.body(null, 204);
    })
    .openapi(me, (c) => c.json({ user: userSchema.parse(c.var.person) }, 200));
};
