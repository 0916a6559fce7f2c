/** Tokens: who holds one is that person, for a year or until it is revoked. */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { readIfThere, readState, StateFileError, writeState, writeWhole } from './files.ts';
import type { Person, Role } from './people.ts';

export const tokenLifeSeconds = 365 * 24 * 60 * 60;
const issuer = 'butler';
const secretLengthMin = 32;

const revocations = z.strictObject({
  version: z.literal(1),
  /** Token id and the second at which it would have expired anyway. */
  revoked: z.array(z.strictObject({ id: z.string().min(1), expiresAt: z.number() })),
});
const claims = z.object({ sub: z.string(), jti: z.string(), exp: z.number() });

export interface TokenClaims {
  personId: string;
  tokenId: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

export interface Tokens {
  issue(person: Pick<Person, 'id'> & { role: Role }): Promise<string>;
  /** Whose token this is, or undefined: forged, expired, revoked or no token at all. */
  verify(token: string): Promise<TokenClaims | undefined>;
  isRevoked(tokenId: string): boolean;
  /** On disk before it returns. */
  revoke(token: TokenClaims): Promise<void>;
}

/** The configured secret, or one made once and kept in the folder. */
const secretOf = async (folder: string, configured: string | undefined): Promise<Uint8Array> => {
  if (configured) return new TextEncoder().encode(configured);
  const path = join(folder, 'secret');
  const kept = (await readIfThere(path))?.trim();
  if (kept === undefined) {
    const made = randomBytes(48).toString('base64url');
    await writeWhole(path, `${made}\n`);
    return new TextEncoder().encode(made);
  }
  if (kept.length < secretLengthMin) {
    throw new StateFileError(
      `${path} is damaged: it must hold ${secretLengthMin} characters or more. Put it back from ` +
        'your backup; or delete it, and everybody has to log in again.',
    );
  }
  return new TextEncoder().encode(kept);
};

/**
 * Opens the secret and the list of revoked tokens in a folder.
 * @throws {StateFileError} when one of them is damaged.
 */
export const openTokens = async ({
  folder,
  secret: configured,
  clock = Date.now,
}: {
  folder: string;
  secret?: string | undefined;
  clock?: () => number;
}): Promise<Tokens> => {
  const secret = await secretOf(folder, configured);
  const path = join(folder, 'revoked.json');
  const nowSeconds = (): number => Math.floor(clock() / 1000);
  const stored = await readState(path, revocations);
  const revoked = new Map(stored?.revoked.map(({ id, expiresAt }) => [id, expiresAt]));
  let lastWrite: Promise<unknown> = Promise.resolve();

  return {
    issue: ({ id, role }) =>
      new SignJWT({ role })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(id)
        .setIssuer(issuer)
        .setAudience(issuer)
        .setJti(randomUUID())
        .setIssuedAt(nowSeconds())
        .setExpirationTime(nowSeconds() + tokenLifeSeconds)
        .sign(secret),
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, secret, {
          algorithms: ['HS256'],
          issuer,
          audience: issuer,
          currentDate: new Date(clock()),
        });
        const { sub, jti, exp } = claims.parse(payload);
        return revoked.has(jti) ? undefined : { personId: sub, tokenId: jti, expiresAt: exp };
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof z.ZodError) return undefined;
        throw error;
      }
    },
    isRevoked: (tokenId) => revoked.has(tokenId),
    revoke: async ({ tokenId, expiresAt }) => {
      // It counts at once; if the disk refuses, the caller hears of it and may ask again.
      revoked.set(tokenId, expiresAt);
      const write = lastWrite.then(async () => {
        for (const [id, end] of revoked) if (end <= nowSeconds()) revoked.delete(id);
        const list = [...revoked].map(([id, end]) => ({ id, expiresAt: end }));
        await writeState(path, { version: 1, revoked: list });
      });
      lastWrite = write.catch(() => undefined);
      await write;
    },
  };
};
