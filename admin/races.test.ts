// Of two who do the same at once, exactly one wins: on both databases.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eachEngine } from '../tests/rig/database.ts';
import { sharedDatabase } from '../tests/rig/shared-database.ts';
import { openDevices } from './devices.ts';
import { createInvitations } from './invitations.ts';
import { createRegistration } from './registration.ts';
import { openTokens } from './tokens.ts';

const clock = () => Date.parse('2026-03-01T12:00:00Z');
const draft = { name: 'Phone', type: 'phone', approvedBy: 'setup' } as const;
const ten = Array.from({ length: 10 }, (_, index) => index);

eachEngine((open) => {
  it('two approvals, ten collections, invitations and rotations at once', async () => {
    const database = await open();
    const { sql } = database;
    await sql`insert into butler.users (id, name, role, soul) values ('p1', 'P', 'owner', '{}')`;

    const registration = createRegistration({ database, clock });
    const device = { name: 'Tablet', type: 'tablet', capabilities: ['screen'] } as const;
    const asking = {
      personId: 'p1',
      device: { ...device, capabilities: ['screen'] },
      address: 'a',
    };
    const asked = await registration.ask(asking);
    if (!asked) throw new Error('the first request was one too many');
    const { id } = asked.request;
    const answers = await Promise.all(
      ten.map((index) =>
        registration.decide({ id, by: `d${index}`, personId: 'p1', state: 'approved' }),
      ),
    );
    const decided = answers.filter((answer) => answer !== undefined);
    expect(decided).toHaveLength(1);
    expect(await registration.decide({ id, state: 'refused', by: 'd', personId: null })).toBe(
      undefined,
    );
    expect(await registration.collect(id, 'another secret')).toBeUndefined();
    const collected = await Promise.all(ten.map(() => registration.collect(id, asked.secret)));
    const got = collected.filter((one) => one?.state === 'approved');
    expect(got).toMatchObject([
      { request: { personId: 'p1', decidedBy: decided[0]?.decidedBy, capabilities: ['screen'] } },
    ]);

    const invitations = createInvitations({ database, clock });
    const made = await invitations.make({
      ...{ name: 'Kim', role: 'adult', permissions: ['mail'], createdBy: 'p1' },
    });
    const token = made?.token ?? '';
    const taken = await Promise.all(ten.map(() => invitations.take(token)));
    expect(taken.filter((one) => one !== undefined)).toMatchObject([
      { name: 'Kim', permissions: ['mail'], forPerson: null },
    ]);
    expect(await invitations.open()).toEqual([]);

    const folder = await mkdtemp(join(tmpdir(), 'butler-races-'));
    const devices = await openDevices({ database, log: console, clock });
    const tokens = await openTokens({ folder, clock, devices, isPerson: () => true });
    const { id: deviceId } = await devices.add({ ...draft, personId: 'p1' });
    const first = await tokens.issue({ id: deviceId, personId: 'p1', generation: 1 });
    const claims = await tokens.verify(first);
    if (!claims) throw new Error('a good token was refused');
    const next = await Promise.all(ten.map(() => tokens.rotate(claims)));
    expect(devices.byId(deviceId)?.generation).toBe(2);
    for (const each of next)
      expect(await tokens.verify(each ?? '')).toMatchObject({ generation: 2 });
    const again = await openDevices({ database, log: console, clock });
    expect(again.byId(deviceId)?.generation).toBe(2);
    await rm(folder, { recursive: true, force: true });
  });
});

describe('requests', () => {
  it('are few from one address and few in all, also when all come at once', async () => {
    const registration = createRegistration({ database: await sharedDatabase(), clock });
    const device = { name: 'Tablet', type: 'tablet' } as const;
    const from = (address: string) => registration.ask({ personId: null, device, address });
    const own = await Promise.all(ten.map(() => from('a')));
    expect(own.filter((one) => one !== undefined)).toHaveLength(5);
    for (let each = 0; each < 45; each += 1) expect(await from(`b${each}`)).toBeDefined();
    expect(await from('c')).toBeUndefined();
    expect(await registration.waiting()).toHaveLength(50);
    expect(await registration.waiting('p1')).toEqual([]);
  });
});
