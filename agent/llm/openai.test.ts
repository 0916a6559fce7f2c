// Any OpenAI-compatible server against the protocol fake: words, calls, oddities, failures.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { APIConnectionError, APITimeoutError, initializeLogger, llm } from '@livekit/agents';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startOpenAI } from '../../tests/fakes/openai.ts';
import { createOpenAi, type OpenAiOptions } from './openai.ts';
import { STABLE_END } from './prefix.ts';
import type { MindStream } from './stream.ts';
import { Thinking } from './thinking.ts';
import { parseArguments, soundArguments } from './tool-arguments.ts';

initializeLogger({ pretty: false, level: 'silent' });
const fake = await startOpenAI({ firstTokenMs: 20, tokensPerSecond: 400 });
afterEach(() => fake.reset());
afterAll(() => fake.stop());

function mindWith(options: Partial<OpenAiOptions> = {}) {
  const mind = createOpenAi({ baseUrl: `${fake.url}/v1`, model: 'fake-model', ...options });
  mind.on('error', () => {});
  return mind;
}

const weather = llm.tool({
  name: 'weather',
  description: 'The weather in a city.',
  parameters: z.object({ city: z.string() }),
  execute: async () => 'sunny',
});
const once = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 10_000 };

function says(text: string) {
  const context = llm.ChatContext.empty();
  context.addMessage({ role: 'system', content: `Be brief.${STABLE_END}You speak with Ada.` });
  context.addMessage({ role: 'user', content: text });
  return context;
}

async function collect(stream: MindStream) {
  const chunks: llm.ChatChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return {
    text: chunks.map(({ delta }) => delta?.content ?? '').join(''),
    calls: chunks.flatMap(({ delta }) => delta?.toolCalls ?? []),
    usage: chunks.find(({ usage }) => usage)?.usage,
    failure: stream.failure,
  };
}

const ask = (more: object = {}, options: Partial<OpenAiOptions> = {}) =>
  collect(mindWith(options).chat({ chatCtx: says('Hello'), ...more }));

/** A server that streams what it is given, to each request with what `refuses` does not catch. */
async function oddServer(chunks: unknown[], refuses?: (body: Record<string, unknown>) => boolean) {
  const bodies: Record<string, unknown>[] = [];
  const answer = (body: Record<string, unknown>, response: ServerResponse) => {
    bodies.push(body);
    if (refuses?.(body)) {
      response.statusCode = 400;
      return response.end('{"error":{"message":"unknown field"}}');
    }
    response.setHeader('content-type', 'text/event-stream');
    for (const chunk of chunks) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    return response.end('data: [DONE]\n\n');
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    answer(JSON.parse(text), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, stop };
}

const chunk = (delta: object, finish: string | null = null) => ({
  id: 'c1',
  choices: [{ index: 0, delta, finish_reason: finish }],
});

describe('what is heard', () => {
  it('streams text and counts tokens', async () => {
    fake.next({ text: 'It is nine thirty.' });
    const { text, usage, failure } = await ask();
    expect(text).toBe('It is nine thirty.');
    expect(usage?.completionTokens).toBe(4);
    expect(usage?.promptTokens).toBeGreaterThan(0);
    expect(failure).toBeUndefined();
  });

  it('emits parallel calls with whole arguments', async () => {
    const toolCalls = [
      { name: 'weather', input: { city: 'Oslo "x"' } },
      { name: 'weather', input: { city: 'Rome' } },
    ];
    fake.next({ text: 'One moment.', toolCalls });
    const { text, calls } = await ask({ toolCtx: [weather] });
    expect(text).toBe('One moment.');
    expect(calls.map(({ args }) => JSON.parse(args).city)).toEqual(['Oslo "x"', 'Rome']);
    expect(new Set(calls.map(({ callId }) => callId)).size).toBe(2);
  });

  it('understands servers that number every call 0 and send it whole', async () => {
    const call = (id: string, city: string) => ({
      tool_calls: [
        { index: 0, id, function: { name: 'weather', arguments: `{"city":"${city}"}` } },
      ],
    });
    const odd = await oddServer([
      chunk(call('a', 'Oslo')),
      chunk(call('b', 'Rome')),
      chunk({}, 'stop'),
    ]);
    const { calls } = await ask({ toolCtx: [weather] }, { baseUrl: odd.baseUrl });
    odd.stop();
    expect(calls.map(({ callId, args }) => [callId, args])).toEqual([
      ['a', '{"city":"Oslo"}'],
      ['b', '{"city":"Rome"}'],
    ]);
  });

  it('keeps thinking to itself', async () => {
    const pieces = ['<th', 'ink>Hm', 'm.</thi', 'nk>\n\nIt is', ' nine.'].map((content) =>
      chunk({ content }),
    );
    const odd = await oddServer([...pieces, chunk({ reasoning_content: 'x' }), chunk({}, 'stop')]);
    const { text } = await ask({}, { baseUrl: odd.baseUrl });
    odd.stop();
    expect(text.trim()).toBe('It is nine.');
  });

  it('never lets broken arguments run', async () => {
    const call = { index: 0, id: 'a', function: { name: 'weather', arguments: '{"city":"Os' } };
    const odd = await oddServer([chunk({ tool_calls: [call] }), chunk({}, 'length')]);
    const { calls } = await ask({ toolCtx: [weather] }, { baseUrl: odd.baseUrl });
    odd.stop();
    expect(JSON.parse(calls[0]?.args ?? '')).toBeInstanceOf(Array);
  });
});

describe('what is sent', () => {
  it('hides the marker, drops empty messages, keeps tool results', async () => {
    const context = says('Weather?');
    context.addMessage({ role: 'assistant', content: ' ' });
    const call = llm.FunctionCall.create({ callId: 'a', name: 'weather', args: '{"city":"Oslo"}' });
    const output = llm.FunctionCallOutput.create({ callId: 'a', output: 'sunny', isError: false });
    context.items.push(call, output);
    const { failure } = await ask({ chatCtx: context, toolCtx: [weather], toolChoice: 'none' });
    expect(failure).toBeUndefined();
    const { body } = fake.requests[0] ?? {};
    expect(body?.messages[0]?.content).toBe('Be brief.\n\nYou speak with Ada.');
    expect(body?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool']);
    expect(body).toMatchObject({ tool_choice: 'none', stream_options: { include_usage: true } });
  });

  it('does without usage where the server refuses to count, and remembers', async () => {
    const odd = await oddServer(
      [chunk({ content: 'Hi.' }, 'stop')],
      (body) => 'stream_options' in body,
    );
    const mind = mindWith({ baseUrl: odd.baseUrl });
    for (let turn = 0; turn < 2; turn++) {
      expect((await collect(mind.chat({ chatCtx: says('Hello') }))).text).toBe('Hi.');
    }
    odd.stop();
    expect(odd.bodies.map((body) => 'stream_options' in body)).toEqual([true, false, false]);
  });
});

describe('failures', () => {
  it.each([401, 404])('does not ask again after %i', async (status) => {
    fake.always({ fault: { status } });
    expect((await ask()).failure).toMatchObject({ statusCode: status, retryable: false });
    expect(fake.requests).toHaveLength(1);
  });

  it.each([{ status: 429 }, { status: 500 }, 'garbage', 'empty', 'close'] as const)(
    'recovers from %j',
    async (fault) => {
      fake.next({ fault }, { text: 'Here.' });
      expect((await ask()).text).toBe('Here.');
    },
  );

  it('never asks again once a word was said', async () => {
    fake.always({ text: 'one two three four five six', fault: 'half' });
    const { failure, text } = await ask();
    expect(text).toMatch(/^one/);
    expect(failure).toBeInstanceOf(APIConnectionError);
    expect(fake.requests).toHaveLength(1);
  });

  it('knows an error in the middle of a stream', async () => {
    fake.always({ text: 'one two three', errorAfterTokens: 2 });
    expect((await ask()).failure?.retryable).toBe(false);
  });

  it('gives up on a silent server in time, and closes the request', async () => {
    fake.always({ fault: 'hang' });
    const { failure } = await ask({}, { firstTokenWithinMs: 150 });
    expect(failure).toBeInstanceOf(APITimeoutError);
    await expect.poll(() => fake.requests[0]?.aborted).toBe(true);
  });

  it('says so when nobody listens at the address', async () => {
    await fake.refuse();
    const { failure } = await ask({ connOptions: once }).finally(() => fake.accept());
    expect(failure?.message).toContain('ECONNREFUSED');
  });

  it('closes the request without a word when it is aborted', async () => {
    fake.next({ text: 'one two three four five', tokensPerSecond: 10 });
    const stream = mindWith().chat({ chatCtx: says('Hello') });
    for await (const { delta } of stream) if (delta?.content) break;
    stream.close();
    await expect.poll(() => fake.requests[0]?.aborted).toBe(true);
    expect(stream.failure).toBeUndefined();
  });
});

describe('arguments', () => {
  it.each([
    ['{"a":1}', '{"a":1}'],
    ['', '{}'],
    ['  {} ', '{}'],
  ])('%j pass', (text, expected) => expect(soundArguments(text)).toBe(expected));

  it.each(['{"a":', '[1]', '"text"', 'null', '3', 'not json'])('%j do not', (text) => {
    expect(parseArguments(soundArguments(text))).toBeUndefined();
  });
});

describe('thinking', () => {
  it.each([
    ['plain text', 'plain text'],
    ['<think>a</think>b', 'b'],
    ['a < b and <thin ice', 'a < b and <thin ice'],
    ['before <think>x</think> after', 'before after'],
    ['<think>never closed', ''],
    ['ends with <think', 'ends with <think'],
  ])('%j, however it is cut', (text, expected) => {
    for (const size of [1, 2, 5, 100]) {
      const thinking = new Thinking();
      let out = '';
      for (let at = 0; at < text.length; at += size)
        out += thinking.spoken(text.slice(at, at + size));
      expect(out + thinking.rest()).toBe(expected);
    }
  });
});
