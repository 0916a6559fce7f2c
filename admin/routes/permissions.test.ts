/** Permissions: an owner alone says them, by their names, and null gives back the role's. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin, json } from '../../tests/rig/admin.ts';

let admin: FakeAdmin;
let bearer: { authorization: string };
let childId: string;

beforeEach(async () => {
  admin = await fakeAdmin();
  ({ bearer } = await admin.enter());
  const child = { name: 'Cleo', username: 'cleo', password: 'a long password', role: 'child' };
  childId = (await admin.people.create({ ...child, role: 'child' })).id;
});
afterEach(() => admin.forget());

const at = (id: string) => `/api/v1/users/${id}/permissions`;
const put = (body: unknown, id = childId, headers = bearer) =>
  admin.app.request(at(id), {
    method: 'PUT',
    headers: { ...json, ...headers },
    body: JSON.stringify(body),
  });
const shown = async () => {
  const answer = await admin.app.request(at(childId), { headers: bearer });
  return ((await answer.json()) as { permissions: unknown }).permissions;
};

it('are the role’s until an owner says others, and again with null', async () => {
  expect(await shown()).toBeNull();
  const answer = await put({ permissions: ['home', 'calendar', 'home'] });
  expect(answer.status).toBe(200);
  expect(await shown()).toEqual(['home', 'calendar']);
  expect((await put({ permissions: [] })).status).toBe(200);
  expect(await shown()).toEqual([]);
  expect((await put({ permissions: null })).status).toBe(200);
  expect(await shown()).toBeNull();
});

it.each([
  [{ permissions: ['everything'] }],
  [{ permissions: 'home' }],
  [{}],
  [{ permissions: [], role: 'owner' }],
])('refuses %j with a sentence, and keeps what was', async (body) => {
  const answer = await put(body);
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ code: 'permissions-invalid' });
  expect(await shown()).toBeNull();
});

it('knows nobody by another id', async () => {
  const answer = await put({ permissions: [] }, 'nobody');
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: 'person-unknown' });
});

it('is the owner’s to say', async () => {
  const login = await admin.app.request('/api/v1/auth/login', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ username: 'cleo', password: 'a long password' }),
  });
  const { token } = (await login.json()) as { token: string };
  const child = { authorization: `Bearer ${token}` };
  expect((await put({ permissions: ['mail'] }, childId, child)).status).toBe(403);
});
