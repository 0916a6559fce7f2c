/** Anthropic's fake through its SDK: stream, tools, rules, prompt cache. It has no OpenAPI file. */
import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startAnthropic } from './anthropic.ts';

type Request = Anthropic.MessageCreateParamsNonStreaming;
let nowMs = 0;
const fake = await startAnthropic({
  firstTokenMs: 20,
  tokensPerSecond: 500,
  apiKey: 'right',
  now: () => nowMs,
});
const client = new Anthropic({ apiKey: 'right', baseURL: fake.url, maxRetries: 0 });
const user = { role: 'user' as const, content: 'Turn on both lights.' };
const light = { name: 'light', input_schema: { type: 'object' as const, properties: {} } };
const request: Request = { model: 'claude-haiku-4-5', max_tokens: 200, messages: [user] };
const withTools: Request = { ...request, tools: [light] };
const calls = [
  { name: 'light', input: { room: 'kitchen "north"', on: true } },
  { name: 'light', input: {} },
];

beforeEach(() => fake.reset());
afterAll(() => fake.stop());

describe('stream', () => {
  test('text at its pace, usage in the end', async () => {
    const text = 'It is on. Anything else you would like?';
    fake.next({ text, firstTokenMs: 200, tokensPerSecond: 20 });
    const stream = client.messages.stream(request);
    const pieces: string[] = [];
    stream.on('text', (piece) => pieces.push(piece));
    const message = await stream.finalMessage();
    expect(pieces).toHaveLength(8);
    expect(message.content).toMatchObject([{ type: 'text', text }]);
    expect(message).toMatchObject({ stop_reason: 'end_turn', usage: { output_tokens: 8 } });
    const { first = 0, firstToken = 0, firstSentence = 0 } = fake.requests[0]?.marks ?? {};
    expect(firstToken - first).toBeGreaterThan(80);
    expect(firstSentence - firstToken).toBeGreaterThan(30);
  });

  test('the events are those of the service, in its order', async () => {
    fake.next({ text: 'One moment.', toolCalls: calls.slice(0, 1) });
    const seen: string[] = [];
    const stream = await client.messages.create({ ...withTools, stream: true });
    for await (const event of stream) {
      const kind = 'delta' in event && 'type' in event.delta ? `:${event.delta.type}` : '';
      if (seen.at(-1) !== event.type + kind) seen.push(event.type + kind);
    }
    expect(seen).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta:text_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta:input_json_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(String(fake.requests[0]?.answered)).toContain('event: ping');
  });

  test('parallel tool calls in fragments are whole again', async () => {
    fake.next({ toolCalls: calls });
    const message = await client.messages.stream(withTools).finalMessage();
    expect(message.stop_reason).toBe('tool_use');
    expect(message.content).toMatchObject(calls.map((call) => ({ type: 'tool_use', ...call })));
    const ids = message.content.map((block) => (block.type === 'tool_use' ? block.id : ''));
    expect(new Set(ids).size).toBe(2);
  });

  test('an overloaded_error in mid-stream', async () => {
    fake.next({ text: 'One two three.', errorAfterTokens: 2 });
    const stream = client.messages.stream(request);
    let heard = '';
    stream.on('text', (piece) => {
      heard += piece;
    });
    await expect(stream.finalMessage()).rejects.toThrow(/overloaded_error/);
    expect(heard).toBe('One two');
  });

  test('unstreamed, cut by max_tokens, and never calling when told not to', async () => {
    fake.always({ text: 'One two three.', toolCalls: calls });
    const cut = await client.messages.create({ ...withTools, max_tokens: 2 });
    expect(cut).toMatchObject({ stop_reason: 'max_tokens', content: [{ text: 'One two' }] });
    const none = await client.messages.create({ ...withTools, tool_choice: { type: 'none' } });
    expect(none).toMatchObject({ stop_reason: 'end_turn' });
    const alone = { type: 'auto' as const, disable_parallel_tool_use: true };
    const one = await client.messages.create({ ...withTools, tool_choice: alone });
    expect(one.content).toHaveLength(2);
  });
});

const called = (...ids: string[]): Anthropic.MessageParam => ({
  role: 'assistant',
  content: ids.map((id) => ({ type: 'tool_use', id, name: 'light', input: {} })),
});
const results = (...ids: string[]): Anthropic.MessageParam => ({
  role: 'user',
  content: ids.map((id) => ({ type: 'tool_result', tool_use_id: id, content: 'done' })),
});
const said = (text: string) => ({ type: 'text' as const, text });
const marked = { ...said('x'), cache_control: { type: 'ephemeral' as const } };
const lateResult = [said('x'), ...(results('a').content as Anthropic.ContentBlockParam[])];

describe('rules', () => {
  test.each<[string, Partial<Request>, RegExp]>([
    ['an assistant first', { messages: [called('a'), results('a')] }, /first message must use/],
    ['an open tool_use', { messages: [user, called('a'), user] }, /without `tool_result`/],
    ['one of two answered', { messages: [user, called('a', 'b'), results('a')] }, /after: b/],
    [
      'text before the result',
      { messages: [user, called('a'), { role: 'user', content: lateResult }] },
      /immediately after/,
    ],
    ['a result of nothing', { messages: [user, results('a')] }, /unexpected `tool_use_id`/],
    ['a result given twice', { messages: [user, called('a'), results('a', 'a')] }, /single result/],
    ['tools missing', { tools: [], messages: [user, called('a'), results('a')] }, /define tools/],
    ['empty text', { messages: [{ role: 'user', content: [said('')] }] }, /non-empty/],
    ['white text', { system: [said('  ')] }, /non-whitespace/],
    ['an empty message', { messages: [{ role: 'user', content: '' }] }, /non-empty content/],
    [
      'words put in its mouth',
      { messages: [user, { role: 'assistant', content: 'I' }] },
      /prefill/,
    ],
    ['a strange choice', { tool_choice: { type: 'perhaps' } as never }, /expected tags/],
    ['a choice without tools', { tools: [], tool_choice: { type: 'auto' } }, /providing tools/],
    ['an unknown tool chosen', { tool_choice: { type: 'tool', name: 'x' } }, /not found in/],
    ['no max_tokens', { max_tokens: undefined as never }, /max_tokens: Field required/],
    ['five cache marks', { system: [marked, marked, marked, marked, marked] }, /maximum of 4/],
    ['a word it does not know', { temprature: 1 } as never, /temprature: Extra inputs/],
    ['two tools of a name', { tools: [light, light] }, /unique/],
    ['a tool name with a dot', { tools: [{ ...light, name: 'a.b' }] }, /match pattern/],
    ['no schema', { tools: [{ name: 'light', input_schema: {} as never }] }, /input_schema/],
  ])('refuses %s', async (_what, change, reason) => {
    const failure = await client.messages.create({ ...withTools, ...change }).catch((e) => e);
    expect(failure).toMatchObject({ status: 400, type: 'invalid_request_error' });
    expect(failure.message).toMatch(reason);
  });

  test('a good round trip passes; key, model and version are checked', async () => {
    const messages = [user, called('a', 'b'), results('b', 'a'), called('c'), results('c')];
    await client.messages.create({ ...withTools, messages });
    const stranger = new Anthropic({ apiKey: 'wrong', baseURL: fake.url, maxRetries: 0 });
    await expect(stranger.messages.create(request)).rejects.toMatchObject({ status: 401 });
    const unknown = client.messages.create({ ...request, model: 'claude-9' });
    await expect(unknown).rejects.toMatchObject({ status: 404 });
    const init = { method: 'POST', headers: { 'x-api-key': 'right' }, body: '{}' };
    expect((await fetch(`${fake.url}/v1/messages`, init)).status).toBe(400);
    const models = await client.models.list();
    expect(models.data.map(({ id }) => id)).toContain('claude-haiku-4-5');
  });
});

describe('prompt cache', () => {
  const rules = { ...said('rule '.repeat(1_200)), cache_control: { type: 'ephemeral' as const } };
  const usage = async (change: Partial<Request> = {}) => {
    const { usage } = await client.messages.create({ ...withTools, system: [rules], ...change });
    const read = usage.cache_read_input_tokens ?? 0;
    const created = usage.cache_creation_input_tokens ?? 0;
    return { read, created, input: usage.input_tokens };
  };

  test('writes a prefix once, reads it for five minutes after its last use', async () => {
    const first = await usage();
    expect(first.read).toBe(0);
    expect(first.created).toBeGreaterThan(1_400);
    expect(first.input).toBeLessThan(40);
    nowMs += 200_000;
    const second = await usage({ messages: [user, called('a'), results('a')] });
    expect(second).toMatchObject({ read: first.created, created: 0 });
    nowMs += 299_000;
    expect((await usage()).read).toBe(first.created);
    nowMs += 300_001;
    expect((await usage()).read).toBe(0);
  });

  test('other tools or rules are another prefix; another tool_choice is not', async () => {
    const { read, created } = await usage();
    const size = read + created;
    expect((await usage({ tool_choice: { type: 'none' } })).read).toBe(size);
    expect((await usage({ tools: [{ ...light, description: 'new' }] })).read).toBe(0);
    expect((await usage({ system: [{ ...rules, text: `${rules.text}!` }] })).read).toBe(0);
  });

  test('a mark on the conversation reads the turn before; a short prefix is not kept', async () => {
    const turn = (text: string) => ({ role: 'user' as const, content: [{ ...marked, text }] });
    const first = await usage({ messages: [turn('One.')] });
    const reply = { role: 'assistant' as const, content: 'Two.' };
    const unmarked = { role: 'user' as const, content: [said('One.')] };
    const second = await usage({ messages: [unmarked, reply, turn('Three.')] });
    expect(second.read).toBe(first.read + first.created);
    expect(second.created).toBeGreaterThan(0);
    const short = { system: [{ ...rules, text: 'short' }] };
    expect(await usage(short)).toMatchObject({ read: 0, created: 0 });
    expect(await usage(short)).toMatchObject({ read: 0, created: 0 });
  });
});
