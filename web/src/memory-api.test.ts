// The requests about memory against a real HTTP server: method, address, token and body of each.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from './api.ts';
import { MemoryApi, type Soul } from './memory-api.ts';

let server: Server;
let seen: string[];
let answer: { status: number; body: unknown };

beforeEach(async () => {
  seen = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const { method, url, headers } = request;
    if (url === '/api/v1/auth/token') {
      const expiresAt = new Date(Date.now() + 900_000);
      response.end(JSON.stringify({ access: 'short', expiresAt }));
      return;
    }
    const accept = headers.accept === '*/*' ? '' : ` accept ${headers.accept}`;
    seen.push(`${method} ${url}${accept}${body && ` ${body}`}`);
    expect(headers.authorization).toBe('Bearer short');
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.status === 204 ? undefined : JSON.stringify(answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const realFetch = fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
    realFetch(`http://127.0.0.1:${port}${path}`, init),
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

const api = new MemoryApi('secret');
const { signal } = new AbortController();
const facts = '/api/v1/memory/facts';
const history = '/api/v1/memory/history';

test('facts: searched, told, corrected, forgotten, taken back', async () => {
  answer = { status: 200, body: { facts: [], fact: { id: 7 }, undo: 'word' } };
  await api.facts({ query: '', signal });
  await api.facts({ query: 'tea & milk?', signal });
  await api.add({ fact: 'I like tea', category: 'preference' });
  await api.edit(7, { fact: 'I like coffee' });
  expect(await api.forget(7)).toBe('word');
  await api.restore('word');
  expect(seen).toEqual([
    `GET ${facts}`,
    `GET ${facts}?query=tea%20%26%20milk%3F`,
    `POST ${facts} {"fact":"I like tea","category":"preference"}`,
    `PATCH ${facts}/7 {"fact":"I like coffee"}`,
    `DELETE ${facts}/7`,
    `POST ${facts}/restore {"undo":"word"}`,
  ]);
});

test('forgetting everything takes the history too', async () => {
  answer = { status: 200, body: {} };
  await api.forgetEverything();
  expect(seen).toEqual([
    `DELETE ${facts} {"confirm":"forget everything"}`,
    `DELETE ${history} {"confirm":"forget what was said"}`,
  ]);
});

test('a memory that is away is told, and nothing more is tried', async () => {
  answer = { status: 503, body: { code: 'memory-unavailable', detail: 'Away.', title: 'Away' } };
  const problem = await api.forgetEverything().catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Problem);
  expect((problem as Problem).detail).toBe('Away.');
  expect(seen).toHaveLength(1);
});

test('souls: of one person, previewed as a sentence and as sound', async () => {
  const soul = { personality: 'dry' } as Soul;
  answer = { status: 200, body: { soul, sentence: 'Hello.' } };
  expect(await api.saveSoul('a/b', soul)).toEqual(soul);
  expect(await api.preview('ada', soul)).toBe('Hello.');
  expect((await api.previewSound('ada', soul)).size).toBeGreaterThan(0);
  expect(seen).toEqual([
    'PUT /api/v1/users/a%2Fb/soul {"personality":"dry"}',
    'POST /api/v1/users/ada/soul/preview {"personality":"dry"}',
    'POST /api/v1/users/ada/soul/preview accept audio/wav {"personality":"dry"}',
  ]);
});

test('a PIN is set and taken away without an answer to read', async () => {
  answer = { status: 204, body: undefined };
  await api.setPin('password', '2468');
  await api.setPin('password', null);
  expect(seen).toEqual([
    'PUT /api/v1/me/pin {"password":"password","pin":"2468"}',
    'PUT /api/v1/me/pin {"password":"password","pin":null}',
  ]);
});
