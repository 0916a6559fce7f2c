/** What an embeddings server answers, made into unit vectors or refused with a reason. */
import { malformed, otherDimension } from './failure.ts';

/** Base64 of little-endian float32, as OpenAI's own clients ask for it, or a list of numbers. */
const numbersOf = (embedding: unknown): Float32Array => {
  if (Array.isArray(embedding)) return Float32Array.from(embedding as number[]);
  if (typeof embedding !== 'string') throw malformed('without a vector');
  const bytes = Buffer.from(embedding, 'base64');
  if (bytes.length % 4 !== 0) throw malformed('half a number');
  const numbers = new Float32Array(bytes.length / 4);
  for (let at = 0; at < numbers.length; at += 1) numbers[at] = bytes.readFloatLE(at * 4);
  return numbers;
};

/** The vector at length one. Throws for an empty one, for zeros and for what is not a number. */
const unitVector = (numbers: Float32Array): Float32Array => {
  let squares = 0;
  for (const number of numbers) squares += number * number;
  const length = Math.sqrt(squares);
  // NaN and infinity anywhere end up in the length.
  if (!Number.isFinite(length) || length === 0) throw malformed('a vector that is no direction');
  for (let at = 0; at < numbers.length; at += 1) numbers[at] = (numbers[at] ?? 0) / length;
  return numbers;
};

/**
 * The vectors of an answer in the order of the texts, of length one.
 * @param dimension what the model's vectors had so far; undefined before the first answer.
 * @throws EmbeddingError for a wrong count, another dimension, or a vector that is none.
 */
export const vectorsOf = (
  body: unknown,
  { count, dimension }: { count: number; dimension: number | undefined },
): Float32Array[] => {
  const data = (body as { data?: unknown } | undefined)?.data;
  if (!Array.isArray(data)) throw malformed('without a list of vectors');
  if (data.length !== count) throw malformed(`${data.length} vectors for ${count} texts`);
  const vectors: (Float32Array | undefined)[] = new Array(count).fill(undefined);
  for (const [place, one] of data.entries()) {
    const { index = place, embedding } = (one ?? {}) as { index?: number; embedding?: unknown };
    vectors[index] = unitVector(numbersOf(embedding));
  }
  const expected = dimension ?? vectors[0]?.length;
  return vectors.slice(0, count).map((vector) => {
    if (!vector) throw malformed('the vector of one text twice');
    if (vector.length === expected) return vector;
    throw otherDimension(vector.length, expected ?? 0);
  });
};
