/** HTTP on Node's own server, with ws for WebSockets: runs wherever Node does. */
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { WebSocketServer } from 'ws';
import type { Logger } from '../../agent/log.ts';
import { ProblemError, problemResponse } from '../problem.ts';
import {
  closeWithinMs,
  connectionsMax,
  type Engine,
  type FetchApp,
  frameBytesMax,
  headersTooLarge,
  heartbeat,
  openDoor,
  refusal,
  requestLate,
  requestMalformed,
  type Serving,
  type Timeouts,
  type Upgrade,
  urlOf,
} from './engine.ts';
import { lightRequest } from './light-request.ts';
import { headersOf, textOf } from './text-answer.ts';

const notRead = (error: NodeJS.ErrnoException, { requestWithinMs }: Timeouts): Response => {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return requestLate(requestWithinMs);
  return error.code === 'HPE_HEADER_OVERFLOW' ? headersTooLarge() : requestMalformed();
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

interface Wires {
  app: FetchApp;
  sockets: WebSocketServer;
  log: Logger;
}

/** Asks the application, as any request; only a route that accepted makes it a WebSocket. */
const upgradeWith =
  ({ app, sockets, log }: Wires) =>
  async (incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    socket.on('error', () => socket.destroy());
    const request = requestOf(incoming);
    if (!request) return await writeRaw(socket, requestMalformed());
    const upgrade: Upgrade = {};
    const response = await app.fetch(request, { engine: 'node', incoming, upgrade });
    const { accepted } = upgrade;
    if (!accepted) return await writeRaw(socket, response);
    if (socket.destroyed) return accepted.closed();
    socket.once('close', () => accepted.closed());
    sockets.handleUpgrade(incoming, socket, head, (opened) => {
      // Frames that are too large or broken end the connection; ws has said so to the client.
      opened.on('error', (error) => log.debug({ error: error.name }, 'a WebSocket broke'));
      sockets.emit('connection', opened, incoming);
      void openDoor(opened, accepted, log);
    });
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

/** @returns false where the answer is not one of text, or nobody waits for it any more. */
const writeText = (answer: Response, outgoing: ServerResponse): boolean => {
  const text = textOf(answer);
  if (text === undefined || outgoing.destroyed) return false;
  const headers = headersOf(answer);
  headers.push('content-length', String(Buffer.byteLength(text)));
  outgoing.writeHead(answer.status, headers).end(text);
  return true;
};

const serverFor = ({ app, log, timeouts }: Serving): Server => {
  const errorHandler = (error: unknown): Response => {
    log.debug({ error: error instanceof Error ? error.name : typeof error }, 'a bad request');
    return error instanceof ProblemError ? problemResponse(error.content) : requestMalformed();
  };
  // Answers to light requests that are not of text: it writes streams as well.
  const answered = new WeakMap<IncomingMessage, Response>();
  const listener = getRequestListener(
    async (request, { incoming, outgoing }) => {
      const known = answered.get(incoming as IncomingMessage);
      const answer = known ?? (await app.fetch(request, { engine: 'node', incoming }));
      return writeText(answer, outgoing as ServerResponse) ? RESPONSE_ALREADY_SENT : answer;
    },
    { overrideGlobalObjects: false, errorHandler },
  );
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = lightRequest(incoming, outgoing);
    if (!request) return await listener(incoming, outgoing);
    let answer: Response;
    try {
      answer = await app.fetch(request, { engine: 'node', incoming });
      if (writeText(answer, outgoing)) return;
    } catch (error) {
      answer = errorHandler(error);
    }
    answered.set(incoming, answer);
    await listener(incoming, outgoing);
  };
  const { headersWithinMs, requestWithinMs } = timeouts;
  const server = createServer(
    {
      headersTimeout: headersWithinMs,
      requestTimeout: requestWithinMs,
      connectionsCheckingInterval: headersWithinMs / 2,
      // `Upgrade: h2c` and the like are ordinary requests.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    (incoming, outgoing) => void serve(incoming, outgoing),
  );
  server.maxConnections = connectionsMax;
  return server;
};

export const listenOnNode: Engine = async (serving) => {
  const { app, host, port, log, timeouts } = serving;
  const server = serverFor(serving);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: frameBytesMax,
    perMessageDeflate: false,
  });
  sockets.on('wsClientError', (_error, socket) => void writeRaw(socket, requestMalformed()));
  const upgrade = upgradeWith({ app, sockets, log });
  server.on('upgrade', (incoming, socket, head) => {
    upgrade(incoming, socket, head).catch(() => socket.destroy());
  });
  server.on('clientError', (error, socket) => void writeRaw(socket, notRead(error, timeouts)));
  const address = await started(server, host, port);
  const beat = heartbeat(sockets.clients, timeouts.heartbeatEveryMs);
  sockets.on('connection', (socket) => socket.on('pong', () => beat.heard(socket)));
  let closing: Promise<void> | undefined;
  return {
    engine: 'node',
    url: urlOf(host, address.port),
    port: address.port,
    close: () => {
      beat.stop();
      closing ??= close(server, sockets);
      return closing;
    },
  };
};
