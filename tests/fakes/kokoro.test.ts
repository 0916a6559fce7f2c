/** Kokoro's fake through the openai client: paced PCM, odd chunks, rules, and OpenAI's schema. */
import OpenAI from 'openai';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { rms } from '../rig/wav.ts';
import { startKokoro, toneMs } from './kokoro.ts';
import { assertMatchesOpenAI } from './openai-spec.ts';

const fake = await startKokoro();
const client = new OpenAI({ apiKey: 'none', baseURL: `${fake.url}/v1`, maxRetries: 0 });
const sentence = 'This sentence is spoken for about two seconds.';
const request = {
  model: 'kokoro',
  voice: 'af_heart',
  input: sentence,
  response_format: 'pcm' as const,
};

beforeEach(() => fake.reset());
afterAll(() => fake.stop());

async function listen(body: typeof request & { speed?: number } = request) {
  const startedAtMs = performance.now();
  const response = await client.audio.speech.create(body);
  const chunks: Buffer[] = [];
  let firstMs = Number.NaN;
  for await (const chunk of response.body ?? []) {
    if (chunks.length === 0) firstMs = performance.now() - startedAtMs;
    chunks.push(Buffer.from(chunk));
  }
  const bytes = Buffer.concat(chunks);
  const samples = new Int16Array(bytes.length >> 1);
  for (let index = 0; index < samples.length; index++)
    samples[index] = bytes.readInt16LE(index * 2);
  return { samples, chunks, firstMs, tookMs: performance.now() - startedAtMs };
}

test('streams: first sound early, the rest five times faster than it plays', async () => {
  const { samples, firstMs, tookMs } = await listen();
  const durationMs = toneMs(sentence);
  expect(samples.length / 24).toBeCloseTo(durationMs, -1);
  expect(firstMs).toBeGreaterThanOrEqual(89);
  expect(firstMs).toBeLessThan(250);
  expect(tookMs).toBeGreaterThan(90 + durationMs / 5 - 30);
  expect(rms(samples.subarray(0, 240))).toBeGreaterThan(1_000);
});

test('odd chunks split samples and lose none', async () => {
  const samples = Int16Array.from({ length: 4_801 }, (_, index) => index - 2_400);
  fake.next({ samples, chunkBytes: 481 });
  const heard = await listen();
  expect(heard.samples).toEqual(samples);
  expect(heard.chunks.some((chunk) => chunk.length % 2 === 1)).toBe(true);
});

test('speaks faster when asked', async () => {
  const slow = await listen();
  const fast = await listen({ ...request, speed: 2 });
  expect(fast.samples.length).toBeCloseTo(slow.samples.length / 2, -2);
});

test.each([
  ['an unknown voice', { voice: 'nobody' }, 400],
  ['an unknown part of a mixed voice', { voice: 'af_heart+nobody' }, 400],
  ['empty text', { input: '  ' }, 400],
  ['a speed that cannot be', { speed: 9 }, 422],
])('refuses %s', async (_what, change, status) => {
  await expect(listen({ ...request, ...change })).rejects.toMatchObject({ status });
});

test('takes a mixed voice, names its voices and models', async () => {
  const { samples } = await listen({ ...request, input: 'Hi.', voice: 'af_heart(2)+af_sky' });
  expect(samples.length).toBe(24 * 250);
  const voices = (await (await fetch(`${fake.url}/v1/audio/voices`)).json()) as {
    voices: string[];
  };
  expect(voices.voices).toContain('af_heart');
  const models = await client.models.list();
  expect(models.data[0]?.id).toBe('kokoro');
  assertMatchesOpenAI('listModels', { response: { object: 'list', data: models.data } });
});

test('the request fits OpenAI’s specification', async () => {
  await listen({ ...request, input: 'Hi.' });
  const { body, answered } = fake.requests[0] ?? {};
  assertMatchesOpenAI('createSpeech', { request: body, response: answered });
  expect(answered).toBeInstanceOf(Uint8Array);
});
