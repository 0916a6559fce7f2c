/** Every way a service can fail over a real socket: a sentence, a code, a way out, and in time. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type HttpOptions, type HttpRequest, httpClient } from './http.ts';
import { ToolError } from './tool-error.ts';

const open = new Set<Server>();
afterEach(() => {
  for (const server of open) {
    server.closeAllConnections();
    server.close();
  }
  open.clear();
});

const serve = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer);
  open.add(server);
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const service = { en: 'the weather service', de: 'der Wetterdienst' };
const renew = 'Make a new key and set WEATHER_KEY.';
const secret = 'top-secret-key';
const clientAt = (base: string, more: Partial<HttpOptions> = {}) => {
  const headers = () => ({ authorization: `Bearer ${secret}` });
  return httpClient({ service, base, renew, headers, timeoutMs: 400, maxBytes: 1_000, ...more });
};

const schema = z.object({ degrees: z.number() });
const english = (): HttpRequest => ({ signal: new AbortController().signal, language: 'en' });
const ask = (base: string, request: Partial<HttpRequest> = {}) =>
  clientAt(base).json('/now', schema, { ...english(), ...request });

const failureOf = async (asked: Promise<unknown>): Promise<ToolError> => {
  const error = await asked.then(
    () => new Error('It did not fail.'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ToolError);
  return error as ToolError;
};

const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(code, headers).end('{"error":"internals that nobody should hear"}');

const text =
  (body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);

/** No length is told: the parts come one by one until they are all sent. */
const parts =
  (count: number, part: string): RequestListener =>
  (_, response) => {
    response.writeHead(200);
    for (let sent = 0; sent < count; sent++) response.write(part);
    response.end();
  };

const faults: [string, RequestListener, code: string, en: RegExp, de: RegExp][] = [
  ['a wrong key', status(401), 'access-refused', /does not let me in/, /lässt mich nicht hinein/],
  ['a forbidden key', status(403), 'access-refused', /does not let me in/, /nicht hinein/],
  ['nothing there', status(404), 'not-found', /does not have that/, /kennt das nicht/],
  ['gone for good', status(410), 'not-found', /does not have that/, /kennt das nicht/],
  ['a question refused', status(400), 'service-refused', /other words/, /anderen Worten/],
  ['too often', status(429), 'too-many-requests', /Try again later/, /später noch einmal/],
  ['a fault', status(500), 'unreachable', /fault of its own/, /selbst einen Fehler/],
  ['a gateway', status(503), 'unreachable', /fault of its own/, /selbst einen Fehler/],
  ['no JSON', text('<html>Log in</html>'), 'service-garbage', /cannot read/, /nicht lesen kann/],
  ['cut JSON', text('{"degrees": 2'), 'service-garbage', /cannot read/, /nicht lesen kann/],
  ['empty', text(''), 'service-garbage', /cannot read/, /nicht lesen kann/],
  ['another shape', text('{"degrees":"warm"}'), 'service-garbage', /cannot read/, /nicht lesen/],
  ['huge and told', text('x'.repeat(1_001)), 'too-big', /more than I can take/, /mehr geschickt/],
  ['huge, untold', parts(50, 'x'.repeat(100)), 'too-big', /more than I can take/, /mehr geschickt/],
  [
    'huge once unpacked',
    text(gzipSync('x'.repeat(100_000)), { 'content-encoding': 'gzip' }),
    'too-big',
    /more than I can take/,
    /mehr geschickt/,
  ],
  [
    'no gzip at all',
    text('plain', { 'content-encoding': 'gzip' }),
    'unreachable',
    /cannot reach/,
    /nicht zu erreichen/,
  ],
  ['slow headers', () => undefined, 'unreachable', /takes too long/, /braucht zu lange/],
  [
    'a slow body',
    (_, response) => void response.writeHead(200).write('{"degrees":'),
    'unreachable',
    /takes too long/,
    /braucht zu lange/,
  ],
  [
    'closed in the middle',
    (_, response) => {
      response.writeHead(200, { 'content-length': '500' }).write('{"degrees":');
      setTimeout(() => response.destroy(), 20);
    },
    'unreachable',
    /cannot reach the weather service/,
    /nicht zu erreichen: der Wetterdienst/,
  ],
  [
    'hung up',
    (request) => request.socket.destroy(),
    'unreachable',
    /cannot reach the weather service/,
    /nicht zu erreichen: der Wetterdienst/,
  ],
];

describe.each(faults)('%s', (...[, answer, code, en, de]) => {
  test('is a sentence in both languages, with a code and a way out', async () => {
    const base = await serve(answer);
    for (const [language, sentence] of [
      ['en', en],
      ['de-CH', de],
    ] as const) {
      const startedMs = performance.now();
      const failure = await failureOf(ask(base, { language }));
      expect(performance.now() - startedMs).toBeLessThan(1_500);
      expect(failure.message).toMatch(sentence);
      expect(failure.message).toMatch(/^[A-Z].*\.$/);
      expect(failure.code).toBe(code);
      expect(failure.mend).toMatch(/\.$/);
      expect(`${failure.message} ${failure.mend}`).not.toMatch(/secret|internals|127\.0|\d{3}/);
    }
  });
});

test('nobody there', async () => {
  const base = await serve(() => undefined);
  for (const server of open) server.close();
  const failure = await failureOf(ask(base));
  expect(failure).toMatchObject({ code: 'unreachable' });
  expect(failure.mend).toMatch(/Start it/);
  expect((await failureOf(ask('http://no-such-host.invalid'))).code).toBe('unreachable');
  expect((await failureOf(ask('no address'))).code).toBe('unreachable');
});

test('refused access says how to renew it', async () => {
  expect((await failureOf(ask(await serve(status(401))))).mend).toBe(renew);
});

describe('how long to wait', () => {
  const inTwoMinutes = 'Sat, 21 Nov 2026 12:02:00 GMT';
  test.each([
    [{ 'retry-after': '30' }, /in 30 seconds/],
    [{ 'retry-after': '0.4' }, /in 2 seconds/],
    [{ 'retry-after': '86400' }, /later/],
    [{ 'retry-after': inTwoMinutes, date: 'Sat, 21 Nov 2026 12:00:00 GMT' }, /in 2 minutes/],
    [{ 'retry-after': inTwoMinutes, date: 'Sat, 21 Nov 2026 12:05:00 GMT' }, /later/],
    [{ 'retry-after': 'soon' }, /later/],
    [{ 'retry-after': '-5' }, /later/],
    [{}, /later/],
  ])('%j', async (headers, sentence) => {
    expect((await failureOf(ask(await serve(status(429, headers))))).message).toMatch(sentence);
  });
});

test.each([301, 302, 303, 307, 308])('a redirect %d takes the key nowhere', async (code) => {
  const seen: (string | undefined)[] = [];
  const elsewhere = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.end('{"degrees":1}');
  });
  const base = await serve(status(code, { location: `${elsewhere}/now` }));
  const failure = await failureOf(ask(base));
  expect(failure).toMatchObject({ code: 'service-moved' });
  expect(failure.message).toMatch(/do not follow/);
  expect(seen).toEqual([]);
});

describe('an interruption', () => {
  const interrupted = async (answer: RequestListener, afterMs: number): Promise<unknown> => {
    const person = new AbortController();
    const base = await serve(answer);
    setTimeout(() => person.abort(new Error('The person has spoken.')), afterMs);
    return ask(base, { signal: person.signal }).catch((error: unknown) => error);
  };

  test.each<[string, RequestListener]>([
    ['before the headers', () => undefined],
    ['in the body', (_, response) => void response.writeHead(200).write('{')],
  ])('%s is the person’s, no fault of the service', async (_name, answer) => {
    const startedMs = performance.now();
    const error = await interrupted(answer, 50);
    expect(error).not.toBeInstanceOf(ToolError);
    expect(error).toMatchObject({ message: 'The person has spoken.' });
    expect(performance.now() - startedMs).toBeLessThan(350);
  });

  test('before it began sends nothing', async () => {
    let asked = 0;
    const base = await serve(() => asked++);
    await expect(ask(base, { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow(
      'gone',
    );
    expect(asked).toBe(0);
  });
});

describe('what works', () => {
  const echo: RequestListener = async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    const { method, url, headers } = request;
    response.end(JSON.stringify({ method, url, body, type: headers['content-type'], headers }));
  };
  const echoed = z.object({
    method: z.string(),
    url: z.string(),
    body: z.string(),
    type: z.string().optional(),
    headers: z.record(z.string(), z.unknown()),
  });

  test.each([
    ['/', 'now', '/now'],
    ['', '/now', '/now'],
    ['/api/', '/now', '/api/now'],
    ['/api', 'now', '/api/now'],
  ])('base %j and path %j are joined by one slash', async (end, path, url) => {
    const base = await serve(echo);
    expect(await clientAt(base + end).json(path, echoed, english())).toMatchObject({ url });
  });

  test('a query is encoded, and what is undefined left out', async () => {
    const query = { place: 'Århus & co', days: 3, exact: false, none: undefined };
    const answer = await clientAt(await serve(echo)).json('q', echoed, { ...english(), query });
    expect(answer.url).toBe('/q?place=%C3%85rhus+%26+co&days=3&exact=false');
  });

  test.each([
    [{ list: [1] }, '{"list":[1]}', 'application/json'],
    ['plain words', 'plain words', 'text/plain;charset=UTF-8'],
    [new TextEncoder().encode('bytes'), 'bytes', undefined],
  ])('a body %j', async (body, sent, type) => {
    const request = { ...english(), method: 'POST', body };
    const answer = await clientAt(await serve(echo)).json('/', echoed, request);
    expect(answer).toMatchObject({ method: 'POST', body: sent });
    expect(answer.type).toBe(type);
  });

  test('the key is asked for each time, and a request’s own headers count more', async () => {
    let asked = 0;
    const headers = async () => ({ authorization: `Bearer ${++asked}`, 'x-one': 'client' });
    const client = clientAt(await serve(echo), { headers });
    const own = { ...english(), headers: { 'x-one': 'request' } };
    await client.json('/', echoed, english());
    const { headers: sent } = await client.json('/', echoed, own);
    expect(sent).toMatchObject({ authorization: 'Bearer 2', 'x-one': 'request' });
  });

  test('a key that cannot be had is told as it is', async () => {
    const headers = () => Promise.reject(new ToolError('Sign in again.', 'access-refused'));
    const client = clientAt(await serve(echo), { headers });
    expect((await failureOf(client.text('/', english()))).message).toBe('Sign in again.');
  });

  test('what is allowed is no fault, with its headers and bytes', async () => {
    const base = await serve(status(412, { etag: '"7"' }));
    const answer = await clientAt(base).request('/', { ...english(), allow: [304, 412] });
    expect(answer.status).toBe(412);
    expect(answer.headers.get('etag')).toBe('"7"');
    expect(answer.bytes.byteLength).toBeGreaterThan(5);
    const unchanged = await serve(status(304));
    const { status: code } = await clientAt(unchanged).request('/', { ...english(), allow: [304] });
    expect(code).toBe(304);
  });

  test('text and bytes up to the last one that is allowed', async () => {
    const base = await serve(text('é'.repeat(500)));
    expect(await clientAt(base).text('/', english())).toBe('é'.repeat(500));
    expect((await clientAt(base).request('/', english())).bytes.byteLength).toBe(1_000);
  });
});
