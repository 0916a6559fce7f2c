/** Short access tokens: the token of this device travels only to get the next one. */

export interface Granted {
  access: string;
  /** How long the short token counts from now. */
  lifeMs: number;
  /** The next token of this device, where it was this one's time. */
  token?: string | undefined;
}

interface Parts {
  grant(deviceToken: string): Promise<Granted>;
  /** The token of this device as another tab may have kept it since. */
  newestToken(first: string): string;
  keepRotated(first: string, token: string): void;
  /** Milliseconds from any origin. */
  now(): number;
}

export interface Access {
  /** @param first the token with which the sign-in began: it names the sign-in. */
  of(first: string): Promise<string>;
  /** This short token was refused. */
  forget(first: string, access: string): void;
}

/** Renewed this long before it ends, so that none ends on its way. */
const spareMs = 60_000;

export function createAccess({ grant, newestToken, keepRotated, now }: Parts): Access {
  const held = new Map<string, { access: string; until: number }>();
  const asking = new Map<string, Promise<string>>();

  const renew = async (first: string): Promise<string> => {
    const granted = await oneTabAtATime(() => grantNewest(first));
    const { access, lifeMs } = granted;
    // Of a very short one half is used.
    const usedMs = Math.max(lifeMs - spareMs, lifeMs / 2);
    held.set(first, { access, until: now() + usedMs });
    return access;
  };
  const grantNewest = async (first: string): Promise<Granted> => {
    const granted = await grant(newestToken(first));
    // Kept before another tab may ask.
    if (granted.token !== undefined) keepRotated(first, granted.token);
    return granted;
  };
  return {
    of: async (first) => {
      const known = held.get(first);
      if (known && known.until > now()) return known.access;
      const asked = asking.get(first) ?? renew(first).finally(() => asking.delete(first));
      asking.set(first, asked);
      return await asked;
    },
    forget: (first, access) => {
      if (held.get(first)?.access === access) held.delete(first);
    },
  };
}

/** Two tabs with one token would look like two devices; only secure pages have locks. */
async function oneTabAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
  const locks = globalThis.navigator?.locks;
  return locks ? await locks.request('butler.token', work) : await work();
}
