/** Setting a PIN: with the password alone, digits alone, and away again. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin, json, owner } from '../../tests/rig/admin.ts';

let admin: FakeAdmin;
let bearer: { authorization: string };
let userId: string;

beforeEach(async () => {
  admin = await fakeAdmin();
  const entered = await admin.enter();
  bearer = entered.bearer;
  userId = entered.user.id;
});
afterEach(() => admin.forget());

const put = (body: unknown) =>
  admin.app.request('/api/v1/me/pin', {
    method: 'PUT',
    headers: { ...json, ...bearer },
    body: JSON.stringify(body),
  });

it('is set and taken away by its own person', async () => {
  expect((await put({ password: owner.password, pin: '2468' })).status).toBe(204);
  expect(admin.pins.get(userId)).toBe('2468');
  expect((await put({ password: owner.password, pin: null })).status).toBe(204);
  expect(admin.pins.get(userId)).toBeUndefined();
});

it('wants the password, so that an unlocked phone is not enough', async () => {
  const answer = await put({ password: 'guessed it', pin: '2468' });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ code: 'password-wrong' });
  expect(admin.pins.size).toBe(0);
});

it.each(['12', '123456789', 'abcd', '12 34', ''])('refuses %j as a PIN', async (pin) => {
  const answer = await put({ password: owner.password, pin });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(await answer.json())).toContain('four to eight digits');
});
