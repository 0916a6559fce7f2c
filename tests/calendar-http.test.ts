/** The events of a page over HTTP, from a real CalDAV server, for who may read them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFor, readingsFor } from '../agent/doors/readings.ts';
import { portsInProcess } from './fakes/ports.ts';
import { echoingDoors, type FakeAdmin, fakeAdmin } from './rig/admin.ts';
import { calendarHouse, eventOf } from './rig/calendar.ts';
import { type RadicaleServer, startRadicale } from './servers/radicale.ts';

let server: RadicaleServer;
let admin: FakeAdmin;
const clock = { nowMs: Date.UTC(2026, 10, 23, 9) };

beforeAll(async () => {
  server = await startRadicale();
  const calendar = await server.makeCalendar('Family');
  await server.put(calendar, 'a.ics', eventOf('Dentist', '20261124T090000/20261124T100000'));
  await server.put(calendar, 'b.ics', eventOf('Holiday', '20261201/20261204'));
  const { url, username, password } = server.account;
  const settings = { CALDAV_URL: url, CALDAV_USERNAME: username, CALDAV_PASSWORD: password };
  const { toolbox } = await calendarHouse(settings, clock);
  const lending = {
    ...{ toolbox, lent: portsInProcess(), clock: () => new Date(clock.nowMs) },
    reasons: { note: () => undefined },
    settings: { BUTLER_TIMEZONE: 'Europe/Brussels' },
  };
  const doors = {
    ...echoingDoors(),
    readings: {
      list: (caller: Parameters<typeof readingsFor>[1]) => readingsFor(lending, caller),
      read: (order: Parameters<typeof readFor>[1]) => readFor(lending, order),
    },
  };
  admin = await fakeAdmin({ doors });
});
afterAll(async () => {
  await admin?.forget();
  await server?.close();
});

const get = async (query: string, headers: Record<string, string>) => {
  const answer = await admin.app.request(`/api/v1/calendar/events${query}`, { headers });
  return { status: answer.status, content: (await answer.json()) as Record<string, unknown> };
};

test('whoever may, gets the events; wrong days are refused; what is old is noted', async () => {
  const { bearer } = await admin.enter();
  const span = '?from=2026-11-23&to=2026-12-31';
  expect((await get(span, {})).status).toBe(401);
  expect(await get(span, bearer)).toEqual({
    status: 200,
    content: {
      ...{ from: '2026-11-23', to: '2026-12-31', notes: [] },
      events: [
        { title: 'Dentist', start: '2026-11-24T09:00', end: '2026-11-24T10:00' },
        { title: 'Holiday', day: '2026-12-01', lastDay: '2026-12-03' },
      ],
    },
  });
  for (const wrong of ['', '?from=yesterday&to=2026-12-31', '?from=2026-01-01&to=2029-01-01']) {
    expect(await get(wrong, bearer)).toMatchObject({ status: 400 });
  }
  clock.nowMs += 20 * 60_000;
  await server.stop();
  const { content } = await get(span, bearer);
  expect(content.notes).toEqual([expect.stringMatching(/cannot reach the calendar/)]);
});

test('a house without a calendar says so', async () => {
  const bare = await fakeAdmin();
  const { bearer } = await bare.enter();
  const path = '/api/v1/calendar/events?from=2026-11-23&to=2026-11-24';
  const answer = await bare.app.request(path, { headers: bearer });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ code: 'calendar-unreadable' });
  await bare.forget();
});
