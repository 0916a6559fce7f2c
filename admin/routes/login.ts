/** The first person, coming in, going out. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { addressOf, hostOf } from '../address.ts';
import type { Entry } from '../entry.ts';
import { isHouseName } from '../house-name.ts';
import { body, json } from '../json-declared.ts';
import { type NewPerson, type People, PeopleError } from '../people.ts';
import { ProblemError } from '../problem.ts';
import { hostUnknown } from '../shield.ts';
import {
  deviceSchema,
  enterBy,
  enteredSchema,
  givenPasswordSchema,
  nameSchema,
  passwordSchema,
  usernameSchema,
} from './entering.ts';
import { askedSchema, askFor } from './registration.ts';

const setup = declare('post /api/v1/setup', {
  summary: 'Make the first person, the owner; only while there is nobody.',
  request: body(
    z.strictObject({
      name: nameSchema,
      username: usernameSchema,
      password: passwordSchema,
      device: deviceSchema.optional(),
    }),
  ),
  responses: {
    201: {
      description: 'The owner, and a token of theirs.',
      content: { 'application/json': { schema: enteredSchema } },
    },
  },
});

const login = declare('post /api/v1/auth/login', {
  summary: 'Come in with username and password.',
  request: body(
    z.strictObject({
      username: z.string().min(1, 'must not be empty').max(256),
      password: givenPasswordSchema,
      device: deviceSchema.optional(),
    }),
  ),
  responses: {
    200: {
      description: 'Who you are, and a token for a year.',
      content: json(enteredSchema),
    },
    202: {
      description: 'Another device of yours has to let this one in: fetch with the secret.',
      content: json(askedSchema),
    },
  },
});

const logout = declare('post /api/v1/auth/logout', {
  summary: 'Revoke the token that this request carries.',
  responses: { 204: { description: 'The token is worth nothing from now on.' } },
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

const createFirst = async (people: People, person: Omit<NewPerson, 'role'>) => {
  try {
    return await people.create({ ...person, role: 'owner' }, { onlyAsFirst: true });
  } catch (error) {
    if (error instanceof PeopleError) throw setupDone();
    throw error;
  }
};

export const loginRoutes = (entry: Entry) => {
  const { house, people, entrance, tokens, lock } = entry;
  const enter = enterBy(entrance);
  const ask = askFor(entry);
  return new OpenAPIHono<AdminEnv>()
    .openapi(setup, async (c) => {
      // Nothing but the name tells a page of the house from a stranger's that was led here.
      if (!isHouseName(hostOf(c), house.settings)) throw hostUnknown();
      const { device, ...first } = c.req.valid('json');
      const person = await createFirst(people, first);
      return c.json(await enter(c, { person, device, by: 'setup' }), 201);
    })
    .openapi(login, async (c) => {
      const { username, password, device } = c.req.valid('json');
      const address = addressOf(c);
      lock.attempt({ address, username });
      const person = await people.verifyPassword(username, password);
      if (!person) {
        lock.failed(username);
        throw wrongLogin();
      }
      lock.succeeded({ address, username });
      if (entrance.mustAsk(person, device)) {
        const draft = entrance.draft(device, c.req.header('user-agent'));
        const asking = { personId: person.id, device: draft, address, isProven: true };
        return c.json(await ask(asking), 202);
      }
      return c.json(await enter(c, { person, device, by: 'password' }), 200);
    })
    .openapi(logout, async (c) => {
      await tokens.revoke(c.var.token);
      return c.body(null, 204);
    });
};
