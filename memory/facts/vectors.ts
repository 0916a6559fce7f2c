/** Vectors on their way into the database and out of it. */
import type { Sql, TransactionSql } from '../database/sql.ts';
import type { Vector } from './fact.ts';

type Executor = Sql | TransactionSql;

/** Why a vector cannot be stored at all, or undefined. */
export const vectorFault = ({ model, values }: Vector, dimension?: number): string | undefined => {
  if (model === '') return 'A vector came without the name of its model.';
  if (values.length === 0) return `A vector of ${model} is empty.`;
  if (!values.every(Number.isFinite)) return `A vector of ${model} holds what is not a number.`;
  // Cosine has no meaning for it.
  if (values.every((value) => value === 0)) return `A vector of ${model} is all zeros.`;
  if (dimension === undefined || values.length === dimension) return undefined;
  return (
    `A vector of ${model} has ${values.length} dimensions, those already stored have ` +
    `${dimension}. Give the other model a name of its own, or embed everything anew.`
  );
};

/** The text form of pgvector. */
export const vectorText = (values: Float32Array): string => `[${values.join(',')}]`;

/**
 * How a vector is asked for: pgvector's binary form as base64, which is read many times faster
 * than its text.
 */
export const vectorColumn = (sql: Executor) =>
  sql`encode(vector_send(embedding), 'base64') as vector`;

/**
 * pgvector's `vector_send`: dimension and a reserved word of 16 bits each, then big-endian float4.
 * Source: vector.c of pgvector.
 */
export const vectorOf = (base64: string | null): Float32Array | undefined => {
  if (base64 === null) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  const values = new Float32Array((bytes.length - 4) / 4);
  const raw = Buffer.from(values.buffer);
  bytes.copy(raw, 0, 4);
  // Every machine that Node runs on is little-endian but s390x, for which nothing is built.
  raw.swap32();
  return values;
};
