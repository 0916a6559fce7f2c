/** What a client and Butler tell each other beside the sound: the same over both doors. */
import { z } from 'zod';
import type { DeedEvent, Fault, TurnEvent } from '../events.ts';

const textMax = 4_000;
const idMax = 100;

/** A press of a button: it means the same as the words for it, said now. */
export const gestures = {
  /** The answer to the question of this id. */
  reply: z.strictObject({ id: z.string().min(1).max(idMax), yes: z.boolean() }),
  /** Take back the deed of this id. */
  undo: z.strictObject({ id: z.string().min(1).max(idMax) }),
};
export type Gesture =
  | { reply: z.infer<typeof gestures.reply> }
  | { undo: z.infer<typeof gestures.undo> };

/** Messages from the client, JSON. */
export const clientMessage = z.discriminatedUnion('type', [
  /** The talk button goes down or up; up without down ends an open turn at once. */
  z.object({ type: z.literal('talk'), down: z.boolean() }),
  /** So much of the current answer has been heard; said as soon as its first sample was. */
  z.object({ type: z.literal('played'), ms: z.number().min(0).max(3_600_000) }),
  z.object({ type: z.literal('text'), text: z.string().trim().min(1).max(textMax) }),
  /** Fall silent. */
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('reply'), ...gestures.reply.shape }),
  z.object({ type: z.literal('undo'), ...gestures.undo.shape }),
]);

export type ClientMessage = z.infer<typeof clientMessage>;

/** The button that a message is, where it is one. */
export const gestureOf = (message: ClientMessage): Gesture | undefined => {
  const { type, ...pressed } = message;
  if (type === 'reply') return { reply: pressed as z.infer<typeof gestures.reply> };
  return type === 'undo' ? { undo: pressed as z.infer<typeof gestures.undo> } : undefined;
};

/** Messages to the client, JSON. */
export type ServerMessage =
  | { type: 'ready'; inputRate: number; outputRate: number }
  | { type: 'clear' }
  | TurnEvent;

/** What happens beside the words goes to a page as it comes, the same as over the other doors. */
type Beside = DeedEvent | Extract<TurnEvent, { type: 'tool-start' | 'tool-end' | 'state' }>;

/** What a written turn sends. */
export type ChatEvent =
  | { type: 'delta'; text: string }
  | { type: 'done'; text: string }
  | Beside
  | ({ type: 'error' } & Fault);

/** @returns the message, or the fault to send back: the conversation goes on either way. */
export const readClientMessage = (raw: string): ClientMessage | Fault => {
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    return misunderstood('It is not JSON.');
  }
  const parsed = clientMessage.safeParse(json);
  if (parsed.success) return parsed.data;
  const why = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return misunderstood(`${why.join('; ')}.`);
};

const misunderstood = (why: string): Fault => ({
  code: 'message-malformed',
  title: 'That message was not understood',
  detail:
    `${why} Send talk {down}, played {ms}, text {text}, stop {}, reply {id, yes} or undo {id} ` +
    'as JSON with a type.',
});
