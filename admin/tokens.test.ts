// Tokens and tickets: who holds one, for how long, and never somebody else.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createThrottle } from './throttle.ts';
import { createTickets } from './tickets.ts';
import { openTokens, tokenLifeSeconds } from './tokens.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'butler-tokens-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const person = { id: 'p1', role: 'adult' as const };
const secret = 'a secret of more than 32 characters';

describe('tokens', () => {
  it('survive a restart; the secret is made once, for the owner of the files only', async () => {
    const token = await (await openTokens({ folder })).issue(person);
    const again = await openTokens({ folder });
    expect(await again.verify(token)).toMatchObject({ personId: 'p1' });
    const path = join(folder, 'secret');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readFile(path, 'utf8')).trim().length).toBeGreaterThan(60);
    await writeFile(path, 'short');
    await expect(openTokens({ folder })).rejects.toThrow(`${path} is damaged`);
  });

  it('stay revoked after a restart, until they would have ended anyway', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const clock = () => now;
    const tokens = await openTokens({ folder, secret, clock });
    const [first, second] = [await tokens.issue(person), await tokens.issue(person)];
    const claims = await tokens.verify(first);
    if (!claims) throw new Error('a fresh token was refused');
    await tokens.revoke(claims);
    expect(await tokens.verify(first)).toBeUndefined();
    const again = await openTokens({ folder, secret, clock });
    expect(await again.verify(first)).toBeUndefined();
    const other = await again.verify(second);
    expect(other?.personId).toBe('p1');
    now += tokenLifeSeconds * 1000 + 1000;
    if (other) await again.revoke(other);
    expect(JSON.parse(await readFile(join(folder, 'revoked.json'), 'utf8')).revoked).toEqual([]);
  });

  it('are refused when forged', async () => {
    const tokens = await openTokens({ folder, secret });
    const key = new TextEncoder().encode(secret);
    const draft = () =>
      new SignJWT({}).setSubject('p1').setIssuedAt().setExpirationTime('1h').setJti('j');
    const header = { alg: 'HS256' };
    const good = draft().setIssuer('butler').setAudience('butler').setProtectedHeader(header);
    expect(await tokens.verify(await good.sign(key))).toMatchObject({ personId: 'p1' });
    const bad = [
      await good.sign(new TextEncoder().encode('another secret of 32 characters..')),
      await draft().setIssuer('butler').setAudience('other').setProtectedHeader(header).sign(key),
      await draft().setIssuer('other').setAudience('butler').setProtectedHeader(header).sign(key),
      await draft()
        .setIssuer('butler')
        .setAudience('butler')
        .setProtectedHeader({ alg: 'HS512' })
        .sign(new TextEncoder().encode(secret.repeat(2))),
      await new SignJWT({})
        .setIssuer('butler')
        .setAudience('butler')
        .setExpirationTime('1h')
        .setProtectedHeader(header)
        .sign(key),
      '',
      'a.b.c',
    ];
    for (const token of bad) expect(await tokens.verify(token)).toBeUndefined();
  });

  it('do not start from a damaged list of revoked ones', async () => {
    await writeFile(join(folder, 'revoked.json'), '{"version":1,"revoked":[{}]}');
    await expect(openTokens({ folder, secret })).rejects.toThrow('revoked.json is damaged');
  });
});

describe('tickets', () => {
  const holder = (personId: string) => ({
    tokenId: 't',
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
