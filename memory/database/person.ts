/** A transaction in one person's name: row security binds it, and it cannot hang. */
import { DatabaseError } from './error.ts';
import { type Health, isLost } from './health.ts';
import type { Sql, TransactionSql } from './sql.ts';

/** A turn does not wait longer for memory, whatever became of the database. */
const withinMs = 10_000;
const startingMs = 5_000;

export type AsPerson = <T>(
  personId: string,
  work: (tx: TransactionSql) => Promise<T>,
) => Promise<T>;

const limited = async <T>(work: Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      late.reject(
        new DatabaseError(
          { code: 'database-unreachable' },
          `The database did not answer within ${withinMs / 1000} s.`,
        ),
      ),
    withinMs,
  );
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
};

/** @param sql asked at each call: a pool may be replaced. */
export const asPerson =
  (sql: () => Sql, health: Health): AsPerson =>
  async (personId, work) => {
    if (!personId)
      throw new Error('asPerson needs the id of a person: without one nothing is read.');
    await health.usable(startingMs);
    const transaction = sql().begin(async (tx) => {
      // Sent together with the first query, not before it: nothing runs without the role, since a
      // transaction in which this failed refuses everything after it.
      const named = tx`select set_config('role', 'butler_app', true),
        set_config('butler.user_id', ${personId}, true)`.execute();
      named.catch(() => undefined);
      try {
        return await work(tx);
      } finally {
        await named;
      }
    });
    try {
      // postgres.js unwraps arrays of promises in its result's type; `work` returns none.
      return (await limited(transaction)) as Awaited<ReturnType<typeof work>>;
    } catch (error) {
      if (!isLost(error)) throw error;
      health.suspect(error);
      throw error instanceof DatabaseError
        ? error
        : new DatabaseError(
            { code: 'database-unreachable' },
            'The database went away meanwhile.',
            error,
          );
    }
  };
