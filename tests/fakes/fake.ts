/** What every protocol fake stands on: a real socket, a script of answers, a record of requests. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { deliver } from './deliver.ts';
import { type Answer, type Fault, json, type RecordedRequest } from './exchange.ts';

export { type Answer, type Fault, json, type Piece, type RecordedRequest } from './exchange.ts';

export type Scripted<Step, Body> =
  | (Step & { fault?: Fault })
  | ((request: RecordedRequest<Body>) => Step & { fault?: Fault });

export interface Fake<Step, Body = unknown> {
  /** Origin without a path: `http://127.0.0.1:PORT`. */
  url: string;
  port: number;
  /** Requests of the scripted operation, in order of arrival. */
  requests: RecordedRequest<Body>[];
  /** Requests of every other path (model lists, voices, mistakes). */
  otherRequests: RecordedRequest[];
  /** What the next requests get, one step each, before `always` applies again. */
  next(...steps: Scripted<Step, Body>[]): void;
  /** What unscripted requests get from now on. */
  always(step: Scripted<Step, Body>): void;
  /** Forget the script and the record. */
  reset(): void;
  /** Resolves with the requests once there are `count`; rejects after `withinMs`. */
  waitForRequests(count: number, withinMs?: number): Promise<RecordedRequest<Body>[]>;
  /** Refuse connections (the port stays ours to take again) until `accept()`. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  stop(): Promise<void>;
}

export interface Protocol<Step, Body> {
  /** The scripted operation, as `POST /v1/messages`. */
  operation: string;
  parse(message: IncomingMessage, raw: Buffer): Promise<Body> | Body;
  answer(request: RecordedRequest<Body>, step: Step): Answer;
  /** Everything else the service answers; undefined is a 404. */
  others?(request: RecordedRequest): Answer | undefined;
  /** Says no before the script is asked: a missing key, a path that does not exist. */
  refusal?(request: RecordedRequest): Answer | undefined;
  /** The service's own error body. */
  error(status: number, message: string): unknown;
  initial: Scripted<Step, Body>;
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Multipart as a flat record: text fields as strings, the file as a `File`. */
export async function readForm(message: IncomingMessage, raw: Buffer) {
  const type = message.headers['content-type'] ?? '';
  const body = new Uint8Array(raw);
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const fields: Record<string, string | File | string[]> = {};
  for (const key of new Set(form.keys())) {
    const values = form.getAll(key);
    const list = key.endsWith('[]') || values.length > 1;
    fields[key] = list ? values.map(String) : (values[0] as string | File);
  }
  return fields;
}

/** JSON, or the raw text where it does not parse (the protocol then answers 400). */
export function readJson(_message: IncomingMessage, raw: Buffer): unknown {
  const text = raw.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function record(message: IncomingMessage, carried: WeakMap<Socket, number>): RecordedRequest {
  const earlierOnConnection = carried.get(message.socket) ?? 0;
  carried.set(message.socket, earlierOnConnection + 1);
  return {
    method: message.method ?? '',
    path: new URL(message.url ?? '/', 'http://fake').pathname,
    headers: message.headers,
    body: undefined,
    earlierOnConnection,
    arrivedAtMs: performance.now(),
    completeAtMs: Number.NaN,
    marks: {},
    aborted: false,
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function shut(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

interface State<Step, Body> {
  requests: RecordedRequest<Body>[];
  otherRequests: RecordedRequest[];
  script: Scripted<Step, Body>[];
  usual: Scripted<Step, Body>;
  carried: WeakMap<Socket, number>;
  arrivals: Set<() => void>;
  /** Once stopped, answers that wait for their time must not keep the process alive. */
  stopped: AbortController;
}

function handler<Step, Body>(protocol: Protocol<Step, Body>, state: State<Step, Body>) {
  return async (message: IncomingMessage, response: ServerResponse) => {
    const noted = record(message, state.carried);
    const raw = await readBody(message);
    noted.completeAtMs = performance.now();
    const mine = `${noted.method} ${noted.path}` === protocol.operation;
    // Steps go out in the order in which requests were complete, so before parsing awaits.
    const scripted = mine ? (state.script.shift() ?? state.usual) : undefined;
    noted.body = mine ? await protocol.parse(message, raw) : readJson(message, raw);
    const request = noted as RecordedRequest<Body>;
    if (mine) state.requests.push(request);
    else state.otherRequests.push(noted);
    for (const arrival of state.arrivals) arrival();
    const step = typeof scripted === 'function' ? scripted(request) : scripted;
    const answer =
      protocol.refusal?.(noted) ??
      (step ? protocol.answer(request, step) : protocol.others?.(noted)) ??
      json(protocol.error(404, `No such path: ${noted.path}`), { status: 404 });
    const signal = state.stopped.signal;
    await deliver(answer, step?.fault, { request: noted, response, signal, error: protocol.error });
  };
}

/** Runs one protocol on a loopback port of its own until `stop()`. */
export async function startFake<Step, Body>(
  protocol: Protocol<Step, Body>,
): Promise<Fake<Step, Body>> {
  const state: State<Step, Body> = {
    requests: [],
    otherRequests: [],
    script: [],
    usual: protocol.initial,
    carried: new WeakMap(),
    arrivals: new Set(),
    stopped: new AbortController(),
  };
  const handle = handler(protocol, state);
  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    handle(message, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify(protocol.error(500, `The fake itself failed: ${String(error)}`)));
    });
  });
  const port = await listen(server, 0);
  return { url: `http://127.0.0.1:${port}`, port, ...controls({ protocol, state, server, port }) };
}

function controls<Step, Body>(running: {
  protocol: Protocol<Step, Body>;
  state: State<Step, Body>;
  server: Server;
  port: number;
}): Omit<Fake<Step, Body>, 'url' | 'port'> {
  const { protocol, state, server, port } = running;
  const { requests, otherRequests, script } = state;
  return {
    requests,
    otherRequests,
    next: (...steps) => void script.push(...steps),
    always: (step) => {
      state.usual = step;
    },
    reset: () => {
      state.usual = protocol.initial;
      script.length = requests.length = otherRequests.length = 0;
    },
    waitForRequests: async (count, withinMs = 5_000) => {
      const done = () => requests.length >= count;
      if (!(await waitFor({ done, arrivals: state.arrivals, withinMs }))) {
        const seen = `saw ${requests.length} of ${count} requests`;
        throw new Error(`${protocol.operation}: ${seen} within ${withinMs} ms`);
      }
      return requests;
    },
    refuse: () => shut(server),
    accept: async () => void (await listen(server, port)),
    stop: async () => {
      state.stopped.abort();
      await shut(server);
    },
  };
}

/** Whether it was done in time. */
function waitFor(what: { done(): boolean; arrivals: Set<() => void>; withinMs: number }) {
  return new Promise<boolean>((resolve) => {
    const finish = (done: boolean) => {
      clearTimeout(timer);
      what.arrivals.delete(look);
      resolve(done);
    };
    const look = () => {
      if (what.done()) finish(true);
    };
    const timer = setTimeout(() => finish(false), what.withinMs);
    what.arrivals.add(look);
    look();
  });
}
