// A real port: upgrades with tickets, streams, heartbeat, bad HTTP, and the end of it all.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createLog } from '../agent/log.ts';
import { type FakeAdmin, fakeAdmin, json } from '../tests/rig/admin.ts';
import { loadNative } from './engine/uws-native.ts';
import { type Listening, listen } from './listen.ts';

let admin: FakeAdmin;
let server: Listening;
let bearer: { authorization: string };
const opened: WebSocket[] = [];

beforeEach(async () => {
  admin = await fakeAdmin();
  ({ bearer } = await admin.enter());
  const { app, house } = admin;
  server = await listen({ app, host: '127.0.0.1', port: 0, log: house.log });
});
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.terminate();
  await server.close();
  await admin.forget();
});

const post = (path: string, body: unknown, headers = {}) =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { ...json, ...bearer, ...headers },
    body: JSON.stringify(body),
  });

const session = async (): Promise<{ transport: string; url: string; ticket: string }> =>
  (await (await post('/api/v1/voice/session', { door: 'app' })).json()) as never;

/** The open socket, or the status and problem code that came instead. */
const dial = (url: string, headers = {}): Promise<WebSocket | { status: number; code: string }> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    opened.push(socket);
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, response) => {
      response.setEncoding('utf8').once('data', (text: string) => {
        const { code } = JSON.parse(text) as { code: string };
        expect(response.headers['content-type']).toBe('application/problem+json');
        expect(response.headers['content-security-policy']).toBeDefined();
        resolve({ status: response.statusCode ?? 0, code });
      });
    });
  });

const mustOpen = async (url: string): Promise<WebSocket> => {
  const socket = await dial(url);
  if (!(socket instanceof WebSocket)) throw new Error(`refused: ${socket.code}`);
  return socket;
};

const voiceUrl = async (): Promise<string> => {
  const { url, ticket } = await session();
  return `${url}?ticket=${ticket}`;
};

describe('the voice socket', () => {
  it('lets a ticket in once, and hands both to the door', async () => {
    const { transport, url, ticket } = await session();
    expect([transport, url]).toEqual(['websocket', `ws://127.0.0.1:${server.port}/voice`]);
    const socket = await mustOpen(`${url}?ticket=${ticket}`);
    socket.send(Buffer.from([1, 2, 3]));
    const [data] = (await once(socket, 'message')) as [Buffer];
    expect([...data]).toEqual([1, 2, 3]);
    expect(admin.doors.arrivals).toEqual(['app Ada Example']);
    const again = await dial(`${url}?ticket=${ticket}`);
    expect(again).toEqual({ status: 401, code: 'ticket-invalid' });
  });

  it('refuses a late, an unknown, a missing and a logged-out ticket', async () => {
    const refused = { status: 401, code: 'ticket-invalid' };
    const voice = `ws://127.0.0.1:${server.port}/voice`;
    const late = await voiceUrl();
    admin.now.ms += 60_000;
    expect(await dial(late)).toEqual(refused);
    expect(await dial(`${voice}?ticket=unknown`)).toEqual(refused);
    expect(await dial(voice)).toEqual(refused);
    const revoked = await voiceUrl();
    expect((await post('/api/v1/auth/logout', {})).status).toBe(204);
    expect(await dial(revoked)).toEqual(refused);
    expect(admin.doors.arrivals).toEqual([]);
  });

  it('refuses other sites and addresses, and a fifth conversation until one ends', async () => {
    const foreign = await dial(await voiceUrl(), { origin: 'http://evil.example' });
    expect(foreign).toEqual({ status: 403, code: 'origin-foreign' });
    const elsewhere = await dial(`ws://127.0.0.1:${server.port}/nowhere`);
    expect(elsewhere).toEqual({ status: 404, code: 'not-found' });
    const rebound = await dial(await voiceUrl(), { host: 'evil.example' });
    expect(rebound).toEqual({ status: 403, code: 'host-unknown' });
    const sockets = [];
    for (let each = 0; each < 4; each += 1) sockets.push(await mustOpen(await voiceUrl()));
    expect(await dial(await voiceUrl())).toEqual({ status: 429, code: 'voices-too-many' });
    sockets[0]?.terminate();
    await vi.waitFor(async () => void (await mustOpen(await voiceUrl())));
  });

  it('frees the place of a handshake that breaks off', async () => {
    for (let each = 0; each < 6; each += 1) {
      const { ticket } = await session();
      const broken =
        `GET /voice?ticket=${ticket} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n` +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n';
      expect(await raw(broken)).toContain('"code":"request-malformed"');
    }
    await mustOpen(await voiceUrl());
  });
});

/** What the server answers to these bytes, until it closes or 500 ms have passed. */
const raw = async (bytes: string): Promise<string> => {
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => {
    answer += String(data);
  });
  socket.on('error', () => undefined);
  socket.write(bytes);
  await Promise.race([once(socket, 'close'), after(500)]);
  socket.destroy();
  return answer;
};

describe('HTTP on the wire', () => {
  it('streams an answer piece by piece and ends the turn when the client leaves', async () => {
    const whole = await (await post('/api/v1/chat', { text: 'one two' })).text();
    expect(whole).toBe(
      'event: delta\ndata: {"text":"one "}\n\nevent: delta\ndata: {"text":"two"}\n\n' +
        'event: done\ndata: {"text":"one two"}\n\n',
    );
    const leaver = new AbortController();
    const request = { method: 'POST', headers: { ...json, ...bearer }, signal: leaver.signal };
    const body = JSON.stringify({ text: 'wait' });
    const answer = await fetch(`${server.url}/api/v1/chat`, { ...request, body });
    const { value } = (await answer.body?.getReader().read()) ?? {};
    expect(new TextDecoder().decode(value)).toContain('"wait"');
    expect(admin.doors.aborted).toBe(0);
    leaver.abort();
    await vi.waitFor(() => expect(admin.doors.aborted).toBe(1));
    const json2 = { ...json, ...bearer, accept: 'application/json' };
    const silent = new AbortController();
    const pending = fetch(`${server.url}/api/v1/chat`, {
      ...request,
      headers: json2,
      body,
      signal: silent.signal,
    });
    await vi.waitFor(() => expect(admin.doors.arrivals).toHaveLength(3));
    silent.abort();
    await expect(pending).rejects.toThrow();
    await vi.waitFor(() => expect(admin.doors.aborted).toBe(2));
  });

  it('answers what is no HTTP with a problem, and shows no file of its own', async () => {
    const host = 'Host: 127.0.0.1\r\n';
    expect(await raw('HELLO\r\n\r\n')).toContain('"code":"request-malformed"');
    expect(await raw('GET /health HTTP/1.1\r\nHost: a b\r\n\r\n')).toContain('400 Bad Request');
    expect(await raw(`TRACE / HTTP/1.1\r\n${host}\r\n`)).toMatch(/HTTP\/1.1 40[05] /);
    for (const path of ['/../people.json', '/%2e%2e/people.json', '/..%2fpeople.json']) {
      const answer = await raw(`GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
      expect(answer).toContain('404 Not Found');
      expect(answer).not.toContain('passwordHash');
    }
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });

  it('closes within a second, whoever is still there', async () => {
    const polite = await mustOpen(await voiceUrl());
    const deaf = await mustOpen(await voiceUrl());
    deaf.pause();
    const streaming = await post('/api/v1/chat', { text: 'wait' });
    const idle = connect(server.port, '127.0.0.1').on('error', () => undefined);
    await once(idle, 'connect');
    const goodbye = once(polite, 'close') as Promise<[number]>;
    const startedAt = performance.now();
    await server.close();
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect((await goodbye)[0]).toBe(1001);
    await streaming.text().catch(() => undefined);
    await vi.waitFor(() => expect(admin.doors.aborted).toBe(1));
    await expect(fetch(`${server.url}/health`)).rejects.toThrow();
    const { app, house } = admin;
    server = await listen({ app, host: '127.0.0.1', port: server.port, log: house.log });
  });
});

describe('the engine', () => {
  const { app, log } = { app: { fetch: () => new Response() }, log: createLog('silent') };
  const serving = { app, host: '127.0.0.1', port: 0 };
  const load = async () => ({ unavailable: 'uWebSockets.js is not installed' });

  it('is node:http where uWebSockets.js does not load, and the log says why', async () => {
    const lines: string[] = [];
    const info = (_entry: object, line: string) => lines.push(line);
    const noting = Object.assign(createLog('silent'), { info }) as typeof log;
    const listening = await listen({ ...serving, log: noting, engine: 'auto', load });
    await listening.close();
    expect(listening.engine).toBe('node');
    expect(lines).toEqual(['HTTP runs on node:http: uWebSockets.js is not installed']);
  });

  it('is not replaced where it was demanded', async () => {
    const demanded = listen({ ...serving, log, engine: 'uws', load });
    await expect(demanded).rejects.toThrow(/BUTLER_HTTP is uws, but .* not installed.*auto/s);
  });

  it('says what is missing by the error of the loader', async () => {
    const reason = async (error: object) => await loadNative(() => Promise.reject(error));
    const absent = Object.assign(new Error('no'), { code: 'ERR_MODULE_NOT_FOUND' });
    expect(await reason(absent)).toEqual({ unavailable: 'uWebSockets.js is not installed' });
    const old = new Error("version `GLIBC_2.38' not found (required by uws.node)");
    expect(await reason(old)).toEqual({
      unavailable: expect.stringMatching(/needs glibc 2\.38, and this system has [\dn]/),
    });
    expect(await reason(new Error('supports only Node'))).toEqual({
      unavailable: expect.stringContaining(`no build for Node ${process.versions.node}`),
    });
  });
});
