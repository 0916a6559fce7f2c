/** Free time between appointments. Pure. */

/** Instants, the end exclusive. */
export interface Stretch {
  startMs: number;
  endMs: number;
}

export interface FreeTime<Busy extends Stretch> {
  /** Nothing takes time in the whole window. */
  isFree: boolean;
  /** What takes time there, in order. */
  busy: Busy[];
  /** What is left, in order, each at least `leastMs` long. */
  gaps: Stretch[];
}

/**
 * @param busy in any order; those may overlap.
 * @param options.leastMs a shorter gap is none.
 */
export const freeTime = <Busy extends Stretch>(
  busy: readonly Busy[],
  window: Stretch,
  { leastMs }: { leastMs: number },
): FreeTime<Busy> => {
  const inside = busy
    .filter((one) => one.startMs < window.endMs && one.endMs > window.startMs)
    .filter((one) => one.endMs > one.startMs)
    .toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  const gaps: Stretch[] = [];
  let atMs = window.startMs;
  for (const { startMs, endMs } of inside) {
    if (startMs - atMs >= leastMs) gaps.push({ startMs: atMs, endMs: startMs });
    atMs = Math.max(atMs, endMs);
  }
  if (window.endMs - atMs >= leastMs) gaps.push({ startMs: atMs, endMs: window.endMs });
  return { isFree: inside.length === 0, busy: inside, gaps };
};
