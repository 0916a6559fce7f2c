/** Requests to the house as they travel; errors are problem documents (RFC 9457). */

import { voiceWords as words } from '../words/voice.ts';
import { createAccess, type Granted } from './access.ts';
import { keepRotated, newestToken } from './sign-in.ts';

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

export interface Call {
  method?: string;
  accept?: string;
  body?: unknown;
  /** The token with which this sign-in began; what travels is a short one got for it. */
  token?: string | undefined;
  signal?: AbortSignal | undefined;
}

const access = createAccess({ grant, newestToken, keepRotated, now: () => performance.now() });

export async function callForJson<Answer>(path: string, request: Call): Promise<Answer> {
  const within = AbortSignal.timeout(answerWithinMs);
  const signal = request.signal ? AbortSignal.any([within, request.signal]) : within;
  const response = await call(path, { ...request, signal });
  if (response.status === 204) return undefined as Answer;
  try {
    return (await response.json()) as Answer;
  } catch {
    throw unreadable(response.status);
  }
}

export async function call(path: string, request: Call): Promise<Response> {
  const response = await sendSigned(path, request);
  // A degraded house answers /health with 503 and the same document.
  if (response.ok || (path === '/health' && isJson(response))) return response;
  throw await refusalOf(response);
}

async function sendSigned(path: string, request: Call): Promise<Response> {
  const { token, ...unsigned } = request;
  if (token === undefined) return send(path, unsigned);
  const bearer = await access.of(token);
  const response = await send(path, { ...unsigned, bearer });
  if (response.status !== 401) return response;
  // It ran out on the way, or was ended early: the token behind it may still be good.
  access.forget(token, bearer);
  return send(path, { ...unsigned, bearer: await access.of(token) });
}

/** A short token for the token of this device. Throws `Problem`: 401 when that counts no more. */
async function grant(bearer: string): Promise<Granted> {
  const signal = AbortSignal.timeout(answerWithinMs);
  const response = await send('/api/v1/auth/token', { method: 'POST', bearer, signal });
  if (!response.ok) throw await refusalOf(response);
  const {
    access: short,
    expiresAt,
    token,
  } = (await response.json()) as {
    access: string;
    expiresAt: string;
    token?: string;
  };
  // By the house's clock both times: that of this device may be wrong.
  const sentAt = Date.parse(response.headers.get('date') ?? '') || Date.now();
  return { access: short, lifeMs: Date.parse(expiresAt) - sentAt, token };
}

interface Sent extends Omit<Call, 'token'> {
  bearer?: string;
}

async function send(path: string, request: Sent): Promise<Response> {
  const { method, accept, body, bearer, signal } = request;
  const headers: Record<string, string> = accept ? { accept } : {};
  if (bearer) headers.authorization = `Bearer ${bearer}`;
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

async function refusalOf(response: Response): Promise<Problem> {
  const document: unknown = await response.json().catch(() => undefined);
  return problemFrom(document, response.status);
}

export function problemFrom(document: unknown, status: number): Problem {
  const value = typeof document === 'object' && document !== null ? document : {};
  const { code, title, detail } = value as Record<string, unknown>;
  return new Problem({
    status,
    code: textOf(code),
    title: textOf(title) || words.unexpected(status),
    detail: textOf(detail),
  });
}

export function unreadable(status: number): Problem {
  return new Problem({ status, code: 'unreadable', title: words.unexpected(status), detail: '' });
}

function isJson(response: Response): boolean {
  return response.headers.get('content-type')?.includes('json') === true;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
