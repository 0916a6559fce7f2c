/** Why there is no vector, in a sentence that says what to do. */
import { APIConnectionError, APIError } from 'openai';

export type EmbeddingCode =
  | 'embedding-off'
  | 'embedding-unreachable'
  | 'embedding-refused'
  | 'embedding-malformed'
  | 'embedding-dimension';

interface Reason {
  code: EmbeddingCode;
  sentence: string;
  cause?: unknown;
}

export class EmbeddingError extends Error {
  readonly code: EmbeddingCode;

  constructor({ code, sentence, cause }: Reason) {
    super(sentence, { cause });
    this.name = 'EmbeddingError';
    this.code = code;
  }

  /** It was too long or odd for the model, where another text would be taken. */
  get aboutTheText(): boolean {
    const status = this.cause instanceof APIError ? this.cause.status : undefined;
    return this.code === 'embedding-refused' && [400, 413, 422].includes(status ?? 0);
  }
}

export const noServer = (): EmbeddingError =>
  new EmbeddingError({
    code: 'embedding-off',
    sentence: 'There is no embeddings server now: memories are found by their words alone.',
  });

export const malformed = (what: string, cause?: unknown): EmbeddingError =>
  new EmbeddingError({
    code: 'embedding-malformed',
    sentence: `The embeddings server answered ${what}. Check EMBEDDINGS_URL and EMBEDDINGS_MODEL.`,
    cause,
  });

export const otherDimension = (is: number, was: number): EmbeddingError =>
  new EmbeddingError({
    code: 'embedding-dimension',
    sentence:
      `The embedding model now gives ${is} numbers instead of ${was}. ` +
      'Start Butler again if another model was put in its place.',
  });

/** What an exception of the client means. */
export const whatFailed = (cause: unknown, model: string): EmbeddingError => {
  const status = cause instanceof APIError ? cause.status : undefined;
  if (cause instanceof SyntaxError) return malformed('something that is no JSON', cause);
  const isDown = cause instanceof APIConnectionError || status === undefined || status >= 500;
  if (isDown || status === 429) {
    const how = status ? `answers ${status}` : 'does not answer';
    const sentence = `The embeddings server ${how}. Check that it runs, and EMBEDDINGS_URL.`;
    return new EmbeddingError({ code: 'embedding-unreachable', sentence, cause });
  }
  const sentence = `The embeddings server refuses (${status}). Does it have the model ${model}?`;
  return new EmbeddingError({ code: 'embedding-refused', sentence, cause });
};
