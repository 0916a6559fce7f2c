/** HTTP on uWebSockets.js, where it is installed: the same surface as on node:http. */
import { type AddressInfo, createServer } from 'node:net';
import { ProblemError, problemResponse } from '../problem.ts';
import {
  type Accepted,
  type Below,
  closeWithinMs,
  connectionsMax,
  type Engine,
  frameBytesMax,
  heartbeat,
  type Listening,
  openDoor,
  refusal,
  requestLate,
  requestMalformed,
  type Serving,
  type Upgrade,
  urlOf,
} from './engine.ts';
import type { Native, NativeApp, NativeRequest, NativeResponse } from './uws-native.ts';
import { type Body, bodyOf, copyOf } from './uws-request.ts';
import { answerWith, type Exchange } from './uws-response.ts';
import { UwsSocket } from './uws-socket.ts';

/** Doors cut off a client that does not read long before this. */
const unsentMax = 16 * 1024 * 1024;

const addressOf = (response: NativeResponse): string =>
  Buffer.from(response.getRemoteAddressAsText()).toString('latin1');

const unavailable = (): Response =>
  new Response(null, { status: 503, headers: { connection: 'close', 'retry-after': '10' } });

interface State {
  serving: Serving;
  connections: number;
  sockets: Set<UwsSocket>;
}

const hasBody = (request: NativeRequest): boolean =>
  request.getHeader('transfer-encoding') !== '' ||
  Number(request.getHeader('content-length') || 0) > 0;

/** An exchange and the signal that its client has gone. */
const exchangeOf = (response: NativeResponse, request: NativeRequest) => {
  const gone = new AbortController();
  let over = false;
  const body = hasBody(request) ? bodyOf(response, () => over) : undefined;
  response.onAborted(() => {
    over = true;
    const reason = new Error('The client has gone.');
    body?.cut(reason);
    gone.abort(reason);
  });
  const exchange: Exchange = {
    response,
    method: request.getCaseSensitiveMethod(),
    isOver: () => over,
    over: () => {
      over = true;
    },
    mustClose: () => body !== undefined && !body.isWhole(),
  };
  return { exchange, body, gone: gone.signal };
};

/** Everything is copied before the first await: the native request lives no longer. */
const copied = (response: NativeResponse, request: NativeRequest) => {
  const below: Below = {
    engine: 'uws',
    incoming: { socket: { remoteAddress: addressOf(response) } },
  };
  return { copy: copyOf(request), below, ...exchangeOf(response, request) };
};

/** @throws {TypeError} for a method that fetch does not know, such as TRACE. */
const requestFrom = ({ copy, exchange, gone, body }: ReturnType<typeof copied>): Request => {
  if (!copy?.url) throw new TypeError('no address');
  const { method } = exchange;
  const sent = body && !['GET', 'HEAD'].includes(method);
  return new Request(copy.url, {
    method,
    headers: copy.headers,
    signal: gone,
    ...(sent && { body: body.stream, duplex: 'half' }),
  });
};

/** Says that the request is late, where its body has not come in time. */
const limitTime = (exchange: Exchange, body: Body, { serving }: State): NodeJS.Timeout => {
  const { requestWithinMs } = serving.timeouts;
  const late = setTimeout(() => {
    if (body.isWhole() || exchange.isOver()) return;
    void answerWith(exchange, requestLate(requestWithinMs), new AbortController().signal);
    body.cut(new Error('The request took too long to arrive.'));
  }, requestWithinMs);
  return late.unref();
};

const respond = async (parts: ReturnType<typeof copied>, state: State): Promise<void> => {
  const { app, log } = state.serving;
  const { exchange, gone, below, body } = parts;
  const late = body && limitTime(exchange, body, state);
  try {
    let answer: Response;
    if (state.connections > connectionsMax) answer = unavailable();
    else answer = await app.fetch(requestFrom(parts), below);
    await answerWith(exchange, answer, gone);
  } catch (error) {
    log.debug({ error: error instanceof Error ? error.name : typeof error }, 'a bad request');
    const known = error instanceof ProblemError ? problemResponse(error.content) : undefined;
    if (!exchange.isOver()) await answerWith(exchange, known ?? requestMalformed(), gone);
  } finally {
    clearTimeout(late);
  }
};

/** Asks the application, as any request; only a route that accepted makes it a WebSocket. */
const upgradeWith =
  (state: State) =>
  async (response: NativeResponse, request: NativeRequest, context: object): Promise<void> => {
    const key = request.getHeader('sec-websocket-key');
    const protocol = request.getHeader('sec-websocket-protocol').split(',', 1)[0] ?? '';
    const version = request.getHeader('sec-websocket-version');
    const parts = copied(response, request);
    const { exchange, gone, below } = parts;
    const upgrade: Upgrade = {};
    try {
      if (version !== '13') throw new TypeError('an unknown version of WebSocket');
      const { app } = state.serving;
      const answer = await app.fetch(requestFrom(parts), { ...below, upgrade });
      const { accepted } = upgrade;
      if (!accepted) return await answerWith(exchange, answer, gone);
      if (exchange.isOver()) return accepted.closed();
      exchange.over();
      response.cork(() => response.upgrade({ accepted }, key, protocol, '', context));
    } catch {
      upgrade.accepted?.closed();
      if (!exchange.isOver()) await answerWith(exchange, requestMalformed(), gone);
    }
  };

interface Held {
  accepted: Accepted;
  socket?: UwsSocket;
}

const serveSockets = (app: NativeApp, state: State, heard: (socket: UwsSocket) => void): void => {
  const { log } = state.serving;
  const upgrade = upgradeWith(state);
  const heldBy = (native: { getUserData(): unknown }): Held => native.getUserData() as Held;
  app.ws('/*', {
    // Above the limit, so that the end says why; far above, it is cut at once.
    maxPayloadLength: 2 * frameBytesMax,
    maxBackpressure: unsentMax,
    closeOnBackpressureLimit: true,
    idleTimeout: 0,
    sendPingsAutomatically: false,
    upgrade: (response, request, context) => void upgrade(response, request, context),
    open: (native) => {
      const held = heldBy(native);
      held.socket = new UwsSocket(native);
      state.sockets.add(held.socket);
      void openDoor(held.socket, held.accepted, log);
    },
    message: (native, message, isBinary) => {
      const { socket } = heldBy(native);
      if (message.byteLength > frameBytesMax) socket?.close(1009, 'the frame is too large');
      else socket?.emit('message', Buffer.from(message.slice(0)), isBinary);
    },
    pong: (native) => {
      const { socket } = heldBy(native);
      if (socket) heard(socket);
    },
    close: (native, code) => {
      const { socket, accepted } = heldBy(native);
      if (socket) state.sockets.delete(socket);
      socket?.closed(code);
      accepted.closed();
    },
  });
};

/** Without it the system would share a port between two Butlers. */
const exclusivePort = 1;

/** uWebSockets.js says of a failure only that it is one: node:net asks first, and says why. */
const freePort = (host: string, wanted: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(refusal(error, host, wanted)));
    probe.listen({ host, port: wanted }, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

export const listenOnUws =
  (native: Native): Engine =>
  async (serving): Promise<Listening> => {
    const { host, port: wanted, timeouts } = serving;
    const port = await freePort(host, wanted);
    const app = native.App();
    const state: State = { serving, connections: 0, sockets: new Set() };
    const beat = heartbeat(state.sockets, timeouts.heartbeatEveryMs);
    serveSockets(app, state, beat.heard);
    app.filter((_response, change) => {
      state.connections += change;
      return undefined;
    });
    app.any('/*', (response, request) => {
      void respond(copied(response, request), state);
    });
    const listening = await new Promise<object | false>((resolve) => {
      app.listen(host, port, exclusivePort, resolve);
    });
    if (!listening) {
      beat.stop();
      throw refusal(new Error('uWebSockets.js did not listen'), host, port);
    }
    const close = async (): Promise<void> => {
      beat.stop();
      native.us_listen_socket_close(listening);
      for (const socket of state.sockets) socket.close(1001, 'Butler stops');
      await new Promise((resolve) => setTimeout(resolve, closeWithinMs / 2));
      app.close();
    };
    let closing: Promise<void> | undefined;
    return {
      engine: 'uws',
      url: urlOf(host, port),
      port,
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  };
