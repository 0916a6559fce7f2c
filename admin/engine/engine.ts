/** What every HTTP engine below Butler gives and takes, and the limits that all of them keep. */

import type { Socket } from '../../agent/doors/socket.ts';
import type { Logger } from '../../agent/log.ts';
import { problemResponse } from '../problem.ts';

export type EngineName = 'node' | 'uws';

export const frameBytesMax = 64 * 1024;
export const headerBytesMax = 16 * 1024;
export const connectionsMax = 512;
/** After a goodbye, whoever is still there is cut off. */
export const closeWithinMs = 500;
const pingEveryMs = 15_000;
const pingsMissedMax = 2;

/** A WebSocket that asks to come in; the route that lets it in says what happens then. */
export interface Upgrade {
  accepted?: {
    open(socket: Socket): void | Promise<void>;
    /** Called once when the connection is over, or never came to be. */
    closed(): void;
  };
}
export type Accepted = NonNullable<Upgrade['accepted']>;

/** What an engine hands to the application with each request. */
export interface Below {
  engine: EngineName;
  incoming: { socket: { remoteAddress?: string | undefined } };
  /** Set while a WebSocket asks to be let in. */
  upgrade?: Upgrade;
}

/** Anything that answers requests, with what is below them as `env`. */
export interface FetchApp {
  fetch(request: Request, env: Below): Response | Promise<Response>;
}

export interface Listening {
  engine: EngineName;
  /** Where a browser on this machine finds it. */
  url: string;
  port: number;
  /** Ends every connection and frees the port, within a second. */
  close(): Promise<void>;
}

export interface Timeouts {
  /** Until the headers have arrived; uWebSockets.js has ten seconds of its own. */
  headersWithinMs: number;
  /** Until the whole request has arrived. */
  requestWithinMs: number;
  heartbeatEveryMs: number;
}
export const timeouts: Timeouts = {
  headersWithinMs: 10_000,
  requestWithinMs: 30_000,
  heartbeatEveryMs: pingEveryMs,
};

export interface Serving {
  app: FetchApp;
  host: string;
  /** 0: any free one. */
  port: number;
  log: Logger;
  timeouts: Timeouts;
}

/** Serves an application on a port. @throws {ListenError} when the port cannot be had. */
export type Engine = (serving: Serving) => Promise<Listening>;

/** Butler cannot have the port; the message says why and what to do. */
class ListenError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Why the port could not be had, by the code of the system's error. */
export const refusal = (error: NodeJS.ErrnoException, host: string, port: number): ListenError => {
  const where = `port ${port} on ${host}`;
  const refused = (sentence: string) => ({ code: 'port-refused', sentence });
  const reasons: { [systemCode: string]: { code: string; sentence: string } } = {
    EADDRINUSE: {
      code: 'port-taken',
      sentence:
        `Another program has ${where}. Stop it (it may be another Butler), or choose another ` +
        'port with BUTLER_PORT.',
    },
    EACCES: refused(`Butler may not use ${where}. Choose a port above 1023 with BUTLER_PORT.`),
    EADDRNOTAVAIL: refused(
      `${host} is not an address of this machine. Set BUTLER_HOST to 127.0.0.1, to 0.0.0.0 ` +
        'for the whole network, or to an address of this machine.',
    ),
    ENOTFOUND: refused(`There is no host ${host}. Set BUTLER_HOST to an address of this machine.`),
  };
  const otherwise = refused(`Butler cannot listen at ${where} (${error.code}).`);
  const { code, sentence } = reasons[error.code ?? ''] ?? otherwise;
  return new ListenError(code, sentence, { cause: error });
};

export const urlOf = (host: string, port: number): string => {
  if (['0.0.0.0', '::'].includes(host)) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
};

export const requestLate = (withinMs: number): Response =>
  problemResponse({
    status: 408,
    code: 'request-late',
    title: 'The request took too long to arrive',
    detail: `Send the whole request within ${withinMs / 1000} seconds.`,
  });

export const headersTooLarge = (): Response =>
  problemResponse({
    status: 431,
    code: 'headers-too-large',
    title: 'The headers are too large',
    detail:
      `Send ${headerBytesMax / 1024} KiB of headers or less; clearing the cookies of this ` +
      'address may help.',
  });

export const requestMalformed = (): Response =>
  problemResponse({
    status: 400,
    code: 'request-malformed',
    title: 'The request is not HTTP as it should be',
    detail: 'Send a well-formed HTTP/1.1 request with a Host header.',
  });

/** Lets the door that was accepted have its socket; a door that fails ends the connection. */
export const openDoor = async (socket: Socket, accepted: Accepted, log: Logger): Promise<void> => {
  try {
    await accepted.open(socket);
  } catch (error) {
    log.error({ error: error instanceof Error ? error.name : typeof error }, 'a door failed');
    socket.close(1011, 'Butler failed; connect again');
  }
};

interface Pinged {
  ping(): void;
  terminate(): void;
}

/** The open WebSockets: asked again and again whether they are still there. */
export const heartbeat = <One extends Pinged>(sockets: Iterable<One>, everyMs: number) => {
  const missed = new WeakMap<One, number>();
  const timer = setInterval(() => {
    for (const socket of sockets) {
      const count = missed.get(socket) ?? 0;
      if (count >= pingsMissedMax) {
        socket.terminate();
        continue;
      }
      missed.set(socket, count + 1);
      socket.ping();
    }
  }, everyMs);
  timer.unref();
  return { heard: (socket: One) => missed.set(socket, 0), stop: () => clearInterval(timer) };
};
