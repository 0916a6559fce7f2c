// Tokens and tickets: who holds one, for how long, and never somebody else.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sharedDatabase } from '../tests/rig/shared-database.ts';
import { type Device, type Devices, openDevices } from './devices.ts';
import { createThrottle } from './throttle.ts';
import { createTickets } from './tickets.ts';
import { openTokens, type Tokens, tokenLifeSeconds } from './tokens.ts';

const secret = 'a secret of more than 32 characters';
const start = Date.parse('2026-01-01T00:00:00Z');
const minuteMs = 60_000;
let folder: string;
let now = start;
const gone = new Set<string>();
let devices: Devices;
let device: Device;

const open = async (key: string | undefined = secret): Promise<Tokens> => {
  const clock = () => now;
  devices = await openDevices({ database: await database, log: console, clock });
  const isPerson = (id: string) => !gone.has(id);
  return await openTokens({ folder, secret: key, clock, devices, isPerson });
};
let database: ReturnType<typeof sharedDatabase>;
const draft = { name: 'Phone', type: 'phone', approvedBy: 'setup' } as const;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'butler-tokens-'));
  now = start;
  gone.clear();
  database = sharedDatabase();
  const { sql } = await database;
  for (const id of ['p1', 'p2']) {
    await sql`insert into butler.users (id, name, role, soul) values (${id}, ${id}, 'adult', '{}')`;
  }
  const registry = await openDevices({ database: await database, log: console, clock: () => now });
  device = await registry.add({ ...draft, personId: 'p1', location: 'Hall' });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const key = new TextEncoder().encode(secret);
const header = { alg: 'HS256' };
/** As earlier versions made them: they name no device. */
const old = (jti: string, sub = 'p1') =>
  new SignJWT({ role: 'adult' })
    .setProtectedHeader(header)
    .setSubject(sub)
    .setIssuer('butler')
    .setAudience('butler')
    .setJti(jti)
    .setIssuedAt(now / 1000)
    .setExpirationTime(now / 1000 + tokenLifeSeconds)
    .sign(key);

const verified = async (tokens: Tokens, token: string) => {
  const claims = await tokens.verify(token);
  if (!claims) throw new Error('a good token was refused');
  return claims;
};

describe('tokens', () => {
  it('survive a restart; the secret is made once, for the owner of the files only', async () => {
    const reopen = async () => {
      const parts = { folder, devices, clock: () => now, isPerson: () => true };
      return await openTokens(parts);
    };
    await open();
    const token = await (await reopen()).issue(device);
    expect(await (await reopen()).verify(token)).toMatchObject({
      ...{ personId: 'p1', deviceId: device.id, generation: 1, kind: 'device' },
    });
    const path = join(folder, 'secret');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readFile(path, 'utf8')).trim().length).toBeGreaterThan(60);
    await writeFile(path, 'short');
    await expect(reopen()).rejects.toThrow(`${path} is damaged`);
  });

  it('stay revoked after a restart, with their device, until they would have ended', async () => {
    const tokens = await open();
    const first = await tokens.issue(device);
    const claims = await verified(tokens, first);
    expect(tokens.isRevoked(claims)).toBe(false);
    const revoking = tokens.revoke(claims);
    expect(tokens.isRevoked(claims)).toBe(true);
    await revoking;
    expect(await tokens.verify(first)).toBeUndefined();
    expect(await tokens.verify(await tokens.issue(device))).toBeUndefined();
    const again = await open();
    expect(await again.verify(first)).toBeUndefined();
    expect(devices.all()).toEqual([]);
    const other = await devices.add({ ...draft, personId: 'p1' });
    const claimsOfOther = await verified(again, await again.issue(other));
    now += tokenLifeSeconds * 1000 + 1000;
    await again.revoke(claimsOfOther);
    expect(JSON.parse(await readFile(join(folder, 'revoked.json'), 'utf8')).revoked).toEqual([]);
  });

  it('end with their person, and never count on the device of another', async () => {
    const tokens = await open();
    const token = await tokens.issue(device);
    const claims = await verified(tokens, token);
    expect(await tokens.verify(await tokens.issue({ ...device, personId: 'p2' }))).toBeUndefined();
    expect(await tokens.verify(await tokens.issue({ ...device, id: 'none' }))).toBeUndefined();
    gone.add('p1');
    expect(tokens.isRevoked(claims)).toBe(true);
    expect(await tokens.verify(token)).toBeUndefined();
  });

  it('are refused when forged', async () => {
    const tokens = await open();
    const claims = { device: device.id, generation: 1 };
    const plain = () =>
      new SignJWT(claims).setSubject('p1').setIssuedAt().setExpirationTime('900d').setJti('j');
    const good = plain().setIssuer('butler').setAudience('butler').setProtectedHeader(header);
    expect(await tokens.verify(await good.sign(key))).toMatchObject({ personId: 'p1' });
    const unsigned = (await good.sign(key)).split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const bad = [
      await good.sign(new TextEncoder().encode('another secret of 32 characters..')),
      await plain().setIssuer('butler').setAudience('other').setProtectedHeader(header).sign(key),
      await plain().setIssuer('other').setAudience('butler').setProtectedHeader(header).sign(key),
      await plain()
        .setIssuer('butler')
        .setAudience('butler')
        .setProtectedHeader({ alg: 'HS512' })
        .sign(new TextEncoder().encode(secret.repeat(2))),
      await new SignJWT(claims)
        .setIssuer('butler')
        .setAudience('butler')
        .setExpirationTime('900d')
        .setProtectedHeader(header)
        .sign(key),
      await plain()
        .setIssuer('butler')
        .setAudience(['butler', 'butler-access'])
        .setProtectedHeader(header)
        .sign(key),
      `${none}.${unsigned[1]}.`,
      `${none}.${unsigned[1]}.${unsigned[2]}`,
      '',
      'a.b.c',
    ];
    for (const token of bad) expect(await tokens.verify(token)).toBeUndefined();
    expect(devices.byId(device.id)?.revokedAt).toBeNull();
  });

  it('do not start from a damaged list of revoked ones', async () => {
    await writeFile(join(folder, 'revoked.json'), '{"version":1,"revoked":[{}]}');
    await expect(open()).rejects.toThrow('revoked.json is damaged');
  });
});

describe('rotation', () => {
  it('lets the former count until five minutes after the new one is first used', async () => {
    const tokens = await open();
    const first = await tokens.issue(device);
    const second = await tokens.rotate(await verified(tokens, first));
    now += 60 * minuteMs;
    // The answer was lost: nobody has used the second yet.
    const again = await tokens.rotate(await verified(tokens, first));
    expect(devices.byId(device.id)?.generation).toBe(2);
    expect(await verified(tokens, second ?? '')).toMatchObject({ generation: 2 });
    now += 4 * minuteMs;
    await verified(tokens, first);
    const restarted = await open();
    await verified(restarted, first);
    await verified(restarted, again ?? '');
    now += 2 * minuteMs;
    expect(await restarted.verify(first)).toBeUndefined();
  });

  it('ends the device when an older token comes: one of the two was a copy', async () => {
    const tokens = await open();
    const seen: object[] = [];
    devices.on(({ what, why }) => seen.push({ what, why }));
    const first = await tokens.issue(device);
    const second = (await tokens.rotate(await verified(tokens, first))) ?? '';
    await verified(tokens, second);
    const { access } = await tokens.access(await verified(tokens, second));
    now += 5 * minuteMs;
    expect(await tokens.verify(first)).toBeUndefined();
    expect(seen).toEqual([{ what: 'revoked', why: 'stolen' }]);
    for (const token of [second, access]) expect(await tokens.verify(token)).toBeUndefined();
    expect(await tokens.verify(first)).toBeUndefined();
    expect(seen).toHaveLength(1);
  });

  it('makes short tokens, which make none', async () => {
    const tokens = await open();
    const token = await tokens.issue(device);
    const { access, expiresAt } = await tokens.access(await verified(tokens, token));
    expect(expiresAt).toBe(start / 1000 + 15 * 60);
    expect(await verified(tokens, access)).toMatchObject({ kind: 'access', deviceId: device.id });
    now += 15 * minuteMs;
    expect(await tokens.verify(access)).toBeUndefined();
    await verified(tokens, token);
  });
});

describe('tokens from before there were devices', () => {
  it('go on, as a device that can be seen, rotated and revoked', async () => {
    const tokens = await open();
    const [one, two] = [await old('one'), await old('two')];
    const [claims] = await Promise.all([verified(tokens, one), verified(tokens, one)]);
    expect(devices.of('p1').map(({ id }) => id)).toContain('before-one');
    const next = (await tokens.rotate(claims)) ?? '';
    expect(await verified(tokens, next)).toMatchObject({ deviceId: 'before-one', generation: 2 });
    await verified(tokens, two);
    await devices.revoke(['before-two']);
    expect(await tokens.verify(two)).toBeUndefined();
    expect(await (await open()).verify(two)).toBeUndefined();
  });

  it('stay revoked by the list of earlier versions; those never seen end at a word', async () => {
    const revoked = [{ id: 'three', expiresAt: start / 1000 + tokenLifeSeconds }];
    await writeFile(join(folder, 'revoked.json'), JSON.stringify({ version: 1, revoked }));
    const tokens = await open();
    expect(await tokens.verify(await old('three'))).toBeUndefined();
    await verified(tokens, await old('seen'));
    await tokens.endUnseen('p1');
    expect(await tokens.verify(await old('unseen'))).toBeUndefined();
    await verified(tokens, await old('seen'));
    await verified(tokens, await old('other', 'p2'));
    expect(await (await open()).verify(await old('unseen'))).toBeUndefined();
  });
});

describe('tickets', () => {
  const holder = (personId: string) => ({
    holder: { token: { tokenId: 't', deviceId: 'd', personId }, rights: '' },
    caller: {
      personId,
      name: personId,
      role: 'adult' as const,
      sure: 1,
      door: 'app' as const,
      language: 'en',
    },
  });

  it('work once and for a minute', () => {
    let now = 0;
    const tickets = createTickets({ clock: () => now });
    const [used, kept, late] = ['a', 'b', 'c'].map((each) => tickets.issue(holder(each)));
    expect(tickets.take(used ?? '')).toEqual(holder('a'));
    expect(tickets.take(used ?? '')).toBeUndefined();
    now = 59_999;
    expect(tickets.take(kept ?? '')?.caller.personId).toBe('b');
    now = 60_000;
    expect(tickets.take(late ?? '')).toBeUndefined();
    expect(tickets.take('')).toBeUndefined();
  });

  it('push out the oldest of the same person, never those of another', () => {
    const tickets = createTickets();
    const other = tickets.issue(holder('other'));
    const own = Array.from({ length: 17 }, () => tickets.issue(holder('own')));
    expect(new Set(own).size).toBe(17);
    expect(tickets.take(own[0] ?? '')).toBeUndefined();
    expect(tickets.take(own[1] ?? '')).toBeDefined();
    expect(tickets.take(other)).toBeDefined();
  });
});

describe('the throttle', () => {
  it('makes the sixth try wait, then each longer, and forgets in time', () => {
    let now = 0;
    const throttle = createThrottle({ failuresFree: 5, clock: () => now });
    for (let each = 0; each < 5; each += 1) expect(throttle.attempt('a')).toBe(0);
    expect(throttle.attempt('a')).toBe(30);
    expect(throttle.attempt('b')).toBe(0);
    const waits = Array.from({ length: 7 }, () => {
      now += throttle.attempt('a') * 1000;
      expect(throttle.attempt('a')).toBe(0);
      return throttle.attempt('a');
    });
    expect(waits).toEqual([60, 120, 240, 480, 900, 900, 900]);
    now += 60 * 60_000;
    for (let each = 0; each < 4; each += 1) expect(throttle.attempt('a')).toBe(0);
    throttle.succeeded('a');
    for (let each = 0; each < 5; each += 1) expect(throttle.attempt('a')).toBe(0);
    expect(throttle.attempt('a')).toBe(30);
  });
});
