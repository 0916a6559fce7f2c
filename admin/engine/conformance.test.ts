// The same HTTP and WebSocket surface over every engine that loads here, on a real port.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Socket } from '../../agent/doors/socket.ts';
import { createLog } from '../../agent/log.ts';
import type { AdminEnv } from '../access.ts';
import { listen } from '../listen.ts';
import { ProblemError, problemResponse } from '../problem.ts';
import { bodyLimit } from '../shield.ts';
import type { Listening } from './engine.ts';
import { loadNative } from './uws-native.ts';

const log = createLog('silent');
const native = await loadNative();
const noUws = 'unavailable' in native ? native.unavailable : undefined;
const json = { 'content-type': 'application/json' };
const megabytes = 8 * 1024 * 1024;

const refused = new ProblemError({
  status: 401,
  code: 'ticket-invalid',
  title: 'The ticket is not valid',
  detail: 'Get a new one.',
});

/** A small application that shows what the engine below it does. */
const testApp = () => {
  const seen = { left: 0, closed: 0, sockets: [] as Socket[], pulled: 0 };
  const left = (): void => {
    seen.left += 1;
  };
  const app = new Hono<AdminEnv>();
  app.onError((error) =>
    error instanceof ProblemError
      ? problemResponse(error.content)
      : problemResponse(refused.content),
  );
  app.use(bodyLimit);
  app.get('/hello', (c) => {
    const { engine, incoming } = c.env;
    return c.json({ engine, address: incoming?.socket.remoteAddress, url: c.req.url });
  });
  app.post('/echo', async (c) =>
    c.json({ said: await c.req.text(), type: c.req.header('x-said') }),
  );
  app.get('/nothing', (c) => c.body(null, 204));
  app.get('/file', (c) => c.body(new Uint8Array(megabytes).fill(7)));
  app.get('/endless', (c) => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        seen.pulled += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel: left,
    });
    return c.body(body);
  });
  app.get('/events', (c) => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from('data: one\n\n')),
      cancel: left,
    });
    return c.body(body, 200, { 'content-type': 'text/event-stream' });
  });
  app.get('/slow', async (c) => {
    await new Promise((resolve) => c.req.raw.signal.addEventListener('abort', resolve));
    seen.left += 1;
    return c.body(null, 204);
  });
  app.get('/ws', async (c) => {
    await sleep(20);
    if (!c.env.upgrade || c.req.query('ticket') !== 'good') throw refused;
    c.env.upgrade.accepted = {
      open: (socket) => {
        if (c.req.query('fail')) throw new Error('private words');
        seen.sockets.push(socket);
        socket.on('message', (data, binary) => socket.send(data, { binary }));
      },
      closed: () => {
        seen.closed += 1;
      },
    };
    return c.body(null, 204);
  });
  return { app, seen };
};

describe.each([
  { engine: 'node' as const, without: undefined },
  { engine: 'uws' as const, without: noUws },
])('HTTP on $engine', ({ engine, without }) => {
  describe.skipIf(without)(without ?? 'as it loads here', () => {
    let server: Listening;
    let seen: ReturnType<typeof testApp>['seen'];
    let app: ReturnType<typeof testApp>['app'];
    const opened: WebSocket[] = [];

    beforeEach(async () => {
      ({ app, seen } = testApp());
      const timeouts = { heartbeatEveryMs: 100, headersWithinMs: 400, requestWithinMs: 800 };
      server = await listen({ app, host: '127.0.0.1', port: 0, log, engine, timeouts });
    });
    afterEach(async () => {
      for (const socket of opened.splice(0)) socket.terminate();
      await server.close();
    });

    const raw = async (bytes: string | Buffer, withinMs = 500): Promise<string> => {
      const socket = connect(server.port, '127.0.0.1');
      let answer = '';
      socket.on('data', (data) => {
        answer += String(data);
      });
      socket.on('error', () => undefined);
      socket.write(bytes);
      await Promise.race([once(socket, 'close'), sleep(withinMs)]);
      socket.destroy();
      return answer;
    };
    const host = 'Host: 127.0.0.1\r\n';
    const close = 'Connection: close\r\n';
    const dial = async (query: string): Promise<WebSocket> => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws?${query}`);
      opened.push(socket);
      await once(socket, 'open');
      return socket;
    };

    it('answers GET, HEAD and POST, and says what is below', async () => {
      const answer = await fetch(`${server.url}/hello?q=%C3%A9&b=2`);
      expect(await answer.json()).toEqual({
        engine,
        address: expect.stringMatching(/^(::ffff:)?127\.0\.0\.1$/),
        url: `${server.url}/hello?q=%C3%A9&b=2`,
      });
      expect(server.engine).toBe(engine);
      const head = await fetch(`${server.url}/hello`, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
      expect(head.headers.get('content-type')).toContain('application/json');
      const nothing = await fetch(`${server.url}/nothing`);
      expect([nothing.status, await nothing.text()]).toEqual([204, '']);
      const said = await fetch(`${server.url}/echo`, {
        method: 'POST',
        body: 'größer',
        // Bytes above ASCII, as the fetch standard shows them.
        headers: { ...json, 'x-said': 'caf\xc3\xa9!' },
      });
      expect(await said.json()).toEqual({ said: 'größer', type: 'caf\xc3\xa9!' });
    });

    it('reads a body up to its limit, by length and by chunks, and closes after more', async () => {
      const post = (body: string | ReadableStream, more: object = {}) =>
        fetch(`${server.url}/echo`, { method: 'POST', body, ...more });
      const text = 'x'.repeat(64 * 1024);
      expect((await (await post(text)).json()) as object).toEqual({ said: text });
      expect((await post(`${text}y`)).status).toBe(413);
      const chunks = (count: number) =>
        new ReadableStream({
          start: (controller) => {
            for (let at = 0; at < count; at++) controller.enqueue(Buffer.from('z'.repeat(1024)));
            controller.close();
          },
        });
      const streamed = await post(chunks(64), { duplex: 'half' });
      expect(((await streamed.json()) as { said: string }).said).toHaveLength(64 * 1024);
      expect((await post(chunks(65), { duplex: 'half' })).status).toBe(413);
      const huge = `POST /echo HTTP/1.1\r\n${host}Content-Length: 90000000\r\n\r\n${text}`;
      const answer = await raw(huge);
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer.toLowerCase()).toContain('connection: close');
    });

    it('sends large bodies whole, and no faster than they are taken', async () => {
      const file = new Uint8Array(await (await fetch(`${server.url}/file`)).arrayBuffer());
      expect([file.length, file.every((byte) => byte === 7)]).toEqual([megabytes, true]);
      const deaf = connect(server.port, '127.0.0.1');
      deaf.pause();
      deaf.write(`GET /endless HTTP/1.1\r\n${host}\r\n`);
      await sleep(300);
      const { pulled } = seen;
      expect(pulled).toBeGreaterThan(65_536);
      await sleep(200);
      expect(seen.pulled - pulled).toBeLessThan(65_536 * 4);
      deaf.destroy();
      await vi.waitFor(() => expect(seen.left).toBe(1));
    });

    it('sends an event at once, and tells the handler when the client leaves', async () => {
      const leaver = new AbortController();
      const answer = await fetch(`${server.url}/events`, { signal: leaver.signal });
      const { value } = (await answer.body?.getReader().read()) ?? {};
      expect(new TextDecoder().decode(value)).toBe('data: one\n\n');
      leaver.abort();
      await vi.waitFor(() => expect(seen.left).toBe(1));
      const silent = new AbortController();
      const pending = fetch(`${server.url}/slow`, { signal: silent.signal });
      await sleep(100);
      silent.abort();
      await expect(pending).rejects.toThrow();
      await vi.waitFor(() => expect(seen.left).toBe(2));
    });

    it('keeps a connection for the next request, and closes one that asks for it', async () => {
      const one = `GET /hello HTTP/1.1\r\n${host}\r\n`;
      const socket = connect(server.port, '127.0.0.1');
      const answers: string[] = [];
      socket.on('data', (data) => answers.push(String(data)));
      for (let at = 1; at <= 3; at++) {
        socket.write(one);
        await vi.waitFor(() => expect(answers.join('').match(/200 OK/g)).toHaveLength(at));
      }
      socket.end();
      const last = `GET /hello HTTP/1.1\r\n${host}${close}\r\n`;
      const startedAt = performance.now();
      expect(await raw(last, 3_000)).toContain('200 OK');
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      const expecting = `POST /echo HTTP/1.1\r\n${host}${close}Expect: 100-continue\r\n`;
      const two = 'Content-Length: 2\r\n\r\nhi';
      expect(await raw(expecting + two)).toContain('"said":"hi"');
    });

    it('refuses what is no HTTP, and odd addresses never end in an error of its own', async () => {
      const status = async (bytes: string): Promise<number> =>
        Number(/^HTTP\/1\.1 (\d{3}) /.exec(await raw(bytes))?.[1] ?? 0);
      const noHttp = [400, 505];
      expect(noHttp).toContain(await status('HELLO, this is no HTTP\r\n\r\n'));
      expect(await status('GET /hello HTTP/1.1\r\n\r\n')).toBe(400);
      expect(await status('GET /hello HTTP/1.1\r\nHost: a b\r\n\r\n')).toBe(400);
      expect(await status('GET /hello HTTP/1.1\r\nHost: a@b/c?\r\n\r\n')).toBe(400);
      expect(noHttp).toContain(await status(`GET hello HTTP/1.1\r\n${host}\r\n`));
      expect(await status(`GET /a\\b HTTP/1.1\r\n${host}${close}\r\n`)).toBe(400);
      expect([400, 404]).toContain(await status(`TRACE / HTTP/1.1\r\n${host}${close}\r\n`));
      const both = 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n';
      expect(await status(`POST /echo HTTP/1.1\r\n${host}${both}\r\n0\r\n\r\n`)).toBe(400);
      const get = (target: string) => status(`GET ${target} HTTP/1.1\r\n${host}${close}\r\n`);
      // The form for proxies: uWebSockets.js takes none.
      expect(await get('http://127.0.0.1/hello')).toBe(engine === 'node' ? 200 : 505);
      for (const path of ['/../hello', '/%2e%2e/hello', '//hello', '/hello/%00', '/%zz']) {
        expect([200, 400, 404]).toContain(await get(path));
      }
      const flood = `GET /hello HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n\r\n`;
      expect(await status(flood)).toBe(431);
      const cookie = `GET /hello HTTP/1.1\r\n${host}${close}Cookie: ${'x'.repeat(8_000)}\r\n\r\n`;
      expect(await status(cookie)).toBe(200);
      const other = 'Connection: Upgrade\r\nUpgrade: h2c\r\n';
      expect(await status(`GET /hello HTTP/1.1\r\n${host}${other}\r\n`)).toBe(200);
    });

    it('waits for slow clients only so long', async () => {
      const post = `POST /echo HTTP/1.1\r\n${host}Content-Length: 9\r\n\r\nslow`;
      expect(await raw(post, 4_000)).toMatch(/^HTTP\/1\.1 408 /);
      // uWebSockets.js has its own limit for headers, 32 s, and closes without a word.
      if (engine === 'uws') return;
      expect(await raw(`GET /hello HTTP/1.1\r\n${host}`, 4_000)).toMatch(/^HTTP\/1\.1 408 /);
    });

    it('lets a WebSocket in after a while of thinking, and refuses with a problem', async () => {
      const socket = await dial('ticket=good');
      socket.send('text');
      expect(String((await once(socket, 'message'))[0])).toBe('text');
      socket.send(Buffer.from([1, 0, 255]));
      const [data, binary] = (await once(socket, 'message')) as [Buffer, boolean];
      expect([[...data], binary]).toEqual([[1, 0, 255], true]);
      socket.close(1000);
      await vi.waitFor(() => expect(seen.closed).toBe(1));
      const bad = new WebSocket(`ws://127.0.0.1:${server.port}/ws?ticket=bad`);
      bad.on('error', () => undefined);
      const [, response] = await once(bad, 'unexpected-response');
      expect(response.statusCode).toBe(401);
      expect(response.headers['content-type']).toBe('application/problem+json');
      const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 7\r\n';
      const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
      const old = `GET /ws?ticket=good HTTP/1.1\r\n${host}${upgrade}${key}\r\n`;
      expect(await raw(old)).toMatch(/^HTTP\/1\.1 4/);
      expect(seen.sockets).toHaveLength(1);
    });

    it('says goodbye with codes, and frees what a broken handshake held', async () => {
      const large = await dial('ticket=good');
      large.send(Buffer.alloc(64 * 1024 + 1));
      expect((await once(large, 'close'))[0]).toBe(1009);
      const failing = await dial('ticket=good&fail=1');
      expect((await once(failing, 'close'))[0]).toBe(1011);
      const told = await dial('ticket=good');
      seen.sockets.at(-1)?.close(1008, 'log in again');
      const [code, reason] = (await once(told, 'close')) as [number, Buffer];
      expect([code, String(reason)]).toEqual([1008, 'log in again']);
      const socket = connect(server.port, '127.0.0.1').on('error', () => undefined);
      const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
      const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
      socket.write(`GET /ws?ticket=good HTTP/1.1\r\n${host}${upgrade}${key}\r\n`);
      await sleep(5);
      socket.destroy();
      await vi.waitFor(() => expect(seen.closed).toBe(4));
      expect(seen.sockets.at(-1)?.readyState).toBe(3);
      seen.sockets.at(-1)?.send('to nobody');
    });

    it('keeps who answers pings, and drops who does not', async () => {
      const alive = await dial('ticket=good');
      const dead = await dial('ticket=good');
      dead.pause();
      await sleep(700);
      expect(alive.readyState).toBe(WebSocket.OPEN);
      await vi.waitFor(() => expect(seen.closed).toBe(1));
    });

    it('shows what a client has not taken, and cuts it off without waiting', async () => {
      const deaf = await dial('ticket=good');
      const [socket] = seen.sockets;
      if (!socket) throw new Error('nobody came');
      deaf.pause();
      const frame = Buffer.alloc(256 * 1024);
      for (let at = 0; at < 400 && socket.bufferedAmount < 4e6; at++) {
        socket.send(frame);
        if (at % 10 === 0) await sleep(1);
      }
      expect(socket.bufferedAmount).toBeGreaterThan(3e6);
      socket.close(1013, 'too slow');
      socket.terminate();
      await vi.waitFor(() => expect(seen.closed).toBe(1));
    });

    it('says which port is taken, and closes within a second, whoever is still there', async () => {
      const again = listen({ app, host: '127.0.0.1', port: server.port, log, engine });
      await expect(again).rejects.toThrow(new RegExp(`port ${server.port} .*BUTLER_PORT`));
      const nowhere = listen({ app, host: '192.0.2.1', port: 0, log, engine });
      await expect(nowhere).rejects.toThrow(/192\.0\.2\.1 is not an address.*BUTLER_HOST/);
      const polite = await dial('ticket=good');
      const deaf = await dial('ticket=good');
      deaf.pause();
      const streaming = await fetch(`${server.url}/events`);
      const goodbye = once(polite, 'close') as Promise<[number]>;
      const startedAt = performance.now();
      await server.close();
      expect(performance.now() - startedAt).toBeLessThan(1000);
      expect((await goodbye)[0]).toBe(1001);
      await streaming.text().catch(() => undefined);
      await vi.waitFor(() => expect(seen.left).toBe(1));
      expect(seen.closed).toBe(2);
      await expect(fetch(`${server.url}/hello`)).rejects.toThrow();
      server = await listen({ app, host: '127.0.0.1', port: server.port, log, engine });
    });
  });
});
