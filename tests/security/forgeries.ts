/** Tokens that must open nothing: forged, expired, of another purpose, of a person who is gone. */
import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';

/** What a real token says, to be said again by a false one. */
export interface Claims {
  sub: string;
  device: string;
  generation: number;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @param at milliseconds since 1970. */
export const forgeries = async (secret: string, claims: Claims, at: number) => {
  const key = new TextEncoder().encode(secret);
  const now = Math.floor(at / 1000);
  const { sub, ...rest } = claims;
  const draft = (
    changes: Record<string, unknown> = {},
    header: { alg: string } = { alg: 'HS256' },
  ) =>
    new SignJWT({
      ...{ ...rest, sub, iss: 'butler', aud: 'butler', jti: randomUUID() },
      ...{ iat: now, exp: now + 3_600, ...changes },
    }).setProtectedHeader(header);
  const none = encode({ alg: 'none', typ: 'JWT' });
  const payload = encode({
    ...{ ...rest, sub, iss: 'butler', aud: 'butler', jti: randomUUID() },
    ...{ iat: now, exp: now + 3_600 },
  });
  const hs = encode({ alg: 'HS256', typ: 'JWT' });
  const signed = `${hs}.${payload}`;
  const right = createHmac('sha256', secret).update(signed).digest('base64url');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    'no token at all': '',
    'not a token': 'not-a-token',
    'alg none': `${none}.${payload}.`,
    'alg none with the signature of another': `${none}.${payload}.${right}`,
    'alg NONE': `${encode({ alg: 'NONE' })}.${payload}.`,
    'no signature': `${signed}.`,
    'a wrong key': await draft().sign(new TextEncoder().encode('x'.repeat(48))),
    'an empty key': `${signed}.${createHmac('sha256', '').update(signed).digest('base64url')}`,
    'another algorithm with the right key': await draft({}, { alg: 'HS512' }).sign(key),
    'a key of another kind': await draft({}, { alg: 'RS256' }).sign(privateKey),
    'another audience': await draft({ aud: 'somebody-else' }).sign(key),
    'no audience': await draft({ aud: undefined }).sign(key),
    'another issuer': await draft({ iss: 'somebody-else' }).sign(key),
    'expired a second ago': await draft({ exp: now - 1 }).sign(key),
    'no end': await draft({ exp: undefined }).sign(key),
    'a device that is not there': await draft({ device: randomUUID() }).sign(key),
    'a token of the future': await draft({ generation: rest.generation + 5 }).sign(key),
    'a person who is not there': await draft({ sub: randomUUID() }).sign(key),
    'a person who is no text': await draft({ sub: 7 }).sign(key),
  };
};
