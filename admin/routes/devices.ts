/** The devices one is logged in on: seen, named, revoked; and the tokens that they renew. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import type { Device, Devices } from '../devices.ts';
import type { House } from '../house-view.ts';
import { body, json } from '../json-declared.ts';
import { withMemory } from '../memory-access.ts';
import type { Person } from '../people.ts';
import { ProblemError } from '../problem.ts';
import type { TokenClaims, Tokens } from '../tokens.ts';
import { deviceFields, idSchema } from './entering.ts';

/** A token that is older gets its successor when it asks for a short one. */
const rotatedAfterSeconds = 30 * 24 * 60 * 60;

const knownSchema = z
  .object({
    id: z.string(),
    userId: z.string(),
    name: z.string(),
    type: deviceFields.type,
    location: z.string().nullable(),
    capabilities: z.array(z.string()),
    approvedBy: z.string().meta({
      description: 'setup, password, passkey, invitation, before, or the device that let it in.',
    }),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    isThis: z.boolean().meta({ description: 'The device that asks.' }),
  })
  .openapi('Device');
const params = z.object({ id: idSchema });

const list = declare('get /api/v1/devices', {
  summary: 'The devices you are logged in on; for an owner those of anybody.',
  request: {
    query: z.object({
      userId: idSchema.optional().meta({ description: 'Whose; default: your own.' }),
      limit: z.coerce.number().int().min(1).max(100).default(50),
      before: z.iso
        .datetime()
        .optional()
        .meta({ description: 'Only those last seen before this moment: for the next page.' }),
    }),
  },
  responses: {
    200: {
      description: 'Last seen first.',
      content: json(z.object({ devices: z.array(knownSchema) })),
    },
  },
});

const change = declare('patch /api/v1/devices/{id}', {
  summary: 'Name a device anew, or say where it stands.',
  request: {
    params,
    ...body(
      z.strictObject(deviceFields).pick({ name: true, type: true, location: true }).partial(),
    ),
  },
  responses: {
    200: { description: 'As it is now.', content: json(z.object({ device: knownSchema })) },
  },
});

const revoke = declare('delete /api/v1/devices/{id}', {
  summary: 'Revoke a device: its tokens, connections and conversations end at once.',
  request: { params },
  responses: { 204: { description: 'It is out.' } },
});

const revokeAll = declare('post /api/v1/auth/revoke-all', {
  summary: 'Revoke all your devices but this one.',
  responses: {
    200: {
      description: 'How many are out.',
      content: json(z.object({ revoked: z.int() })),
    },
  },
});

const short = declare('post /api/v1/auth/token', {
  summary: 'A token for a quarter of an hour, for the token of a device.',
  responses: {
    200: {
      description: 'With `token`: the device has a new one, which takes the place of the old.',
      content: json(
        z.object({
          access: z.string(),
          expiresAt: z.iso.datetime(),
          token: z.string().optional(),
        }),
      ),
    },
  },
});

const rotate = declare('post /api/v1/auth/rotate', {
  summary: 'A new token for this device; the old one ends five minutes after its first use.',
  responses: {
    200: { description: 'Keep it.', content: json(z.object({ token: z.string() })) },
  },
});

const unknown = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'device-unknown',
    title: 'There is no such device',
    detail: 'Take an id from GET /api/v1/devices.',
  });
const needsDevice = (): ProblemError =>
  new ProblemError({
    status: 403,
    code: 'device-token-required',
    title: 'A short token gets no other',
    detail: 'Send the token of the device itself, the one that is good for a year.',
  });
const deviceGone = (): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'device-gone',
    title: 'This device was revoked in the meantime',
    detail: 'Log in again.',
  });

const shownTo =
  (token: TokenClaims) =>
  ({ personId: userId, createdAt, lastSeenAt, ...device }: Device) => {
    const { id, name, type, location, capabilities, approvedBy } = device;
    const times = { createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() };
    const isThis = id === token.deviceId;
    return { ...{ id, userId, name, type, location, capabilities, approvedBy, isThis }, ...times };
  };

interface Parts {
  house: House;
  devices: Devices;
  tokens: Tokens;
}

export const deviceRoutes = ({ house, devices, tokens }: Parts) => {
  /** One's own; an owner's are all. */
  const reached = (person: Person, id: string): Device => {
    const device = devices.byId(id);
    const isReached = device?.personId === person.id || person.role === 'owner';
    if (!device || device.revokedAt !== null || !isReached) throw unknown();
    return device;
  };
  const rotated = async (token: TokenClaims): Promise<string> => {
    if (token.kind !== 'device') throw needsDevice();
    const next = await withMemory(house, () => tokens.rotate(token));
    if (next === undefined) throw deviceGone();
    return next;
  };
  return new OpenAPIHono<AdminEnv>()
    .openapi(list, (c) => {
      const { person, token } = c.var;
      const { userId = person.id, limit, before } = c.req.valid('query');
      const isShown = userId === person.id || person.role === 'owner';
      const until = before === undefined ? Number.POSITIVE_INFINITY : Date.parse(before);
      const own = isShown ? devices.of(userId) : [];
      const page = own.filter(({ lastSeenAt }) => lastSeenAt.getTime() < until).slice(0, limit);
      return c.json({ devices: page.map(shownTo(token)) }, 200);
    })
    .openapi(change, async (c) => {
      const { id } = reached(c.var.person, c.req.valid('param').id);
      const device = await withMemory(house, () => devices.change(id, c.req.valid('json')));
      if (!device) throw unknown();
      return c.json({ device: shownTo(c.var.token)(device) }, 200);
    })
    .openapi(revoke, async (c) => {
      const { id } = reached(c.var.person, c.req.valid('param').id);
      await withMemory(house, () => devices.revoke([id]));
      return c.body(null, 204);
    })
    .openapi(revokeAll, async (c) => {
      const { person, token } = c.var;
      const others = devices.of(person.id).filter(({ id }) => id !== token.deviceId);
      await tokens.endUnseen(person.id);
      await withMemory(house, () => devices.revoke(others.map(({ id }) => id)));
      return c.json({ revoked: others.length }, 200);
    })
    .openapi(short, async (c) => {
      const { token } = c.var;
      if (token.kind !== 'device') throw needsDevice();
      const { access, expiresAt } = await tokens.access(token);
      const answer = { access, expiresAt: new Date(expiresAt * 1000).toISOString() };
      const isOld = expiresAt - token.issuedAt > rotatedAfterSeconds;
      return c.json(isOld ? { ...answer, token: await rotated(token) } : answer, 200);
    })
    .openapi(rotate, async (c) => c.json({ token: await rotated(c.var.token) }, 200));
};
