/** The way to what is remembered: a memory that is away becomes one sentence and one status. */
import type { House, HouseMemory } from './house-view.ts';
import { ProblemError } from './problem.ts';

/**
 * Codes of a lost database: of its own errors, of postgres.js (`CONNECTION_…`, `CONNECT_TIMEOUT`),
 * of Node's sockets, and PostgreSQL's classes 08 (connection) and 57P (it is going down).
 */
const lost = /^(database-|CONNECT|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|08|57P)/;

const isLost = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && lost.test(String(error.code));

/** What memory itself refuses, each with a sentence of its own. */
const refusals = [
  { code: 'person-unknown', status: 404 },
  { code: 'fact-duplicate', status: 409 },
  { code: 'fact-slot-taken', status: 409 },
  { code: 'fact-empty', status: 422 },
  { code: 'fact-too-long', status: 422 },
  { code: 'soul-invalid', status: 422 },
] as const;

const refusalOf = (error: unknown): ProblemError | undefined => {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const refusal = refusals.find(({ code }) => code === error.code);
  if (!refusal) return undefined;
  const title = 'Butler cannot remember it so';
  return new ProblemError({ ...refusal, title, detail: error.message });
};

const memoryUnavailable = (sentence: string): ProblemError =>
  new ProblemError({
    status: 503,
    code: 'memory-unavailable',
    title: 'Butler cannot reach his memory',
    detail: `${sentence} Nothing was changed; try again in a moment.`,
    headers: { 'retry-after': '5' },
  });

/**
 * Does something with the memory.
 * @throws {ProblemError} 503 when it is not there, or goes away meanwhile; what it refuses itself.
 */
export const withMemory = async <Result>(
  house: Pick<House, 'memory'>,
  work: (memory: HouseMemory) => Promise<Result>,
): Promise<Result> => {
  const { memory } = house;
  const before = memory.state();
  if (before.state !== 'ready') throw memoryUnavailable(before.sentence);
  try {
    return await work(memory);
  } catch (error) {
    const refusal = error instanceof ProblemError ? error : refusalOf(error);
    if (refusal) throw refusal;
    const after = memory.state();
    if (after.state !== 'ready') throw memoryUnavailable(after.sentence);
    if (isLost(error)) throw memoryUnavailable('The database was lost in the middle of this.');
    throw error;
  }
};
