/** Timers on a page: one's own whole, others' without a name, called off by whose they are. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin } from '../../tests/rig/admin.ts';

let admin: FakeAdmin;
beforeEach(async () => {
  admin = await fakeAdmin();
});
afterEach(() => admin.forget());

type Bearer = { authorization: string };
const list = async (bearer: Bearer) => {
  const answer = await admin.app.request('/api/v1/schedule', { headers: bearer });
  return ((await answer.json()) as { entries: { id: string; [field: string]: unknown }[] }).entries;
};
const cancel = async (id: string, bearer: Bearer) =>
  (await admin.app.request(`/api/v1/schedule/${id}`, { method: 'DELETE', headers: bearer })).status;

it('shows what runs, soonest first, and to an owner only that it runs for others', async () => {
  const { user, bearer } = await admin.enter();
  const ben = await admin.joinAs('adult', 'Ben');
  const kim = await admin.joinAs('child', 'Kim');
  const set = (ownerId: string, name: string, minutes: number) =>
    admin.timers.set({ ownerId, name, durationMs: minutes * 60_000 });
  await set(user.id, 'pasta', 20);
  await set(ben.id, 'surprise', 5);
  await set(kim.id, 'teeth', 3);
  expect(await list(bearer)).toMatchObject([
    { kind: 'timer', owner: 'Kim', isYours: false, name: 'teeth', lengthMs: 180_000 },
    { owner: 'Ben', isYours: false, name: null },
    { owner: 'Ada Example', isYours: true, name: 'pasta', dueAt: '2026-03-01T12:20:00.000Z' },
  ]);
  expect(JSON.stringify(await list(bearer))).not.toContain('surprise');
  expect(await list(ben.bearer)).toMatchObject([{ name: 'surprise', isYours: true }]);
  expect(await list(kim.bearer)).toMatchObject([{ name: 'teeth', isYours: true }]);
});

it('is called off by whose it is, a child’s by an owner; by nobody else, and once', async () => {
  const { user, bearer } = await admin.enter();
  const ben = await admin.joinAs('adult', 'Ben');
  const kim = await admin.joinAs('child', 'Kim');
  const set = (ownerId: string) => admin.timers.set({ ownerId, durationMs: 60_000 });
  const [own, bens, kims] = [await set(user.id), await set(ben.id), await set(kim.id)];
  expect(await cancel(bens.id, bearer)).toBe(404);
  expect(await cancel(own.id, ben.bearer)).toBe(404);
  expect(await cancel(kims.id, ben.bearer)).toBe(404);
  expect(await admin.timers.list(ben.id)).toHaveLength(1);
  expect(await cancel(bens.id, ben.bearer)).toBe(204);
  expect(await cancel(bens.id, ben.bearer)).toBe(404);
  expect(await cancel(kims.id, bearer)).toBe(204);
  expect(await cancel(own.id, bearer)).toBe(204);
  expect(await list(bearer)).toEqual([]);
});
