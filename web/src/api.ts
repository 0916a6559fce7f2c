/** The house's HTTP surface as the page uses it; errors are problem documents (RFC 9457). */
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
  token: string;
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

const answerWithinMs = 15_000;

/** `status` 0: no answer at all. `detail` is a sentence for the person. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;

  constructor(problem: { status: number; code: string; title: string; detail: string }) {
    super(problem.detail || problem.title);
    this.name = 'Problem';
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail || problem.title;
  }

  /** The same request cannot succeed by waiting. */
  get lasting(): boolean {
    return this.status >= 400 && this.status < 500 && ![408, 425, 429].includes(this.status);
  }
}

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  accept?: string;
  body?: unknown;
  token?: string | undefined;
  signal?: AbortSignal | undefined;
}

export function fetchHealth(): Promise<Health> {
  return callForJson('/health', {});
}

export function setUp(person: {
  name: string;
  username: string;
  password: string;
}): Promise<SignedIn> {
  return callForJson('/api/v1/setup', { body: person });
}

export function logIn(credentials: { username: string; password: string }): Promise<SignedIn> {
  return callForJson('/api/v1/auth/login', { body: credentials });
}

export function openVoiceSession(token: string): Promise<Session> {
  return callForJson('/api/v1/voice/session', { body: { door: 'app' }, token });
}

/** The newest turns first. */
export async function fetchTurns(token: string, limit: number): Promise<readonly Turn[]> {
  const found = await callForJson<{ turns: Turn[] }>(`/api/v1/turns?limit=${limit}`, { token });
  return found.turns;
}

export async function dispatchButler(token: string, room: string): Promise<void> {
  await call('/api/v1/voice/dispatch', { body: { room }, token });
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

export async function callForJson<Answer>(path: string, request: Call): Promise<Answer> {
  const within = AbortSignal.timeout(answerWithinMs);
  const signal = request.signal ? AbortSignal.any([within, request.signal]) : within;
  const response = await call(path, { ...request, signal });
  try {
    return (await response.json()) as Answer;
  } catch {
    throw unreadable(response.status);
  }
}

export async function call(path: string, request: Call): Promise<Response> {
  const response = await send(path, request);
  // A degraded house answers /health with 503 and the same document.
  if (response.ok || (path === '/health' && isJson(response))) return response;
  const document: unknown = await response.json().catch(() => undefined);
  throw problemFrom(document, response.status);
}

async function send(path: string, request: Call): Promise<Response> {
  const { method, accept, body, token, signal } = request;
  const headers: Record<string, string> = accept ? { accept } : {};
  if (token) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem({ status: 0, code: 'unreachable', title: '', detail: words.unreachable });
  }
}

function problemFrom(document: unknown, status: number): Problem {
  const value = typeof document === 'object' && document !== null ? document : {};
  const { code, title, detail } = value as Record<string, unknown>;
  return new Problem({
    status,
    code: textOf(code),
    title: textOf(title) || words.unexpected(status),
    detail: textOf(detail),
  });
}

function unreadable(status: number): Problem {
  return new Problem({ status, code: 'unreadable', title: words.unexpected(status), detail: '' });
}

function isJson(response: Response): boolean {
  return response.headers.get('content-type')?.includes('json') === true;
}

function parseData(data: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
