/** What the page asks of the house. Each throws `Problem`, whose `detail` is a sentence. */

import { readServerMessage, type ServerMessage } from '../voice/messages.ts';
import { voiceWords as words } from '../words/voice.ts';
import { ask } from './ask.ts';
import { call, Problem, problemFrom, textOf, unreadable } from './calls.ts';
import { knownDevice } from './sign-in.ts';
import { serverSentEvents } from './sse.ts';

export interface Person {
  id: string;
  name: string;
  username: string;
  role: string;
}

export interface SignedIn {
  user: Person;
  /** Of this device; see access.ts for what becomes of it. */
  token: string;
  /** As which device the house knows this browser. */
  deviceId?: string;
}

/** This device waits until another one answers for it. */
export interface DeviceAsked {
  id: string;
  /** For this device alone: it fetches the answer with it. */
  secret: string;
  code: string;
  expiresAt: string;
}

export interface Part {
  name: string;
  state: 'ready' | 'starting' | 'off' | 'failed';
  sentence: string;
}

export interface Health {
  status: 'ok' | 'degraded';
  version: string;
  setupNeeded: boolean;
  parts: Part[];
}

export interface WebSocketSession {
  transport: 'websocket';
  url: string;
  ticket: string;
}

export interface LiveKitSession {
  transport: 'livekit';
  url: string;
  token: string;
  room: string;
}

export type Session = WebSocketSession | LiveKitSession;

export { Problem } from './calls.ts';

export function fetchHealth(): Promise<Health> {
  return ask('get /health', {});
}

export function setUp(person: {
  name: string;
  username: string;
  password: string;
}): Promise<SignedIn> {
  return ask('post /api/v1/setup', { json: { ...person, ...knownDevice() } });
}

/** `code`: another device of theirs has to let this one in, and it shows the same code there. */
export function logIn(credentials: {
  username: string;
  password: string;
}): Promise<SignedIn | DeviceAsked> {
  return ask('post /api/v1/auth/login', { json: { ...credentials, ...knownDevice() } });
}

/** The house forgets this device; if it cannot be told, the token runs out by itself. */
export async function logOut(token: string): Promise<void> {
  await ask('post /api/v1/auth/logout', { token }).catch(() => undefined);
}

/** @param wish a transport, where the one that the house would choose did not work. */
export function openVoiceSession(
  token: string,
  wish: { transport?: 'websocket' } = {},
): Promise<Session> {
  return ask('post /api/v1/voice/session', { json: { door: 'app', ...wish }, token });
}

export async function dispatchButler(token: string, room: string): Promise<void> {
  await ask('post /api/v1/voice/dispatch', { json: { room }, token });
}

/** What is said in writing: words, or the answer to a question or receipt by its button. */
export type Written =
  | { text: string }
  | { reply: { id: string; yes: boolean } }
  | { undo: { id: string } };

/**
 * The answer as it grows, with what belongs to it: each `transcript` holds the whole text so far.
 * Throws `Problem`.
 * @param question.id names the answer's line.
 */
export async function* chat(question: {
  written: Written;
  id: string;
  token: string;
  signal: AbortSignal;
}): AsyncGenerator<ServerMessage> {
  const { written, id, token, signal } = question;
  const response = await call('/api/v1/chat', { body: written, token, signal });
  if (!response.body) throw unreadable(response.status);
  let text = '';
  for await (const { event, data } of serverSentEvents(response.body)) {
    const value = parseData(data);
    if (event === 'error') throw problemFrom(value, 500);
    if (event === 'delta' || event === 'done') {
      const whole = event === 'done';
      const said = textOf(value.text);
      text = whole ? said || text : text + said;
      const turnId = textOf(value.turnId);
      yield {
        ...{ type: 'transcript', who: 'butler', id, text, final: whole },
        ...(turnId !== '' && { turnId }),
      };
      if (whole) return;
      continue;
    }
    const message = readServerMessage({ ...value, type: event });
    // Butler's own words come as pieces.
    const isPiece = message?.type === 'transcript' && message.who === 'butler';
    if (message && !isPiece) yield message;
  }
  throw new Problem({ status: 0, code: 'broken-off', title: '', detail: words.answerBrokeOff });
}

function parseData(data: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
