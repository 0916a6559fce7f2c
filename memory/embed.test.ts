/** The embedder against a server that answers well, badly, late, or not at all. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startEmbeddings } from '../tests/fakes/embeddings.ts';
import { prefixFor } from './embed/prefix.ts';
import { createEmbedder, type Embedder, type EmbedderOptions } from './embed.ts';

const fake = await startEmbeddings({ dimension: 32, models: ['small', 'nomic-embed-text'] });
beforeEach(() => fake.reset());
afterAll(() => fake.stop());

const warnings: string[] = [];
const note = (fields: object): void => void warnings.push((fields as { code: string }).code);
const log = { info: () => {}, warn: note, error: note, debug: () => {} };
const timing = {
  queryWithinMs: 300,
  documentsWithinMs: 600,
  retryAfterMs: 10,
  failuresMax: 2,
  restMs: 400,
  yieldMs: 250,
};

const embedder = (options: Partial<EmbedderOptions> = {}): Embedder => {
  warnings.length = 0;
  const url = () => ({ origin: fake.url, key: '' });
  return createEmbedder({ url, model: 'small', log, timing, ...options });
};

const lengthOf = (vector: Float32Array | undefined): number =>
  Math.hypot(...(vector ?? new Float32Array()));

const words = (count: number): string[] => Array.from({ length: count }, (_, at) => `word ${at}`);

describe('good answers', () => {
  test('vectors of length one, in the order of the texts, in small requests', async () => {
    const here = embedder();
    expect(here.state().state).toBe('starting');
    const vectors = await here.embed(words(30), 'document');
    expect(vectors).toHaveLength(30);
    for (const vector of vectors) expect(lengthOf(vector)).toBeCloseTo(1, 5);
    const [again] = await here.embed(['word 29'], 'document');
    expect(again).toEqual(vectors[29]);
    expect(here.dimension()).toBe(32);
    expect(here.state()).toMatchObject({ state: 'ready', model: 'small', dimension: 32 });
    expect(fake.requests.every(({ body }) => body.input.length <= 32)).toBe(true);
  });

  test('the same question is asked once, also while it is under way', async () => {
    const here = embedder();
    fake.next({ answersAfterMs: 50 });
    const both = await Promise.all([here.embed(['tea'], 'query'), here.embed(['tea '], 'query')]);
    await here.embed(['tea'], 'query');
    expect(both[0]).toEqual(both[1]);
    expect(fake.requests).toHaveLength(1);
  });

  test('a server of numbers only is asked for numbers from then on', async () => {
    const plain = await startEmbeddings({ models: ['small'], base64: false });
    const here = embedder({ url: () => ({ origin: `${plain.url}/v1/`, key: '' }) });
    await here.embed(['tea'], 'query');
    await here.embed(['milk'], 'query');
    const asked = plain.requests.map(({ body }) => body.encoding_format);
    expect(asked).toEqual(['base64', 'float', 'float']);
    await plain.stop();
  });

  test('a model that wants a word before the text gets it', async () => {
    const here = embedder({ model: 'nomic-embed-text' });
    await here.embed(['tea'], 'query');
    await here.embed(['tea'], 'document');
    const sent = fake.requests.map(({ body }) => body.input);
    expect(sent).toEqual([['search_query: tea'], ['search_document: tea']]);
    expect(prefixFor('intfloat/multilingual-e5-small', 'document')).toBe('passage: ');
    expect(prefixFor('all-minilm-l6-v2', 'query')).toBe('');
  });

  test('a question does not wait behind a queue of documents', async () => {
    const here = embedder();
    await here.embed(['first'], 'query');
    fake.always(({ body }) => ({ answersAfterMs: body.input.length > 1 ? 100 : 5 }));
    const documents = here.embed(words(80), 'document');
    const startedMs = performance.now();
    await here.embed(['quick'], 'query');
    expect(performance.now() - startedMs).toBeLessThan(200);
    await documents;
  });
});

describe('bad answers are never vectors', () => {
  test.each([
    ['too few vectors', { count: 1 }, 'embedding-malformed'],
    ['too many vectors', { count: 3 }, 'embedding-malformed'],
    ['no number', { number: null }, 'embedding-malformed'],
    ['zeros', { number: 0 }, 'embedding-malformed'],
    ['an empty vector', { dimension: 0 }, 'embedding-malformed'],
    ['another dimension', { dimension: 16 }, 'embedding-dimension'],
    ['garbage', { fault: 'garbage' as const }, 'embedding-malformed'],
    ['half an answer', { fault: 'half' as const }, 'embedding-unreachable'],
    ['an outage', { fault: { status: 500 } }, 'embedding-unreachable'],
    ['a limit', { fault: { status: 429 } }, 'embedding-unreachable'],
    ['a wrong key', { fault: { status: 401 } }, 'embedding-refused'],
    ['silence', { fault: 'hang' as const }, 'embedding-unreachable'],
  ])('%s', async (_what, step, code) => {
    const here = embedder();
    await here.embed(['tea'], 'document');
    fake.always(step);
    await expect(here.embed(['milk', 'sugar'], 'document')).rejects.toMatchObject({ code });
    expect(here.state().state).toBe('failed');
    expect(warnings).toContain(code);
    expect(here.dimension()).toBe(32);
  });

  test('a document is tried again, a question is not', async () => {
    const here = embedder();
    fake.next({ fault: { status: 503 } });
    expect(await here.embed(['tea'], 'document')).toHaveLength(1);
    expect(here.state().state).toBe('ready');
    fake.next({ fault: { status: 503 } });
    await expect(here.embed(['tea'], 'query')).rejects.toMatchObject({
      code: 'embedding-unreachable',
    });
    expect(fake.requests).toHaveLength(3);
  });

  test('a text that is not taken says nothing about the server', async () => {
    const strict = await startEmbeddings({ models: ['small'], charactersMax: 10 });
    const here = embedder({ url: () => ({ origin: strict.url, key: '' }) });
    for (const _ of [1, 2, 3]) {
      const long = here.embed(['much longer than ten'], 'document');
      await expect(long).rejects.toMatchObject({ code: 'embedding-refused' });
    }
    expect(await here.embed(['short'], 'document')).toHaveLength(1);
    await strict.stop();
  });
});

describe('a server that is not there', () => {
  test('after failures it is left alone for a while, then asked again', async () => {
    const here = embedder();
    await fake.refuse();
    for (const text of ['one', 'two']) {
      const asked = here.embed([text], 'query');
      await expect(asked).rejects.toMatchObject({ code: 'embedding-unreachable' });
    }
    await fake.accept();
    await expect(here.embed(['three'], 'query')).rejects.toThrow(/EMBEDDINGS_URL/);
    expect(fake.requests).toHaveLength(0);
    expect(warnings).toEqual(['embedding-unreachable']);
    await new Promise((resolve) => setTimeout(resolve, timing.restMs));
    expect(await here.embed(['four'], 'query')).toHaveLength(1);
    expect(here.state().state).toBe('ready');
  });

  test('none is configured: a sentence, and no warning', async () => {
    const here = embedder({ url: () => undefined });
    await expect(here.embed(['tea'], 'query')).rejects.toMatchObject({ code: 'embedding-off' });
    expect(here.state().state).toBe('off');
    expect(warnings).toEqual([]);
  });

  test('a signal ends the wait, not the work of others', async () => {
    const here = embedder();
    fake.next({ answersAfterMs: 100 });
    const hurry = new AbortController();
    const mine = here.embed(['tea'], 'query', hurry.signal);
    const other = here.embed(['tea'], 'query');
    hurry.abort(new Error('enough'));
    await expect(mine).rejects.toThrow('enough');
    expect(await other).toHaveLength(1);
    expect(fake.requests).toHaveLength(1);
  });
});
