/** One request and its planned answer: the words that all protocol fakes share. */
import type { IncomingHttpHeaders } from 'node:http';

/**
 * What goes wrong instead of the answer: an HTTP status, a body that is no answer (`garbage`), half
 * an answer and then a closed connection, no bytes at all in a proper response (`empty`), silence
 * until the client leaves (`hang`), a connection closed at once, or everything ten times `slow`er.
 */
export type Fault =
  | { status: number; retryAfterSeconds?: number; message?: string }
  | 'garbage'
  | 'half'
  | 'empty'
  | 'hang'
  | 'close'
  | 'slow';

/** A piece of an answer, due `atMs` after the request was complete; `marks` name its time. */
export interface Piece {
  atMs: number;
  data: string | Uint8Array;
  marks?: string[];
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  pieces: Piece[];
  /** Close the socket after the last piece instead of ending the response properly. */
  cut?: boolean;
}

/** One request as it arrived. All times are `performance.now()` of this process, milliseconds. */
export interface RecordedRequest<Body = unknown> {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Parsed JSON or multipart form; the raw text where it is neither. */
  body: Body;
  /** How many requests this connection had carried before: above 0 it was kept alive. */
  earlierOnConnection: number;
  arrivedAtMs: number;
  completeAtMs: number;
  /** When each marked piece was written: `first`, `last`, and what the fake names. */
  marks: Record<string, number>;
  finishedAtMs?: number;
  /** The client left before the answer was complete. */
  aborted: boolean;
  status?: number;
  /** What was sent back, as text where it is text; for specification checks. */
  answered?: string | Uint8Array;
}

/** An answer in one JSON body. */
export function json(body: unknown, { status = 200, atMs = 0 } = {}): Answer {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, pieces: [{ atMs, data: JSON.stringify(body) }] };
}
