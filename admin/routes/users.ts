/** Who lives here, and how Butler is with each of them: one's own soul, a child's for an owner. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Caller } from '../../agent/caller.ts';
import {
  mergeSoul,
  type Soul,
  type SoulPatch,
  soulPatchSchema,
  soulPreview,
  soulSchema,
} from '../../memory/souls.ts';
import type { User } from '../../memory/users.ts';
import { type AdminEnv, declare } from '../access.ts';
import { callerOf } from '../caller.ts';
import type { House, HouseMemory } from '../house-view.ts';
import { body, json } from '../json-declared.ts';
import { withMemory } from '../memory-access.ts';
import { type Person, roles } from '../people.ts';
import { ProblemError, personUnknown, refuseBody } from '../problem.ts';
import { wavOf } from '../wav.ts';

/** A long sentence on a small machine. */
const spokenWithinMs = 20_000;

const memberSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    username: z.string().nullable(),
    role: z.enum(roles),
    soulIsYours: z.boolean().meta({ description: 'You may see and change their soul.' }),
  })
  .openapi('Member');
const params = z.object({ id: z.string().min(1).max(100, 'must be at most 100 characters') });
const soulBody = z.object({ soul: soulSchema });

const list = declare('get /api/v1/users', {
  summary: 'Who lives here: everybody for an owner, else only you.',
  responses: {
    200: {
      description: 'Oldest first.',
      content: json(z.object({ users: z.array(memberSchema) })),
    },
  },
});

const show = declare('get /api/v1/users/{id}/soul', {
  summary: 'How Butler is with this person: yourself, or a child where you are an owner.',
  request: { params },
  responses: { 200: { description: 'The soul.', content: json(soulBody) } },
});

const replace = declare('put /api/v1/users/{id}/soul', {
  summary: 'Give this person another soul, whole.',
  request: { params, ...body(soulSchema) },
  responses: { 200: { description: 'The soul as it is now.', content: json(soulBody) } },
});

const change = declare('patch /api/v1/users/{id}/soul', {
  summary: 'Change some fields of a soul; null sets one back.',
  request: { params, ...body(soulPatchSchema) },
  responses: { 200: { description: 'The soul as it is now.', content: json(soulBody) } },
});

const preview = declare('post /api/v1/users/{id}/soul/preview', {
  summary: 'How a soul would sound: a sentence, or with `Accept: audio/wav` its sound.',
  description: 'The body is what would change; nothing is kept. No voice in the house: 503.',
  request: { params, ...body(soulPatchSchema) },
  responses: {
    200: {
      description: 'The sentence.',
      content: {
        ...json(z.object({ sentence: z.string() })),
        'audio/wav': { schema: z.string().meta({ format: 'binary' }) },
      },
    },
  },
});

const notYours = (): ProblemError =>
  new ProblemError({
    status: 403,
    code: 'soul-of-another',
    title: 'This soul belongs to somebody else',
    detail: 'Everybody changes their own; an owner also that of a child.',
  });

const voiceOff = (): ProblemError =>
  new ProblemError({
    status: 503,
    code: 'voice-off',
    title: 'Butler has no voice now',
    detail: 'Ask for the sentence as JSON, or set KOKORO_URL or let the local models install.',
  });

const invalid = refuseBody({ code: 'soul-invalid', title: 'The soul has mistakes in it' });

/** May this person see and change that one's soul? */
export const mayShape = (
  person: Person,
  user: Pick<User, 'id' | 'role' | 'passwordHash'>,
): boolean =>
  person.id === user.id ||
  // Who cannot log in yet was brought by the owner.
  (person.role === 'owner' && (user.role === 'child' || user.passwordHash === null));

/** The person of the address, where the caller may shape them. */
const shaped = async ({ users }: HouseMemory, person: Person, id: string): Promise<User> => {
  const user = await users.load(id);
  if (!user) throw personUnknown();
  if (!mayShape(person, user)) throw notYours();
  return user;
};

interface SoulChange {
  person: Person;
  id: string;
  soul: SoulPatch;
}

const keep = async (house: House, { person, id, soul }: SoulChange): Promise<{ soul: Soul }> =>
  await withMemory(house, async (memory) => {
    await shaped(memory, person, id);
    const changed = await memory.users.update(id, { soul });
    return { soul: changed.soul };
  });

export const userRoutes = ({ house }: { house: House }) =>
  new OpenAPIHono<AdminEnv>()
    .openapi(list, async (c) => {
      const { person } = c.var;
      const all = await withMemory(house, async ({ users }) => users.all());
      const seen = all.filter(({ id }) => person.role === 'owner' || id === person.id);
      const members = seen.map((user) => {
        const { id, name, username, role } = user;
        return { id, name, username, role, soulIsYours: mayShape(person, user) };
      });
      return c.json({ users: members }, 200);
    })
    .openapi(show, async (c) => {
      const { id } = c.req.valid('param');
      const { soul } = await withMemory(house, (memory) => shaped(memory, c.var.person, id));
      return c.json({ soul }, 200);
    })
    .openapi(
      replace,
      async (c) => {
        const { id } = c.req.valid('param');
        const soul = c.req.valid('json');
        return c.json(await keep(house, { person: c.var.person, id, soul }), 200);
      },
      invalid,
    )
    .openapi(
      change,
      async (c) => {
        const { id } = c.req.valid('param');
        const soul = c.req.valid('json');
        return c.json(await keep(house, { person: c.var.person, id, soul }), 200);
      },
      invalid,
    )
    .openapi(
      preview,
      async (c) => {
        const { id } = c.req.valid('param');
        const user = await withMemory(house, (memory) => shaped(memory, c.var.person, id));
        const caller = callerFor(user, house);
        const soul = mergeSoul(user.soul, c.req.valid('json'));
        const sentence = soulPreview(soul, user.name, caller.language);
        if (!/\baudio\/wav\b/.test(c.req.header('accept') ?? '')) {
          return c.json({ sentence }, 200);
        }
        const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(spokenWithinMs)]);
        const sound = await house.speaking.readAloud({ text: sentence, caller, signal });
        if (!sound) throw voiceOff();
        return c.body(wavOf(sound), 200, { 'content-type': 'audio/wav' });
      },
      invalid,
    );

/** In the voice and language of the person whose soul it is. */
const callerFor = (user: User, { settings }: House): Caller => {
  const { username, ttsVoice: voice } = user;
  return callerOf({ ...user, username: username ?? '', voice }, { door: 'app', settings });
};
