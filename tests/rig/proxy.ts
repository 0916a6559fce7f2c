/** Stands before a real HTTP server: notes every request, and answers where a test says so. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is answered instead; `hang`: nothing at all. */
export interface Instead {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  hang?: boolean;
}

export interface HttpProxy {
  url: string;
  /** Method, path and bytes of the answer, in order. */
  requests: { method: string; path: string; answerBytes: number }[];
  /** Until it is called again without a rule; a rule that gives undefined lets the request pass. */
  instead(rule?: (path: string, method: string) => Instead | undefined): void;
  stop(): Promise<void>;
}

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

const passOn = async (target: string, message: IncomingMessage): Promise<Response> => {
  const { method = 'GET', url = '/', headers } = message;
  const body = new Uint8Array(await bodyOf(message));
  const kept = ['authorization', 'content-type', 'depth', 'accept'].flatMap((name) =>
    typeof headers[name] === 'string' ? [[name, headers[name]] as [string, string]] : [],
  );
  const has = body.byteLength > 0 && method !== 'GET';
  const init = { method, headers: kept, redirect: 'manual' as const };
  return fetch(new URL(url, target), has ? { ...init, body } : init);
};

/** @param target origin of the real server. */
export const startProxy = async (target: string): Promise<HttpProxy> => {
  const requests: HttpProxy['requests'] = [];
  let rule: Parameters<HttpProxy['instead']>[0];
  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '' } = message;
    const noted = { method, path: url, answerBytes: 0 };
    requests.push(noted);
    const own = rule?.(url, method);
    if (own?.hang) return;
    if (own) {
      response.writeHead(own.status ?? 200, own.headers ?? {}).end(own.body ?? '');
      return;
    }
    const answer = await passOn(target, message);
    const bytes = Buffer.from(await answer.arrayBuffer());
    noted.answerBytes = bytes.byteLength;
    const skipped = new Set(['content-encoding', 'content-length', 'transfer-encoding']);
    for (const [name, value] of answer.headers) {
      if (!skipped.has(name)) response.setHeader(name, value);
    }
    response.writeHead(answer.status).end(bytes);
  };
  const server = createServer((message, response) => {
    handle(message, response).catch(() => message.socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    instead: (given) => {
      rule = given;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
};
