/** Asking the house who answers: for as long as the person still waits for it. */
import { Problem, type Session } from '../api/api.ts';
import type { Heard } from './ear.ts';

/** As the house wants it said, to find out which of several devices answers. */
export interface Claim {
  word: string;
  score: number;
  /** Root mean square of the word, 0..1. */
  loudness: number;
  /** How long ago it was heard: the clocks of two devices are never the same. */
  agoMs: number;
}

export interface AskingParts {
  /** Throws `Problem`. */
  openSession(claim: Claim | undefined): Promise<Session>;
  wait(ms: number): Promise<void>;
  /** Milliseconds, as `performance.now()`. */
  now(): number;
}

const freshForMs = 6_000;
const againAfterMs = 600;
const answersElsewhere = 'another-device-answers';

/**
 * @param call.heard undefined: the person touched the device, and no other one competes.
 * @param call.isWanted false: nobody waits for this any more.
 * @returns undefined when nobody waits any more. Throws the last `Problem`.
 */
export async function askTheHouse(
  { openSession, wait, now }: AskingParts,
  { heard, isWanted }: { heard: Heard | undefined; isWanted(): boolean },
): Promise<Session | undefined> {
  const startedAt = heard?.atMs ?? now();
  while (isWanted()) {
    try {
      return await openSession(heard && claimOf(heard, now()));
    } catch (error) {
      const lasting = error instanceof Problem && error.lasting;
      if (lasting || now() - startedAt > freshForMs) throw error;
    }
    await wait(againAfterMs);
  }
  return undefined;
}

export function isElsewhere(error: unknown): error is Problem {
  return error instanceof Problem && error.code === answersElsewhere;
}

function claimOf({ word, score, loudness, atMs }: Heard, nowMs: number): Claim {
  return { word, score, loudness, agoMs: Math.max(0, Math.round(nowMs - atMs)) };
}
