/** One port for HTTP and WebSocket, on node:http and ws; it ends within a second. */
import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../agent/log.ts';
import { ProblemError, problemResponse } from './problem.ts';

const frameBytesMax = 64 * 1024;
const pingEveryMs = 15_000;
const pingsMissedMax = 2;
const closeWithinMs = 500;
const headersWithinMs = 10_000;
const requestWithinMs = 30_000;
const connectionsMax = 512;

/** A WebSocket that asks to come in; the route that lets it in says what happens then. */
export interface Upgrade {
  accepted?: {
    open(socket: WebSocket): void | Promise<void>;
    /** Called once when the connection is over, or never came to be. */
    closed(): void;
  };
}

export interface Listening {
  /** Where a browser on this machine finds it. */
  url: string;
  port: number;
  /** Ends every connection and frees the port, within a second. */
  close(): Promise<void>;
}

/** Anything that answers requests, with what is below them as `env`. */
export interface FetchApp {
  fetch(request: Request, env: object): Response | Promise<Response>;
}

/** Butler cannot have the port; the message says why and what to do. */
class ListenError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const badRequest = (error?: NodeJS.ErrnoException): Response => {
  if (error?.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return problemResponse({
      status: 408,
      code: 'request-late',
      title: 'The request took too long to arrive',
      detail: `Send the whole request within ${requestWithinMs / 1000} seconds.`,
    });
  }
  if (error?.code === 'HPE_HEADER_OVERFLOW') {
    return problemResponse({
      status: 431,
      code: 'headers-too-large',
      title: 'The headers are too large',
      detail: 'Send 16 KiB of headers or less; clearing the cookies of this address may help.',
    });
  }
  return problemResponse({
    status: 400,
    code: 'request-malformed',
    title: 'The request is not HTTP as it should be',
    detail: 'Send a well-formed HTTP/1.1 request with a Host header.',
  });
};

/** Writes a response onto a bare socket, where node:http has no response object. */
const writeRaw = async (socket: Duplex, response: Response): Promise<void> => {
  const body = Buffer.from(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set('content-length', String(body.byteLength));
  headers.set('connection', 'close');
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  if (!socket.writable) return;
  const { status } = response;
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines}\r\n`);
  socket.end(body);
};

const requestOf = (incoming: IncomingMessage): Request | undefined => {
  const url = `http://${incoming.headers.host ?? ''}${incoming.url ?? ''}`;
  if (!incoming.url?.startsWith('/') || !URL.canParse(url)) return undefined;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  return new Request(url, { headers });
};

/** The open WebSockets: asked every 15 s whether they are still there. */
const heartbeat = (sockets: WebSocketServer, everyMs: number): NodeJS.Timeout => {
  const missed = new WeakMap<WebSocket, number>();
  sockets.on('connection', (socket) => socket.on('pong', () => missed.set(socket, 0)));
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      const count = missed.get(socket) ?? 0;
      if (count >= pingsMissedMax) {
        socket.terminate();
        continue;
      }
      missed.set(socket, count + 1);
      socket.ping();
    }
  }, everyMs);
  return timer.unref();
};

interface Wires {
  app: FetchApp;
  sockets: WebSocketServer;
  log: Logger;
}

const openSocket = async (
  socket: WebSocket,
  { accepted, log }: { accepted: NonNullable<Upgrade['accepted']>; log: Logger },
): Promise<void> => {
  try {
    await accepted.open(socket);
  } catch (error) {
    log.error({ error: error instanceof Error ? error.name : typeof error }, 'a door failed');
    socket.close(1011, 'Butler failed; connect again');
  }
};

/** Asks the application, as any request; only a route that accepted makes it a WebSocket. */
const upgradeWith =
  ({ app, sockets, log }: Wires) =>
  async (incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    socket.on('error', () => socket.destroy());
    const request = requestOf(incoming);
    if (!request) return await writeRaw(socket, badRequest());
    const upgrade: Upgrade = {};
    const response = await app.fetch(request, { incoming, upgrade });
    const { accepted } = upgrade;
    if (!accepted) return await writeRaw(socket, response);
    if (socket.destroyed) return accepted.closed();
    socket.once('close', () => accepted.closed());
    sockets.handleUpgrade(incoming, socket, head, (opened) => {
      // Frames that are too large or broken end the connection; ws has said so to the client.
      opened.on('error', (error) => log.debug({ error: error.name }, 'a WebSocket broke'));
      sockets.emit('connection', opened, incoming);
      void openSocket(opened, { accepted, log });
    });
  };

/** Why the port could not be had, by the code of the system's error. */
const refusal = (error: NodeJS.ErrnoException, host: string, port: number): ListenError => {
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

const started = (server: Server, host: string, port: number): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(refusal(error, host, port));
    server.once('error', fail);
    server.listen({ host, port }, () => {
      server.off('error', fail);
      resolve(server.address() as AddressInfo);
    });
  });

/** Said goodbye to, then cut off: nothing may hold the process up. */
const close = (server: Server, sockets: WebSocketServer): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
    }, closeWithinMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    for (const socket of sockets.clients) socket.close(1001, 'Butler stops');
  });

const urlOf = (host: string, port: number): string => {
  if (['0.0.0.0', '::'].includes(host)) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
};

/**
 * Serves an application on a port (0: any free one).
 * @throws {ListenError} when the port cannot be had.
 */
export const listen = async ({
  app,
  host,
  port,
  log,
  heartbeatEveryMs = pingEveryMs,
}: {
  app: FetchApp;
  host: string;
  port: number;
  log: Logger;
  heartbeatEveryMs?: number;
}): Promise<Listening> => {
  const errorHandler = (error: unknown): Response => {
    log.debug({ error: error instanceof Error ? error.name : typeof error }, 'a bad request');
    return error instanceof ProblemError ? problemResponse(error.content) : badRequest();
  };
  const fetch = (request: Request, env: object) => app.fetch(request, env);
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false, errorHandler });
  const server = createServer(
    {
      headersTimeout: headersWithinMs,
      requestTimeout: requestWithinMs,
      connectionsCheckingInterval: headersWithinMs / 2,
      // `Upgrade: h2c` and the like are ordinary requests.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  server.maxConnections = connectionsMax;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: frameBytesMax,
    perMessageDeflate: false,
  });
  sockets.on('wsClientError', (_error, socket) => void writeRaw(socket, badRequest()));
  const upgrade = upgradeWith({ app, sockets, log });
  server.on('upgrade', (incoming, socket, head) => {
    upgrade(incoming, socket, head).catch(() => socket.destroy());
  });
  server.on('clientError', (error, socket) => void writeRaw(socket, badRequest(error)));
  const address = await started(server, host, port);
  const timer = heartbeat(sockets, heartbeatEveryMs);
  const url = urlOf(host, address.port);
  let closing: Promise<void> | undefined;
  return {
    url,
    port: address.port,
    close: () => {
      clearInterval(timer);
      closing ??= close(server, sockets);
      return closing;
    },
  };
};
