/** How a person's doors behave: what wakes Butler, how he begins, sounds, and tells things. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { notificationsOf, notificationsSchema, type User } from '../../memory/users.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import { body, json } from '../json-declared.ts';
import { withMemory } from '../memory-access.ts';
import type { Person } from '../people.ts';
import { personUnknown } from '../problem.ts';
import { idSchema } from './entering.ts';

const shortText = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(60, 'must be at most 60 characters')
  .refine((text) => !/\p{C}/u.test(text), 'must not hold control characters');
export const doorsSchema = z
  .strictObject({
    wakeWord: shortText.nullable().meta({ description: "Null: the household's." }),
    startMode: z.enum(['push_to_talk', 'wake_word', 'app_open']),
    followUp: z.boolean().meta({
      description: 'After an answer that asks something, you are heard without the wake word.',
    }),
    voice: shortText.nullable().meta({ description: "Null: the household's." }),
    language: z
      .string()
      .max(35, 'must be at most 35 characters')
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, 'must be a language such as en or de-AT')
      .nullable()
      .meta({ description: "BCP 47; null: the household's." }),
    notifications: notificationsSchema,
  })
  .openapi('Doors');
const params = z.object({ id: idSchema });
const answer = { description: 'As it is now.', content: json(z.object({ doors: doorsSchema })) };

const show = declare('get /api/v1/users/{id}/doors', {
  summary: 'How the doors of a person behave: your own, or as an owner those of a child.',
  request: { params },
  responses: { 200: answer },
});

const change = declare('patch /api/v1/users/{id}/doors', {
  summary: 'Change how they behave, from the next turn on.',
  request: { params, ...body(doorsSchema.partial()) },
  responses: { 200: answer },
});

export const doorsOf = (user: User): z.infer<typeof doorsSchema> => {
  const { wakeWord, startMode, followUp, ttsVoice: voice, language } = user;
  const notifications = notificationsOf(user.notifications);
  return { wakeWord, startMode, followUp, voice, language, notifications };
};
const shown = (user: User) => ({ doors: doorsOf(user) });

/** Anybody else's are as if they were not there. */
const mayChange = (person: Person, user: User): boolean =>
  person.id === user.id || (person.role === 'owner' && user.role === 'child');

export const doorRoutes = ({ house }: { house: House }) => {
  const reached = async (person: Person, id: string): Promise<User> => {
    const user = await withMemory(house, ({ users }) => users.load(id));
    if (!user || !mayChange(person, user)) throw personUnknown();
    return user;
  };
  return new OpenAPIHono<AdminEnv>()
    .openapi(show, async (c) => {
      const user = await reached(c.var.person, c.req.valid('param').id);
      return c.json(shown(user), 200);
    })
    .openapi(change, async (c) => {
      const { id } = await reached(c.var.person, c.req.valid('param').id);
      const { voice, ...rest } = c.req.valid('json');
      const given = Object.entries({ ...rest, ttsVoice: voice });
      const patch = Object.fromEntries(given.filter(([, value]) => value !== undefined));
      const user = await withMemory(house, ({ users }) => users.update(id, patch));
      return c.json(shown(user), 200);
    });
};
