// Notices over HTTP: one's own, paged, read, and nobody else's.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin, json } from '../../tests/rig/admin.ts';

type Bearer = { authorization: string };
interface Shown {
  id: string;
  title: string;
  readAt: string | null;
}

let admin: FakeAdmin;
let ada: { id: string; bearer: Bearer };
let bob: { id: string; bearer: Bearer };
beforeEach(async () => {
  admin = await fakeAdmin();
  const { user, bearer } = await admin.enter();
  ada = { id: user.id, bearer };
  bob = await admin.joinAs('child', 'Bob');
  for (const title of ['one', 'two', 'three']) {
    await admin.house.notices.tell({
      ...{ to: 'owners', key: title, code: 'backup-failed' },
      words: () => ({ title, detail: 'A sentence.' }),
    });
  }
});
afterEach(() => admin.forget());

const ask = async ({ bearer }: { bearer: Bearer }, query = ''): Promise<Shown[]> => {
  const answer = await admin.app.request(`/api/v1/notifications${query}`, { headers: bearer });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { notifications: Shown[] }).notifications;
};
const read = async ({ bearer }: { bearer: Bearer }, ids: unknown) =>
  await admin.app.request('/api/v1/notifications/read', {
    method: 'POST',
    headers: { ...json, ...bearer },
    body: JSON.stringify({ ids }),
  });

it('lists pages of them, newest first, to those whom they are for', async () => {
  const page = await ask(ada, '?limit=2');
  expect(page.map(({ title }) => title)).toEqual(['three', 'two']);
  const rest = await ask(ada, `?limit=2&before=${page[1]?.id}`);
  expect(rest.map(({ title }) => title)).toEqual(['one']);
  expect(await ask(bob)).toEqual([]);
});

it('marks as read what is theirs who say so', async () => {
  const [first, second] = await ask(ada);
  const ids = [first?.id, second?.id];
  expect(await (await read(bob, ids)).json()).toEqual({ read: 0 });
  expect(await (await read(ada, ids)).json()).toEqual({ read: 2 });
  expect(await (await read(ada, ids)).json()).toEqual({ read: 0 });
  const left = await ask(ada, '?unread=true');
  expect(left.map(({ title }) => title)).toEqual(['one']);
  await admin.house.notices.settle('one');
  expect(await ask(ada, '?unread=true')).toEqual([]);
  expect(await ask(ada)).toHaveLength(3);
});

it('refuses what is no id, and says so while memory is away', async () => {
  expect((await read(ada, ['one or two'])).status).toBe(400);
  expect((await read(ada, [])).status).toBe(400);
  admin.memory.away = 'The database does not answer.';
  const answer = await admin.app.request('/api/v1/notifications', { headers: ada.bearer });
  expect(answer.status).toBe(503);
});
