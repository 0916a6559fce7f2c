/** Everything that goes wrong between Butler and an MCP server is a sentence, soon, and passes. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { call, healthOf, mcpRig, mcpTools, until } from './rig/mcp.ts';
import { mcpProgram, type ServedTool, text } from './servers/mcp.ts';

const { open, load, serve, end } = mcpRig();
afterEach(end);

const look: ServedTool = {
  name: 'look',
  annotations: { readOnlyHint: true },
  answer: () => text('There it is.'),
};
const wait: ServedTool = {
  ...look,
  name: 'wait',
  answer: async (_, signal) => {
    await sleep(30_000, undefined, { signal, ref: false }).catch(() => undefined);
    return text('late');
  },
};
const save: ServedTool = { ...wait, name: 'save', annotations: { destructiveHint: false } };

const settings = (url: string, more: Record<string, string> = {}) => ({
  ...{ MCP_NAME: 'far', MCP_URL: url, MCP_READS: '*', MCP_WRITES: 'save', MCP_TIMEOUT: '2' },
  ...more,
});

const timed = async <Result>(work: () => Promise<Result>) => {
  const startedAt = performance.now();
  const result = await work();
  return { result, tookMs: performance.now() - startedAt };
};

describe('a refusal', () => {
  test('of the token: nothing is offered, and health says how to renew it', async () => {
    const server = await serve([look], 'right');
    const wrong = await open(settings(server.url, { MCP_TOKEN: 'wrong' }));
    expect(mcpTools(wrong)).toEqual([]);
    const { ok, line } = await healthOf(wrong);
    expect(ok).toBe(false);
    expect(line).toContain('does not let me in');
    expect(line).toContain('Set a new MCP_TOKEN for far.');
    expect(line).not.toContain('wrong');
    const right = await open(settings(server.url, { MCP_TOKEN: 'right' }));
    expect((await call(right, 'mcp_far_look')).ok).toBe(true);
    // Revoked while it is in use.
    server.misbehave = { status: 401 };
    expect(await call(right, 'mcp_far_look')).toMatchObject({
      ok: false,
      say: 'Far does not let me in; its key has to be renewed. Tell the owner.',
      error: { code: 'access-refused' },
    });
  });

  test.each([
    ['not found', { status: 404 }, 'not-found', /does not have that/],
    [
      'too many',
      { status: 429, headers: { 'retry-after': '7' } },
      'too-many-requests',
      /in 7 seconds/,
    ],
    ['a fault', { status: 500, body: 'secret trace' }, 'service-failed', /a fault of its own/],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.2/' } },
      'service-moved',
      /do not follow/,
    ],
    ['half JSON', { body: '{"jsonrpc":' }, 'service-garbage', /cannot read/],
    ['no answer in it', { body: '{"jsonrpc":"2.0","id":"x"}' }, 'service-garbage', /cannot read/],
    [
      'a page',
      { headers: { 'content-type': 'text/html' }, body: '<p>' },
      'service-garbage',
      /cannot read/,
    ],
    ['a mountain', { body: `"${'x'.repeat(1_200_000)}"` }, 'too-big', /more than I can take/],
    ['silence', { silent: true }, 'service-slow', /takes too long/],
  ])('%s', async (...[, how, code, sentence]) => {
    const server = await serve([look]);
    const toolbox = await open(settings(server.url));
    server.misbehave = { ...how, method: 'tools/call' };
    const { result, tookMs } = await timed(() => call(toolbox, 'mcp_far_look'));
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(result.say).toMatch(sentence);
    expect(result.say).not.toContain('secret');
    expect(tookMs).toBeLessThan(4_000);
    const german = await call(toolbox, 'mcp_far_look', { language: 'de' });
    expect(german.say).toMatch(/Far|Es ist/);
    expect(german.say).not.toBe(result.say);
    server.misbehave = undefined;
    expect((await call(toolbox, 'mcp_far_look')).ok).toBe(true);
  });

  test('of the tool itself: a sentence with its words, marked as coming from outside', async () => {
    const failing = {
      ...look,
      answer: () => ({ ...text('No shelf 9. <b>Call me</b>'), isError: true }),
    };
    const server = await serve([failing]);
    const toolbox = await open(settings(server.url));
    expect(await call(toolbox, 'mcp_far_look')).toMatchObject({
      ...{ ok: false, outside: true },
      say: 'Far could not do that: No shelf 9. Call me.',
    });
  });
});

test('an answer that is too big is given up as soon as it is', async () => {
  const server = await serve([{ ...look, answer: () => text('x'.repeat(3_000_000)) }]);
  const toolbox = await open(settings(server.url, { MCP_TIMEOUT: '20' }));
  const { result, tookMs } = await timed(() => call(toolbox, 'mcp_far_look'));
  expect(result).toMatchObject({ ok: false, error: { code: 'too-big' } });
  expect(tookMs).toBeLessThan(2_000);
});

describe('an effect', () => {
  test('whose answer does not come is not claimed, and not denied', async () => {
    const server = await serve([save]);
    const toolbox = await open(settings(server.url));
    const outcome = await call(toolbox, 'mcp_far_save');
    expect(outcome).toMatchObject({ ok: false, effect: 'write', error: { code: 'service-slow' } });
    expect(outcome.say).toContain('I do not know whether it happened');
    expect(server.calls).toHaveLength(1);
  });

  test('that was refused at the door has not happened', async () => {
    const server = await serve([save]);
    const toolbox = await open(settings(server.url));
    server.misbehave = { status: 429, method: 'tools/call' };
    expect((await call(toolbox, 'mcp_far_save')).say).not.toContain('whether it happened');
  });
});

describe('an interruption', () => {
  test('ends a read at once, and the server is told', async () => {
    const server = await serve([wait]);
    const toolbox = await open(settings(server.url, { MCP_TIMEOUT: '20' }));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const { result, tookMs } = await timed(() =>
      call(toolbox, 'mcp_far_wait', { signal: stop.signal }),
    );
    expect(result.error?.code).toBe('aborted');
    expect(tookMs).toBeLessThan(600);
    await until(() => server.cancelled === 1);
  });

  test('after the answer tells the server nothing', async () => {
    const server = await serve([look]);
    const toolbox = await open(settings(server.url));
    const stop = new AbortController();
    expect((await call(toolbox, 'mcp_far_look', { signal: stop.signal })).ok).toBe(true);
    stop.abort();
    await sleep(200);
    expect(server.cancelled).toBe(0);
  });
});

describe('a server that goes', () => {
  test('is said to be away at once, and used again when it is back', async () => {
    const server = await serve([look]);
    const toolbox = await open(settings(server.url));
    await server.restart(async () => {
      for (let times = 0; times < 5; times++) {
        const { result, tookMs } = await timed(() => call(toolbox, 'mcp_far_look'));
        expect(result).toMatchObject({ ok: false, error: { code: 'mcp-away' } });
        expect(result.say).toBe('I cannot reach Far right now. Try again in a moment.');
        expect(tookMs).toBeLessThan(500);
      }
      expect((await healthOf(toolbox)).line).toContain('Start it, or correct its address');
      server.tools = [look, { ...look, name: 'new' }];
    });
    await until(() => toolbox.tools.has('mcp_far_new'));
    expect((await call(toolbox, 'mcp_far_look')).ok).toBe(true);
  });

  test('and comes back between two calls costs neither', async () => {
    const server = await serve([look]);
    const toolbox = await open(settings(server.url));
    expect((await call(toolbox, 'mcp_far_look')).ok).toBe(true);
    await server.restart();
    expect((await call(toolbox, 'mcp_far_look')).ok).toBe(true);
  });

  test('in the middle of a call ends that call soon', async () => {
    const server = await serve([wait]);
    const toolbox = await open(settings(server.url, { MCP_TIMEOUT: '20' }));
    const answer = timed(() => call(toolbox, 'mcp_far_wait'));
    await until(() => server.calls.length === 1);
    await server.stop();
    const { result, tookMs } = await answer;
    expect(result.error?.code).toBe('mcp-away');
    expect(tookMs).toBeLessThan(5_000);
  });

  test('harms no other', async () => {
    const [bad, good] = [await serve([look]), await serve([look])];
    const toolbox = await open({
      ...settings(bad.url),
      ...{ MCP_2_NAME: 'near', MCP_2_URL: good.url, MCP_2_READS: '*' },
    });
    await bad.stop();
    for (let times = 0; times < 6; times++) await call(toolbox, 'mcp_far_look');
    expect((await call(toolbox, 'mcp_near_look')).ok).toBe(true);
  });

  test('that takes connections and never speaks does not hold up the start', async () => {
    const mute = createServer(() => undefined).listen(0, '127.0.0.1');
    await until(() => mute.listening);
    const good = await serve([look]);
    const { port } = mute.address() as AddressInfo;
    const far = settings(`http://127.0.0.1:${port}/mcp`);
    const { toolbox } = await load({
      ...far,
      ...{ MCP_2_NAME: 'near', MCP_2_URL: good.url, MCP_2_READS: '*' },
    });
    toolbox.wake();
    const { result, tookMs } = await timed(() => call(toolbox, 'mcp_far_look'));
    expect([result.error?.code, tookMs < 100]).toEqual(['unknown-tool', true]);
    await until(() => toolbox.tools.has('mcp_near_look'));
    await toolbox.close();
    mute.closeAllConnections();
    mute.close();
  });
});

describe('settings', () => {
  test.each([
    [{ MCP_URL: 'http://127.0.0.1:1' }, /^MCP_NAME is missing: MCP_URL is set/],
    [{ MCP_NAME: 'Books!' }, /^MCP_NAME: must be up to 16 small letters/],
    [{ MCP_NAME: 'a', MCP_URL: 'ftp://x' }, /^MCP_URL: must begin with http/],
    [{ MCP_NAME: 'a', MCP_URL: 'http://x', MCP_PERMISSION: 'all' }, /^MCP_PERMISSION: /],
    [{ MCP_NAME: 'a', MCP_URL: 'http://x', MCP_TIMEOUT: 'long' }, /^MCP_TIMEOUT: /],
    [{ MCP_2_NAME: 'a', MCP_2_URL: 'x', MCP_2_TOKEN: 'hush' }, /^MCP_2_URL: /],
  ])('%j stops the start with a sentence', async (environment, sentence) => {
    const { mistakes } = await load(environment);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(sentence);
    expect(mistakes[0]).not.toContain('hush');
  });

  test.each([
    [{ MCP_NAME: 'a' }, 'a: set its MCP_URL or its MCP_COMMAND.'],
    [{ MCP_NAME: 'a', MCP_URL: 'http://x', MCP_COMMAND: 'x' }, 'not both'],
    [{ MCP_NAME: 'a', MCP_URL: 'http://u:hush@x' }, 'put no password into MCP_URL'],
    [{ MCP_NAME: 'a', MCP_COMMAND: 'x "y' }, 'a quote is not closed'],
    [
      { MCP_NAME: 'a', MCP_COMMAND: 'x', MCP_VARIABLES: 'hush' },
      'word 1 is not written NAME=value',
    ],
    [{ MCP_NAME: 'a', MCP_COMMAND: 'x', MCP_TOKEN: 'hush' }, 'use MCP_VARIABLES instead'],
  ])('%j is told by health', async (environment, sentence) => {
    const toolbox = await open(environment);
    const { ok, line } = await healthOf(toolbox);
    expect([ok, line]).toEqual([false, expect.stringContaining(sentence)]);
    expect(line).not.toContain('hush');
  });

  test('two servers of one name: the second is off, and health says so', async () => {
    const server = await serve([look]);
    const twice = { MCP_2_NAME: 'far', MCP_2_COMMAND: mcpProgram() };
    const toolbox = await open({ ...settings(server.url), ...twice });
    expect((await healthOf(toolbox)).line).toContain('Two servers are called far: rename one.');
    expect(mcpTools(toolbox).map(({ name }) => name)).toEqual(['mcp_far_look']);
  });
});

test('a server that asks Butler for something gets nothing', async () => {
  const server = await serve([look]);
  await open(settings(server.url));
  expect(server.capabilities).toEqual([{}]);
  for (const method of ['sampling/createMessage', 'roots/list', 'elicitation/create'] as const) {
    // The SDK's server does not even send what the client never offered.
    expect(await server.ask(method)).not.toBe(0);
  }
});

test('a server that tells of changes all the time is asked now and then', async () => {
  const server = await serve([look]);
  const toolbox = await open(settings(server.url));
  const before = server.lists;
  for (let times = 0; times < 100; times++) await server.tellChanged();
  await sleep(1_200);
  expect(server.lists - before).toBeGreaterThan(0);
  expect(server.lists - before).toBeLessThan(8);
  expect((await call(toolbox, 'mcp_far_look')).ok).toBe(true);
});

test('the session is ended when Butler goes', async () => {
  const server = await serve([look]);
  const toolbox = await open(settings(server.url));
  expect(server.sessions).toBe(1);
  await toolbox.close();
  expect(server.sessions).toBe(0);
});

test.each([
  ['a revision that nobody knows', { protocolVersion: '1999-01-01', capabilities: {} }],
  ['no revision', { capabilities: {} }],
])('a greeting with %s is no server', async (_, more) => {
  const server = await serve([look]);
  const result = { ...more, serverInfo: { name: 'x', version: '1' } };
  server.misbehave = {
    method: 'initialize',
    body: JSON.stringify({ jsonrpc: '2.0', id: 0, result }),
  };
  const { ok, line } = await healthOf(await open(settings(server.url)));
  expect([ok, line]).toEqual([false, expect.stringContaining('cannot read')]);
});

test('a list that is garbage, or holds some, costs no more than that', async () => {
  const broken = [{ name: 5 }, null, 'x', { name: 'odd', inputSchema: 'none' }];
  const server = await serve([...(broken as unknown as ServedTool[]), look]);
  server.misbehave = {
    method: 'tools/list',
    body: JSON.stringify({
      ...{ jsonrpc: '2.0', id: 1 },
      result: { tools: [...broken, { name: 'look', inputSchema: { type: 'object' } }] },
    }),
  };
  const toolbox = await open(settings(server.url));
  expect(mcpTools(toolbox).map(({ name }) => name)).toEqual(['mcp_far_look']);
  server.misbehave = { method: 'tools/list', body: '{"jsonrpc":"2.0","id":1,"result":{}}' };
  const other = await open(settings(server.url));
  expect((await healthOf(other)).line).toContain('cannot read');
});
