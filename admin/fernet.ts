/** Fernet tokens of the systems before this one: read, never written. */
import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** github.com/fernet/spec: version, seconds (64 bit), IV, whole blocks, HMAC. */
const version = 0x80;
const headBytes = 1 + 8 + 16;
const blockBytes = 16;
const macBytes = 32;

/** The version byte and four zero bytes of the time, as base64 has them. */
export const looksLikeFernet = (text: string): boolean => text.startsWith('gAAAA');

/**
 * What a token says; undefined where the key is another, or it was changed. Its age does not count:
 * a stored password has none.
 * @param secret the earlier system took base64url(SHA-256(secret)) for its key.
 */
export const openFernet = (token: string, secret: Uint8Array): string | undefined => {
  const key = createHash('sha256').update(secret).digest();
  const [signing, encryption] = [key.subarray(0, 16), key.subarray(16)];
  const bytes = Buffer.from(token.trim(), 'base64url');
  const bodyBytes = bytes.length - headBytes - macBytes;
  if (bytes[0] !== version || bodyBytes < blockBytes || bodyBytes % blockBytes !== 0) {
    return undefined;
  }
  const signed = bytes.subarray(0, -macBytes);
  const mac = createHmac('sha256', signing).update(signed).digest();
  if (!timingSafeEqual(mac, bytes.subarray(-macBytes))) return undefined;
  const decipher = createDecipheriv('aes-128-cbc', encryption, bytes.subarray(9, headBytes));
  try {
    const text = Buffer.concat([decipher.update(signed.subarray(headBytes)), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    return undefined;
  }
};
