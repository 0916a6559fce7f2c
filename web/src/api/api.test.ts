// The page's requests against a real HTTP server: tokens, problem documents, streams that break.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chat, fetchHealth, logIn, openVoiceSession, Problem, type Written } from './api.ts';

let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;

beforeEach(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    if (request.url === '/api/v1/auth/token') {
      const access = `short for ${request.headers.authorization?.replace('Bearer ', '')}`;
      response.end(JSON.stringify({ access, expiresAt: new Date(Date.now() + 900_000) }));
    } else answer(request, response, body);
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

function problemOf(promise: Promise<unknown>): Promise<Problem> {
  return promise.then(
    () => Promise.reject(new Error('It should have failed.')),
    (error: unknown) => (error instanceof Problem ? error : Promise.reject(error)),
  );
}

async function answers(written: Written = { text: 'Hello' }) {
  const seen = [];
  const signal = AbortSignal.timeout(5_000);
  const question = { written, id: 'asked-1', token: 'secret', signal };
  for await (const one of chat(question)) seen.push(one);
  return seen;
}

test('a session is asked for with a short token and the door', async () => {
  answer = (request, response, body) => {
    const seen = [request.method, request.url, request.headers.authorization, body];
    response.end(JSON.stringify({ transport: 'websocket', url: '/voice', ticket: seen.join(' ') }));
  };
  expect(await openVoiceSession('secret')).toEqual({
    transport: 'websocket',
    url: '/voice',
    ticket: 'POST /api/v1/voice/session Bearer short for secret {"door":"app"}',
  });
});

test('a problem document keeps its sentence', async () => {
  answer = (_request, response) => {
    response.writeHead(401, { 'content-type': 'application/problem+json' });
    response.end(
      '{"code":"login","title":"Refused","detail":"The password is wrong.","status":401}',
    );
  };
  const problem = await problemOf(logIn({ username: 'anna', password: 'x' }));
  expect(problem).toMatchObject({ status: 401, code: 'login', detail: 'The password is wrong.' });
  expect(problem.lasting).toBe(true);
});

test('an answer that is no problem document is named by its number', async () => {
  answer = (_request, response) => response.writeHead(502).end('<h1>Bad gateway</h1>');
  const problem = await problemOf(logIn({ username: 'anna', password: 'x' }));
  expect(problem.detail).toContain('502');
  expect(problem.lasting).toBe(false);
});

test('a page where JSON should be is not taken for an answer', async () => {
  answer = (_request, response) => response.end('<html></html>');
  expect(await problemOf(fetchHealth())).toMatchObject({ code: 'unreadable', status: 200 });
});

test('a degraded house still says how it is', async () => {
  answer = (_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' });
    response.end('{"status":"degraded","version":"1","setupNeeded":false,"parts":[]}');
  };
  expect((await fetchHealth()).status).toBe('degraded');
});

test('nobody there', async () => {
  answer = (request) => request.socket.destroy();
  expect(await problemOf(fetchHealth())).toMatchObject({ status: 0, code: 'unreachable' });
});

test('an answer grows and ends', async () => {
  answer = (_request, response, body) => {
    const { text } = JSON.parse(body) as { text: string };
    response.write('event: delta\ndata: {"text":"You said "}\n\n');
    response.write(`event: delta\ndata: ${JSON.stringify({ text })}\n\n`);
    response.end(`event: done\ndata: ${JSON.stringify({ text: `You said ${text}.` })}\n\n`);
  };
  const line = { type: 'transcript', who: 'butler', id: 'asked-1' };
  expect(await answers({ text: '“hi”\nthere' })).toEqual([
    { ...line, text: 'You said ', final: false },
    { ...line, text: 'You said “hi”\nthere', final: false },
    { ...line, text: 'You said “hi”\nthere.', final: true },
  ]);
});

test('what belongs to an answer comes with it, and a button is said as it is', async () => {
  answer = (_request, response, body) => {
    response.write('event: transcript\ndata: {"who":"person","text":"Yes.","final":true}\n\n');
    response.write('event: transcript\ndata: {"who":"butler","text":"Op","final":false}\n\n');
    response.write('event: delta\ndata: {"text":"Open.","turnId":"t1"}\n\n');
    response.write('event: deed\ndata: {"id":"d1","turnId":"t1","say":"It is open."}\n\n');
    response.write('event: news\ndata: {"id":"of a newer house"}\n\n');
    response.end(`event: done\ndata: ${JSON.stringify({ text: body })}\n\n`);
  };
  const line = { type: 'transcript', who: 'butler', id: 'asked-1' };
  const deed = { type: 'deed', id: 'd1', turnId: 't1', say: 'It is open.' };
  expect(await answers({ reply: { id: 'a1', yes: true } })).toEqual([
    { type: 'transcript', who: 'person', text: 'Yes.', final: true },
    { ...line, text: 'Open.', final: false, turnId: 't1' },
    { ...deed, checked: false, undo: false },
    { ...line, text: '{"reply":{"id":"a1","yes":true}}', final: true },
  ]);
});

test('an error in the stream, and an end without one', async () => {
  answer = (_request, response) =>
    response.end('event: error\ndata: {"code":"mind","title":"Mind","detail":"It is away."}\n\n');
  expect(await problemOf(answers())).toMatchObject({ code: 'mind', detail: 'It is away.' });
  answer = (_request, response) => response.end('event: delta\ndata: {"text":"Half"}\n\n');
  expect(await problemOf(answers())).toMatchObject({ code: 'broken-off' });
});
