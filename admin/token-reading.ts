/** Signatures checked lately are not computed again; whether a token counts is asked each time. */
import { hash } from 'node:crypto';

const keptMax = 512;

/**
 * Remembers what genuine tokens say until they expire, by digest: no token is kept. Revocation,
 * devices and people are not its business, so that those who ask for them do so every time.
 * @param read gives undefined for a token that is not genuine or has expired; that is not kept.
 */
export const remembering = <Claims extends { exp: number }>(
  read: (token: string) => Promise<Claims | undefined>,
  /** Milliseconds since 1970. */
  clock: () => number,
): ((token: string) => Promise<Claims | undefined>) => {
  // A Map keeps the order of arrival: the first is the oldest.
  const kept = new Map<string, Claims>();
  return async (token) => {
    const digest = hash('sha256', token, 'base64');
    const known = kept.get(digest);
    if (known && known.exp * 1000 > clock()) return known;
    kept.delete(digest);
    const claims = await read(token);
    if (!claims) return undefined;
    kept.set(digest, claims);
    const [oldest] = kept.keys();
    if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
    return claims;
  };
};
