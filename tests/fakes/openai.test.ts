/** The home server's fake through the openai client: stream, parallel calls, rules, schemas. */
import OpenAI from 'openai';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startOpenAI } from './openai.ts';
import { assertMatchesOpenAI, eventsOf, hasOpenAISpecification } from './openai-spec.ts';

const fake = await startOpenAI({ firstTokenMs: 20, tokensPerSecond: 500, models: ['house'] });
const client = new OpenAI({ apiKey: 'none', baseURL: `${fake.url}/v1`, maxRetries: 0 });
type Request = Omit<OpenAI.Chat.ChatCompletionCreateParamsNonStreaming, 'stream'>;
const user = { role: 'user' as const, content: 'Turn on both lights.' };
const light = {
  type: 'function' as const,
  function: { name: 'light', parameters: { type: 'object', properties: {} } },
};
const calls = [
  { name: 'light', input: { room: 'kitchen "north"', on: true } },
  { name: 'light', input: { room: 'office' } },
];
const request: Request = { model: 'house', messages: [user], tools: [light] };

beforeEach(() => fake.reset());
afterAll(() => fake.stop());

describe('stream', () => {
  test('text comes token by token, at its pace, with usage at the end', async () => {
    const text = 'It is on. Anything else you would like?';
    fake.next({ text, firstTokenMs: 100, tokensPerSecond: 20 });
    const body = { ...request, stream: true as const, stream_options: { include_usage: true } };
    const startedAtMs = performance.now();
    const pieces: { text: string; atMs: number }[] = [];
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of await client.chat.completions.create(body)) {
      const content = chunk.choices[0]?.delta.content;
      if (content) pieces.push({ text: content, atMs: performance.now() - startedAtMs });
      usage = chunk.usage ?? usage;
    }
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces).toHaveLength(8);
    expect(pieces[0]?.atMs).toBeGreaterThanOrEqual(99);
    expect((pieces[7]?.atMs ?? 0) - (pieces[0]?.atMs ?? 0)).toBeGreaterThan(150);
    expect(usage).toMatchObject({ completion_tokens: 8 });
    const { firstToken = 0, firstSentence = 0 } = fake.requests[0]?.marks ?? {};
    expect(firstSentence - firstToken).toBeGreaterThan(30);
  });

  test('parallel tool calls arrive in pieces and are whole again', async () => {
    fake.next({ text: 'One moment.', toolCalls: calls });
    const runner = client.chat.completions.stream(request);
    const message = (await runner.finalChatCompletion()).choices[0];
    expect(message?.finish_reason).toBe('tool_calls');
    expect(message?.message.content).toBe('One moment.');
    const got = message?.message.tool_calls?.map((call) => {
      return call.type === 'function' ? JSON.parse(call.function.arguments) : undefined;
    });
    expect(got).toEqual(calls.map(({ input }) => input));
  });

  test('an error in mid-stream reaches the client after the first tokens', async () => {
    fake.next({ text: 'One two three.', errorAfterTokens: 2 });
    let heard = '';
    const read = async () => {
      const stream = await client.chat.completions.create({ ...request, stream: true });
      for await (const chunk of stream) heard += chunk.choices[0]?.delta.content ?? '';
    };
    await expect(read()).rejects.toThrow(/had an error/);
    expect(heard).toBe('One two');
  });

  test('a limit of tokens cuts the answer', async () => {
    fake.next({ text: 'One two three four.' });
    const answer = await client.chat.completions.create({ ...request, max_tokens: 2 });
    expect(answer.choices[0]).toMatchObject({
      finish_reason: 'length',
      message: { content: 'One two' },
    });
  });

  test('a model that may not call does not call', async () => {
    fake.always({ text: 'No.', toolCalls: calls });
    const silent = await client.chat.completions.create({ ...request, tool_choice: 'none' });
    expect(silent.choices[0]?.message.tool_calls).toBeUndefined();
    const single = { ...request, parallel_tool_calls: false };
    const one = await client.chat.completions.create(single);
    expect(one.choices[0]?.message.tool_calls).toHaveLength(1);
  });
});

const called = (id: string) => ({
  role: 'assistant' as const,
  content: null,
  tool_calls: [{ id, type: 'function' as const, function: { name: 'light', arguments: '{}' } }],
});
const result = (id: string) => ({ role: 'tool' as const, tool_call_id: id, content: 'done' });

describe('rules', () => {
  test.each<[string, Partial<Request>, RegExp]>([
    ['an unanswered call', { messages: [user, called('a')] }, /must be followed by tool messages/],
    ['a call answered late', { messages: [user, called('a'), user, result('a')] }, /followed/],
    ['a result without a call', { messages: [user, result('a')] }, /must be a response/],
    ['no messages', { messages: [] }, /messages/],
    ['usage without a stream', { stream_options: { include_usage: true } }, /stream_options/],
    ['a strange tool_choice', { tool_choice: 'perhaps' as 'auto' }, /tool_choice/],
    ['a name with a blank', { tools: [{ ...light, function: { name: 'a b' } }] }, /name/],
  ])('refuses %s', async (_what, change, reason) => {
    const failure = client.chat.completions.create({ ...request, ...change });
    await expect(failure).rejects.toThrow(reason);
  });

  test('an answered call is fine; an unknown model is a 404', async () => {
    const messages = [user, called('a'), result('a'), user];
    await client.chat.completions.create({ ...request, messages });
    const failure = client.chat.completions.create({ ...request, model: 'other' });
    await expect(failure).rejects.toMatchObject({ status: 404 });
  });
});

describe('specification', () => {
  test('requests and answers fit it', async () => {
    fake.always({ text: 'Done.', toolCalls: calls });
    const whole = await client.chat.completions.create(request);
    assertMatchesOpenAI('createChatCompletion', { request, response: whole });
    const options = { stream_options: { include_usage: true }, stream: true as const };
    const stream = await client.chat.completions.create({ ...request, ...options });
    for await (const chunk of stream) expect(chunk.object).toBe('chat.completion.chunk');
    const { body, answered } = fake.requests[1] ?? {};
    const events = eventsOf(String(answered));
    expect(events.length).toBeGreaterThan(10);
    assertMatchesOpenAI('createChatCompletion', { request: body, response: events });
    const models = await client.models.list();
    assertMatchesOpenAI('listModels', { response: { object: 'list', data: models.data } });
  });

  test('the check can fail', () => {
    if (!hasOpenAISpecification()) return;
    const wrong = { request: { model: 'house', messages: 'hello' } };
    expect(() => assertMatchesOpenAI('createChatCompletion', wrong)).toThrow(/messages/);
    const form = { file: new File(['x'], 'a.wav'), model: 'm', shout: 'yes' };
    expect(() => assertMatchesOpenAI('createTranscription', { request: form })).toThrow(/shout/);
    const speech = { request: { model: 'm', voice: 'v' } };
    expect(() => assertMatchesOpenAI('createSpeech', speech)).toThrow(/input/);
    const event = { response: [{ id: 'x', choices: [] }] };
    expect(() => assertMatchesOpenAI('createChatCompletion', event)).toThrow(/created/);
  });
});
