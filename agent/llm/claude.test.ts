// Claude against the protocol fake: what is sent, what is heard, and every way it can fail.
import {
  APIConnectionError,
  APIStatusError,
  APITimeoutError,
  initializeLogger,
  llm,
} from '@livekit/agents';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startAnthropic } from '../../tests/fakes/anthropic.ts';
import { createClaude } from './claude.ts';
import { STABLE_END } from './prefix.ts';
import type { Mind, MindStream } from './stream.ts';

initializeLogger({ pretty: false, level: 'silent' });
const fake = await startAnthropic({ firstTokenMs: 20, tokensPerSecond: 400 });
const model = 'claude-haiku-4-5';
let mind: Mind;

beforeAll(() => {
  mind = createClaude({ apiKey: 'key', baseUrl: fake.url, model });
  mind.on('error', () => {});
});
afterEach(() => fake.reset());
afterAll(() => fake.stop());

const weather = llm.tool({
  name: 'weather',
  description: 'The weather in a city.',
  parameters: z.object({ city: z.string() }),
  execute: async () => 'sunny',
});
const lights = llm.tool({
  name: 'lights',
  description: 'Switch the lights.',
  parameters: z.object({ on: z.boolean() }),
  execute: async () => 'done',
});

function says(text: string, instructions = 'Be brief.') {
  const context = llm.ChatContext.empty();
  context.addMessage({ role: 'system', content: instructions });
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

const once = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 10_000 };
const ask = (chatCtx = says('Hello'), more: object = {}) =>
  collect(mind.chat({ chatCtx, ...more }));

describe('what is heard', () => {
  it('streams text token by token, and counts tokens', async () => {
    fake.next({ text: 'It is nine thirty.' });
    const stream = mind.chat({ chatCtx: says('What time is it?') });
    const contents: string[] = [];
    for await (const { delta } of stream) if (delta?.content) contents.push(delta.content);
    expect(contents).toEqual(['It', ' is', ' nine', ' thirty.']);
    expect(stream.failure).toBeUndefined();
  });

  it('emits text first, then parallel calls with whole arguments', async () => {
    const toolCalls = [
      { name: 'weather', input: { city: 'Oslo "centre"' }, id: 'toolu_1' },
      { name: 'lights', input: { on: true }, id: 'toolu_2' },
    ];
    fake.next({ text: 'One moment.', toolCalls });
    const { text, calls } = await ask(says('Weather and light'), { toolCtx: [weather, lights] });
    expect(text).toBe('One moment.');
    expect(calls.map(({ callId, name, args }) => [callId, name, JSON.parse(args)])).toEqual([
      ['toolu_1', 'weather', { city: 'Oslo "centre"' }],
      ['toolu_2', 'lights', { on: true }],
    ]);
  });

  it('ends properly where max_tokens cuts the answer', async () => {
    const short = createClaude({ apiKey: 'key', baseUrl: fake.url, model, maxTokens: 3 });
    fake.next({ text: 'one two three four five' });
    const { text, failure } = await collect(short.chat({ chatCtx: says('Count') }));
    expect(text).toBe('one two three');
    expect(failure).toBeUndefined();
  });
});

describe('what is sent', () => {
  it('declares tools by name, whatever their order', async () => {
    await ask(says('Hi'), { toolCtx: [weather, lights] });
    await ask(says('Hi'), { toolCtx: [lights, weather] });
    const [first, second] = fake.requests.map(({ body }) => JSON.stringify(body.tools));
    expect(fake.requests[0]?.body.tools?.map(({ name }) => name)).toEqual(['lights', 'weather']);
    expect(first).toBe(second);
  });

  it.each([
    ['none', { type: 'none' }],
    ['required', { type: 'any' }],
    ['auto', undefined],
    [
      { type: 'function', function: { name: 'lights' } },
      { type: 'tool', name: 'lights' },
    ],
  ] as const)('maps tool choice %j', async (toolChoice, expected) => {
    await ask(says('Hi'), { toolCtx: [weather, lights], toolChoice });
    const { body, status } = fake.requests[0] ?? {};
    expect(body?.tools).toHaveLength(2);
    expect(body?.tool_choice).toEqual(expected);
    expect(status).toBe(200);
  });

  it('declares tools of the history when none are given any more', async () => {
    const context = says('Weather?');
    const call = llm.FunctionCall.create({ callId: 'a', name: 'weather', args: '{"city":"Oslo"}' });
    const output = llm.FunctionCallOutput.create({ callId: 'a', output: 'sunny', isError: false });
    context.items.push(call, output);
    const { failure } = await ask(context);
    expect(failure).toBeUndefined();
    expect(fake.requests[0]?.body.tools?.map(({ name }) => name)).toEqual(['weather']);
    expect(fake.requests[0]?.body.tool_choice).toEqual({ type: 'none' });
  });

  it('reads the prefix and the earlier turns from the cache in the second turn', async () => {
    const rules = 'Rule: answer in one sentence. '.repeat(300);
    const context = says('First question', `${rules}${STABLE_END}You speak with Ada.`);
    const first = await ask(context, { toolCtx: [weather] });
    context.addMessage({ role: 'assistant', content: first.text });
    context.addMessage({ role: 'user', content: 'Second question' });
    const second = await ask(context, { toolCtx: [weather] });
    expect(first.usage?.promptCachedTokens).toBe(0);
    expect(first.usage?.cacheCreationTokens).toBeGreaterThan(1024);
    const promptOfFirst = first.usage?.promptTokens ?? 0;
    expect(second.usage?.promptCachedTokens).toBeGreaterThanOrEqual(promptOfFirst - 5);
    expect(second.usage?.promptTokens).toBeGreaterThan(promptOfFirst);
    expect(JSON.stringify(fake.requests[1]?.body)).not.toContain('stable prefix ends');
  });

  it('shares the rules between persons', async () => {
    const rules = 'Another rule: be kind to everybody. '.repeat(200);
    await ask(says('Hi', `${rules}${STABLE_END}You speak with Ada.`));
    const { usage } = await ask(says('Hi', `${rules}${STABLE_END}You speak with Bo.`));
    expect(usage?.promptCachedTokens).toBeGreaterThan(1024);
  });

  it('keeps a note for one turn behind the cache mark', async () => {
    const rules = 'Third rule: keep it short, please. '.repeat(200);
    const context = says('First', `${rules}${STABLE_END}You speak with Ada.`);
    const noted = context.copy();
    noted.addMessage({ role: 'system', content: 'It is 9:30.' });
    const first = await ask(noted);
    context.addMessage({ role: 'assistant', content: first.text });
    context.addMessage({ role: 'user', content: 'Second' });
    const again = context.copy();
    again.addMessage({ role: 'system', content: 'It is 9:31.' });
    const { usage } = await ask(again);
    const firstPrompt = first.usage?.promptTokens ?? 0;
    expect(usage?.promptCachedTokens).toBeGreaterThan(firstPrompt - 30);
    expect(usage?.promptCachedTokens).toBeLessThan(firstPrompt);
  });

  it('keeps the connection, and warms it with a request that costs nothing', async () => {
    mind.prewarm();
    await expect.poll(() => fake.otherRequests.length).toBe(1);
    await ask();
    await ask();
    expect(fake.otherRequests[0]?.path).toBe('/v1/models');
    expect(fake.requests.every(({ earlierOnConnection }) => earlierOnConnection > 0)).toBe(true);
  });
});

describe('failures', () => {
  it.each([400, 401, 403, 404, 413])('does not ask again after %i', async (status) => {
    fake.always({ fault: { status } });
    const { failure } = await ask();
    expect(failure).toBeInstanceOf(APIStatusError);
    expect(failure).toMatchObject({ statusCode: status, retryable: false });
    expect(fake.requests).toHaveLength(1);
  });

  it.each([429, 500, 529])('asks once more after %i', async (status) => {
    fake.next({ fault: { status } }, { text: 'Here I am.' });
    expect((await ask()).text).toBe('Here I am.');
    expect(fake.requests).toHaveLength(2);
  });

  it.each(['garbage', 'empty', 'close'] as const)('names %s a lost connection', async (fault) => {
    fake.always({ fault });
    const { failure, text } = await ask(says('Hello'), { connOptions: once });
    expect(failure).toBeInstanceOf(APIConnectionError);
    expect(failure?.retryable).toBe(true);
    expect(text).toBe('');
  });

  it('never asks again once a word was said', async () => {
    fake.always({ text: 'one two three four five six', fault: 'half' });
    const { failure, text } = await ask();
    expect(text).toMatch(/^one/);
    expect(failure).toBeInstanceOf(APIConnectionError);
    expect(failure?.retryable).toBe(false);
    expect(fake.requests).toHaveLength(1);
  });

  it('knows an overloaded service in the middle of a stream', async () => {
    fake.next({ text: 'one two three', errorAfterTokens: 2 });
    const { failure } = await ask();
    expect(failure).toMatchObject({ statusCode: 529, retryable: false });
  });

  it('tries again when the service is overloaded before the first word', async () => {
    fake.next({ text: 'one two three', errorAfterTokens: 0 }, { text: 'Back.' });
    expect((await ask()).text).toBe('Back.');
  });

  it('gives up on a silent service in time', async () => {
    const impatient = createClaude({
      apiKey: 'key',
      baseUrl: fake.url,
      model,
      firstTokenWithinMs: 150,
    });
    impatient.on('error', () => {});
    fake.always({ fault: 'hang' });
    const { failure } = await collect(impatient.chat({ chatCtx: says('Hello') }));
    expect(failure).toBeInstanceOf(APITimeoutError);
    await expect.poll(() => fake.requests[0]?.aborted).toBe(true);
    expect(fake.requests).toHaveLength(1);
  });

  it('gives up on a service that falls silent in the middle', async () => {
    const impatient = createClaude({ apiKey: 'key', baseUrl: fake.url, model, idleWithinMs: 100 });
    impatient.on('error', () => {});
    fake.next({ text: 'one two three', tokensPerSecond: 1 });
    const { failure, text } = await collect(impatient.chat({ chatCtx: says('Hello') }));
    expect(text).toBe('one');
    expect(failure).toBeInstanceOf(APITimeoutError);
  });

  it('says so when nobody listens at the address', async () => {
    await fake.refuse();
    const { failure } = await ask(says('Hello'), { connOptions: once }).finally(() =>
      fake.accept(),
    );
    expect(failure?.message).toContain('ECONNREFUSED');
    expect(failure?.retryable).toBe(true);
  });

  it('closes the request without a word when it is aborted', async () => {
    const errors: unknown[] = [];
    mind.on('error', (error) => errors.push(error));
    fake.next({ text: 'one two three four five', tokensPerSecond: 10 });
    const stream = mind.chat({ chatCtx: says('Hello') });
    for await (const chunk of stream) if (chunk.delta?.content) break;
    stream.close();
    await expect.poll(() => fake.requests[0]?.aborted).toBe(true);
    expect(stream.failure).toBeUndefined();
    expect(errors).toEqual([]);
  });
});
