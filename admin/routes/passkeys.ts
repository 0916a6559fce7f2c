/** Passkeys over HTTP: add, name, remove one's own; and come in by one. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type AdminEnv, declare } from '../access.ts';
import { addressOf, hostOf } from '../address.ts';
import type { Audit } from '../audit.ts';
import type { Entrance } from '../entrance.ts';
import { wordsFor } from '../entrance-words.ts';
import type { House } from '../house-view.ts';
import { body, json } from '../json-declared.ts';
import { withMemory } from '../memory-access.ts';
import { digestOf } from '../one-time.ts';
import { createPasskeys } from '../passkeys.ts';
import { createChallenges } from '../passkeys-challenges.ts';
import { type Party, partyOf } from '../passkeys-party.ts';
import { notYours, unknown } from '../passkeys-problems.ts';
import type { Passkey } from '../passkeys-rows.ts';
import {
  assertedSchema,
  createdSchema,
  creationOptionsSchema,
  credentialId,
  requestOptionsSchema,
} from '../passkeys-schemas.ts';
import type { People } from '../people.ts';
import { deviceSchema, enterBy, enteredSchema, nameSchema } from './entering.ts';

const passkeyName = nameSchema.meta({
  description: 'What tells it from your others, such as the device it is on.',
});

const passkeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    host: z.string().meta({ description: 'The host name it works under, and no other.' }),
    isBackedUp: z.boolean().meta({ description: 'Kept by an account: works on several devices.' }),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .openapi('Passkey');
const params = z.object({ id: credentialId });

const offer = declare('post /api/v1/auth/passkeys/options', {
  summary: 'Begin to add a passkey: what the browser needs, good for two minutes.',
  responses: {
    200: {
      description: 'For navigator.credentials.create().',
      content: json(z.object({ options: creationOptionsSchema })),
    },
  },
});

const add = declare('post /api/v1/auth/passkeys', {
  summary: 'Add the passkey that the browser made.',
  request: body(z.strictObject({ name: passkeyName, response: createdSchema })),
  responses: {
    201: { description: 'Yours now.', content: json(z.object({ passkey: passkeySchema })) },
  },
});

const list = declare('get /api/v1/auth/passkeys', {
  summary: 'Your passkeys, at most 20.',
  responses: {
    200: {
      description: 'Oldest first.',
      content: json(z.object({ passkeys: z.array(passkeySchema) })),
    },
  },
});

const rename = declare('patch /api/v1/auth/passkeys/{id}', {
  summary: 'Name one of your passkeys anew.',
  request: { params, ...body(z.strictObject({ name: passkeyName })) },
  responses: {
    200: { description: 'As it is now.', content: json(z.object({ passkey: passkeySchema })) },
  },
});

const remove = declare('delete /api/v1/auth/passkeys/{id}', {
  summary: 'Remove one of your passkeys: it opens nothing from now on.',
  request: { params },
  responses: { 204: { description: 'Gone.' } },
});

const challenge = declare('post /api/v1/auth/passkeys/login/options', {
  summary: 'Begin to come in by passkey: what the browser needs, good for two minutes.',
  responses: {
    200: {
      description: 'For navigator.credentials.get().',
      content: json(z.object({ options: requestOptionsSchema })),
    },
  },
});

const login = declare('post /api/v1/auth/passkeys/login', {
  summary: 'Come in by passkey; the lock after wrong passwords does not hold for it.',
  request: body(z.strictObject({ response: assertedSchema, device: deviceSchema.optional() })),
  responses: {
    200: {
      description: 'Who you are, and the token of a new device.',
      content: json(enteredSchema),
    },
  },
});

const shown = ({ id, name, host, isBackedUp, createdAt, lastUsedAt }: Passkey) => ({
  ...{ id, name, host, isBackedUp },
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/** An id may be longer than a notice's key. */
const noticeOf = (id: string): string => `passkey-new:${digestOf(id)}`;

const partyIn = (c: Context<AdminEnv>): Party => partyOf(hostOf(c));

interface PasskeyRoutes {
  house: House;
  people: Pick<People, 'byId'>;
  entrance: Entrance;
  audit: Pick<Audit, 'record'>;
  clock: () => number;
}

export const passkeyRoutes = ({ house, people, entrance, audit, clock }: PasskeyRoutes) => {
  const enter = enterBy(entrance);
  const database = () => house.memory.database;
  const passkeys = createPasskeys({ database, challenges: createChallenges({ clock }), audit });
  return new OpenAPIHono<AdminEnv>()
    .openapi(offer, async (c) => {
      const asked = { person: c.var.person, party: partyIn(c) };
      const options = await withMemory(house, () => passkeys.offer(asked));
      return c.json({ options }, 200);
    })
    .openapi(add, async (c) => {
      const { name, response: created } = c.req.valid('json');
      const asked = { person: c.var.person, party: partyIn(c), name, created };
      const passkey = await withMemory(house, () => passkeys.add(asked));
      // A token alone adds one, and it outlives the token.
      void house.notices.tell({
        ...{ to: { personId: c.var.person.id }, key: noticeOf(passkey.id), code: 'passkey-new' },
        words: wordsFor('passkey-new', { device: passkey.name }),
      });
      return c.json({ passkey: shown(passkey) }, 201);
    })
    .openapi(list, async (c) => {
      const own = await withMemory(house, () => passkeys.list(c.var.person.id));
      return c.json({ passkeys: own.map(shown) }, 200);
    })
    .openapi(rename, async (c) => {
      const change = { ...c.req.valid('param'), ...c.req.valid('json') };
      const renamed = await withMemory(house, () => passkeys.rename(c.var.person.id, change));
      if (!renamed) throw notYours();
      return c.json({ passkey: shown(renamed) }, 200);
    })
    .openapi(remove, async (c) => {
      const { id } = c.req.valid('param');
      if (!(await withMemory(house, () => passkeys.remove(c.var.person.id, id)))) throw notYours();
      void house.notices.settle(noticeOf(id));
      return c.body(null, 204);
    })
    .openapi(challenge, async (c) => {
      const options = await passkeys.challenge(partyIn(c), addressOf(c));
      return c.json({ options }, 200);
    })
    .openapi(login, async (c) => {
      const { response, device } = c.req.valid('json');
      const personId = await withMemory(house, () => passkeys.enter(partyIn(c), response));
      const person = people.byId(personId);
      if (!person) throw unknown();
      return c.json(await enter(c, { person, device, by: 'passkey' }), 200);
    });
};
