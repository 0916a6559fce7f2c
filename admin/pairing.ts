/** A device shown to another one: who scans it within minutes is let in as the same person. */
import type { Holder } from './connections.ts';
import { digestOf, newSecret } from './one-time.ts';

const pairingLifeMs = 5 * 60_000;
/** More than these at a time: the oldest of the person is over. */
const perPersonMax = 3;

export interface Pairings {
  /** `expiresAt` in milliseconds since 1970. */
  offer(holder: Holder): { secret: string; expiresAt: number };
  /** Who offered it; undefined when it is unknown, late or used. It is used up either way. */
  take(secret: string): Holder | undefined;
}

/** In this process alone: nobody waits longer in front of a code than a restart takes. */
export const createPairings = (clock: () => number): Pairings => {
  // By digest, so that the time of a look-up tells nothing; in order of arrival.
  const offered = new Map<string, { holder: Holder; until: number }>();
  const forgetLate = (): void => {
    for (const [digest, { until }] of offered) if (until <= clock()) offered.delete(digest);
  };
  return {
    offer: (holder) => {
      forgetLate();
      const { personId } = holder.token;
      const own = [...offered].filter(([, one]) => one.holder.token.personId === personId);
      const [oldest] = own;
      if (oldest && own.length >= perPersonMax) offered.delete(oldest[0]);
      const [secret, until] = [newSecret(), clock() + pairingLifeMs];
      offered.set(digestOf(secret), { holder, until });
      return { secret, expiresAt: until };
    },
    take: (secret) => {
      forgetLate();
      const digest = digestOf(secret);
      const held = offered.get(digest);
      offered.delete(digest);
      return held?.holder;
    },
  };
};
