/** What the page asks of the house. Each throws `Problem`, whose `detail` is a sentence. */
import { call, Problem, problemFrom, textOf, unreadable } from './calls.ts';
import { ask } from './house.ts';
import { knownDevice } from './sign-in.ts';
import { serverSentEvents } from './sse.ts';
import type { Turn } from './turns.ts';
import { words } from './words.ts';

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

export function openVoiceSession(token: string): Promise<Session> {
  return ask('post /api/v1/voice/session', { json: { door: 'app' }, token });
}

/** The newest turns first. */
export async function fetchTurns(token: string, limit: number): Promise<readonly Turn[]> {
  const { turns } = await ask('get /api/v1/turns', { query: { limit }, token });
  return turns;
}

export async function dispatchButler(token: string, room: string): Promise<void> {
  await ask('post /api/v1/voice/dispatch', { json: { room }, token });
}

/** The answer as it grows: each value is the whole text so far. Throws `Problem`. */
export async function* chat(question: {
  text: string;
  token: string;
  signal: AbortSignal;
}): AsyncGenerator<{ text: string; final: boolean }> {
  const { text: asked, token, signal } = question;
  const response = await call('/api/v1/chat', { body: { text: asked }, token, signal });
  if (!response.body) throw unreadable(response.status);
  let text = '';
  for await (const { event, data } of serverSentEvents(response.body)) {
    const value = parseData(data);
    if (event === 'error') throw problemFrom(value, 500);
    if (event === 'delta') {
      text += textOf(value.text);
      yield { text, final: false };
    }
    if (event === 'done') {
      yield { text: textOf(value.text) || text, final: true };
      return;
    }
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
