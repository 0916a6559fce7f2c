/** Timers ring in the room where they were set: when one is due, the house is let in to say so. */
import { useEffect } from 'react';
import { useAnswer, useAskAgain } from '../app/questions.ts';
import type { Standing } from './standing.ts';

const lookEveryMs = 30_000;
/** The house rings at the moment itself; a little later it surely has something to tell. */
const graceMs = 250;
/** One that rings elsewhere, or by another clock, is asked about no oftener than this. */
const againAfterMs = 5_000;
const route = 'get /api/v1/schedule';

/** Milliseconds from now until the house has to be let in; undefined: nothing is due. */
export function ringsIn(
  entries: readonly { isYours: boolean; dueAt: string }[],
  nowMs: number,
): number | undefined {
  const due = entries.filter(({ isYours }) => isYours).map(({ dueAt }) => Date.parse(dueAt));
  if (due.length === 0) return undefined;
  const inMs = Math.min(...due) - nowMs + graceMs;
  return inMs > 0 ? inMs : againAfterMs;
}

/** @param resting nobody talks here now: a conversation that is open is told by itself. */
export function useRinging(standing: Standing, resting: boolean): void {
  const { data, dataUpdatedAt } = useAnswer(route, {}, { everyMs: lookEveryMs });
  const again = useAskAgain();
  useEffect(() => {
    // A conversation may have set one.
    if (resting) void again(route);
  }, [resting, again]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: reckoned anew at every answer.
  useEffect(() => {
    const inMs = ringsIn(data?.entries ?? [], Date.now());
    if (!resting || inMs === undefined || inMs > 2 * lookEveryMs) return;
    const timer = setTimeout(standing.ring, inMs);
    return () => clearTimeout(timer);
  }, [standing, resting, data, dataUpdatedAt]);
}
