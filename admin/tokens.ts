/** Tokens: who holds one is that person on that device, until either is taken away. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Device, Devices } from './devices.ts';
import { readState, writeState } from './files.ts';
import { digestOf } from './one-time.ts';
import { secretOf } from './secret.ts';
import { remembering } from './token-reading.ts';

export const tokenLifeSeconds = 365 * 24 * 60 * 60;
const accessLifeSeconds = 15 * 60;
const issuer = 'butler';
const audiences = { device: 'butler', access: 'butler-access' } as const;

const revocations = z.strictObject({
  version: z.literal(1),
  /** Token id and the second at which it would have expired anyway. */
  revoked: z.array(z.strictObject({ id: z.string().min(1), expiresAt: z.number() })),
});
const claims = z.object({
  sub: z.string(),
  jti: z.string(),
  iat: z.number(),
  exp: z.number(),
  aud: z.enum(audiences),
  /** Tokens of earlier versions name no device: they are one by themselves. */
  device: z.string().optional(),
  generation: z.int().min(1).optional(),
});

export interface TokenClaims {
  personId: string;
  tokenId: string;
  deviceId: string;
  /** Of the device's tokens, which: see {@link Device.generation}. */
  generation: number;
  /** `access` is short, and renews neither itself nor its device's. */
  kind: 'device' | 'access';
  /** Seconds since 1970. */
  issuedAt: number;
  /** Seconds since 1970. */
  expiresAt: number;
}

export interface Tokens {
  /** The token of a device as it is now, for a year. */
  issue(device: Pick<Device, 'id' | 'personId' | 'generation'>): Promise<string>;
  /** A token for a quarter of an hour; `expiresAt` in seconds since 1970. */
  access(token: TokenClaims): Promise<{ access: string; expiresAt: number }>;
  /**
   * The next token of the device; its former one counts for five minutes more from the first use
   * of the new one. Asked twice, it makes one step. Undefined when the device lost its right.
   */
  rotate(token: TokenClaims): Promise<string | undefined>;
  /** Whose token this is, or undefined: forged, expired, revoked or no token at all. */
  verify(token: string): Promise<TokenClaims | undefined>;
  /** Whether what was let in by this token must end; true at once after a revocation. */
  isRevoked(token: Pick<TokenClaims, 'tokenId' | 'deviceId' | 'personId'>): boolean;
  /** On disk before it returns; ends the device that it is of, too. */
  revoke(token: TokenClaims): Promise<void>;
  /** Tokens of earlier versions that were not seen since count no more for this person. */
  endUnseen(personId: string): Promise<void>;
}

interface Deed {
  kind: TokenClaims['kind'];
  device: Pick<Device, 'id' | 'personId' | 'generation'>;
  nowSeconds: number;
}

const draft = ({ kind, device, nowSeconds }: Deed): { sign(secret: Uint8Array): Promise<string> } =>
  new SignJWT({ device: device.id, generation: device.generation })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(device.personId)
    .setIssuer(issuer)
    .setAudience(audiences[kind])
    .setJti(randomUUID())
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + (kind === 'device' ? tokenLifeSeconds : accessLifeSeconds));

/** What a token says; undefined: forged, expired or no token at all. */
const readerWith =
  (secret: Uint8Array, clock: () => number) =>
  async (token: string): Promise<z.infer<typeof claims> | undefined> => {
    try {
      const { payload } = await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        issuer,
        audience: Object.values(audiences),
        currentDate: new Date(clock()),
      });
      return claims.parse(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return undefined;
      throw error;
    }
  };

/** Whether a token of this generation counts; one that was replaced for good is in two hands. */
const standing = (
  device: Device,
  generation: number,
  nowMs: number,
): 'counts' | 'stolen' | 'unknown' => {
  if (generation === device.generation) return 'counts';
  if (generation > device.generation) return 'unknown';
  const isFormer = generation === device.generation - 1;
  const counts = device.formerUntil === null || nowMs < device.formerUntil.getTime();
  return isFormer && counts ? 'counts' : 'stolen';
};

interface Revoked {
  has(id: string): boolean;
  /** It counts at once; on disk before it returns. */
  add(id: string, expiresAt: number): Promise<void>;
}

const openRevoked = async (folder: string, nowSeconds: () => number): Promise<Revoked> => {
  const path = join(folder, 'revoked.json');
  const stored = await readState(path, revocations);
  const revoked = new Map(stored?.revoked.map(({ id, expiresAt }) => [id, expiresAt]));
  let lastWrite: Promise<unknown> = Promise.resolve();
  return {
    has: (id) => revoked.has(id),
    add: async (added, expiresAt) => {
      // It counts at once; if the disk refuses, the caller hears of it and may ask again.
      revoked.set(added, expiresAt);
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

/**
 * Opens the secret and the list of revoked tokens in a folder.
 * @throws {StateFileError} when one of them is damaged.
 */
export const openTokens = async ({
  folder,
  secret: configured,
  clock = Date.now,
  devices,
  isPerson,
}: {
  folder: string;
  secret?: string | undefined;
  clock?: () => number;
  devices: Devices;
  /** Whether somebody with this id can log in now. */
  isPerson: (personId: string) => boolean;
}): Promise<Tokens> => {
  const secret = await secretOf(folder, configured);
  const nowSeconds = (): number => Math.floor(clock() / 1000);
  const revoked = await openRevoked(folder, nowSeconds);
  const read = remembering(readerWith(secret, clock), clock);
  const sign = (kind: TokenClaims['kind'], device: Deed['device']) =>
    draft({ kind, device, nowSeconds: nowSeconds() }).sign(secret);
  // By digest: the list outlives a person who is purged.
  const unseenOf = (personId: string): string => `unseen:${digestOf(personId)}`;

  /** A token from before there were devices is taken for one, so that it can be seen and ended. */
  const adopt = async (tokenId: string, personId: string): Promise<Device | undefined> => {
    const id = `before-${tokenId}`;
    const known = devices.byId(id);
    if (known || !isPerson(personId) || revoked.has(unseenOf(personId))) return known;
    return await devices.add({ id, personId, name: 'Before', type: 'other', approvedBy: 'before' });
  };
  const isRevoked: Tokens['isRevoked'] = ({ tokenId, deviceId, personId }) => {
    const device = devices.byId(deviceId);
    const stands = device?.personId === personId && device.revokedAt === null;
    return !stands || revoked.has(tokenId) || !isPerson(personId);
  };

  const tokens: Tokens = {
    issue: (device) => sign('device', device),
    access: async ({ deviceId: id, personId, generation }) => ({
      access: await sign('access', { id, personId, generation }),
      expiresAt: nowSeconds() + accessLifeSeconds,
    }),
    rotate: async ({ deviceId, generation }) => {
      const device = await devices.step(deviceId, generation);
      return device && (await sign('device', device));
    },
    verify: async (token) => {
      const said = await read(token);
      if (!said || revoked.has(said.jti)) return undefined;
      const { sub: personId, jti: tokenId, generation = 1 } = said;
      const kind = said.aud === audiences.device ? 'device' : 'access';
      if (kind === 'access' && said.device === undefined) return undefined;
      const device =
        said.device === undefined ? await adopt(tokenId, personId) : devices.byId(said.device);
      if (!device || isRevoked({ tokenId, deviceId: device.id, personId })) return undefined;
      const stands = kind === 'access' ? 'counts' : standing(device, generation, clock());
      if (stands === 'stolen') await devices.revoke([device.id], 'stolen');
      if (stands !== 'counts') return undefined;
      devices.seen(device.id, kind === 'device' ? generation : undefined);
      const times = { issuedAt: said.iat, expiresAt: said.exp };
      return { personId, tokenId, deviceId: device.id, generation, kind, ...times };
    },
    isRevoked,
    revoke: async ({ tokenId, deviceId, expiresAt }) => {
      const ended = [revoked.add(tokenId, expiresAt), devices.revoke([deviceId])];
      await Promise.all(ended);
    },
    endUnseen: (personId) => revoked.add(unseenOf(personId), nowSeconds() + tokenLifeSeconds),
  };
  return tokens;
};
