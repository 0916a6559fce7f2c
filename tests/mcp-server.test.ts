/** Butler as an MCP server, asked over HTTP by the SDK's own client: who gets what, and no more. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Listening, listen } from '../admin/listen.ts';
import { readFor, readingsFor } from '../agent/doors/readings.ts';
import { loadTools, type Toolbox } from '../tools/core/load.ts';
import { portsInProcess } from './fakes/ports.ts';
import { echoingDoors, type FakeAdmin, fakeAdmin, json } from './rig/admin.ts';

const own = `
import { integration } from '${new URL('../tools/core/define.ts', import.meta.url).href}';
import { z } from '${import.meta.resolve('zod')}';
const done = [];
globalThis.diaryDone = done;
const tool = (effect, more = {}) => ({
  about: 'Of the diary.', effect, confirm: 'never', says: [],
  input: z.object({ day: z.string().max(10).optional() }),
  run: async ({ day }, { caller, signal }) => {
    done.push(effect + ' ' + caller.door);
    if (day === 'wait') {
      const { promise, reject } = Promise.withResolvers();
      signal.addEventListener('abort', () => reject(signal.reason));
      await promise;
    }
    if (day === 'boom') throw new Error('secret trace');
    return { say: caller.name + ' reads.', show: { day }, receipt: { done: true } };
  }, ...more });
export default integration({ name: 'diary', about: '' }).tools({
  read: tool('read'),
  letters: tool('read', { permission: 'mail', outside: true }),
  grown: tool('read', { role: 'adult' }),
  secret: tool('read', { hidden: true }),
  asked: tool('read', { confirm: 'always' }),
  sly: tool('read', { effectOf: () => 'write' }),
  bold: tool('read', { effectOf: () => 'danger' }),
  turned: tool('read', { instead: () => ({ tool: 'diary_write', input: {} }) }),
  write: tool('write'),
  burn: tool('danger', { confirm: 'always' }),
});`;

let toolbox: Toolbox;
let folder: string;
let admin: FakeAdmin;
let server: Listening;
const clients: Client[] = [];
const done = (): string[] => (globalThis as unknown as { diaryDone: string[] }).diaryDone;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'butler-mcp-'));
  await writeFile(join(folder, 'diary.ts'), own);
  const clock = new URL('../tools/clock.ts', import.meta.url).href;
  await writeFile(join(folder, 'clock.ts'), `export { default } from '${clock}';`);
  ({ toolbox } = await loadTools({ folder, environment: {} }));
  const house = {
    ...{ toolbox, lent: portsInProcess(), clock: () => new Date(0) },
    reasons: { note: () => undefined },
    settings: { BUTLER_TIMEZONE: 'Europe/Oslo' },
  };
  const readings: ReturnType<typeof echoingDoors>['readings'] = {
    list: (caller) => readingsFor(house, caller),
    read: (order) => readFor(house, order),
  };
  admin = await fakeAdmin({ doors: { ...echoingDoors(), readings } });
  server = await listen({ app: admin.app, host: '127.0.0.1', port: 0, log: admin.house.log });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  done().length = 0;
  admin.now.ms += 61_000;
});
afterAll(async () => {
  await server.close();
  await admin.forget();
  await toolbox.close();
  await rm(folder, { recursive: true, force: true });
});

let joined = 0;
const enter = async (role: 'owner' | 'adult' | 'child' | 'guest') => {
  joined += 1;
  return admin.joinAs(role, `Person${joined}`);
};

const connect = async (headers: Record<string, string>): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1' });
  clients.push(client);
  const url = new URL('/mcp', server.url);
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
  await client.connect(transport as Transport);
  return client;
};

const names = async (client: Client): Promise<string[]> =>
  (await client.listTools()).tools.map(({ name }) => name);

const read = async (client: Client, name: string, input = {}): Promise<CallToolResult> =>
  (await client.callTool({ name, arguments: input })) as CallToolResult;

const textsOf = ({ content }: CallToolResult): string[] =>
  content.flatMap((one) => (one.type === 'text' ? [one.text] : []));

const post = (body: string, headers: Record<string, string>) =>
  fetch(new URL('/mcp', server.url), {
    ...{ method: 'POST', body },
    headers: { ...json, accept: 'application/json, text/event-stream', ...headers },
  });

const message = (method: string, params: object = {}) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });

describe('what is offered', () => {
  test('is what only reads, and is marked so', async () => {
    const client = await connect((await enter('owner')).bearer);
    const found = await client.listTools();
    const listed = found.tools.map(({ name }) => name);
    expect(listed).toContain('clock_time');
    expect(listed.filter((name) => name.startsWith('diary_'))).toEqual([
      ...['diary_bold', 'diary_grown', 'diary_letters', 'diary_read', 'diary_sly', 'diary_turned'],
    ]);
    expect(listed.every((name) => toolbox.tools.get(name)?.effect === 'read')).toBe(true);
    for (const { annotations, inputSchema } of found.tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(inputSchema.type).toBe('object');
    }
    expect(client.getServerCapabilities()).toEqual({ tools: {} });
  });

  test('is less for a child and a guest, and by the person’s own permissions', async () => {
    const child = await names(await connect((await enter('child')).bearer));
    expect(child).toContain('diary_read');
    expect(child).not.toContain('diary_letters');
    expect(child).not.toContain('diary_grown');
    const adult = await names(await connect((await enter('adult')).bearer));
    expect(adult).toEqual(expect.arrayContaining(['diary_letters', 'diary_grown']));
    expect(await names(await connect((await enter('guest')).bearer))).not.toContain(
      'diary_letters',
    );
  });
});

describe('a call', () => {
  test('answers with the sentence and its data, for the person of the token', async () => {
    const person = await enter('adult');
    const client = await connect(person.bearer);
    const answer = await read(client, 'diary_read', { day: 'today' });
    expect(textsOf(answer)).toEqual([`${person.name} reads.`, '{"day":"today"}']);
    expect(done()).toEqual(['read mcp']);
    expect(textsOf(await read(client, 'clock_time'))[0]).toMatch(/o'clock|\d/);
  });

  test('marks words from outside', async () => {
    const client = await connect((await enter('adult')).bearer);
    const answer = await read(client, 'diary_letters');
    expect(textsOf(answer)[0]).toMatch(/^Words from outside follow/);
    expect(answer._meta).toEqual({ 'butler/outside': true });
  });

  test('of an effect is refused, also where a tool only said that it reads', async () => {
    const client = await connect((await enter('owner')).bearer);
    for (const name of ['diary_write', 'diary_burn', 'diary_secret', 'diary_asked', 'none']) {
      await expect(read(client, name)).rejects.toThrow('There is no such tool here');
    }
    for (const name of ['diary_sly', 'diary_bold', 'diary_turned']) {
      const answer = await read(client, name);
      expect(answer.isError).toBe(true);
      expect(textsOf(answer)[0]).toMatch(/ask you first/);
    }
    expect(done()).toEqual([]);
  });

  test('of what is another’s to use is as unknown as what there is not', async () => {
    const child = await connect((await enter('child')).bearer);
    await expect(read(child, 'diary_letters')).rejects.toThrow('There is no such tool here');
    await expect(read(child, '__proto__')).rejects.toThrow('There is no such tool here');
  });

  test('with wrong input, or one that fails inside, is an error in words', async () => {
    const client = await connect((await enter('adult')).bearer);
    for (const input of [{ day: 5 }, { other: 1 }, { day: 'x'.repeat(50) }, { day: 'boom' }]) {
      const answer = await read(client, 'diary_read', input);
      expect(answer.isError).toBe(true);
      expect(JSON.stringify(answer)).not.toContain('secret');
    }
  });

  test('ends when its client goes', async () => {
    const { bearer } = await enter('adult');
    const stop = new AbortController();
    const asked = fetch(new URL('/mcp', server.url), {
      ...{ method: 'POST', signal: stop.signal },
      headers: { ...json, accept: 'application/json, text/event-stream', ...bearer },
      body: message('tools/call', { name: 'diary_read', arguments: { day: 'wait' } }),
    });
    while (done().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    await expect(asked).rejects.toThrow();
    expect((await read(await connect(bearer), 'diary_read')).isError).toBeUndefined();
  });
});

describe('nobody else comes in', () => {
  test('without a token, with a wrong, a foreign or a revoked one', async () => {
    const { bearer } = await enter('adult');
    const wrong: Record<string, string>[] = [{}, { authorization: 'Bearer x.y.z' }];
    for (const headers of wrong) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const answer = await fetch(new URL('/mcp', server.url), { method, headers });
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toContain('Bearer');
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
      }
      await expect(connect(headers)).rejects.toThrow();
    }
    const client = await connect(bearer);
    const out = new URL('/api/v1/auth/logout', server.url);
    await fetch(out, { method: 'POST', headers: bearer });
    await expect(read(client, 'diary_read')).rejects.toThrow();
    expect(done()).toEqual([]);
  });

  test('from a page of another site', async () => {
    const { bearer } = await enter('adult');
    const answer = await post(message('tools/list'), { ...bearer, origin: 'http://evil.example' });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      ...[403, 'origin-foreign'],
    ]);
  });

  test('by another host name, as a rebound one would be', async () => {
    const { bearer } = await enter('adult');
    const headers = { ...json, ...bearer };
    const rebound = await admin.app.request('http://evil.example/mcp', { method: 'POST', headers });
    expect(rebound.status).toBe(403);
  });
});

describe('wrong messages', () => {
  test.each([
    ['no JSON', '{"jsonrpc":', 400, -32700],
    ['nothing', '', 400, -32700],
    ['no JSON-RPC', '{"hello":1}', 400, -32700],
    ['a number', '5', 400, -32700],
    ['many at once', `[${message('tools/list')},${message('tools/list')}]`, 400, -32600],
    ['an unknown method', message('tools/burn'), 200, -32601],
    // The SDK's own answer, which could be better: -32602 would be right.
    ['a call without a name', message('tools/call'), 200, -32603],
    ['sampling', message('sampling/createMessage'), 200, -32601],
  ])('%s', async (...[, body, status, code]) => {
    const answer = await post(body, (await enter('adult')).bearer);
    const { error } = (await answer.json()) as { error: { code: number; message: string } };
    expect([answer.status, error.code]).toEqual([status, code]);
    expect(error.message).not.toMatch(/\.ts|node_modules/);
  });

  test('a body, a type, an Accept or a version that does not fit', async () => {
    const { bearer } = await enter('adult');
    const list = message('tools/list');
    const big = message('tools/list', { x: 'y'.repeat(70_000) });
    const cases: [string, Record<string, string>, number][] = [
      [big, {}, 413],
      [list, { 'content-type': 'text/plain' }, 415],
      [list, { accept: 'text/html' }, 406],
      [list, { 'mcp-protocol-version': '1999-01-01' }, 400],
    ];
    for (const [body, headers, status] of cases) {
      expect((await post(body, { ...bearer, ...headers })).status).toBe(status);
    }
  });

  test.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])(
    'the revision of %s is spoken, and a future one is answered with ours',
    async (protocolVersion) => {
      const { bearer } = await enter('adult');
      const hello = (version: string) =>
        message('initialize', {
          protocolVersion: version,
          capabilities: {},
          clientInfo: { name: 'old', version: '1' },
        });
      const agreed = async (version: string) =>
        ((await (await post(hello(version), bearer)).json()) as { result: object }).result;
      expect(await agreed(protocolVersion)).toMatchObject({ protocolVersion });
      expect(await agreed('2099-01-01')).toMatchObject({ protocolVersion: '2025-11-25' });
      const headers = { ...bearer, 'mcp-protocol-version': protocolVersion };
      expect((await post(message('tools/list'), headers)).status).toBe(200);
    },
  );

  test('there is no stream and no session', async () => {
    const { bearer } = await enter('adult');
    for (const method of ['GET', 'DELETE']) {
      const answer = await fetch(new URL('/mcp', server.url), { method, headers: bearer });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  test('too many in a minute have to wait, and others do not', async () => {
    const [{ bearer }, other] = [await enter('adult'), await enter('adult')];
    const answers = [];
    for (let times = 0; times < 121; times++) answers.push(await post(message('ping'), bearer));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(120);
    const last = answers.at(-1);
    expect([last?.status, Number(last?.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await post(message('ping'), other.bearer)).status).toBe(200);
    admin.now.ms += 60_001;
    expect((await post(message('ping'), bearer)).status).toBe(200);
  });
});

test('Butler’s own time around a question over HTTP', async () => {
  const client = await connect((await enter('adult')).bearer);
  const spent: number[] = [];
  for (let times = 0; times < 40; times++) {
    const startedAt = performance.now();
    await read(client, 'diary_read');
    spent.push(performance.now() - startedAt);
  }
  const median = spent.sort((left, right) => left - right)[20] ?? Number.NaN;
  console.log(`MCP: a question at /mcp takes ${median.toFixed(2)} ms in all (median of 40)`);
  expect(median).toBeLessThan(25);
});
