/** How often one person's programs may ask: a window of a minute that moves with the clock. */

const windowMs = 60_000;

export interface Rate {
  /** Counts one; gives the seconds to wait where there were too many, and 0 where not. */
  take(personId: string): number;
}

/** @param clock milliseconds since 1970. */
export const createRate = (perMinute: number, clock: () => number): Rate => {
  const taken = new Map<string, number[]>();
  return {
    take: (personId) => {
      const now = clock();
      const recent = (taken.get(personId) ?? []).filter((at) => at > now - windowMs);
      taken.set(personId, recent);
      const [first] = recent;
      if (first !== undefined && recent.length >= perMinute) {
        return Math.max(1, Math.ceil((first + windowMs - now) / 1000));
      }
      recent.push(now);
      return 0;
    },
  };
};
