// The way in as production has it: a real Caddy with the shipped Caddyfile before a real Butler.
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningButler, startButler } from './rig/butler.ts';
import { type CaddyServer, startCaddy } from './servers/caddy.ts';

let butler: RunningButler;
let caddy: CaddyServer;

beforeAll(async () => {
  butler = await startButler({
    environment: { BUTLER_LOCAL_MODELS: 'off', BUTLER_ALLOWED_HOSTS: 'butler.home.arpa' },
  });
  const upstream = new URL(butler.url).host;
  const started = await startCaddy({ butler: upstream, liveKit: upstream });
  if ('unavailable' in started) throw new Error(started.unavailable);
  caddy = started;
}, 120_000);
afterAll(async () => {
  await caddy?.stop();
  await butler?.stop();
});

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  port?: number;
}
interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

const collect = (response: import('node:http').IncomingMessage): Promise<Answer> =>
  new Promise((resolve, reject) => {
    let text = '';
    response.on('data', (piece) => (text += piece));
    response.on('error', reject);
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
    );
  });

const bearer = () => ({ authorization: `Bearer ${butler.token}` });

/** As a phone of the house asks: by the name, with the authority trusted. */
const ask = (path: string, { method = 'GET', headers = {}, body, port }: Asked = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: port ?? caddy.ports.https,
        path,
        method,
        servername: caddy.hostname,
        ca: caddy.authority(),
        headers: { host: caddy.hostname, 'content-type': 'application/json', ...headers },
      },
      (response) => collect(response).then(resolve, reject),
    );
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });

const askPlainly = (path: string) =>
  new Promise<Answer>((resolve, reject) => {
    const { hostname: host } = caddy;
    const where = { host: '127.0.0.1', port: caddy.ports.http, path, headers: { host } };
    plainRequest(where, (response) => collect(response).then(resolve, reject))
      .on('error', reject)
      .end();
  });

const socketTo = (path: string, url: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const { host } = new URL(url);
    // ws hands these on to node:tls; its own types do not know them.
    const trusting: object = { ca: caddy.authority(), servername: caddy.hostname };
    const socket = new WebSocket(`wss://127.0.0.1:${caddy.ports.https}${path}`, {
      ...trusting,
      headers: { host, origin: `https://${host}` },
    });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });

describe('by HTTPS at home', () => {
  it('serves the page, the API and what is wrong with a request', async () => {
    expect(await ask('/health')).toMatchObject({ status: 200 });
    const me = await ask('/api/v1/me', { headers: bearer() });
    expect(JSON.parse(me.text)).toMatchObject({ user: { username: 'ada' } });
    expect(await ask('/api/v1/me')).toMatchObject({ status: 401 });
  });

  it('lets an owner do what rules the house', async () => {
    expect(await ask('/metrics', { headers: bearer() })).toMatchObject({ status: 200 });
  });

  it('opens WebSockets at the address that the client sees', async () => {
    const answer = await ask('/api/v1/ws/ticket', { method: 'POST', headers: bearer() });
    const { url, ticket } = JSON.parse(answer.text) as { url: string; ticket: string };
    expect(url).toBe(`wss://${caddy.hostname}/ws`);
    const socket = await socketTo(`/ws?ticket=${ticket}`, url);
    const said = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
    socket.send('{"type":"ping","id":1}');
    expect(await said).toBe('{"type":"pong","id":1}');
    socket.terminate();
  });

  it('believes no address that a client writes itself', async () => {
    const headers = { ...bearer(), 'x-forwarded-for': '203.0.113.9' };
    // Caddy knows better where it comes from.
    expect(await ask('/metrics', { headers })).toMatchObject({ status: 200 });
  });

  it('streams an answer as it comes', async () => {
    const headers = { ...bearer(), accept: 'text/event-stream' };
    const answer = await ask('/api/v1/chat', { method: 'POST', headers, body: { text: 'Hi' } });
    expect(answer.headers['content-type']).toContain('text/event-stream');
    expect(answer.text).toContain('event: done');
  });

  it('brings LiveKit under the same name', async () => {
    expect(await ask('/health', { port: caddy.ports.liveKit })).toMatchObject({ status: 200 });
  });
});

describe('by plain HTTP', () => {
  it('gives the authority’s certificate, and nothing of its folder besides', async () => {
    const { status, text, headers } = await askPlainly('/butler.crt');
    expect([status, headers['content-type']]).toEqual([200, 'application/x-x509-ca-cert']);
    expect(text).toBe(caddy.authority());
    for (const path of ['/root.key', '/butler.crt/../root.key', '/%2e%2e/root.key']) {
      const answer = await askPlainly(path);
      expect([path, answer.status, answer.text.includes('PRIVATE')]).toEqual([path, 308, false]);
    }
  });

  it('sends everything else to HTTPS', async () => {
    const { status, headers } = await askPlainly('/health');
    expect([status, headers.location]).toEqual([308, `https://${caddy.hostname}/health`]);
  });
});

describe('by a tunnel from outside', () => {
  /** As cloudflared asks from its own address: what it says of the client is believed. */
  const fromOutside = (path: string, body?: unknown) =>
    fetch(`${butler.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...bearer(),
        'x-forwarded-for': '198.51.100.7, 203.0.113.9',
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  it('answers people as at home', async () => {
    expect((await fromOutside('/api/v1/me')).status).toBe(200);
    expect((await fromOutside('/health')).status).toBe(200);
  });

  it('refuses what rules the house, also to an owner, and says so', async () => {
    for (const path of ['/metrics', '/api/v1/souls/export']) {
      const answer = await fromOutside(path);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'only-at-home' });
    }
    const setup = await fromOutside('/api/v1/setup', {
      ...{ name: 'Eve', username: 'eve', password: 'a password of Eve' },
    });
    expect(await setup.json()).toMatchObject({ code: 'only-at-home' });
  });
});
