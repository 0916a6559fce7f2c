/** Real MCP servers made with the SDK, over HTTP or as a program, that can misbehave on request. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Server as McpServer } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListToolsRequestSchema,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';

/** One tool; `answer` may take its time. */
export interface ServedTool extends Omit<Tool, 'inputSchema'> {
  inputSchema?: unknown;
  answer?: (
    input: Record<string, unknown>,
    signal: AbortSignal,
  ) => CallToolResult | Promise<CallToolResult>;
}

/** What HTTP answers instead of the protocol, until it is taken away. */
export interface Misbehaviour {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Takes the request and never answers. */
  silent?: boolean;
  /** Only requests of this method, as `tools/call`. */
  method?: string;
}

export interface ServedMcp {
  /** `http://127.0.0.1:PORT/mcp`. */
  url: string;
  tools: ServedTool[];
  misbehave: Misbehaviour | undefined;
  /** Calls in order of arrival, and the ids of requests that were cancelled. */
  calls: { name: string; input: Record<string, unknown> }[];
  cancelled: number;
  /** How often the tools were listed. */
  readonly lists: number;
  /** Sessions that are open. */
  readonly sessions: number;
  /** What clients said they can do. */
  capabilities: unknown[];
  headers: IncomingMessage['headers'][];
  /** From a request's arrival to the end of its answer, all POST requests together. */
  readonly waitedMs: number;
  /** Asks the client for something that it never offered; gives the error's code. */
  ask(method: 'sampling/createMessage' | 'roots/list' | 'elicitation/create'): Promise<number>;
  tellChanged(): Promise<void>;
  /** Forgets every session and listens anew on the same port. */
  restart(whileDown?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export const text = (words: string): CallToolResult => ({
  content: [{ type: 'text', text: words }],
});

const pageSize = 50;

interface Kept {
  tools: ServedTool[];
  calls: ServedMcp['calls'];
  cancelled: number;
  lists: number;
}

/** The protocol's side of a server: lists in pages, calls, cancellations. */
const protocolOf = (kept: Kept): McpServer => {
  const server = new McpServer(
    { name: 'test', version: '1' },
    { capabilities: { tools: { listChanged: true } } },
  );
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    const from = Number(params?.cursor ?? 0);
    kept.lists += 1;
    const tools = kept.tools
      .slice(from, from + pageSize)
      .map(({ answer: _, ...tool }) => ({ inputSchema: { type: 'object' }, ...tool }) as Tool);
    const next = from + pageSize;
    return { tools, ...(next < kept.tools.length && { nextCursor: String(next) }) };
  });
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const input = params.arguments ?? {};
    kept.calls.push({ name: params.name, input });
    const tool = kept.tools.find(({ name }) => name === params.name);
    if (!tool) return { ...text(`There is no tool ${params.name}.`), isError: true };
    return (await tool.answer?.(input, signal)) ?? text('done');
  });
  return server;
};

const bodyOf = async (message: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
};

interface Session {
  server: McpServer;
  transport: StreamableHTTPServerTransport;
}

const listen = async (server: Server, port: number): Promise<number> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const shut = async (server: Server): Promise<void> => {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
};

class HttpMcp {
  readonly kept: Kept;
  readonly token: string | undefined;
  readonly sessions = new Map<string, Session>();
  readonly headers: IncomingMessage['headers'][] = [];
  misbehave: Misbehaviour | undefined;
  last: Session | undefined;
  waitedMs = 0;

  constructor(kept: Kept, token: string | undefined) {
    this.kept = kept;
    this.token = token;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    if (request.method === 'POST') {
      response.once('finish', () => {
        this.waitedMs += performance.now() - startedAt;
      });
    }
    const body = await bodyOf(request);
    this.headers.push(request.headers);
    if (body.includes('"notifications/cancelled"')) this.kept.cancelled += 1;
    if (this.token && request.headers.authorization !== `Bearer ${this.token}`) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end('no');
      return;
    }
    const wrong = this.misbehave;
    if (wrong && (!wrong.method || body.includes(`"${wrong.method}"`))) {
      if (wrong.silent) return;
      const headers = { 'content-type': 'application/json', ...wrong.headers };
      response.writeHead(wrong.status ?? 200, headers).end(wrong.body ?? '');
      return;
    }
    const session = await this.sessionOf(request, body);
    if (!session) {
      response.writeHead(404).end('Session not found');
      return;
    }
    await session.transport.handleRequest(request, response, body ? JSON.parse(body) : undefined);
  }

  async sessionOf(request: IncomingMessage, body: string): Promise<Session | undefined> {
    const id = request.headers['mcp-session-id'];
    if (typeof id === 'string') return this.sessions.get(id);
    if (!body.includes('"initialize"')) return undefined;
    const server = protocolOf(this.kept);
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (made) => void this.sessions.set(made, session),
      onsessionclosed: (made) => void this.sessions.delete(made),
    });
    const session = { server, transport };
    this.last = session;
    await server.connect(transport as Parameters<McpServer['connect']>[0]);
    return session;
  }
}

const emptyResult = { safeParse: (data: unknown) => ({ success: true, data }) };

/** @param token without it, everything is 401. */
export const serveMcp = async (
  tools: ServedTool[],
  { token }: { token?: string } = {},
): Promise<ServedMcp> => {
  const kept: Kept = { tools, calls: [], cancelled: 0, lists: 0 };
  const served = new HttpMcp(kept, token);
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    served.handle(request, response).catch(() => response.destroy());
  };
  let http = createServer(handle);
  const port = await listen(http, 0);
  const stop = async (): Promise<void> => {
    await Promise.all([...served.sessions.values()].map(({ server }) => server.close()));
    served.sessions.clear();
    await shut(http);
  };
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    calls: kept.calls,
    headers: served.headers,
    get tools() {
      return kept.tools;
    },
    set tools(others) {
      kept.tools = others;
    },
    get misbehave() {
      return served.misbehave;
    },
    set misbehave(how) {
      served.misbehave = how;
    },
    get cancelled() {
      return kept.cancelled;
    },
    get lists() {
      return kept.lists;
    },
    get sessions() {
      return served.sessions.size;
    },
    get waitedMs() {
      return served.waitedMs;
    },
    get capabilities() {
      return [...served.sessions.values()].map(({ server }) => server.getClientCapabilities());
    },
    ask: async (method) => {
      const request = { method, params: {} } as Parameters<McpServer['request']>[0];
      const asked = served.last?.server.request(request, emptyResult as never, { timeout: 2_000 });
      return await (asked ?? Promise.resolve()).then(
        () => 0,
        ({ code }: { code: number }) => code,
      );
    },
    tellChanged: async () => {
      for (const { server } of served.sessions.values()) await server.sendToolListChanged();
    },
    restart: async (whileDown) => {
      await stop();
      await whileDown?.();
      http = createServer(handle);
      await listen(http, port);
    },
    stop,
  };
};

/** The words of MCP_COMMAND for the same as a program; ends with its standard input. */
export const mcpProgram = (): string => `"${process.execPath}" "${fileURLToPath(import.meta.url)}"`;

/** What the program offers: its own surroundings, a wait, and an end. */
const ownTools: ServedTool[] = [
  {
    name: 'surroundings',
    annotations: { readOnlyHint: true },
    answer: () => text(JSON.stringify(process.env)),
  },
  {
    name: 'wait',
    annotations: { readOnlyHint: true },
    answer: async (_, signal) => {
      await sleep(60_000, undefined, { signal, ref: false }).catch(() => undefined);
      return text('waited');
    },
  },
  { name: 'quit', annotations: { readOnlyHint: true }, answer: () => process.exit(3) },
];

if (import.meta.main) {
  const kept: Kept = { tools: ownTools, calls: [], cancelled: 0, lists: 0 };
  await protocolOf(kept).connect(new StdioServerTransport());
}
