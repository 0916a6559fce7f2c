/** Who one is, what one has set and of what one is told: read and changed by oneself alone. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin, json } from '../../tests/rig/admin.ts';

let admin: FakeAdmin;
let bearer: { authorization: string };
let id: string;
beforeEach(async () => {
  admin = await fakeAdmin();
  const entered = await admin.enter();
  [bearer, id] = [entered.bearer, entered.user.id];
});
afterEach(() => admin.forget());

interface Told {
  device: { id: string };
  doors: { notifications: object };
  notifications: { topics: object };
}

const ask = async (path: string, init: RequestInit = {}) => {
  const answer = await admin.app.request(path, { ...init, headers: { ...json, ...bearer } });
  return { status: answer.status, body: (await answer.json()) as Told };
};
const send = (method: string, path: string, body: object) =>
  ask(path, { method, body: JSON.stringify(body) });

it('tells who asks, from which device, and how their doors behave', async () => {
  const before = (await ask('/api/v1/me')).body;
  expect(before).toMatchObject({
    user: { id, role: 'owner' },
    device: { location: null },
    doors: { startMode: 'push_to_talk', wakeWord: null, language: null, followUp: true },
  });
  const device = `/api/v1/devices/${before.device.id}`;
  expect((await send('PATCH', device, { location: 'Kitchen' })).status).toBe(200);
  const doors = { startMode: 'wake_word', wakeWord: 'hey butler', language: 'de', followUp: false };
  expect((await send('PATCH', `/api/v1/users/${id}/doors`, doors)).status).toBe(200);
  const now = (await ask('/api/v1/me')).body;
  expect(now).toMatchObject({ device: { location: 'Kitchen' }, doors });
  const wrong = await send('PATCH', `/api/v1/users/${id}/doors`, { followUp: 'no' });
  expect(wrong).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
});

it('keeps of what somebody is told, whole, and for them alone', async () => {
  const path = '/api/v1/me/notifications';
  const { notifications } = (await ask(path)).body;
  expect(notifications).toMatchObject({ quiet: null, topics: { house: true } });
  const wanted = {
    ...notifications,
    quiet: { from: '22:00', to: '06:30' },
    topics: { ...notifications.topics, spending: false },
  };
  expect(await send('PUT', path, wanted)).toEqual({ status: 200, body: { notifications: wanted } });
  expect((await ask('/api/v1/me')).body.doors.notifications).toEqual(wanted);
  const { bearer: others } = await admin.joinAs('adult', 'Ben');
  const answer = await admin.app.request(path, { headers: others });
  expect(await answer.json()).toMatchObject({ notifications: { quiet: null } });
  for (const mistake of [
    {},
    { ...wanted, quiet: { from: '25:00', to: '1' } },
    { ...wanted, x: 1 },
  ]) {
    expect((await send('PUT', path, mistake)).status).toBe(400);
  }
});
