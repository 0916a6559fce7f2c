/** Where the milliseconds went: the recent turns, one's own for everybody, all for an owner. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { doorNames } from '../../agent/caller.ts';
import type { TurnRecord } from '../../agent/events.ts';
import { stagesOf } from '../../agent/stages.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import type { Person } from '../people.ts';

const ms = z.int().optional();
const count = z.int().optional();
const usd = z.number().optional();

const clocksSchema = z.object({
  input: z.enum(['voice', 'hold', 'text']),
  transcriptMs: ms,
  commitMs: ms,
  firstTokenMs: ms,
  firstClauseMs: ms,
  firstSoundMs: ms.meta({ description: 'The first sound came back from the voice.' }),
  firstSentMs: ms,
  firstHeardMs: ms.meta({ description: 'As the client reported it.' }),
  answerHeardMs: ms.meta({ description: 'The first sound that was no filler.' }),
  path: z.enum(['fast', 'mind']).optional(),
  interrupted: z.boolean().optional(),
  promptTokens: count,
  cachedTokens: count,
  uncachedTokens: count,
  completionTokens: count,
  cost: z
    .object({ mindUsd: usd, hearingUsd: usd, voiceUsd: usd, totalUsd: usd })
    .optional()
    .meta({ description: 'A price that is not known is absent.' }),
  transcriptions: count,
  transcriptionsThrownAway: count,
  answers: count,
  answersThrownAway: count,
  tools: z
    .array(
      z.object({
        tool: z.string(),
        ok: z.boolean(),
        tookMs: z.number(),
        verdict: z.enum(['run', 'ask', 'refuse']).optional(),
        receipt: z.boolean().optional(),
      }),
    )
    .optional(),
});

const turnSchema = z.object({
  id: z.string(),
  at: z.string().meta({ description: 'When the last sample of speech arrived.' }),
  door: z.enum(doorNames),
  transport: z.enum(['websocket', 'livekit', 'text']),
  personId: z.string(),
  clocks: clocksSchema,
  stages: z
    .array(z.object({ name: z.string(), fromMs: z.int(), toMs: z.int() }))
    .meta({ description: 'The clocks as a waterfall, milliseconds since the last sample.' }),
  faults: z.array(z.string()),
});

const turns = declare('get /api/v1/turns', {
  summary: 'The recent turns: clocks from the last sample of speech, cost, tools. No words.',
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      door: z.enum(doorNames).optional(),
    }),
  },
  responses: {
    200: {
      description: 'Newest first; an owner sees those of the whole house.',
      content: { 'application/json': { schema: z.object({ turns: z.array(turnSchema) }) } },
    },
  },
});

/** May this person see that turn? The same here and on `/ws`. */
export const maySee = (person: Pick<Person, 'id' | 'role'>, turn: TurnRecord): boolean =>
  person.role === 'owner' || person.id === turn.personId;

export const withStages = (turn: TurnRecord) => ({ ...turn, stages: stagesOf(turn.clocks) });

export const turnRoutes = ({ house }: { house: House }) =>
  new OpenAPIHono<AdminEnv>().openapi(turns, (c) => {
    const { limit, door } = c.req.valid('query');
    const { person } = c.var;
    const own = person.role === 'owner' ? {} : { personId: person.id };
    const listed = house.turns.list({ limit, door, ...own });
    return c.json({ turns: listed.map(withStages) }, 200);
  });
