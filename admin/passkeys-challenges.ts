/** Challenges of passkeys: each works once, for two minutes, for what and whom it was made. */
import { randomBytes } from 'node:crypto';

export const challengeLifeMs = 2 * 60_000;
/** Of one person, or of one address while nobody is known yet; then the oldest goes. */
const challengesPerHolderMax = 16;
const challengesMax = 4_096;

/** What a challenge is bound to. */
export interface ChallengeUse {
  purpose: 'add' | 'login';
  /** The person's id; for a login, where nobody is known yet, empty. */
  personId: string;
  /** The host name under which it is answered. */
  host: string;
}

export interface Challenges {
  /** @param holder whose share of the challenges it takes from: a person or an address. */
  issue(use: ChallengeUse, holder: string): string;
  /** Whether it was made for exactly this use; it is used up either way. */
  take(challenge: string, use: ChallengeUse): boolean;
}

export const createChallenges = ({
  clock = Date.now,
  random = randomBytes,
}: {
  clock?: () => number;
  random?: (bytes: number) => Buffer;
} = {}): Challenges => {
  // A Map keeps the order of arrival: the first is the oldest.
  const waiting = new Map<string, ChallengeUse & { holder: string; until: number }>();
  const forgetLate = (): void => {
    for (const [challenge, { until }] of waiting) {
      if (until > clock()) return;
      waiting.delete(challenge);
    }
  };
  const makeRoom = (holder: string): void => {
    const own = [...waiting].filter(([, held]) => held.holder === holder);
    const [oldestOwn] = own;
    if (oldestOwn && own.length >= challengesPerHolderMax) waiting.delete(oldestOwn[0]);
    const [oldest] = waiting.keys();
    if (oldest !== undefined && waiting.size >= challengesMax) waiting.delete(oldest);
  };
  return {
    issue: (use, holder) => {
      forgetLate();
      makeRoom(holder);
      const challenge = random(32).toString('base64url');
      waiting.set(challenge, { ...use, holder, until: clock() + challengeLifeMs });
      return challenge;
    },
    take: (challenge, use) => {
      forgetLate();
      const held = waiting.get(challenge);
      waiting.delete(challenge);
      if (!held) return false;
      const { purpose, personId, host } = held;
      return purpose === use.purpose && personId === use.personId && host === use.host;
    },
  };
};
