/** Devices in rooms ask for a conversation: one answers, the others are told which. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin } from '../../tests/rig/admin.ts';

let admin: FakeAdmin;
beforeEach(async () => {
  admin = await fakeAdmin();
});
afterEach(() => admin.forget());

const wake = { word: 'hey butler', score: 0.9, agoMs: 300 };
const ask = async (bearer: { authorization: string }, body: object) => {
  const answer = await admin.post('/api/v1/voice/session', { door: 'room', ...body }, bearer);
  return {
    status: answer.status,
    ...((await answer.json()) as { code?: string; detail?: string }),
  };
};

it('lets the loudest answer, of one person and of a guest', async () => {
  const { user } = await admin.enter();
  const [kitchen, hall] = [
    await admin.comeFrom(user.id, 'kitchen'),
    await admin.comeFrom(user.id, 'hall'),
  ];
  const guest = await admin.joinAs('guest', 'Gil');
  const [first, second, third] = await Promise.all([
    ask(kitchen.bearer, { wake: { ...wake, loudness: 0.1 } }),
    ask(hall.bearer, { wake: { ...wake, loudness: 0.4 } }),
    ask(guest.bearer, { wake: { ...wake, loudness: 0.2 } }),
  ]);
  expect([first.status, second.status, third.status]).toEqual([409, 200, 409]);
  expect(first).toMatchObject({ code: 'another-device-answers' });
  expect(first.detail).toContain('A hall');
});

it('asks no other device without a word, and carries the room into the turn', async () => {
  const { user } = await admin.enter();
  const { bearer, deviceId } = await admin.comeFrom(user.id, 'kitchen');
  await admin.devices.change(deviceId, { location: 'Kitchen' });
  const areaOf = async (body: object): Promise<string | undefined> => {
    const answer = await admin.post('/api/v1/voice/session', { door: 'room', ...body }, bearer);
    const { ticket } = (await answer.json()) as { ticket: string };
    return admin.tickets.take(ticket)?.caller.area;
  };
  expect(await areaOf({})).toBe('Kitchen');
  expect(await areaOf({ area: 'Attic' })).toBe('Attic');
  const wrong = [{ area: '' }, { wake: {} }, { wake: { ...wake, loudness: 2 } }, { what: 1 }];
  for (const body of wrong) expect((await ask(bearer, body)).status).toBe(400);
});
