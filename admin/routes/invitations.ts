/** New people come by invitation; somebody who lost their password gets a link like it. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { permissions } from '../../agent/caller.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { Devices } from '../devices.ts';
import type { Entrance } from '../entrance.ts';
import type { House } from '../house-view.ts';
import type { Invitation, Invitations } from '../invitations.ts';
import { body, json } from '../json-declared.ts';
import type { LoginLock } from '../login-lock.ts';
import { withMemory } from '../memory-access.ts';
import { passkeyRows } from '../passkeys-rows.ts';
import { type People, PeopleError, type Person, roles } from '../people.ts';
import { ProblemError, personUnknown } from '../problem.ts';
import type { Tokens } from '../tokens.ts';
import {
  deviceSchema,
  enterBy,
  enteredSchema,
  idSchema,
  nameSchema,
  passwordSchema,
  secretSchema,
  usernameSchema,
} from './entering.ts';
import { linkSchema, linkTo, slowLinks } from './pairing.ts';

const invitationSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(roles),
    permissions: z.array(z.string()).nullable(),
    forUser: z.string().nullable().meta({ description: 'Whose new password it sets.' }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .openapi('Invitation');
const madeSchema = z.object({ id: z.string(), token: z.string(), ...linkSchema.shape });

const invite = declare('post /api/v1/auth/invitations', {
  summary: 'Invite somebody: a link for seven days that makes one new person.',
  request: body(
    z.strictObject({
      name: nameSchema,
      role: z.enum(roles),
      permissions: z.array(z.enum(permissions)).max(permissions.length).nullable().optional(),
    }),
  ),
  responses: {
    201: { description: 'Shown this once.', content: json(madeSchema.openapi('NewInvitation')) },
  },
});

const list = declare('get /api/v1/auth/invitations', {
  summary: 'Invitations and password links that can still be used, at most 50.',
  responses: {
    200: {
      description: 'Newest first.',
      content: json(z.object({ invitations: z.array(invitationSchema) })),
    },
  },
});

const withdraw = declare('delete /api/v1/auth/invitations/{id}', {
  summary: 'Withdraw an invitation.',
  request: { params: z.object({ id: idSchema }) },
  responses: { 204: { description: 'It works no more.' } },
});

const look = declare('post /api/v1/auth/invitations/look', {
  summary: 'Whom an invitation is for, before it is used.',
  request: body(z.strictObject({ token: secretSchema })),
  responses: {
    200: {
      description: 'With a username: that person gets a new password.',
      content: json(
        z.object({ name: z.string(), role: z.enum(roles), username: z.string().nullable() }),
      ),
    },
  },
});

const accept = declare('post /api/v1/auth/invitations/accept', {
  summary: 'Use an invitation: become a person of the house, or set the new password.',
  request: body(
    z.strictObject({
      token: secretSchema,
      username: usernameSchema.optional().meta({ description: 'Of a new person.' }),
      password: passwordSchema,
      device: deviceSchema.optional(),
    }),
  ),
  responses: {
    200: { description: 'Who you are, and a token for a year.', content: json(enteredSchema) },
  },
});

const reset = declare('post /api/v1/users/{id}/password-reset', {
  summary: 'A link for an hour by which this person sets a new password.',
  request: { params: z.object({ id: idSchema }) },
  responses: {
    201: { description: 'Shown this once.', content: json(madeSchema.openapi('PasswordLink')) },
  },
});

const gone = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'invitation-gone',
    title: 'This invitation works no more',
    detail: 'It was used, withdrawn, or is too old. Ask an owner for a new one.',
  });
const tooMany = (): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'invitations-too-many',
    title: 'Too many invitations are open',
    detail: 'Withdraw some that nobody will use.',
  });
const taken = (): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'username-taken',
    title: 'That username is taken',
    detail: 'Choose another one.',
  });
const nameless = (): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'username-needed',
    title: 'A username is missing',
    detail: 'Send the `username` by which you want to log in.',
  });

interface Parts {
  house: House;
  people: People;
  devices: Devices;
  tokens: Tokens;
  entrance: Entrance;
  invitations: Invitations;
  lock: LoginLock;
  clock: () => number;
}

interface Accepting {
  invitation: Invitation;
  username: string | undefined;
  password: string;
}

/** The person behind an invitation: a new one, or the one whose password is new. */
const becoming =
  ({ house, people, devices, tokens, lock }: Parts) =>
  async ({ invitation, username, password }: Accepting): Promise<Person> => {
    const { name, role, permissions: allowed, forPerson } = invitation;
    if (forPerson === null) {
      if (username === undefined) throw nameless();
      return await people.create({ name, role, username, password, permissions: allowed });
    }
    const isNew = people.byId(forPerson) === undefined;
    if (isNew && username === undefined) throw nameless();
    const own = isNew && username !== undefined ? { username } : {};
    const person = await people.setPassword(forPerson, { password, ...own });
    // Who could not come in may have been locked out by somebody who could, and left a key.
    await passkeyRows(() => house.memory.database).removeAll(forPerson);
    await tokens.endUnseen(forPerson);
    await devices.revoke(devices.of(forPerson).map(({ id }) => id));
    lock.open(person.username);
    return person;
  };

const shown = ({ forPerson, createdAt, expiresAt, ...rest }: Invitation) => ({
  ...rest,
  forUser: forPerson,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});

export const invitationRoutes = (parts: Parts) => {
  const { house, people, entrance, invitations, clock } = parts;
  const enter = enterBy(entrance);
  const become = becoming(parts);
  const slow = slowLinks(clock);
  return new OpenAPIHono<AdminEnv>()
    .openapi(invite, async (c) => {
      const asked = { ...c.req.valid('json'), createdBy: c.var.person.id };
      const made = await withMemory(house, () => invitations.make(asked));
      if (!made) throw tooMany();
      const { id, expiresAt } = made.invitation;
      const link = linkTo(c, { join: made.token });
      return c.json({ id, token: made.token, ...link, expiresAt: expiresAt.toISOString() }, 201);
    })
    .openapi(list, async (c) => {
      const open = await withMemory(house, () => invitations.open());
      return c.json({ invitations: open.map(shown) }, 200);
    })
    .openapi(withdraw, async (c) => {
      const { id } = c.req.valid('param');
      if (!(await withMemory(house, () => invitations.withdraw(id)))) throw gone();
      return c.body(null, 204);
    })
    .openapi(look, async (c) => {
      slow.attempt(c);
      const { token } = c.req.valid('json');
      const invitation = await withMemory(house, () => invitations.look(token));
      if (!invitation) throw gone();
      slow.succeeded(c);
      const { name, role, forPerson } = invitation;
      const username = forPerson === null ? null : (people.byId(forPerson)?.username ?? null);
      return c.json({ name, role, username }, 200);
    })
    .openapi(accept, async (c) => {
      slow.attempt(c);
      const { token, username, password, device } = c.req.valid('json');
      const invitation = await withMemory(house, () => invitations.take(token));
      if (!invitation) throw gone();
      slow.succeeded(c);
      const accepting = { invitation, username, password };
      const person = await withMemory(house, () => become(accepting)).catch(
        async (error: unknown) => {
          await invitations.putBack(invitation.id);
          if (error instanceof PeopleError && error.code === 'username-taken') throw taken();
          throw error;
        },
      );
      await invitations.usedBy(invitation.id, person.id);
      return c.json(await enter(c, { person, device, by: 'invitation' }), 200);
    });
};

/** An owner helps somebody who lost their password. */
export const passwordLinkRoutes = ({ house, invitations }: Pick<Parts, 'house' | 'invitations'>) =>
  new OpenAPIHono<AdminEnv>().openapi(reset, async (c) => {
    const { id } = c.req.valid('param');
    const user = await withMemory(house, ({ users }) => users.load(id));
    if (!user) throw personUnknown();
    const { name, role } = user;
    const asked = { name, role, forPerson: id, createdBy: c.var.person.id };
    const made = await withMemory(house, () => invitations.make(asked));
    if (!made) throw tooMany();
    const link = linkTo(c, { join: made.token });
    const expiresAt = made.invitation.expiresAt.toISOString();
    return c.json({ id: made.invitation.id, token: made.token, ...link, expiresAt }, 201);
  });
