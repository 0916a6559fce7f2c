/** Sends a planned answer over the socket in its own time, or the fault that a test asked for. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Fault, json, type Piece, type RecordedRequest } from './exchange.ts';

const SLOW_FACTOR = 10;

interface Context {
  request: RecordedRequest;
  response: ServerResponse;
  /** Aborted when the fake stops. */
  signal: AbortSignal;
  error(status: number, message: string): unknown;
}

const messages: Record<number, string> = {
  401: 'Invalid API key.',
  429: 'Rate limit reached. Please try again later.',
  500: 'Internal server error.',
  503: 'Service unavailable.',
  529: 'Overloaded.',
};

function half(pieces: Piece[]): Piece[] {
  const only = pieces[0];
  if (pieces.length > 1 || !only) return pieces.slice(0, Math.max(1, pieces.length >> 1));
  const bytes = Buffer.from(only.data);
  return [{ ...only, data: bytes.subarray(0, bytes.length >> 1) }];
}

function statusAnswer(fault: Exclude<Fault, string>, context: Context): Answer {
  const message = fault.message ?? messages[fault.status] ?? 'The request failed.';
  const answer = json(context.error(fault.status, message), { status: fault.status });
  if (fault.retryAfterSeconds !== undefined) {
    answer.headers['retry-after'] = String(fault.retryAfterSeconds);
  }
  return answer;
}

/** The answer after the fault: pure, so that what a fault does is read in one place. */
function spoil(answer: Answer, fault: Fault | undefined, context: Context): Answer {
  // A request that the service would refuse is refused: a fault must not hide the mistake.
  if (fault === undefined || answer.status >= 400) return answer;
  if (typeof fault === 'object') return statusAnswer(fault, context);
  const firstAtMs = answer.pieces[0]?.atMs ?? 0;
  if (fault === 'garbage') {
    return {
      ...answer,
      pieces: [{ atMs: firstAtMs, data: '\u0000<<>>not an answer{]' }],
    };
  }
  if (fault === 'half') return { ...answer, pieces: half(answer.pieces), cut: true };
  if (fault === 'empty') return { ...answer, pieces: [{ atMs: firstAtMs, data: '' }] };
  if (fault === 'slow') {
    const pieces = answer.pieces.map((piece) => ({ ...piece, atMs: piece.atMs * SLOW_FACTOR }));
    return { ...answer, pieces };
  }
  return answer;
}

function keep(parts: Buffer[], contentType: string): string | Uint8Array {
  const whole = Buffer.concat(parts);
  return /json|text/.test(contentType) ? whole.toString('utf8') : new Uint8Array(whole);
}

/** Writes the pieces when they are due; stops at once, and notes it, when the client leaves. */
export async function deliver(
  planned: Answer,
  fault: Fault | undefined,
  context: Context,
): Promise<void> {
  const { request, response } = context;
  const left = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished && request.finishedAtMs === undefined) {
      request.aborted = true;
      request.finishedAtMs = performance.now();
    }
    left.abort();
  });
  if (fault === 'close') {
    request.finishedAtMs = performance.now();
    response.destroy();
    return;
  }
  if (fault === 'hang' && planned.status < 400) return;
  const answer = spoil(planned, fault, context);
  request.status = answer.status;
  const parts: Buffer[] = [];
  const signal = AbortSignal.any([left.signal, context.signal]);
  try {
    await write(answer, { request, response, signal, parts });
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  } finally {
    request.answered = keep(parts, answer.headers['content-type'] ?? '');
  }
  request.finishedAtMs = performance.now();
  if (answer.cut) response.destroy();
  else response.end();
}

interface Writing extends Pick<Context, 'request' | 'response' | 'signal'> {
  parts: Buffer[];
}

async function write(answer: Answer, { request, response, signal, parts }: Writing) {
  for (const piece of answer.pieces) {
    const waitMs = request.completeAtMs + piece.atMs - performance.now();
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
    signal.throwIfAborted();
    if (!response.headersSent) {
      response.writeHead(answer.status, answer.headers);
      response.flushHeaders();
    }
    const nowMs = performance.now();
    for (const mark of ['first', ...(piece.marks ?? [])]) request.marks[mark] ??= nowMs;
    parts.push(Buffer.from(piece.data));
    if (piece.data.length > 0) response.write(piece.data);
  }
  request.marks.last = performance.now();
  // Bytes still in the socket's buffer would be lost with a destroy: half an answer must arrive.
  if (answer.cut) await sleep(20, undefined, { signal });
}
