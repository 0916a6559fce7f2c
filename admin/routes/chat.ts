/** Written turns: text in, the answer streamed or whole. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Caller } from '../../agent/caller.ts';
import { gestures } from '../../agent/doors/protocol.ts';
import type { Logger } from '../../agent/log.ts';
import { type AdminEnv, declare } from '../access.ts';
import { callerOf } from '../caller.ts';
import type { ChatEvent, Doors, House, Utterance } from '../house-view.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { createSlots, type Slots } from '../slots.ts';
import { serverSentEvents } from '../sse.ts';

const keepAliveEveryMs = 10_000;
const turnsAtOnce = { perPersonMax: 8, overallMax: 32 };

const written = z.strictObject({
  text: z.string().trim().min(1, 'must not be empty').max(4000, 'must be at most 4000 characters'),
});
const answer = z.object({ text: z.string() });
/** Exactly one of them; not a union, whose mistakes nobody could tell apart. */
const said = z
  .strictObject({ ...written.shape, ...gestures })
  .partial()
  .refine(
    (body) => Object.values(body).filter((part) => part !== undefined).length === 1,
    'must hold one of text, reply {id, yes} and undo {id}',
  )
  .openapi('Utterance');

const utteranceOf = ({ text, reply, undo }: z.infer<typeof said>): Utterance => {
  if (reply) return { reply };
  return undo ? { undo } : { text: text ?? '' };
};
const asked = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});

const chat = declare('post /api/v1/chat', {
  summary: 'Say something in writing; the answer streams.',
  description:
    'Or answer the question of an `ask` with `reply {id, yes}`, or take a `deed` back with ' +
    '`undo {id}`. Events: `delta {text}` for each piece, then `done {text}` with the whole ' +
    'answer, or `error {code, title, detail}`; between them `tool-start`, `tool-end`, `card`, ' +
    '`deed`, `undone`, `ask`, `asked` and `state`, as the voice WebSocket has them. With ' +
    '`Accept: application/json`: one answer `{text}`.',
  request: asked(said),
  responses: {
    200: {
      description: 'The answer.',
      content: {
        'text/event-stream': { schema: z.string() },
        'application/json': { schema: answer },
      },
    },
  },
});

const conversation = declare('post /api/v1/conversation', {
  summary: 'One question, one spoken answer (for Home Assistant and Echo).',
  request: asked(written),
  responses: {
    200: { description: 'The answer.', content: { 'application/json': { schema: answer } } },
  },
});

const busy = (): ProblemError =>
  new ProblemError({
    status: 429,
    code: 'turns-too-many',
    title: 'Butler is answering you already',
    detail: 'Wait until it has answered, then ask again.',
    headers: { 'retry-after': '5' },
  });

const silent = {
  type: 'error',
  code: 'answer-missing',
  title: 'Butler gave no answer',
  detail: 'Ask again.',
} as const;

interface Turn {
  events: AsyncIterable<ChatEvent>;
  /** Frees what the turn holds and aborts it where it still runs. */
  end(): void;
}

/** Events that never throw and always end with `done` or `error`, unless the client has gone. */
async function* whole(
  events: AsyncIterable<ChatEvent>,
  { log, signal }: { log: Logger; signal: AbortSignal },
): AsyncGenerator<ChatEvent> {
  try {
    for await (const event of events) {
      if (signal.aborted) return;
      yield event;
      if (event.type === 'done' || event.type === 'error') return;
    }
    if (!signal.aborted) yield silent;
  } catch (error) {
    if (signal.aborted) return;
    const fault = problemOf(error instanceof Error ? error : new Error('not an error'), log);
    yield { type: 'error', code: fault.code, title: fault.title, detail: fault.detail };
  }
}

interface TurnParts {
  doors: Doors;
  log: Logger;
  slots: Slots;
}

const openTurn = (
  { doors, log, slots }: TurnParts,
  { caller, said, gone }: { caller: Caller; said: Utterance; gone: AbortSignal },
): Turn => {
  const release = slots.take(caller.personId);
  if (!release) throw busy();
  const controller = new AbortController();
  const leave = (): void => controller.abort();
  if (gone.aborted) leave();
  gone.addEventListener('abort', leave, { once: true });
  const { signal } = controller;
  return {
    events: whole(doors.chat({ caller, signal, ...said }), { log, signal }),
    end: () => {
      gone.removeEventListener('abort', leave);
      release();
      leave();
    },
  };
};

/** A button that counts no more is no fault of the house. */
const overtaken: ReadonlySet<string> = new Set(['ask-closed', 'ask-needs-pin', 'undo-unknown']);

const statusOf = (code: string): 409 | 500 | 503 => {
  if (overtaken.has(code)) return 409;
  return code === 'internal' ? 500 : 503;
};

/** @throws {ProblemError} with what went wrong, where something did. */
const wholeAnswer = async ({ events, end }: Turn): Promise<{ text: string }> => {
  try {
    for await (const event of events) {
      if (event.type === 'done') return { text: event.text };
      if (event.type === 'error') {
        const { code, title, detail } = event;
        throw new ProblemError({ status: statusOf(code), code, title, detail });
      }
    }
  } finally {
    end();
  }
  // Only a client that has gone gets here; nobody reads this.
  throw new ProblemError({ status: 503, ...silent });
};

const wantsJson = (c: Context): boolean => {
  const accept = c.req.header('accept') ?? '';
  return accept.includes('application/json') && !accept.includes('text/event-stream');
};

export const chatRoutes = ({ house, doors }: { house: House; doors: Doors }) => {
  const parts: TurnParts = { doors, log: house.log, slots: createSlots(turnsAtOnce) };
  return new OpenAPIHono<AdminEnv>()
    .openapi(chat, async (c) => {
      const caller = callerOf(c.var.person, { door: 'app', settings: house.settings });
      const words = utteranceOf(c.req.valid('json'));
      const turn = openTurn(parts, { caller, said: words, gone: c.req.raw.signal });
      if (wantsJson(c)) return c.json(await wholeAnswer(turn), 200);
      const { events, end: leave } = turn;
      return c.body(serverSentEvents({ events, leave, keepAliveEveryMs }), 200, {
        'content-type': 'text/event-stream; charset=utf-8',
        // A proxy must pass each event on as it comes.
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      });
    })
    .openapi(conversation, async (c) => {
      const caller = callerOf(c.var.person, { door: 'echo', settings: house.settings });
      const turn = openTurn(parts, { caller, said: c.req.valid('json'), gone: c.req.raw.signal });
      return c.json(await wholeAnswer(turn), 200);
    });
};
