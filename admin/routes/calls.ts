/** What Butler did in a turn, and why: every call of a tool with its words, verdict and receipt. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { doorNames } from '../../agent/caller.ts';
import type { KeptCall } from '../../agent/reasons.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import { withMemory } from '../memory-access.ts';
import { ProblemError } from '../problem.ts';

const tellMax = 100;

const callSchema = z
  .object({
    id: z.int(),
    personId: z.string(),
    turn: z.string(),
    at: z.string(),
    door: z.string(),
    tool: z.string(),
    path: z.string().meta({
      description: 'What led to it: `fast`, `mind`, `yes`, `undo`, `command`, `program`.',
    }),
    effect: z.enum(['read', 'write', 'danger']),
    verdict: z.enum(['run', 'ask', 'refuse']).nullable(),
    ok: z.boolean(),
    verified: z.boolean().nullable().meta({ description: 'Null: nothing was read back.' }),
    tainted: z.boolean().meta({ description: 'Words from outside were read before.' }),
    words: z
      .object({
        said: z.string().nullable().meta({ description: 'What the person said that led to it.' }),
        input: z.unknown().meta({ description: 'Without secrets, cut at two kilobytes.' }),
        reason: z.string().nullable().meta({ description: 'Why it was refused, asked or failed.' }),
        say: z.string().nullable(),
        receipt: z.unknown(),
        source: z.string().nullable().meta({ description: 'What was read from outside before.' }),
        question: z.string().nullable().meta({ description: 'What was answered with yes.' }),
        outside: z.boolean().meta({ description: '`say` and `receipt` hold words of others.' }),
      })
      .nullable()
      .meta({ description: 'Null: another person’s. An owner reads those of children.' }),
  })
  .openapi('Call');

const content = { 'application/json': { schema: z.object({ calls: z.array(callSchema) }) } };

const list = declare('get /api/v1/calls', {
  summary: 'What Butler did for you, and why; an owner sees what it did for the whole house.',
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      before: z.coerce
        .number()
        .int()
        .min(1)
        .max(Number.MAX_SAFE_INTEGER)
        .optional()
        .meta({ description: 'The last id of the page before.' }),
      tool: z.string().min(1).max(100, 'must be at most 100 characters').optional(),
      door: z.enum(doorNames).optional(),
    }),
  },
  responses: { 200: { description: 'Newest first.', content } },
});

const ofTurn = declare('get /api/v1/turns/{id}/calls', {
  summary: 'What Butler did in one turn, and why.',
  request: {
    params: z.object({ id: z.string().min(1).max(100, 'must be at most 100 characters') }),
  },
  responses: { 200: { description: 'In the order in which they were made.', content } },
});

const unknownTurn = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'turn-unknown',
    title: 'There is no such turn',
    detail: 'Take an id from GET /api/v1/turns, or `turn` from GET /api/v1/calls.',
  });

/** Words are a person's own; of children an owner may read them. */
const mayRead = (house: House, { id, role }: { id: string; role: string }, call: KeptCall) => {
  if (call.personId === id) return true;
  return role === 'owner' && house.memory.users.byId(call.personId)?.role === 'child';
};

const shown = (call: KeptCall, whole: boolean) => {
  const { said, input, reason, say, receipt, source, question, outside, at, ...plain } = call;
  return {
    ...{ ...plain, at: at.toISOString() },
    words: whole ? { said, input, reason, say, receipt, source, question, outside } : null,
  };
};

export const callRoutes = ({ house }: { house: House }) => {
  const { reasons } = house;
  /** Whose calls are listed: undefined means everybody's. */
  const ownOf = ({ id, role }: { id: string; role: string }) => (role === 'owner' ? undefined : id);
  return new OpenAPIHono<AdminEnv>()
    .openapi(list, async (c) => {
      const { person } = c.var;
      const wanted = { ...c.req.valid('query'), personId: ownOf(person) };
      const calls = await withMemory(house, () => reasons.list(wanted));
      return c.json({ calls: calls.map((one) => shown(one, mayRead(house, person, one))) }, 200);
    })
    .openapi(ofTurn, async (c) => {
      const { person } = c.var;
      const { id: turn } = c.req.valid('param');
      const wanted = { turn, limit: tellMax, personId: ownOf(person) };
      const calls = await withMemory(house, () => reasons.list(wanted));
      const seen = person.role === 'owner' ? {} : { personId: person.id };
      const known = house.turns.list({ limit: 200, ...seen }).some(({ id }) => id === turn);
      if (calls.length === 0 && !known) throw unknownTurn();
      const told = calls.reverse().map((one) => shown(one, mayRead(house, person, one)));
      return c.json({ calls: told }, 200);
    });
};
