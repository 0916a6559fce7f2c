/** A fetch Response written by uWebSockets.js: whole, or a stream no faster than it is taken. */
import { STATUS_CODES } from 'node:http';
import { headersOf, textOf } from './text-answer.ts';
import type { NativeResponse } from './uws-native.ts';

/** Bodies up to this size are sent whole, with their length. */
const wholeBytesMax = 64 * 1024;
/** uWebSockets.js writes these itself. */
const written = new Set(['content-length', 'transfer-encoding', 'connection', 'date']);

/** One exchange: the native response may not be touched once it is over. */
export interface Exchange {
  response: NativeResponse;
  method: string;
  isOver(): boolean;
  /** Called once the answer is complete. */
  over(): void;
  /** Whether what the client still sends would be taken for the next request. */
  mustClose(): boolean;
}

const head = ({ response }: Exchange, answer: Response): void => {
  const { status } = answer;
  response.writeStatus(`${status} ${STATUS_CODES[status] ?? ''}`);
  const headers = headersOf(answer);
  for (let at = 0; at < headers.length; at += 2) {
    const [name = '', value = ''] = [headers[at], headers[at + 1]];
    if (written.has(name)) continue;
    // A JavaScript string would be written as UTF-8.
    const ascii = /^[\x20-\x7e\t]*$/.test(value);
    response.writeHeader(name, ascii ? value : Buffer.from(value, 'latin1'));
  }
};

const wantsClose = (exchange: Exchange, answer: Response): boolean =>
  exchange.mustClose() || answer.headers.get('connection') === 'close';

const endWhole = (exchange: Exchange, answer: Response, body: Uint8Array | string): void => {
  const { response } = exchange;
  exchange.over();
  response.cork(() => {
    head(exchange, answer);
    const closing = wantsClose(exchange, answer);
    if (closing) response.writeHeader('connection', 'close');
    if (answer.status === 204 || answer.status === 304) response.endWithoutBody(undefined, closing);
    else response.end(body, closing);
  });
};

/** HEAD: the headers of GET with its length, where that is known. */
const endHead = (exchange: Exchange, answer: Response): void => {
  const { response } = exchange;
  exchange.over();
  const length = answer.headers.get('content-length');
  response.cork(() => {
    head(exchange, answer);
    response.endWithoutBody(
      length === null ? undefined : Number(length),
      wantsClose(exchange, answer),
    );
  });
};

/** The first pieces of a body, until it has ended or is too large to be sent whole. */
const firstOf = async (reader: ReadableStreamDefaultReader<Uint8Array>) => {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  while (bytes <= wholeBytesMax) {
    const { value, done } = await reader.read();
    if (done) return { pieces, ended: true };
    pieces.push(value);
    bytes += value.byteLength;
  }
  return { pieces, ended: false };
};

const writable = (exchange: Exchange, wake: { call: () => void }): Promise<void> =>
  new Promise((resolve) => {
    wake.call = resolve;
    if (exchange.isOver()) resolve();
  });

const stream = async (
  exchange: Exchange,
  answer: Response,
  { reader, first }: { reader: ReadableStreamDefaultReader<Uint8Array>; first: Uint8Array[] },
): Promise<void> => {
  const { response } = exchange;
  const wake = { call: () => {} };
  response.onWritable(() => {
    wake.call();
    return true;
  });
  let taken = true;
  response.cork(() => {
    head(exchange, answer);
    for (const piece of first) taken = response.write(piece);
  });
  while (!exchange.isOver()) {
    if (!taken) await writable(exchange, wake);
    const { value, done } = await reader.read();
    if (exchange.isOver()) return;
    if (done) {
      exchange.over();
      response.cork(() => response.end(undefined, wantsClose(exchange, answer)));
      return;
    }
    response.cork(() => {
      taken = response.write(value);
    });
  }
};

/** Whether somebody waits for the pieces of this body one by one. */
const isLive = (answer: Response): boolean =>
  answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false;

/** @param gone settles when the client has gone; the body is then cancelled. */
export const answerWith = async (
  exchange: Exchange,
  answer: Response,
  gone: AbortSignal,
): Promise<void> => {
  const text = textOf(answer);
  if (text !== undefined && exchange.method !== 'HEAD') {
    if (!exchange.isOver()) endWhole(exchange, answer, text);
    return;
  }
  const reader = answer.body?.getReader();
  const leave = (): void => void reader?.cancel().catch(() => undefined);
  if (exchange.isOver()) return leave();
  if (exchange.method === 'HEAD') {
    leave();
    return endHead(exchange, answer);
  }
  if (!reader) return endWhole(exchange, answer, new Uint8Array());
  gone.addEventListener('abort', leave, { once: true });
  const { pieces, ended } = isLive(answer) ? { pieces: [], ended: false } : await firstOf(reader);
  if (exchange.isOver()) return;
  if (ended) return endWhole(exchange, answer, Buffer.concat(pieces));
  await stream(exchange, answer, { reader, first: pieces });
};
