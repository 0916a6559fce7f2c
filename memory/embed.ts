/** Texts as unit vectors by any OpenAI-compatible server; one question never waits in a queue. */
import OpenAI, { APIError } from 'openai';
import type { MemoryLog } from './database.ts';
import { vectorsOf } from './embed/answer.ts';
import { EmbeddingError, noServer, whatFailed } from './embed/failure.ts';
import { prefixFor, type TextKind } from './embed/prefix.ts';
import { sleep, unlessAborted } from './embed/waiting.ts';

export { EmbeddingError } from './embed/failure.ts';

/** The model of the local models server. */
const LOCAL_MODEL = 'all-minilm-l6-v2';
/** The models read some hundred words; the rest only costs time. */
const CHARACTERS_MAX = 4_000;
/** So small that a question behind it waits some tens of milliseconds on two slow cores. */
const DOCUMENTS_PER_REQUEST = 8;
const QUERIES_KEPT = 64;

export interface EmbedderTiming {
  queryWithinMs: number;
  documentsWithinMs: number;
  retryAfterMs: number;
  /** After `failuresMax` failures in a row nothing is asked for `restMs`. */
  failuresMax: number;
  restMs: number;
  /** Documents wait at most this long for a question that is under way. */
  yieldMs: number;
}

const TIMING: EmbedderTiming = {
  queryWithinMs: 1_500,
  documentsWithinMs: 20_000,
  retryAfterMs: 250,
  failuresMax: 2,
  restMs: 5_000,
  yieldMs: 250,
};

export interface EmbedderState {
  state: 'ready' | 'starting' | 'failed' | 'off';
  sentence: string;
  model: string;
  dimension: number | undefined;
}

export interface Embedder {
  /** Kept beside each vector: only vectors of one model and dimension are ever compared. */
  readonly model: string;
  /** Learned from the first answer. */
  dimension(): number | undefined;
  /**
   * One unit vector for each text, in their order.
   * @param kind a `query` goes out at once and is asked once; `document`s go in small batches,
   * one at a time, and are tried twice.
   * @throws EmbeddingError, or the signal's reason.
   */
  embed(texts: string[], kind: TextKind, signal?: AbortSignal): Promise<Float32Array[]>;
  state(): EmbedderState;
}

export interface EmbedderOptions {
  /** The local models server or EMBEDDINGS_URL, with or without `/v1`; undefined: none is there. */
  url: () => { origin: string; key: string } | undefined;
  model?: string | undefined;
  log: MemoryLog;
  timing?: Partial<EmbedderTiming>;
}

export const createEmbedder = (options: EmbedderOptions): Embedder => new HttpEmbedder(options);

const baseUrl = (origin: string): string => {
  const trimmed = origin.replace(/\/+$/, '');
  return trimmed.endsWith('/v1') ? trimmed : `${trimmed}/v1`;
};

interface Asked {
  texts: string[];
  kind: TextKind;
  withinMs: number;
  signal?: AbortSignal | undefined;
}

class HttpEmbedder implements Embedder {
  readonly model: string;
  readonly #url: EmbedderOptions['url'];
  readonly #log: MemoryLog;
  readonly #timing: EmbedderTiming;
  /** The newest questions; a second one for the same words waits for the first. */
  readonly #queries = new Map<string, Promise<Float32Array>>();
  readonly #questions = new Set<Promise<unknown>>();
  #documents: Promise<unknown> = Promise.resolve();
  #dimension: number | undefined;
  #client: { origin: string; key: string; client: OpenAI } | undefined;
  #base64 = true;
  #failures = 0;
  #failure: EmbeddingError | undefined;
  #restsUntilMs = 0;

  constructor({ url, model = LOCAL_MODEL, log, timing }: EmbedderOptions) {
    this.model = model;
    this.#url = url;
    this.#log = log;
    this.#timing = { ...TIMING, ...timing };
  }

  dimension(): number | undefined {
    return this.#dimension;
  }

  async embed(texts: string[], kind: TextKind, signal?: AbortSignal): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    if (kind === 'query') {
      return await Promise.all(texts.map((text) => unlessAborted(this.#query(text), signal)));
    }
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += DOCUMENTS_PER_REQUEST) {
      const batch = texts.slice(start, start + DOCUMENTS_PER_REQUEST);
      vectors.push(...(await this.#inTurn(batch, signal)));
    }
    return vectors;
  }

  state(): EmbedderState {
    const about = { model: this.model, dimension: this.#dimension };
    if (!this.#url()) return { state: 'off', sentence: noServer().message, ...about };
    if (this.#failure) return { state: 'failed', sentence: this.#failure.message, ...about };
    if (this.#dimension === undefined) {
      return { state: 'starting', sentence: 'It was not asked anything yet.', ...about };
    }
    return { state: 'ready', sentence: 'Texts are compared by their meaning.', ...about };
  }

  #query(given: string): Promise<Float32Array> {
    const text = given.trim().slice(0, CHARACTERS_MAX);
    const known = this.#queries.get(text);
    if (known !== undefined) {
      this.#queries.delete(text);
      this.#queries.set(text, known);
      return known;
    }
    const withinMs = this.#timing.queryWithinMs;
    const asked = this.#ask({ texts: [text], kind: 'query', withinMs }).then(
      ([vector]) => vector as Float32Array,
    );
    this.#queries.set(text, asked);
    this.#questions.add(asked);
    // Only answers are kept; a failure may be over when the same is asked again.
    asked.catch(() => this.#queries.delete(text)).finally(() => this.#questions.delete(asked));
    const [oldest] = this.#queries.keys();
    if (this.#queries.size > QUERIES_KEPT && oldest !== undefined) this.#queries.delete(oldest);
    return asked;
  }

  /** One batch after the other, and after the questions that are under way. */
  #inTurn(batch: string[], signal: AbortSignal | undefined): Promise<Float32Array[]> {
    const mine = this.#documents.then(async () => {
      signal?.throwIfAborted();
      if (this.#questions.size > 0) {
        await Promise.race([
          Promise.allSettled(this.#questions),
          sleep(this.#timing.yieldMs, signal),
        ]);
      }
      return await this.#twice(batch, signal);
    });
    this.#documents = mine.catch(() => undefined);
    return mine;
  }

  async #twice(batch: string[], signal: AbortSignal | undefined): Promise<Float32Array[]> {
    const texts = batch.map((text) => text.slice(0, CHARACTERS_MAX));
    const withinMs = this.#timing.documentsWithinMs;
    const asked: Asked = { texts, kind: 'document', withinMs, signal };
    try {
      return await this.#ask(asked);
    } catch (error) {
      const worthIt = error instanceof EmbeddingError && error.code === 'embedding-unreachable';
      if (!worthIt || signal?.aborted) throw error;
      await sleep(this.#timing.retryAfterMs, signal);
      return await this.#ask(asked);
    }
  }

  async #ask(asked: Asked): Promise<Float32Array[]> {
    const address = this.#url();
    if (!address) throw noServer();
    if (this.#failure && performance.now() < this.#restsUntilMs) throw this.#failure;
    try {
      const body = await this.#request(this.#clientFor(address), asked);
      const expected = { count: asked.texts.length, dimension: this.#dimension };
      const vectors = vectorsOf(body, expected);
      this.#dimension = vectors[0]?.length ?? this.#dimension;
      this.#worked();
      return vectors;
    } catch (error) {
      if (asked.signal?.aborted) throw asked.signal.reason;
      const failure = error instanceof EmbeddingError ? error : whatFailed(error, this.model);
      // One text that is not taken says nothing about the server.
      if (!failure.aboutTheText) this.#failed(failure);
      throw failure;
    }
  }

  async #request(client: OpenAI, { texts, kind, withinMs, signal }: Asked): Promise<unknown> {
    const prefix = prefixFor(this.model, kind);
    const input = texts.map((text) => `${prefix}${text}`);
    const options = { timeout: withinMs, ...(signal && { signal }) };
    const create = (encoding_format: 'base64' | 'float'): Promise<unknown> =>
      client.embeddings.create({ model: this.model, input, encoding_format }, options);
    if (!this.#base64) return await create('float');
    try {
      return await create('base64');
    } catch (error) {
      // Some servers know lists of numbers only, and say so.
      const refused = error instanceof APIError && (error.status === 400 || error.status === 422);
      if (!refused || !/encoding|base64/i.test(error.message)) throw error;
      this.#base64 = false;
      return await create('float');
    }
  }

  #clientFor({ origin, key }: { origin: string; key: string }): OpenAI {
    if (this.#client?.origin !== origin || this.#client.key !== key) {
      const client = new OpenAI({
        apiKey: key || 'none',
        baseURL: baseUrl(origin),
        maxRetries: 0,
        logLevel: 'off',
      });
      this.#client = { origin, key, client };
    }
    return this.#client.client;
  }

  #worked(): void {
    if (this.#failure) this.#log.info({ model: this.model }, 'embeddings work again');
    this.#failures = 0;
    this.#failure = undefined;
  }

  #failed(failure: EmbeddingError): void {
    if (!this.#failure) {
      const { code, message } = failure;
      this.#log.warn({ code, model: this.model }, `no vector for a text: ${message}`);
    }
    this.#failure = failure;
    this.#failures += 1;
    if (this.#failures >= this.#timing.failuresMax) {
      this.#restsUntilMs = performance.now() + this.#timing.restMs;
    }
  }
}
