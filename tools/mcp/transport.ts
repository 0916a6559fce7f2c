/** How a server is reached: HTTP with limits on time and size, or a program of its own. */
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type ServerSettings, variablesIn, wordsOf } from './settings.ts';

const answerBytesMax = 1024 * 1024;
/** Of the stream on which a server tells news, over its whole life; then it is opened anew. */
const newsBytesMax = 8 * 1024 * 1024;

/** More came than is taken. */
export class TooBigError extends Error {}

/** The same, as an error of the protocol; a number that it does not use. */
export const tooBigCode = -31_999;

/** What HTTP said that the protocol's own errors do not carry. */
export interface Heard {
  /** From `Retry-After` of the last refusal, in seconds. */
  retryAfterSeconds?: number | undefined;
}

/** Reads no further than `bytesMax`; `ended` hears how it went. */
async function* upTo(
  body: ReadableStream<Uint8Array>,
  bytesMax: number,
  ended: (error?: unknown) => void,
): AsyncGenerator<Uint8Array> {
  let failure: unknown;
  try {
    let bytes = 0;
    for await (const piece of body) {
      bytes += piece.byteLength;
      if (bytes > bytesMax) throw new TooBigError('the answer is too big');
      yield piece;
    }
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    ended(failure);
  }
}

const limited = (
  response: Response,
  bytesMax: number,
  ended: (error?: unknown) => void,
): Response => {
  const { body, status, statusText, headers } = response;
  if (body === null) {
    ended();
    return response;
  }
  const pieces = ReadableStream.from(upTo(body, bytesMax, ended));
  return new Response(pieces, { status, statusText, headers });
};

interface Message {
  id?: unknown;
  method?: unknown;
  params?: { requestId?: unknown };
}

const messageIn = (body: unknown): Message => {
  if (typeof body !== 'string') return {};
  const message: unknown = JSON.parse(body);
  return typeof message === 'object' && message !== null ? message : {};
};

interface Careful {
  timeoutMs: number;
  heard: Heard;
  /** The answer to this request will never be whole. */
  tooBig(id: unknown): void;
}

/**
 * `fetch` that reads no more than it should, gives up in time, and hangs up on a request that was
 * cancelled: the SDK tells the server, but leaves the connection open.
 */
const carefulFetch = ({ timeoutMs, heard, tooBig }: Careful): typeof fetch => {
  const open = new Map<unknown, AbortController>();
  return async (url, init = {}) => {
    const news = (init.method ?? 'GET') === 'GET';
    const message = messageIn(init.body);
    if (message.method === 'notifications/cancelled') open.get(message.params?.requestId)?.abort();
    const hangUp = new AbortController();
    if (message.id !== undefined) open.set(message.id, hangUp);
    const limits = [init.signal, hangUp.signal, news ? undefined : AbortSignal.timeout(timeoutMs)];
    const signal = AbortSignal.any(limits.filter((one) => one instanceof AbortSignal));
    const forget = (): void => void open.delete(message.id);
    signal.addEventListener('abort', forget, { once: true });
    try {
      const response = await fetch(url, { ...init, signal });
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      heard.retryAfterSeconds = seconds > 0 && seconds < 86_400 ? Math.ceil(seconds) : undefined;
      return limited(response, news ? newsBytesMax : answerBytesMax, (failure) => {
        forget();
        if (failure instanceof TooBigError) tooBig(message.id);
      });
    } catch (error) {
      forget();
      throw error;
    }
  };
};

/**
 * @param timeoutMs for one answer.
 * @throws an Error where the command is not one.
 */
export const transportTo = (
  server: ServerSettings,
  { timeoutMs, heard }: { timeoutMs: number; heard: Heard },
): Transport => {
  const { url, token, command = '', variables } = server;
  if (url) {
    const http: StreamableHTTPClientTransport = new StreamableHTTPClientTransport(new URL(url), {
      fetch: carefulFetch({
        ...{ timeoutMs, heard },
        // The SDK would let the call wait for the rest of a stream that was cut off.
        tooBig: (id) => {
          const error = { code: tooBigCode, message: 'the answer is too big' };
          if (typeof id === 'number') http.onmessage?.({ jsonrpc: '2.0', id, error });
        },
      }),
      ...(token && { requestInit: { headers: { authorization: `Bearer ${token}` } } }),
      // For a stream that a proxy closed; a server that is gone is the connection's business.
      reconnectionOptions: {
        maxRetries: 2,
        initialReconnectionDelay: 500,
        maxReconnectionDelay: 2000,
        reconnectionDelayGrowFactor: 2,
      },
    });
    // Its session is `string | undefined`, which the interface's optional field does not say.
    return http as Transport;
  }
  const [program = '', ...words] = wordsOf(command);
  return new StdioClientTransport({
    command: program,
    args: words,
    // Besides these the SDK hands on HOME, PATH and the like, and none of Butler's own.
    env: variablesIn(variables),
    // What a program complains about could hold anything: it is not for Butler's log.
    stderr: 'ignore',
    maxBufferSize: answerBytesMax,
  });
};
