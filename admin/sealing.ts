/** Passwords for other services, encrypted so that each opens in its own row alone. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { looksLikeFernet, openFernet } from './fernet.ts';
import type { HouseSecrets } from './secret.ts';

/** AES-256-GCM (NIST SP 800-38D): a random 96-bit nonce and a 128-bit tag. */
const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const version = 'v1';
const purpose = 'butler/service-credentials/v1';

/** Where a password stands. */
export interface SealedRow {
  userId: string;
  service: string;
}

export interface Sealer {
  /** Of the key that {@link Sealer.seal} uses; says nothing about the key. */
  readonly keyId: string;
  /** @returns `v1.<key id>.<nonce, ciphertext and tag in base64url>` */
  seal(text: string, row: SealedRow): string;
  /** Undefined where it was encrypted with a key we do not have, for another row, or changed. */
  open(sealed: string, row: SealedRow): { text: string; isCurrent: boolean } | undefined;
}

interface Key {
  id: string;
  bytes: Uint8Array;
  secret: Uint8Array;
}

/** HKDF-SHA256 (RFC 5869); the secret is random already, so there is no salt. */
const derive = (secret: Uint8Array, info: string, lengthBytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', info, lengthBytes));

const keyOf = (secret: Uint8Array): Key => ({
  id: derive(secret, `${purpose}/id`, 6).toString('hex'),
  bytes: derive(secret, purpose, 32),
  secret,
});

/** As JSON, so that no two rows are written alike. */
const associated = (keyId: string, { userId, service }: SealedRow): Buffer =>
  Buffer.from(JSON.stringify([purpose, keyId, userId, service]));

const sealWith = (key: Key, text: string, row: SealedRow): string => {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key.bytes, nonce, { authTagLength: tagBytes });
  sealing.setAAD(associated(key.id, row));
  const sealed = [nonce, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()];
  return `${version}.${key.id}.${Buffer.concat(sealed).toString('base64url')}`;
};

const openWith = (key: Key, body: string, row: SealedRow): string | undefined => {
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const nonce = bytes.subarray(0, nonceBytes);
  const opening = createDecipheriv(cipher, key.bytes, nonce, { authTagLength: tagBytes });
  opening.setAAD(associated(key.id, row));
  opening.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const text = opening.update(bytes.subarray(nonceBytes, -tagBytes));
    return Buffer.concat([text, opening.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};

/** Seals with the house's secret; opens also what was sealed with one that it had before. */
export const createSealer = ({ current: secret, others }: HouseSecrets): Sealer => {
  const current = keyOf(secret);
  const keys = [current, ...others.map(keyOf)];
  const openOld = (token: string): string | undefined => {
    for (const key of keys) {
      const text = openFernet(token, key.secret);
      if (text !== undefined) return text;
    }
    return undefined;
  };
  return {
    keyId: current.id,
    seal: (text, row) => sealWith(current, text, row),
    open: (sealed, row) => {
      if (looksLikeFernet(sealed)) {
        const text = openOld(sealed);
        return text === undefined ? undefined : { text, isCurrent: false };
      }
      const [writtenVersion, id, body = '', ...more] = sealed.split('.');
      const key = keys.find((one) => one.id === id);
      if (writtenVersion !== version || more.length > 0 || !key) return undefined;
      const text = openWith(key, body, row);
      return text === undefined ? undefined : { text, isCurrent: key.id === current.id };
    },
  };
};
