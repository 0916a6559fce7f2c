/** Written turns: text in, the answer streamed or whole. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Caller } from '../../agent/caller.ts';
import type { Logger } from '../../agent/log.ts';
import { type AdminEnv, declare } from '../access.ts';
import { callerOf } from '../caller.ts';
import type { ChatEvent, Doors, House } from '../house-view.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { createSlots, type Slots } from '../slots.ts';
import { serverSentEvents } from '../sse.ts';

const keepAliveEveryMs = 10_000;
const turnsAtOnce = { perPersonMax: 8, overallMax: 32 };

const said = z.strictObject({
  text: z.string().trim().min(1, 'must not be empty').max(4000, 'must be at most 4000 characters'),
});
const answer = z.object({ text: z.string() });
const request = { body: { required: true, content: { 'application/json': { schema: said } } } };

const chat = declare('post /api/v1/chat', {
  summary: 'Say something in writing; the answer streams.',
  description:
    'Events: `delta {text}` for each piece, then `done {text}` with the whole answer, or ' +
    '`error {code, title, detail}`. With `Accept: application/json`: one answer `{text}`.',
  request,
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
  request,
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
      if (event.type !== 'delta') return;
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
  { caller, text, gone }: { caller: Caller; text: string; gone: AbortSignal },
): Turn => {
  const release = slots.take(caller.personId);
  if (!release) throw busy();
  const controller = new AbortController();
  const leave = (): void => controller.abort();
  if (gone.aborted) leave();
  gone.addEventListener('abort', leave, { once: true });
  const { signal } = controller;
  return {
    events: whole(doors.chat({ caller, text, signal }), { log, signal }),
    end: () => {
      gone.removeEventListener('abort', leave);
      release();
      leave();
    },
  };
};

/** @throws {ProblemError} with what went wrong, where something did. */
const wholeAnswer = async ({ events, end }: Turn): Promise<{ text: string }> => {
  try {
    for await (const event of events) {
      if (event.type === 'done') return { text: event.text };
      if (event.type === 'error') {
        const { code, title, detail } = event;
        throw new ProblemError({ status: code === 'internal' ? 500 : 503, code, title, detail });
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
      const { text } = c.req.valid('json');
      const turn = openTurn(parts, { caller, text, gone: c.req.raw.signal });
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
      const { text } = c.req.valid('json');
      const turn = openTurn(parts, { caller, text, gone: c.req.raw.signal });
      return c.json(await wholeAnswer(turn), 200);
    });
};
