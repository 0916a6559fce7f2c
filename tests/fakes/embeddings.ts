/** An OpenAI-compatible embeddings server over a real socket: texts with like words are alike. */
import { type Answer, type Fake, json, readJson, startFake } from './fake.ts';
import { bearerMistake } from './groq.ts';

export interface EmbeddingsStep {
  dimension?: number;
  /** So many vectors, whatever was asked. */
  count?: number;
  /** This in place of each number. */
  number?: number | null;
  answersAfterMs?: number;
}

export interface EmbeddingsRequest {
  model: string;
  input: string | string[];
  encoding_format?: 'float' | 'base64';
}

export interface EmbeddingsOptions {
  models?: string[];
  dimension?: number;
  apiKey?: string;
  /** False: a server that knows lists of numbers only, and refuses the other form. */
  base64?: boolean;
  /** A longer text is refused with a 400. */
  charactersMax?: number;
}

const hash = (word: string): number => {
  let state = 2166136261;
  for (const letter of word) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  return state >>> 0;
};

/** Each word is a direction of its own; a text is the sum of its words (not of length one). */
export const fakeVector = (text: string, dimension: number): number[] => {
  const sum = new Array<number>(dimension).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
    let state = hash(word) || 1;
    for (let at = 0; at < dimension; at += 1) {
      state = Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9;
      sum[at] = (sum[at] ?? 0) + ((state >>> 8) / 2 ** 24 - 0.5);
    }
  }
  return sum;
};

const error = (status: number, message: string) => ({
  error: {
    message,
    type: status >= 500 ? 'server_error' : 'invalid_request_error',
    param: null,
    code: status === 401 ? 'invalid_api_key' : null,
  },
});

const refuse = (status: number, message: string): Answer =>
  json(error(status, message), { status });

const mistakeIn = (body: EmbeddingsRequest, options: EmbeddingsOptions): string | undefined => {
  const texts = [body.input].flat();
  if (!texts.every((text) => typeof text === 'string' && text !== '')) return 'input is empty';
  if (texts.length === 0 || texts.length > 2048) return 'input: send 1 to 2048 texts';
  const known = ['model', 'input', 'encoding_format', 'dimensions', 'user'];
  const strange = Object.keys(body).find((key) => !known.includes(key));
  if (strange) return `Unrecognized request argument supplied: ${strange}`;
  const { base64 = true, charactersMax = Number.POSITIVE_INFINITY } = options;
  if (!base64 && body.encoding_format === 'base64') return 'encoding_format base64: not supported';
  if (texts.some((text) => text.length > charactersMax)) {
    return 'the input length exceeds the context length';
  }
  return undefined;
};

const base64Of = (numbers: readonly (number | null)[]): string =>
  Buffer.from(Float32Array.from(numbers, (number) => number ?? Number.NaN).buffer).toString(
    'base64',
  );

const embedded = (body: EmbeddingsRequest, step: EmbeddingsStep, dimension: number): Answer => {
  const texts = [body.input].flat();
  const count = step.count ?? texts.length;
  const data = Array.from({ length: count }, (_, index) => {
    const numbers = fakeVector(texts[index] ?? '', step.dimension ?? dimension);
    const sent = step.number === undefined ? numbers : numbers.map(() => step.number ?? null);
    const embedding = body.encoding_format === 'base64' ? base64Of(sent) : sent;
    return { object: 'embedding', index, embedding };
  });
  const tokens = texts.join(' ').split(/\s+/).length;
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  const answer = { object: 'list', model: body.model, data, usage };
  return json(answer, { atMs: step.answersAfterMs ?? 0 });
};

/** `POST /v1/embeddings` on a loopback port. */
export function startEmbeddings(
  options: EmbeddingsOptions = {},
): Promise<Fake<EmbeddingsStep, EmbeddingsRequest>> {
  const { models = ['fake-embeddings'], dimension = 64, apiKey } = options;
  return startFake<EmbeddingsStep, EmbeddingsRequest>({
    operation: 'POST /v1/embeddings',
    parse: (incoming, raw) => readJson(incoming, raw) as EmbeddingsRequest,
    error,
    initial: {},
    refusal: (request) => {
      const mistake = apiKey && bearerMistake(request, apiKey);
      return mistake ? refuse(401, mistake) : undefined;
    },
    answer: ({ body }, step) => {
      if (!models.includes(body.model)) return refuse(404, `model '${body.model}' not found`);
      const mistake = mistakeIn(body, options);
      return mistake ? refuse(400, mistake) : embedded(body, step, dimension);
    },
  });
}
