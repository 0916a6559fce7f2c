/** Several devices hear one person say the word: which of them answers. In memory, for a moment. */
import { setTimeout as after } from 'node:timers/promises';

/** What a device says that it heard. */
export interface Claim {
  deviceId: string;
  word: string;
  /** 0 to 1: how sure the device is of the word. */
  score: number;
  /** 0 to 1: root mean square of the word. */
  loudness: number;
  /** How long ago it was heard: only ages are compared, since no two clocks agree. */
  agoMs: number;
}

export interface Claims {
  /** Waits until the others may have spoken up. @returns the id of the device that answers. */
  claim(claim: Claim): Promise<string>;
}

/** So long a network may keep the second device's claim behind the first one's. */
const gatherMs = 250;
/** What was heard within this is the same word: sound, models and networks take their time. */
const sameWordMs = 1_200;
/** Who comes later than that has heard something else. */
const rememberedMs = 30_000;

/** One word that was spoken once, and who heard it. */
interface Word {
  /** By our clock. */
  heardAtMs: number;
  claims: Claim[];
  winner: Promise<string>;
}

/** The nearer one is louder; where that is equal the surer one, else who came first. */
const best = (claims: readonly Claim[]): string =>
  claims.reduce((one, other) => {
    if (other.loudness !== one.loudness) return other.loudness > one.loudness ? other : one;
    return other.score > one.score ? other : one;
  }, claims[0] as Claim).deviceId;

/** @param parts.nowMs milliseconds, monotonic. */
export const createClaims = ({
  nowMs = () => performance.now(),
  wait = (ms: number): Promise<unknown> => after(ms),
}: {
  nowMs?: () => number;
  wait?: (ms: number) => Promise<unknown>;
} = {}): Claims => {
  let words: Word[] = [];
  const nearest = (heardAtMs: number): Word | undefined => {
    const distance = (word: Word): number => Math.abs(word.heardAtMs - heardAtMs);
    const same = words.filter((word) => distance(word) <= sameWordMs);
    return same.sort((one, other) => distance(one) - distance(other))[0];
  };
  return {
    claim: (claim) => {
      const now = nowMs();
      words = words.filter(({ heardAtMs }) => now - heardAtMs < rememberedMs + sameWordMs);
      const heardAtMs = now - claim.agoMs;
      const known = nearest(heardAtMs);
      if (known) {
        // Too late to be compared, it still learns who answers.
        known.claims.push(claim);
        return known.winner;
      }
      const claims = [claim];
      const winner = wait(gatherMs).then(() => best([...claims]));
      words.push({ heardAtMs, claims, winner });
      return winner;
    },
  };
};
