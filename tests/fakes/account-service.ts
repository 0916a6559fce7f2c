/** A service with accounts: a real socket, every request and answer held against its document. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Document, OpenAPIBackend } from 'openapi-backend';

/** What happens instead of the truth. */
export interface AccountFault {
  status?: number;
  body?: string;
  /** It never answers. */
  hangs?: boolean;
  /** It does what it was asked, then goes away without a word. */
  goesAway?: boolean;
  /** It does what it was asked, after so long. */
  afterMs?: number;
}

export interface Asked {
  operation: string;
  params: Record<string, string>;
  query: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: what was sent; the document has checked it.
  body: any;
  headers: IncomingMessage['headers'];
}

export interface Said {
  status: number;
  /** An object goes as JSON. */
  body?: unknown;
}

export interface AccountService {
  url: string;
  /** Operations, in order. */
  asked: string[];
  /** Requests and answers that are not as the document has them; empty, or the test fails. */
  mistakes: string[];
  fault: (operation: string) => AccountFault | undefined;
  stop(): Promise<void>;
}

export interface AccountProtocol {
  document: Document;
  /** What stands before the paths of the document: `/api`. */
  prefix?: string;
  /** @returns undefined: an operation that the fake forgot. */
  answer(asked: Asked): Said | undefined;
}

/** OpenAPI 3.0 says `nullable` beside `allOf`; the checker wants a type there. */
const withNulls = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(withNulls);
  if (typeof part !== 'object' || part === null) return part;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, withNulls(value)]),
  );
  if (nullable === undefined || 'type' in rest)
    return { ...rest, ...(nullable !== undefined && { nullable }) };
  return { anyOf: [rest, { enum: [null] }] };
};

const open = async (document: Document): Promise<OpenAPIBackend> => {
  const definition = withNulls(document) as Document;
  const ajvOpts = { strict: false, validateFormats: false };
  const backend = new OpenAPIBackend({ definition, quick: true, ajvOpts });
  await backend.init();
  return backend;
};

const reasons = (errors: unknown): string =>
  Array.isArray(errors)
    ? errors.map((one) => `${one.instancePath ?? ''} ${one.message ?? ''}`.trim()).join('; ')
    : '';

/** Forms are checked as the object that they are. */
const readBody = async (message: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  if (text === '') return undefined;
  const isForm = message.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
};

class Running {
  readonly asked: string[] = [];
  readonly mistakes: string[] = [];
  fault: AccountService['fault'] = () => undefined;
  readonly #protocol: AccountProtocol;
  readonly #backend: OpenAPIBackend;

  constructor(protocol: AccountProtocol, backend: OpenAPIBackend) {
    this.#protocol = protocol;
    this.#backend = backend;
  }

  async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? '/', 'http://fake');
    const method = message.method ?? 'GET';
    const body = await readBody(message);
    const path = url.pathname.replace(this.#protocol.prefix ?? '', '');
    const query = Object.fromEntries(url.searchParams);
    const headers = { ...message.headers, 'content-type': 'application/json' };
    const request = { method, path, query, body, headers } as Parameters<
      OpenAPIBackend['matchOperation']
    >[0];
    const operation = this.#backend.matchOperation(request);
    const name = operation?.operationId;
    if (!operation || !name) return this.#no(response, `${method} ${path} is not in the document`);
    this.asked.push(name);
    const wrong = reasons(this.#backend.validateRequest(request, operation).errors);
    if (wrong !== '') return this.#no(response, `${name}: ${wrong}`);
    const { params } = this.#backend.router.parseRequest(request, operation);
    const asked = { operation: name, params, query, body, headers: message.headers };
    await this.#answer(response, asked as Asked);
  }

  async #answer(response: ServerResponse, asked: Asked): Promise<void> {
    const fault = this.fault(asked.operation);
    if (fault?.hangs) return;
    if (fault?.status !== undefined) return send(response, fault.status, fault.body ?? '');
    const said = this.#protocol.answer(asked);
    if (!said) return this.#no(response, `${asked.operation}: the fake has no answer`);
    if (fault?.goesAway) return void response.destroy();
    if (fault?.afterMs) await new Promise((resolve) => setTimeout(resolve, fault.afterMs));
    if (said.status < 300 && said.body !== undefined) this.#check(asked.operation, said);
    send(response, said.status, said.body);
  }

  #check(operation: string, { status, body }: Said): void {
    const wrong = reasons(this.#backend.validateResponse(body, operation, status).errors);
    if (wrong !== '') this.mistakes.push(`answer of ${operation}: ${wrong}`);
  }

  #no(response: ServerResponse, mistake: string): void {
    this.mistakes.push(mistake);
    send(response, 400, `Not as documented: ${mistake}`);
  }
}

const send = (response: ServerResponse, status: number, body: unknown): void => {
  const isText = typeof body === 'string' || body === undefined;
  const type = isText ? 'text/plain' : 'application/json; charset=utf-8';
  response.writeHead(status, status === 204 ? {} : { 'content-type': type });
  response.end(isText ? (body ?? '') : JSON.stringify(body));
};

export const startAccountService = async (protocol: AccountProtocol): Promise<AccountService> => {
  const running = new Running(protocol, await open(protocol.document));
  const server = createServer((message, response) => {
    running.handle(message, response).catch((error: unknown) => {
      running.mistakes.push(`the fake failed: ${String(error)}`);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(running, {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
};
