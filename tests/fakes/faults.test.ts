/** Every fault of every fake, seen through the real SDK clients. */
import { setTimeout as sleep } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';
import Groq, { toFile } from 'groq-sdk';
import OpenAI from 'openai';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { voice, writeWav } from '../rig/wav.ts';
import { startAnthropic } from './anthropic.ts';
import type { Fake, Fault } from './fake.ts';
import { startGroq } from './groq.ts';
import { startKokoro } from './kokoro.ts';
import { startOpenAI } from './openai.ts';

const groq = await startGroq({ transcriptionMs: 5 });
const anthropic = await startAnthropic({ firstTokenMs: 5, tokensPerSecond: 1000 });
const openai = await startOpenAI({ firstTokenMs: 5, tokensPerSecond: 1000 });
const kokoro = await startKokoro({ speechFirstByteMs: 5, speechRealTimeFactor: 1000 });

const speech = writeWav(voice(300, 16_000), 16_000);
const settings = { apiKey: 'key', maxRetries: 0, timeout: 5_000 };
const question = [{ role: 'user' as const, content: 'Is anybody there?' }];

interface Step {
  text?: string;
}
type Ask = (signal?: AbortSignal) => Promise<string>;

const hear: Ask = async (signal) => {
  const client = new Groq({ ...settings, baseURL: groq.url });
  const file = await toFile(speech, 'utterance.wav');
  const request = { file, model: 'whisper-large-v3-turbo' };
  return (await client.audio.transcriptions.create(request, { signal })).text;
};

const think: Ask = async (signal) => {
  const client = new Anthropic({ ...settings, baseURL: anthropic.url });
  const request = { model: 'claude-haiku-4-5', max_tokens: 100, messages: question };
  return client.messages.stream(request, { signal }).finalText();
};

const thinkAtHome: Ask = async (signal) => {
  const client = new OpenAI({ ...settings, baseURL: `${openai.url}/v1` });
  const request = { model: 'fake-model', messages: question, stream: true as const };
  let text = '';
  let finished: string | null = null;
  for await (const chunk of await client.chat.completions.create(request, { signal })) {
    text += chunk.choices[0]?.delta.content ?? '';
    finished = chunk.choices[0]?.finish_reason ?? finished;
  }
  if (!finished) throw new Error('The stream ended before it was finished.');
  return text;
};

const speak: Ask = async (signal) => {
  const client = new OpenAI({ ...settings, baseURL: `${kokoro.url}/v1` });
  const request = {
    model: 'kokoro',
    voice: 'af_heart',
    input: 'A sentence that takes a second.',
    response_format: 'pcm' as const,
  };
  const response = await client.audio.speech.create(request, { signal });
  return `${(await response.arrayBuffer()).byteLength}`;
};

// Speech is bytes: to the client, garbage and a short answer look like sound.
const cases = [
  { name: 'groq', fake: groq as Fake<Step>, ask: hear, bytes: false, text: false },
  { name: 'anthropic', fake: anthropic as Fake<Step>, ask: think, bytes: false, text: true },
  { name: 'openai', fake: openai as Fake<Step>, ask: thinkAtHome, bytes: false, text: true },
  { name: 'kokoro', fake: kokoro as Fake<Step>, ask: speak, bytes: true, text: false },
];

afterAll(async () => {
  await Promise.all(cases.map(({ fake }) => fake.stop()));
});

test('waits for requests, and says how many came where too few did', async () => {
  kokoro.reset();
  const waiting = kokoro.waitForRequests(2);
  await Promise.all([speak(), speak()]);
  expect(await waiting).toHaveLength(2);
  await expect(kokoro.waitForRequests(3, 50)).rejects.toThrow('saw 2 of 3 requests within 50 ms');
});

describe.each(cases)('$name', ({ fake, ask, bytes }) => {
  beforeEach(() => fake.reset());

  test('answers, keeps the connection, records the request', async () => {
    const answer = await ask();
    expect(answer.length).toBeGreaterThan(0);
    const [request] = fake.requests;
    expect(request).toMatchObject({ method: 'POST', status: 200, aborted: false });
    const { arrivedAtMs = 0, completeAtMs = 0, marks, finishedAtMs } = request ?? {};
    expect(completeAtMs).toBeGreaterThanOrEqual(arrivedAtMs);
    expect(marks?.first).toBeGreaterThanOrEqual(completeAtMs);
    await expect.poll(() => finishedAtMs ?? fake.requests[0]?.finishedAtMs).toBeTypeOf('number');
  });

  test.each([401, 429, 500])('answers %i once, then is well again', async (status) => {
    fake.next({ fault: { status, retryAfterSeconds: 7 } });
    const failure = await ask().catch((error) => error);
    expect(failure).toMatchObject({ status });
    expect(failure.headers.get('retry-after')).toBe('7');
    // Kokoro-FastAPI's errors have no `error` member, so the OpenAI client shows only the status.
    expect(failure.message).toMatch(bytes ? `${status}` : /key|limit|server/i);
    await expect(ask()).resolves.not.toBe('');
  });

  test.each<Fault>(['half', 'close'])('%s: the connection is lost', async (fault) => {
    fake.next({ fault });
    await expect(ask()).rejects.toThrow();
    expect(fake.requests[0]?.aborted).toBe(false);
    await expect(ask()).resolves.not.toBe('');
  });

  test.each<Fault>(['garbage', 'empty'])('%s is no answer', async (fault) => {
    const good = await ask();
    fake.next({ fault });
    const result = await ask().catch(() => undefined);
    expect(result).not.toBe(good);
    if (bytes) expect(Number(result)).toBeLessThan(40);
  });

  test('hang: nothing comes until the client leaves, and that is noticed', async () => {
    fake.next({ fault: 'hang' });
    const leaving = new AbortController();
    const asking = expect(ask(leaving.signal)).rejects.toThrow(/abort/i);
    await fake.waitForRequests(1);
    await sleep(50);
    expect(fake.requests[0]?.aborted).toBe(false);
    leaving.abort();
    await asking;
    await expect.poll(() => fake.requests[0]?.aborted).toBe(true);
    expect(fake.requests[0]?.marks).toEqual({});
  });

  test('slow: everything takes ten times as long', async () => {
    fake.next({ fault: 'slow' });
    await ask();
    const { marks, completeAtMs = 0 } = fake.requests[0] ?? {};
    expect((marks?.last ?? 0) - completeAtMs).toBeGreaterThanOrEqual(49);
  });

  test('refuses connections, and comes back on the same port', async () => {
    await fake.refuse();
    const failure = await ask().catch((error) => error);
    expect(failure.constructor.name).toBe('APIConnectionError');
    await fake.accept();
    await expect(ask()).resolves.not.toBe('');
  });

  test('a client that leaves mid-answer is noted', async () => {
    fake.next({ fault: 'slow' });
    const leaving = new AbortController();
    const asking = expect(ask(leaving.signal)).rejects.toThrow(/abort/i);
    await fake.waitForRequests(1);
    leaving.abort();
    await asking;
    await expect.poll(() => fake.requests[0]?.aborted).toBe(true);
  });
});

test.each(cases.filter(({ text }) => text))(
  '$name: half an answer begins before it breaks',
  async ({ fake, ask }) => {
    fake.reset();
    fake.next({ text: 'One two three four five six.', fault: 'half' });
    await expect(ask()).rejects.toThrow();
    expect(String(fake.requests[0]?.answered)).toContain('One');
    expect(String(fake.requests[0]?.answered)).not.toContain('six.');
  },
);
