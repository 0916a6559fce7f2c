/** A new device asks to come in, waits, and another device answers for it. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { addressOf, onlyAtHome } from '../address.ts';
import type { Devices } from '../devices.ts';
import type { Entrance } from '../entrance.ts';
import { wordsFor } from '../entrance-words.ts';
import type { House } from '../house-view.ts';
import { body, json } from '../json-declared.ts';
import { withMemory } from '../memory-access.ts';
import type { People, Person } from '../people.ts';
import { ProblemError } from '../problem.ts';
import { type DeviceRequest, type Registration, requestLifeMs } from '../registration.ts';
import {
  deviceFields,
  enterBy,
  enteredSchema,
  idSchema,
  secretSchema,
  usernameSchema,
} from './entering.ts';

const { name, type, location, capabilities } = deviceFields;
export const askedSchema = z
  .object({
    id: z.string(),
    secret: z.string().meta({ description: 'For the waiting device alone: it fetches with it.' }),
    code: z.string().meta({ description: 'Six digits, shown on both screens.' }),
    expiresAt: z.iso.datetime(),
  })
  .openapi('DeviceAsked');
const waitingSchema = z
  .object({
    id: z.string(),
    code: z.string(),
    name,
    type: deviceFields.type,
    location,
    personId: z.string().nullable(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .openapi('DeviceRequest');

const register = declare('post /api/v1/auth/register', {
  summary: 'Ask to come in from a new device; another device answers within ten minutes.',
  request: body(
    z.strictObject({
      name,
      type,
      location: location.optional(),
      capabilities: capabilities.optional(),
      username: usernameSchema.optional().meta({
        description: 'Whose device it is to be; left out: an owner says so.',
      }),
    }),
  ),
  responses: { 202: { description: 'It waits now.', content: json(askedSchema) } },
});

const collect = declare('post /api/v1/auth/register/{id}', {
  summary: 'What became of the request; once approved, the token, once.',
  request: {
    params: z.object({ id: idSchema }),
    ...body(z.strictObject({ secret: secretSchema })),
  },
  responses: {
    200: {
      description: 'Ask again every two seconds while it is pending.',
      content: json(
        z.discriminatedUnion('state', [
          z.object({ state: z.enum(['pending', 'refused', 'expired']) }),
          z.object({ state: z.literal('approved'), ...enteredSchema.shape }),
        ]),
      ),
    },
  },
});

const list = declare('get /api/v1/auth/requests', {
  summary: 'Devices that wait for your answer: those of your username, all for an owner.',
  responses: {
    200: {
      description: 'Oldest first, at most 100.',
      content: json(z.object({ requests: z.array(waitingSchema) })),
    },
  },
});

const decide = declare('post /api/v1/auth/requests/{id}', {
  summary: 'Let a waiting device in, or refuse it.',
  request: {
    params: z.object({ id: idSchema }),
    ...body(
      z.strictObject({
        decision: z.enum(['approve', 'refuse']),
        userId: idSchema.optional().meta({
          description: 'By an owner, where the request names nobody: whose device it becomes.',
        }),
      }),
    ),
  },
  responses: { 200: { description: 'It is answered.', content: json(waitingSchema) } },
});

const tooMany = (): ProblemError =>
  new ProblemError({
    status: 429,
    code: 'requests-too-many',
    title: 'Too many devices wait already',
    detail: 'Answer those that wait, or try again in ten minutes.',
    headers: { 'retry-after': '600' },
  });
const unknown = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'request-unknown',
    title: 'No such device waits',
    detail: 'It was answered already, or its ten minutes are over. Ask anew on the new device.',
  });
const whose = (): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'request-person-needed',
    title: 'Whose device is it to be?',
    detail: 'Send `userId`, the id of somebody who can log in, where the request names nobody.',
  });

const shown = (request: DeviceRequest) => {
  const { id, code, name, type, location = null, personId, createdAt, expiresAt } = request;
  const times = { createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
  return { id, code, name, type, location, personId, ...times };
};

interface Parts {
  house: House;
  people: People;
  devices: Pick<Devices, 'byId'>;
  registration: Registration;
  entrance: Entrance;
}

/** A request, and everybody who may answer it hears of it. */
export const askFor =
  ({ house, people, registration }: Omit<Parts, 'entrance' | 'devices'>) =>
  async (asking: Parameters<Registration['ask']>[0]) => {
    const asked = await withMemory(house, () => registration.ask(asking));
    if (!asked) throw tooMany();
    const { request, secret } = asked;
    const { id, code, personId, name: device } = request;
    const key = `device-waits:${id}`;
    const words = wordsFor('device-waits', { device, code });
    const notice = { key, code: 'device-waits', words, data: { requestId: id } };
    if (personId !== null) void house.notices.tell({ to: { personId }, ...notice });
    void house.notices.tell({ to: 'owners', ...notice });
    setTimeout(() => void house.notices.settle(key), requestLifeMs).unref();
    const owners = people.all().filter(({ role }) => role === 'owner');
    const told = new Set([...owners.map((owner) => owner.id), ...(personId ? [personId] : [])]);
    for (const each of told) {
      const { type: deviceType, ...rest } = shown(request);
      const event = { ...rest, type: 'device-waits', deviceType };
      house.happenings.tell({ topic: 'devices', personId: each, event });
    }
    return { id, secret, code, expiresAt: request.expiresAt.toISOString() };
  };

const mayAnswer = (person: Person, request: Pick<DeviceRequest, 'personId'>): boolean =>
  person.role === 'owner' || request.personId === person.id;

/** The device that said yes may be revoked since, as stolen, or its person of another role. */
const yesOf =
  ({ people, devices }: Pick<Parts, 'people' | 'devices'>) =>
  (by: string, request: Pick<DeviceRequest, 'personId'>): boolean => {
    const device = devices.byId(by);
    const judge = device?.revokedAt === null ? people.byId(device.personId) : undefined;
    return judge !== undefined && mayAnswer(judge, request);
  };

export const registrationRoutes = (parts: Parts) => {
  const { house, people, registration, entrance } = parts;
  const ask = askFor(parts);
  const enter = enterBy(entrance);
  const stillSaysYes = yesOf(parts);
  const waitingFor = async (person: Person): Promise<DeviceRequest[]> => {
    const of = person.role === 'owner' ? undefined : person.id;
    return await withMemory(house, () => registration.waiting(of));
  };
  return new OpenAPIHono<AdminEnv>()
    .openapi(register, async (c) => {
      const { username, ...device } = c.req.valid('json');
      // An unknown name looks the same here: its request names nobody.
      const person = username === undefined ? undefined : people.byUsername(username);
      const personId = person?.id ?? null;
      return c.json(await ask({ personId, device, address: addressOf(c) }), 202);
    })
    .openapi(collect, async (c) => {
      const { id } = c.req.valid('param');
      const { secret } = c.req.valid('json');
      const waited = await withMemory(house, () => registration.collect(id, secret));
      if (!waited) throw unknown();
      if (waited.state !== 'approved') return c.json({ state: waited.state }, 200);
      const { personId, decidedBy: by, ...asked } = waited.request;
      const person = people.byId(personId);
      if (!person || !stillSaysYes(by, waited.request)) throw unknown();
      const { name, type, location, capabilities } = asked;
      const device = { name, type, location, capabilities };
      const entered = await withMemory(house, () => enter(c, { person, device, by }));
      return c.json({ state: 'approved' as const, ...entered }, 200);
    })
    .openapi(list, async (c) => {
      const requests = await waitingFor(c.var.person);
      return c.json({ requests: requests.map(shown) }, 200);
    })
    .openapi(decide, async (c) => {
      const { id } = c.req.valid('param');
      const { decision, userId } = c.req.valid('json');
      const { person, token } = c.var;
      const request = (await waitingFor(person)).find((each) => each.id === id);
      if (!request || !mayAnswer(person, request)) throw unknown();
      const state = decision === 'approve' ? ('approved' as const) : ('refused' as const);
      const personId = request.personId ?? userId ?? null;
      const isOther = userId !== undefined && userId !== personId;
      const isNobody = personId === null || !people.byId(personId);
      if (state === 'approved' && (isNobody || isOther)) throw whose();
      // It makes a token of theirs: what an owner does to others is done at home.
      const isOwn = personId === person.id;
      if (state === 'approved' && !isOwn && !c.var.origin.isNear) throw onlyAtHome();
      const answer = { id, state, by: token.deviceId, personId: isNobody ? null : personId };
      const decided = await withMemory(house, () => registration.decide(answer));
      if (!decided) throw unknown();
      void house.notices.settle(`device-waits:${id}`);
      return c.json(shown(decided), 200);
    });
};
