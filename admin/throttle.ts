/** Slows guessing: after some failures each further try must wait, longer every time. */

const waitFirstMs = 30_000;
const waitMaxMs = 15 * 60_000;
/** A key without a failure for this long starts afresh: the way back for whoever mistyped. */
const forgetAfterMs = 60 * 60_000;
const keysMax = 10_000;

interface Record {
  failures: number;
  lastAt: number;
  waitUntil: number;
}

export interface Throttle {
  /**
   * Counts a try as failed until {@link Throttle.succeeded} says otherwise, so that a hundred
   * tries at once are a hundred. Gives the seconds to wait; 0 lets the try through.
   */
  attempt(key: string): number;
  succeeded(key: string): void;
  /** The seconds that the next try would have to wait; counts nothing. */
  waitSeconds(key: string): number;
}

export const createThrottle = ({
  failuresFree,
  clock = Date.now,
}: {
  failuresFree: number;
  clock?: () => number;
}): Throttle => {
  const records = new Map<string, Record>();
  const makeRoom = (): void => {
    for (const [key, { lastAt }] of records) {
      if (records.size < keysMax && clock() - lastAt < forgetAfterMs) return;
      records.delete(key);
    }
  };
  const left = (record: Record | undefined): number =>
    Math.max(0, Math.ceil(((record?.waitUntil ?? 0) - clock()) / 1000));
  return {
    waitSeconds: (key) => left(records.get(key)),
    attempt: (key) => {
      const now = clock();
      let record = records.get(key);
      if (record && now - record.lastAt >= forgetAfterMs) record = undefined;
      if (left(record) > 0) return left(record);
      const failures = (record?.failures ?? 0) + 1;
      const overdue = failures - failuresFree;
      const waitMs = overdue < 0 ? 0 : Math.min(waitFirstMs * 2 ** overdue, waitMaxMs);
      // Set anew, so that the map stays in order of the last try.
      records.delete(key);
      makeRoom();
      records.set(key, { failures, lastAt: now, waitUntil: now + waitMs });
      return 0;
    },
    succeeded: (key) => {
      records.delete(key);
    },
  };
};
