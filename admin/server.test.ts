// The whole surface: who may call, what every answer carries, how mistakes are answered.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin, json, owner } from '../tests/rig/admin.ts';
import { type Problem, problemSchema } from './problem.ts';
import { tokenLifeSeconds } from './tokens.ts';
import { whoMayCall } from './who-may-call.ts';

let admin: FakeAdmin;
let bearer: { authorization: string };
beforeAll(async () => {
  admin = await fakeAdmin();
  ({ bearer } = await admin.enter());
});
afterAll(() => admin.forget());

/** The problem document of an answer, checked as such. */
const problemFrom = async (answer: Response): Promise<Problem> => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemSchema.parse(await answer.json());
  expect(problem.status).toBe(answer.status);
  expect(problem.type).toBe(`urn:butler:problem:${problem.code}`);
  return problem;
};

interface Document {
  openapi: string;
  paths: { [path: string]: { [method: string]: { security: object[]; responses: object } } };
}

const operations = async (): Promise<{ method: string; path: string; open: boolean }[]> => {
  const document = (await (await admin.app.request('/openapi.json')).json()) as Document;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { security }]) => ({
      method,
      path,
      open: security.length === 0,
    })),
  );
};

describe('who may call', () => {
  it('describes every route of the table, and no other', async () => {
    const described = (await operations()).map(({ method, path }) => `${method} ${path}`);
    const undescribed = ['get /', 'get /openapi.json'];
    expect([...described, ...undescribed].sort()).toEqual(Object.keys(whoMayCall).sort());
  });

  it('refuses every route that is not open, with no token and with bad ones', async () => {
    const made = { id: 'nowhere', personId: 'nobody-here', generation: 1 };
    const forged = `${btoa('{"alg":"none"}').replaceAll('=', '')}.${btoa('{"sub":"x"}')}.`;
    const headers: { [name: string]: string }[] = [
      {},
      { authorization: 'Bearer not-a-token' },
      { authorization: `Bearer ${forged}` },
      { authorization: `Bearer ${await admin.tokens.issue(made)}` },
      { authorization: bearer.authorization.replace('Bearer', 'Basic') },
    ];
    const closed = (await operations()).filter(({ open }) => !open);
    expect(closed.length).toBeGreaterThan(5);
    for (const { method, path } of closed) {
      for (const header of headers) {
        const init = { method: method.toUpperCase(), headers: { ...json, ...header } };
        const answer = await admin.app.request(path, init);
        const problem = await problemFrom(answer);
        expect([`${method} ${path}`, problem.code]).toEqual([
          `${method} ${path}`,
          'token-required',
        ]);
        expect(answer.headers.get('www-authenticate')).toContain('Bearer');
      }
    }
  });

  it('takes a token for a year and not a second longer', async () => {
    const year = tokenLifeSeconds * 1000;
    admin.now.ms += year - 1000;
    expect((await admin.app.request('/api/v1/me', { headers: bearer })).status).toBe(200);
    admin.now.ms += 1000;
    expect((await admin.app.request('/api/v1/me', { headers: bearer })).status).toBe(401);
    admin.now.ms -= year;
  });

  it('opens the voice address to no plain request', async () => {
    const answer = await admin.app.request('/voice?ticket=x');
    expect((await problemFrom(answer)).code).toBe('websocket-required');
  });
});

describe('every answer', () => {
  it('carries the security headers, errors too', async () => {
    for (const path of ['/health', '/', '/nowhere', '/api/v1/me']) {
      const { headers } = await admin.app.request(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("script-src 'self' 'unsafe");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('permissions-policy')).toContain('microphone=(self)');
      expect(headers.get('cache-control')).toContain('no-store');
    }
  });

  it('lets the page ask LiveKit why, where it is configured', async () => {
    const other = await fakeAdmin({
      environment: {
        LIVEKIT_URL: 'ws://10.0.0.5:7880',
        LIVEKIT_PUBLIC_URL: 'wss://live.example',
        LIVEKIT_API_KEY: 'key',
        LIVEKIT_API_SECRET: 's'.repeat(32),
      },
    });
    const { headers } = await other.app.request('/health');
    expect(headers.get('content-security-policy')).toContain('ws: wss: https://live.example;');
    await other.forget();
  });

  it('leaves names, texts, tokens and addresses out of the log', async () => {
    admin.lines.length = 0;
    const text = 'a very private sentence';
    await admin.post('/api/v1/chat', { text }, { ...bearer, accept: 'application/json' });
    await (await admin.post('/api/v1/chat', { text: 'boom' }, bearer)).text();
    await admin.app.request('/voice?ticket=secret-ticket');
    await admin.app.request('/secret-address');
    const logged = JSON.stringify(admin.lines);
    expect(logged).toContain('"route":"/api/v1/chat"');
    expect(logged).toContain('"tookMs"');
    for (const word of ['private', 'secret', 'Ada', 'Bearer', 'eyJ', owner.password]) {
      expect(logged).not.toContain(word);
    }
  });
});

describe('foreign pages', () => {
  const health = (url: string) => admin.app.request(url);

  it('answers under loopback names only while it listens on loopback', async () => {
    for (const host of ['localhost:8000', '127.0.0.1:8000', '[::1]:8000', 'localhost']) {
      expect((await health(`http://${host}/health`)).status).toBe(200);
    }
    for (const host of ['evil.example', 'localhost.evil.example', '192.168.1.9', '127.evil.me']) {
      expect((await problemFrom(await health(`http://${host}/health`))).code).toBe('host-unknown');
    }
  });

  it('answers under configured names, and under any when it listens wider', async () => {
    const named = await fakeAdmin({ hosts: ['Butler.example'] });
    expect((await named.app.request('https://butler.example/health')).status).toBe(200);
    expect((await named.app.request('https://other.example/health')).status).toBe(403);
    await named.forget();
    const wide = await fakeAdmin({ environment: { BUTLER_HOST: '0.0.0.0' } });
    expect((await wide.app.request('http://butler.local:8000/health')).status).toBe(200);
    await wide.forget();
  });

  it('takes posts from its own page and from programs, not from other sites', async () => {
    const from = (headers: object) => admin.post('/api/v1/auth/logout', '', { ...headers });
    const refused = [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:9999' },
      { origin: 'http://localhost.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of refused) {
      const problem = await problemFrom(await from({ ...bearer, ...headers }));
      expect(problem.code).toBe('origin-foreign');
    }
    // Those that pass the check meet the next one: the missing token.
    for (const headers of [{ origin: 'http://localhost' }, { origin: 'http://localhost:80' }, {}]) {
      expect((await problemFrom(await from(headers))).code).toBe('token-required');
    }
  });
});

describe('wrong input', () => {
  const chat = (body: string, headers: { [name: string]: string } = {}) =>
    admin.post('/api/v1/chat', body, { ...bearer, ...headers });

  it('has a problem for each kind of mistake', async () => {
    const cases: [Promise<Response> | Response, number, string][] = [
      [admin.app.request('/nowhere'), 404, 'not-found'],
      [admin.app.request('/api/v1/nowhere', { headers: bearer }), 404, 'not-found'],
      [admin.app.request('/api/v1/chat', { headers: bearer }), 405, 'method-not-allowed'],
      [admin.app.request('/health', { method: 'DELETE' }), 405, 'method-not-allowed'],
      [chat('{"text": '), 400, 'json-malformed'],
      [chat(''), 400, 'json-malformed'],
      [chat('[]'), 400, 'request-invalid'],
      [chat('null'), 400, 'request-invalid'],
      [chat('{"text": 5}'), 400, 'request-invalid'],
      [chat('{"text": "   "}'), 400, 'request-invalid'],
      [chat('{"text": "hi", "more": 1}'), 400, 'request-invalid'],
      [chat(JSON.stringify({ text: 'x'.repeat(4001) })), 400, 'request-invalid'],
      [chat(JSON.stringify({ text: 'x'.repeat(70_000) })), 413, 'body-too-large'],
      [chat('text=hi', { 'content-type': 'text/plain' }), 415, 'media-type-unsupported'],
    ];
    for (const [answer, status, code] of cases) {
      const problem = await problemFrom(await answer);
      expect([problem.status, problem.code]).toEqual([status, code]);
      expect(problem.detail).toMatch(/[.]$/);
    }
  });

  it('says which methods an address takes', async () => {
    const answer = await admin.app.request('/health', { method: 'POST' });
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
    expect((await admin.app.request('/health', { method: 'HEAD' })).status).toBe(200);
  });

  it('names every mistake at once, and repeats none of the values', async () => {
    const answer = await admin.post('/api/v1/setup', {
      name: '',
      username: 'a b',
      password: 'geheim',
    });
    const problem = await problemFrom(answer);
    const paths = problem.errors?.map(({ path }) => path);
    expect(paths).toEqual(['body.name', 'body.username', 'body.password']);
    expect(JSON.stringify(problem)).not.toContain('geheim');
  });

  it('counts the body itself, whatever the length header says', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(16_384).fill(32)),
    });
    const init = { method: 'POST', headers: { ...json, ...bearer }, body: endless, duplex: 'half' };
    const answer = await admin.app.request('/api/v1/chat', init as RequestInit);
    expect((await problemFrom(answer)).code).toBe('body-too-large');
  });

  it('takes no NUL in an address or a body, which no database would', async () => {
    const read = { headers: bearer };
    for (const path of ['/api/v1/users/%00/soul', '/api/v1/turns?door=%00', '/a%00b']) {
      const answer = await admin.app.request(path, read);
      expect((await problemFrom(answer)).code).toBe('text-malformed');
    }
    for (const body of ['{"text":"a\\u0000b"}', '{"text":"\\\\\\u0000"}', '{"text":"a\0"}']) {
      expect((await problemFrom(await chat(body))).code).toBe('text-malformed');
    }
    // A backslash, and letters behind it.
    const answer = await chat('{"text":"C:\\\\u0000"}', { accept: 'application/json' });
    expect(answer.status).toBe(200);
  });

  it('shows nothing of what failed inside, and logs where', async () => {
    admin.lines.length = 0;
    const answer = await chat('{"text":"boom"}', { accept: 'application/json' });
    const problem = await problemFrom(answer);
    expect([problem.status, problem.code]).toEqual([500, 'internal']);
    expect(JSON.stringify(problem)).not.toMatch(/private|Error|\.ts/);
    const logged = admin.lines.find((line) => 'reference' in line) as { reference: string };
    expect(problem.detail).toContain(logged.reference);
    expect(JSON.stringify(logged)).toContain('admin.ts');
  });
});
