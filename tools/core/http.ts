/** HTTP as tools need it: limits on time and size, checked answers, a sentence for each fault. */
import type { z } from 'zod';
import { type HttpFault, httpSentences } from './http.words.ts';
import { ToolError } from './tool-error.ts';

export interface HttpOptions {
  /** As it is heard, by language: `{ en: 'the weather service', de: 'der Wetterdienst' }`. */
  service: { en: string; de: string };
  /** Paths are put behind it, with one slash between. */
  base: string;
  /** Asked for each request, so that a renewed key counts at once. */
  headers?: (() => Record<string, string> | Promise<Record<string, string>>) | undefined;
  /** What the owner does when access is refused: "Make a new app password and set …". */
  renew: string;
  /** Default 6000; the caller's signal counts as well. */
  timeoutMs?: number;
  /** Default 4 MiB; more is refused unread. */
  maxBytes?: number;
}

export interface HttpRequest {
  method?: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON, unless it is text or bytes. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  signal: AbortSignal;
  /** Of the sentences. */
  language: string;
  /** Answers besides 2xx that are no fault, e.g. `[404, 412]`. */
  allow?: readonly number[];
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface HttpClient {
  /** @throws {ToolError} also where the answer does not fit the schema. */
  json<Value>(path: string, schema: z.ZodType<Value>, request: HttpRequest): Promise<Value>;
  text(path: string, request: HttpRequest): Promise<string>;
  /** @throws {ToolError} */
  request(path: string, request: HttpRequest): Promise<HttpAnswer>;
}

const usualTimeoutMs = 6_000;
const usualMaxBytes = 4 * 1024 * 1024;

const urlOf = (base: string, path: string, query: HttpRequest['query']): URL => {
  const url = new URL(`${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
};

const bodyOf = (body: unknown): { body?: string | Uint8Array<ArrayBuffer>; type?: string } => {
  if (body === undefined) return {};
  if (typeof body === 'string') return { body };
  if (body instanceof Uint8Array) return { body: new Uint8Array(body) };
  return { body: JSON.stringify(body), type: 'application/json' };
};

const faultOf = (status: number): HttpFault => {
  if (status === 401 || status === 403) return 'access-refused';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 429) return 'too-many-requests';
  return status >= 500 ? 'service-failed' : 'service-refused';
};

/** Reads no further than `max`. */
const readBytes = async (
  response: Response,
  max: number,
): Promise<Uint8Array<ArrayBuffer> | 'too big'> => {
  if (Number(response.headers.get('content-length') ?? 0) > max) {
    await response.body?.cancel();
    return 'too big';
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    // Leaving the loop cancels the rest.
    if (size > max) return 'too big';
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
};

/** A number of seconds, or a date by the service's own clock, as RFC 9110 10.2.3 has it. */
const retryAfterSeconds = (headers: Headers): number | undefined => {
  const told = headers.get('retry-after') ?? '';
  const byDate = (Date.parse(told) - Date.parse(headers.get('date') ?? '')) / 1000;
  const seconds = /^\d/.test(told) ? Number(told) : byDate;
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined;
};

class Client implements HttpClient {
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  async json<Value>(path: string, schema: z.ZodType<Value>, request: HttpRequest): Promise<Value> {
    const text = await this.text(path, {
      ...request,
      headers: { accept: 'application/json', ...request.headers },
    });
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      throw this.#fault('service-garbage', request.language);
    }
  }

  async text(path: string, request: HttpRequest): Promise<string> {
    return new TextDecoder().decode((await this.request(path, request)).bytes);
  }

  async request(path: string, request: HttpRequest): Promise<HttpAnswer> {
    const { timeoutMs = usualTimeoutMs } = this.#options;
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      return await this.#fetch(path, request, AbortSignal.any([request.signal, limit]));
    } catch (error) {
      if (error instanceof ToolError) throw error;
      // An interruption is the person's: whoever called tells it from a fault by the signal.
      request.signal.throwIfAborted();
      throw this.#fault(limit.aborted ? 'service-slow' : 'unreachable', request.language);
    }
  }

  async #fetch(path: string, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const { base, headers: given, maxBytes = usualMaxBytes } = this.#options;
    const { method = 'GET', query, language, allow = [] } = request;
    const { body, type } = bodyOf(request.body);
    const headers = { ...(type && { 'content-type': type }), ...(await given?.()) };
    const response = await fetch(urlOf(base, path, query), {
      ...{ method, signal, headers: { ...headers, ...request.headers } },
      // A key must not follow to another host.
      redirect: 'manual',
      ...(body !== undefined && { body }),
    });
    const { status } = response;
    if (status >= 300 && status < 400 && !allow.includes(status)) {
      await response.body?.cancel();
      throw this.#fault('service-moved', language);
    }
    if (!response.ok && !allow.includes(status)) {
      await response.body?.cancel();
      throw this.#fault(faultOf(status), language, retryAfterSeconds(response.headers));
    }
    const bytes = await readBytes(response, maxBytes);
    if (bytes === 'too big') throw this.#fault('too-big', language);
    return { status, headers: response.headers, bytes };
  }

  #fault(fault: HttpFault, language: string, seconds?: number): ToolError {
    const { service, renew } = this.#options;
    const { say, mend } = httpSentences(fault, { service, renew, language, seconds });
    // What is away counts against the service; a wrong key or question does not pass by waiting.
    const away = ['service-failed', 'service-slow', 'unreachable'].includes(fault);
    return new ToolError(say, away ? 'unreachable' : fault, { mend });
  }
}

export const httpClient = (options: HttpOptions): HttpClient => new Client(options);
