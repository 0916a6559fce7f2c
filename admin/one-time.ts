/** Secrets that are shown once: they travel as text, and only their digests are kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, as they can stand in an address. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** SHA-256: what is that random needs no slower one. */
export const digestOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');

/** Whether the secret is the one behind the digest, in time that does not depend on the answer. */
export const isSecretOf = (secret: string, digest: string): boolean => {
  const [given, kept] = [Buffer.from(digestOf(secret)), Buffer.from(digest)];
  return given.length === kept.length && timingSafeEqual(given, kept);
};
