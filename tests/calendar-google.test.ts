/** Google Calendar: the real emulator for sign-in and events, a checked fake for sync tokens. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GoogleCalendarFake, startGoogleCalendarFake } from './fakes/google-calendar.ts';
import { type CalendarHouse, calendarHouse, calendarMistakes } from './rig/calendar.ts';
import { type HttpProxy, startProxy } from './rig/proxy.ts';
import { type GoogleServer, startGoogle } from './servers/google.ts';

/** Monday, 10 a.m. in Brussels. */
const monday = Date.UTC(2026, 10, 23, 9, 0);
const clock = { nowMs: monday };
const minutes = (count: number): number => count * 60_000;
const email = 'maria@example.com';

const house = (
  account: { clientId: string; clientSecret: string; refreshToken: string },
  baseUrl: string,
  more: Record<string, string> = {},
): Promise<CalendarHouse> => {
  const { clientId, clientSecret, refreshToken } = account;
  const settings = {
    ...{ GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret },
    ...{ GOOGLE_REFRESH_TOKEN: refreshToken, GOOGLE_BASE_URL: baseUrl },
  };
  return calendarHouse({ ...settings, ...more }, clock);
};

beforeEach(() => {
  clock.nowMs = monday;
});

describe('with the emulator', () => {
  let google: GoogleServer;
  let proxy: HttpProxy;
  const event = (id: string, calendar: string, more: object) => ({
    ...{ id, user_email: email, calendar_id: calendar, ...more },
  });

  beforeAll(async () => {
    google = await startGoogle({
      users: [{ email, name: 'Maria' }],
      calendars: [
        { id: 'primary', user_email: email, summary: 'Maria', primary: true, selected: true },
        { id: 'work', user_email: email, summary: 'Work', selected: true },
      ],
      calendar_events: [
        event('e1', 'primary', {
          summary: 'Dentist',
          start_date_time: '2026-11-24T09:00:00+01:00',
          end_date_time: '2026-11-24T10:00:00+01:00',
        }),
        event('e2', 'work', {
          summary: 'Oslo trip',
          start_date: '2026-12-01',
          end_date: '2026-12-04',
        }),
      ],
    });
    proxy = await startProxy(google.url);
  });
  afterAll(async () => {
    await proxy?.stop();
    await google?.stop();
  });
  beforeEach(() => {
    proxy.instead();
  });

  test('signs in, and tells events of several calendars', async () => {
    const open = await house(google.account, google.url);
    const outcome = await open.ask('events', { day: 'tomorrow' });
    expect(outcome).toMatchObject({ say: 'Tomorrow: Dentist at 9 a.m.', outside: true });
    const trips = await open.ask('trips', {});
    expect(trips.show).toEqual([
      { title: 'Oslo trip', place: 'Oslo', from: '2026-12-01', to: '2026-12-03' },
    ]);
    expect(await open.health()).toMatchObject({ ok: true, line: '2 calendars at Google' });
  });

  test('a calendar that the setting names and nobody has', async () => {
    const open = await house(google.account, google.url, { GOOGLE_CALENDARS: 'Maria, Football' });
    const outcome = await open.ask('next', {});
    expect(outcome).toMatchObject({ error: { code: 'calendar-unknown' } });
    expect(outcome.say).toMatch(/Football.*GOOGLE_CALENDARS/);
  });

  test('a token that was taken back: how to renew it, in the answer and in doctor', async () => {
    const other = await startGoogle({ users: [{ email, name: 'Maria' }] });
    await other.revoke();
    const open = await house(other.account, other.url);
    const outcome = await open.ask('next', {});
    expect(outcome).toMatchObject({ ok: false, error: { code: 'access-refused' } });
    expect(outcome.say).toContain('npm run connect -- google');
    expect((await open.ask('next', {}, { language: 'de' })).say).toMatch(/nicht mehr hinein/);
    expect((await open.health())?.mend).toContain('npm run connect -- google');
    await other.stop();
  });

  test('a wrong client secret', async () => {
    const open = await house({ ...google.account, clientSecret: 'wrong' }, google.url);
    const outcome = await open.ask('next', {});
    expect(outcome).toMatchObject({ error: { code: 'access-refused' } });
    expect(outcome.say).toMatch(/client id or secret/);
  });

  const apiError = (code: number, reason: string) =>
    JSON.stringify({ error: { code, message: reason, errors: [{ reason }] } });
  test.each([
    [401, apiError(401, 'authError'), 'access-refused'],
    [403, apiError(403, 'insufficientPermissions'), 'access-refused'],
    [403, apiError(403, 'accessNotConfigured'), 'access-refused'],
    [403, apiError(403, 'rateLimitExceeded'), 'too-many-requests'],
    [404, apiError(404, 'notFound'), 'not-found'],
    [429, apiError(429, 'rateLimitExceeded'), 'too-many-requests'],
    [500, apiError(500, 'backendError'), 'unreachable'],
    [200, '<html>Please log in</html>', 'service-garbage'],
    [200, '{"items": 7}', 'service-garbage'],
    [200, '{"items": [', 'service-garbage'],
  ])('events answered with %i %s: %s', async (status, body, code) => {
    const open = await house(google.account, proxy.url);
    const headers = { 'content-type': 'application/json' };
    proxy.instead((path) => (path.includes('/events') ? { status, headers, body } : undefined));
    const outcome = await open.ask('next', {});
    expect(outcome).toMatchObject({ ok: false, error: { code } });
    expect(outcome.say).not.toMatch(/undefined|\[object|secret|html/);
  });

  test('an answer that never comes, and an interruption', async () => {
    const open = await house(google.account, proxy.url);
    proxy.instead((path) => (path.includes('/events') ? { hang: true } : undefined));
    const stopped = await open.ask('next', {}, { signal: AbortSignal.timeout(200) });
    expect(stopped.ok).toBe(false);
    expect((await open.ask('next', {})).say).toMatch(/too long/);
  });

  test('nobody listens; and then an old answer says from when it is', async () => {
    const nobody = await house(google.account, 'http://127.0.0.1:9');
    expect(await nobody.ask('next', {})).toMatchObject({ error: { code: 'unreachable' } });
    const open = await house(google.account, proxy.url);
    await open.ask('next', {});
    clock.nowMs += minutes(30);
    proxy.instead(() => ({ status: 503 }));
    expect((await open.ask('next', {})).say).toMatch(/Dentist.* this is from 10 a\.m\.$/);
  });

  test('half a configuration is named at the start', async () => {
    const [mistake] = await calendarMistakes({ GOOGLE_CLIENT_ID: 'x' });
    expect(mistake).toMatch(/GOOGLE_CLIENT_SECRET and GOOGLE_REFRESH_TOKEN are missing/);
  });
});

describe('with sync tokens', () => {
  let fake: GoogleCalendarFake;
  const at = (dateTime: string) => ({ dateTime, timeZone: 'Europe/Brussels' });
  const open = () => house(fake.account, fake.url);

  beforeEach(async () => {
    fake = await startGoogleCalendarFake();
    fake.put({
      ...{ id: 'yoga', iCalUID: 'yoga@google.com', status: 'confirmed', summary: 'Yoga' },
      ...{ start: at('2026-10-19T18:00:00+02:00'), end: at('2026-10-19T19:00:00+02:00') },
      recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE', 'EXDATE;TZID=Europe/Brussels:20261130T180000'],
    });
    fake.put({
      ...{ id: 'yoga_1', recurringEventId: 'yoga', iCalUID: 'yoga@google.com', summary: 'Yoga' },
      originalStartTime: at('2026-11-25T18:00:00+01:00'),
      ...{ start: at('2026-11-26T20:00:00+01:00'), end: at('2026-11-26T21:00:00+01:00') },
    });
    fake.put({
      ...{ id: 'yoga_2', recurringEventId: 'yoga', status: 'cancelled' },
      originalStartTime: at('2026-12-02T18:00:00+01:00'),
    });
  });
  test('a moved, a cancelled and an excluded time, across the change of the clock', async () => {
    const house = await open();
    const list = await house.ask('list', { from: '2026-10-19', to: '2026-12-09' });
    const { events } = list.show as { events: { start: string }[] };
    expect(events.map(({ start }) => start.slice(5)).filter((one) => one > '11-20')).toEqual([
      ...['11-23T18:00', '11-26T20:00', '12-07T18:00', '12-09T18:00'],
    ]);
    expect(events.every(({ start }) => /T(18|20):00$/.test(start))).toBe(true);
    await fake.stop();
  });

  test('an unchanged calendar costs one request, a change only what changed', async () => {
    const house = await open();
    await house.ask('next', {});
    expect(fake.requests[0]?.get('timeMin')).toBe('2025-10-19T09:00:00.000Z');
    clock.nowMs += minutes(11);
    await house.ask('next', {});
    expect(fake.requests).toHaveLength(2);
    expect(fake.requests[1]?.get('syncToken')).toMatch(/^sync-/);
    expect(fake.requests[1]?.has('timeMin')).toBe(false);
    fake.put({
      ...{ id: 'tea', iCalUID: 'tea', summary: 'Tea' },
      ...{ start: at('2026-11-23T15:00:00+01:00'), end: at('2026-11-23T16:00:00+01:00') },
    });
    clock.nowMs += minutes(11);
    expect((await house.ask('next', {})).say).toMatch(/^Next, today: Tea at 3 p\.m\./);
    fake.remove('tea');
    clock.nowMs += minutes(11);
    expect((await house.ask('next', {})).say).toMatch(/Yoga at 6 p\.m\./);
    await fake.stop();
  });

  test('410: the token is too old, and everything is read anew', async () => {
    const house = await open();
    await house.ask('next', {});
    fake.expire();
    fake.remove('yoga');
    clock.nowMs += minutes(11);
    expect((await house.ask('next', {})).ok).toBe(true);
    expect(fake.requests.map((query) => query.has('syncToken'))).toEqual([false, true, false]);
    await fake.stop();
  });

  test('pages, declined invitations and what is no appointment', async () => {
    const tomorrow = (hour: number) => ({
      start: at(`2026-11-24T${hour}:00:00+01:00`),
      end: at(`2026-11-24T${hour + 1}:00:00+01:00`),
    });
    const declined = [{ self: true, responseStatus: 'declined', email }];
    fake.put({ id: 'a', iCalUID: 'a', summary: 'Party', attendees: declined, ...tomorrow(20) });
    const place = { eventType: 'workingLocation', summary: 'Home', ...tomorrow(10) };
    fake.put({ id: 'b', iCalUID: 'b', ...place });
    fake.put({ id: 'c', iCalUID: 'c', summary: 'Lunch', visibility: 'private', ...tomorrow(12) });
    fake.pageSize(2);
    const house = await open();
    expect((await house.ask('events', { day: 'tomorrow' })).say).toBe(
      'Tomorrow: a private appointment at noon.',
    );
    expect(fake.requests).toHaveLength(3);
    await fake.stop();
  });
});
