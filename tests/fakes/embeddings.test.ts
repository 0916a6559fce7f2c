/** The embeddings fake through the openai client: both encodings, its rules, the specification. */
import OpenAI from 'openai';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { fakeVector, startEmbeddings } from './embeddings.ts';
import { assertMatchesOpenAI, hasOpenAISpecification } from './openai-spec.ts';

const fake = await startEmbeddings({ dimension: 32, models: ['small'] });
const client = new OpenAI({ apiKey: 'none', baseURL: `${fake.url}/v1`, maxRetries: 0 });
const request = { model: 'small', input: ['oat milk', 'tea'], encoding_format: 'float' as const };

beforeEach(() => fake.reset());
afterAll(() => fake.stop());

const cosine = (left: number[], right: number[]): number => {
  const dot = (a: number[], b: number[]) => a.reduce((sum, one, at) => sum + one * (b[at] ?? 0), 0);
  return dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
};

test('both encodings say the same, in the order of the texts', async () => {
  const floats = await client.embeddings.create(request);
  const { encoding_format: _, ...bare } = request;
  const decoded = await client.embeddings.create(bare);
  for (const [at, { embedding }] of floats.data.entries()) {
    expect(embedding).toHaveLength(32);
    expect(cosine(embedding, decoded.data[at]?.embedding ?? [])).toBeCloseTo(1, 5);
    expect(cosine(embedding, fakeVector(request.input[at] ?? '', 32))).toBeCloseTo(1, 5);
  }
});

test('texts with words in common are alike', () => {
  const [coffee, same, other] = ['oat milk in coffee', 'coffee with oat milk', 'a fast car'].map(
    (text) => fakeVector(text, 384),
  ) as [number[], number[], number[]];
  expect(cosine(coffee, same)).toBeGreaterThan(0.6);
  expect(cosine(coffee, other)).toBeLessThan(0.3);
});

test('no text, a strange argument, an unknown model are refused', async () => {
  await expect(client.embeddings.create({ ...request, input: [] })).rejects.toThrow(/1 to 2048/);
  await expect(client.embeddings.create({ ...request, input: '' })).rejects.toThrow(/empty/);
  const odd = { ...request, shout: true };
  await expect(client.embeddings.create(odd)).rejects.toThrow(/shout/);
  const other = client.embeddings.create({ ...request, model: 'large' });
  await expect(other).rejects.toMatchObject({ status: 404 });
});

test('requests and answers fit the specification, and the check can fail', async () => {
  const response = await client.embeddings.create(request);
  assertMatchesOpenAI('createEmbedding', { request: fake.requests[0]?.body, response });
  if (!hasOpenAISpecification()) return;
  const wrong = { request: { model: 'small' } };
  expect(() => assertMatchesOpenAI('createEmbedding', wrong)).toThrow(/input/);
});
