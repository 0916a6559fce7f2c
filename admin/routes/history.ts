/** What the person who asks and Butler said to each other: theirs alone, whatever their role. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { doorNames } from '../../agent/caller.ts';
import type { Message } from '../../memory/history.ts';
import { type AdminEnv, declare } from '../access.ts';
import { dayIn } from '../day.ts';
import type { House, HouseMemory } from '../house-view.ts';
import { json } from '../json-declared.ts';
import { withMemory } from '../memory-access.ts';
import { ProblemError } from '../problem.ts';

const shownDays = 366;

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const turnSchema = z
  .object({
    turn: z.string(),
    at: z.string(),
    door: z.enum(doorNames).nullable(),
    messages: z.array(
      z.object({
        id: z.int(),
        role: z.enum(['user', 'assistant']),
        content: z.string(),
        heard: z.boolean().meta({ description: 'False: cut short; `content` is what was heard.' }),
        at: z.string(),
      }),
    ),
  })
  .openapi('SaidTurn');
type SaidTurn = z.infer<typeof turnSchema>;

const list = declare('get /api/v1/memory/history', {
  summary: 'What you and Butler said to each other.',
  request: {
    query: z.object({
      query: z.string().trim().max(400, 'must be at most 400 characters').default(''),
      when: z
        .string()
        .trim()
        .max(100, 'must be at most 100 characters')
        .default('')
        .meta({ description: 'A day as `2026-03-01`, or words such as `yesterday`.' }),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      before: instant
        .optional()
        .meta({ description: 'Only turns that began before it; not with words to search for.' }),
    }),
  },
  responses: {
    200: {
      description: 'Whole turns, newest first; with words to search for, those that fit best.',
      content: json(z.object({ turns: z.array(turnSchema) })),
    },
  },
});

const deleted = {
  200: {
    description: 'How many messages were deleted. There is no undo.',
    content: json(z.object({ deleted: z.int() })),
  },
};

const removeTurn = declare('delete /api/v1/memory/history/{turn}', {
  summary: 'Delete one turn: the question and its answer.',
  request: { params: z.object({ turn: z.uuid() }) },
  responses: deleted,
});

const removeRange = declare('delete /api/v1/memory/history', {
  summary: 'Delete what was said from a moment on and before another; without them, all of it.',
  request: {
    body: {
      required: true,
      content: json(
        z
          .strictObject({
            confirm: z.literal('forget what was said'),
            from: instant.optional(),
            to: instant.optional(),
          })
          .refine(({ from, to }) => !from || !to || from <= to, '`from` must not be after `to`'),
      ),
    },
  },
  responses: deleted,
});

const unknown = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'said-unknown',
    title: 'Nothing of yours was said there',
    detail: 'It may be deleted already: ask for the list again.',
  });

/** Messages as turns, in the order in which each turn comes first. */
const turnsOf = (messages: readonly Message[]): SaidTurn[] =>
  [...Map.groupBy(messages, ({ turn }) => turn)].map(([turn, said]) => {
    const [first] = said;
    return {
      turn,
      at: (first?.at ?? new Date(0)).toISOString(),
      door: doorNames.find((door) => door === first?.door) ?? null,
      messages: said.map(({ id, role, content, heard, at }) => ({
        id,
        role,
        content,
        heard,
        at: at.toISOString(),
      })),
    };
  });

interface Wanted {
  query: string;
  when: string;
  limit: number;
  before?: Date | undefined;
}

const find = async (
  { house, clock, personId }: { house: House; clock: () => number; personId: string },
  { query, when, limit, before }: Wanted,
): Promise<SaidTurn[]> =>
  await withMemory(house, async ({ history, recall }) => {
    const day = dayIn(house.settings.BUTLER_TIMEZONE, when);
    // Words for a time are part of the question: the search understands them.
    const text = day ? query : `${query} ${when}`.trim();
    if (text !== '') {
      const found = await recall.searchHistory(personId, text, { limit, ...day });
      return turnsOf(await whole(history, { personId, found }))
        .toReversed()
        .slice(0, limit);
    }
    const messages = day
      ? await history.between(personId, day.from, day.to)
      : // A turn has about two messages; one that is cut at the beginning is not shown.
        await history.recent(personId, {
          days: shownDays,
          limit: limit * 4,
          ...{ now: before ?? new Date(clock()), before },
        });
    return turnsOf(messages).toReversed().slice(0, limit);
  });

/** All messages of the turns that were found, in the order of the finding. */
const whole = async (
  history: HouseMemory['history'],
  { personId, found }: { personId: string; found: readonly Message[] },
): Promise<Message[]> => {
  const turns = [...new Set(found.map(({ turn }) => turn))];
  const messages = await Promise.all(turns.map((turn) => history.ofTurn(personId, turn)));
  return messages.flat();
};

export const historyRoutes = ({ house, clock }: { house: House; clock: () => number }) =>
  new OpenAPIHono<AdminEnv>()
    .openapi(list, async (c) => {
      const personId = c.var.person.id;
      return c.json({ turns: await find({ house, clock, personId }, c.req.valid('query')) }, 200);
    })
    .openapi(removeTurn, async (c) => {
      const personId = c.var.person.id;
      const { turn } = c.req.valid('param');
      const deleted = await withMemory(house, async ({ history }) => {
        const ids = (await history.ofTurn(personId, turn)).map(({ id }) => id);
        await history.remove(personId, ids);
        return ids.length;
      });
      if (deleted === 0) throw unknown();
      return c.json({ deleted }, 200);
    })
    .openapi(removeRange, async (c) => {
      const personId = c.var.person.id;
      const { from = new Date(0), to = new Date(clock() + 1) } = c.req.valid('json');
      const deleted = await withMemory(house, async ({ history }) => {
        const ids = (await history.between(personId, from, to)).map(({ id }) => id);
        await history.remove(personId, ids);
        return ids.length;
      });
      return c.json({ deleted }, 200);
    });
