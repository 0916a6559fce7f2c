/** Backups over HTTP: for owners, by names of the list, and never a path. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin } from '../../tests/rig/admin.ts';

let admin: FakeAdmin;
let headers: { authorization: string };
const path = '/api/v1/backups';
const get = (below = '', method = 'GET') =>
  admin.app.request(`${path}${below}`, { method, headers });
const listed = async () =>
  (await (await get()).json()) as {
    backups: { name: string; bytes: number; verified: boolean; tables: Record<string, number> }[];
    state: { running: object | null; failure: object | null; lastSuccessAt: string | null };
  };

beforeAll(async () => {
  admin = await fakeAdmin();
  headers = (await admin.enter()).bearer;
});
afterAll(() => admin.forget());

describe('backups over HTTP', () => {
  it('makes one, one at a time, lists it, gives it out and deletes it', async () => {
    expect(await listed()).toMatchObject({ backups: [], state: { running: null } });
    expect((await get('', 'POST')).status).toBe(202);
    const second = await get('', 'POST');
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({ code: 'backup-busy' });
    await expect.poll(async () => (await listed()).backups.length, { timeout: 15_000 }).toBe(1);
    await expect.poll(async () => (await listed()).state.running, { timeout: 5_000 }).toBeNull();
    const { backups, state } = await listed();
    expect(state).toMatchObject({ failure: null, lastSuccessAt: '2026-03-01T12:00:00.000Z' });
    const [one] = backups;
    expect(one).toMatchObject({ verified: true, kept: 'by hand', tables: { users: 1 } });
    const file = await get(`/${one?.name}`);
    expect(file.headers.get('content-type')).toBe('application/gzip');
    expect(file.headers.get('cache-control')).toBe('no-store');
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.length).toBe(one?.bytes);
    expect(bytes.subarray(0, 2).toString('hex')).toBe('1f8b');
    expect((await get(`/${one?.name}`, 'DELETE')).status).toBe(204);
    expect((await get(`/${one?.name}`)).status).toBe(404);
  });

  it.each(['nothing', '..%2Fsecret', '..%2F..%2Fetc%2Fpasswd', 'butler-.tar.gz', '%07', '.'])(
    'knows no backup named %s',
    async (name) => {
      for (const method of ['GET', 'DELETE'])
        expect((await get(`/${name}`, method)).status).toBe(404);
    },
  );

  it('is nobody’s but an owner’s', async () => {
    const { bearer } = await admin.joinAs('adult', 'Bob');
    for (const [method, below] of [
      ['GET', ''],
      ['POST', ''],
      ['GET', '/x'],
      ['DELETE', '/x'],
    ] as const) {
      const answer = await admin.app.request(`${path}${below}`, { method, headers: bearer });
      expect(answer.status).toBe(403);
    }
  });
});
