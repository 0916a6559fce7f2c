/** What a client and Butler tell each other beside the sound: the same over both doors. */
import { z } from 'zod';
import type { Fault, TurnEvent } from '../events.ts';

const textMax = 4_000;

/** Messages from the client, JSON. */
export const clientMessage = z.discriminatedUnion('type', [
  /** The talk button goes down or up; up without down ends an open turn at once. */
  z.object({ type: z.literal('talk'), down: z.boolean() }),
  /** So much of the current answer has been heard; said as soon as its first sample was. */
  z.object({ type: z.literal('played'), ms: z.number().min(0).max(3_600_000) }),
  z.object({ type: z.literal('text'), text: z.string().trim().min(1).max(textMax) }),
  /** Fall silent. */
  z.object({ type: z.literal('stop') }),
]);

export type ClientMessage = z.infer<typeof clientMessage>;

/** Messages to the client, JSON. */
export type ServerMessage =
  | { type: 'ready'; inputRate: number; outputRate: number }
  | { type: 'clear' }
  | TurnEvent;

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
  detail: `${why} Send talk {down}, played {ms}, text {text} or stop {} as JSON with a type.`,
});
