/** The calendar over a real CalDAV server: what is told, how it stays fresh, and every fault. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CalendarHouse, calendarHouse, calendarMistakes, eventOf } from './rig/calendar.ts';
import { type HttpProxy, startProxy } from './rig/proxy.ts';
import { type RadicaleServer, startRadicale } from './servers/radicale.ts';

let server: RadicaleServer;
let proxy: HttpProxy;
let family: string;
let work: string;
/** Monday, 10 a.m. in Brussels. */
const monday = Date.UTC(2026, 10, 23, 9, 0);
const clock = { nowMs: monday };

const open = (more: Record<string, string> = {}): Promise<CalendarHouse> => {
  const { username, password } = server.account;
  const account = { CALDAV_URL: proxy.url, CALDAV_USERNAME: username, CALDAV_PASSWORD: password };
  return calendarHouse({ ...account, ...more }, clock);
};

const minutes = (count: number): number => count * 60_000;

beforeAll(async () => {
  server = await startRadicale();
  proxy = await startProxy(server.url);
  family = await server.makeCalendar('Family');
  work = await server.makeCalendar('Work');
  const first: Record<string, string> = {
    dentist: eventOf('Dentist', '20261124T090000/20261124T100000', [
      'LOCATION:Main Street 5\\, Brussels',
    ]),
    birthday: eventOf('Birthday of Mum', '20261127/20261128', ['TRANSP:TRANSPARENT']),
    choir: eventOf('Choir', '20261105T190000/20261105T210000', [
      'RRULE:FREQ=WEEKLY;BYDAY=TH',
      'EXDATE;TZID=Europe/Brussels:20261203T190000',
    ]),
    picnic: eventOf('Picnic', '20261124T120000/20261124T130000', ['STATUS:CANCELLED']),
    call: eventOf('Sales call', '20261124T140000/20261124T150000', [
      'ORGANIZER:mailto:x@example.com',
      'ATTENDEE;PARTSTAT=DECLINED:mailto:maria@example.com',
    ]),
    lisbon: eventOf('Lisbon holiday', '20261212/20261217', ['LOCATION:Lisbon\\, Portugal']),
  };
  const second: Record<string, string> = {
    interview: eventOf('Interview', '20261127T140000/20261127T153000'),
    twin: eventOf('Dentist', '20261124T090000/20261124T100000'),
    therapy: eventOf('Therapy', '20261125T110000/20261125T120000', ['CLASS:PRIVATE']),
  };
  for (const [name, text] of Object.entries(first)) await server.put(family, `${name}.ics`, text);
  for (const [name, text] of Object.entries(second)) await server.put(work, `${name}.ics`, text);
});

afterAll(async () => {
  await proxy?.stop();
  await server?.close();
});
beforeEach(() => {
  clock.nowMs = monday;
  proxy.instead();
  proxy.requests.length = 0;
});

describe('what is told', () => {
  const said = async (tool: string, input: Record<string, unknown>, language = 'en') =>
    (await (await open()).ask(tool, input, { language })).say;

  test('a day: each event once, without what is cancelled or declined', async () => {
    const outcome = await (await open()).ask('events', { day: 'tomorrow' });
    expect(outcome).toMatchObject({
      say: 'Tomorrow: Dentist at 9 a.m., Main Street 5.',
      outside: true,
      show: { events: [{ title: 'Dentist', start: '2026-11-24T09:00', end: '2026-11-24T10:00' }] },
    });
    expect(await said('events', { day: 'tomorrow' }, 'de')).toBe(
      'Morgen: Dentist um 9 Uhr, Main Street 5.',
    );
  });

  test('several days, each with its own; what is private without its title', async () => {
    const outcome = await (await open()).ask('events', { day: 'this_week' });
    expect(outcome.say).toBe(
      'Tomorrow: Dentist at 9 a.m., Main Street 5; on Wednesday: a private appointment at ' +
        '11 a.m.; on Thursday: Choir at 7 p.m.; on Friday: Birthday of Mum, all day, Interview ' +
        'at 2 p.m.',
    );
    expect(JSON.stringify(outcome)).not.toContain('Therapy');
  });

  test('a recurrence, without the evening that was called off', async () => {
    expect(await said('events', { date: '2026-12-03' })).toMatch(/^There is nothing/);
    expect(await said('next', { query: 'choir' })).toBe('On Thursday: Choir at 7 p.m.');
    expect(await said('next', {})).toBe('Next, tomorrow: Dentist at 9 a.m., Main Street 5.');
    expect(await said('next', { query: 'opera' })).toMatch(/^I find no opera/);
  });

  test('free time, where a birthday takes none', async () => {
    expect(await said('free', { day: 'friday', part: 'afternoon' })).toBe(
      'Not all of it: Interview from 2 p.m. to 3:30 p.m. Free until 2 p.m. and from 3:30 p.m. ' +
        'All day there is Birthday of Mum.',
    );
    expect(await said('free', { day: 'tomorrow', from: '09:30' })).toBe(
      'No, tomorrow at 9:30 a.m. there is Dentist from 9 a.m. to 10 a.m., Main Street 5.',
    );
    expect(await said('free', { day: 'saturday', part: 'morning' })).toBe(
      'Yes, you are free on Saturday in the morning.',
    );
    expect(await said('free', { date: '2026-12-14' })).toMatch(/no free time .*Lisbon holiday/);
    expect(await said('free', { day: 'yesterday' })).toMatch(/over already/);
  });

  test('trips, for the weather too', async () => {
    const outcome = await (await open()).ask('trips', {});
    expect(outcome.show).toEqual([
      { title: 'Lisbon holiday', place: 'Lisbon', from: '2026-12-12', to: '2026-12-16' },
    ]);
  });

  test('every event of a month, for a page', async () => {
    const outcome = await (await open()).ask('list', { from: '2026-12-01', to: '2026-12-31' });
    expect((outcome.show as { events: unknown[] }).events).toHaveLength(5);
  });

  test('only the calendars that the setting names', async () => {
    const house = await open({ CALDAV_CALENDARS: 'work' });
    expect((await house.ask('next', { query: 'choir' })).say).toMatch(/^I find no choir/);
    const other = await open({ CALDAV_CALENDARS: 'Wrok' });
    expect(await other.ask('next', {})).toMatchObject({ error: { code: 'calendar-unknown' } });
  });

  test("a person's account is that person's alone", async () => {
    const house = await open({ CALDAV_PERSON: 'Anna' });
    expect((await house.ask('events', { day: 'wednesday' })).say).toContain('Therapy');
    const other = await house.ask('events', { day: 'wednesday' }, { person: 'ben' });
    expect(other).toMatchObject({ ok: false, error: { code: 'no-account' } });
    expect(other.say).toMatch(/no calendar of yours/);
  });
});

describe('how it stays fresh', () => {
  test('ten minutes without a request, then one small one where nothing changed', async () => {
    const house = await open();
    await house.ask('next', {});
    proxy.requests.length = 0;
    clock.nowMs = monday + minutes(9);
    await house.ask('next', {});
    expect(proxy.requests).toEqual([]);
    clock.nowMs = monday + minutes(11);
    await house.ask('next', {});
    expect(proxy.requests.map(({ method }) => method)).toEqual(['PROPFIND']);
    console.log(`an unchanged calendar: ${proxy.requests[0]?.answerBytes} bytes`);
    expect(proxy.requests[0]?.answerBytes).toBeLessThan(4_000);
  });

  test('what is new, changed or gone is fetched alone', async () => {
    const house = await open();
    await house.ask('next', {});
    await server.put(family, 'opera.ics', eventOf('Opera', '20261123T200000/20261123T220000'));
    clock.nowMs += minutes(11);
    proxy.requests.length = 0;
    expect((await house.ask('next', {})).say).toBe('Next, today: Opera at 8 p.m.');
    expect(proxy.requests.map(({ method }) => method)).toEqual(['PROPFIND', 'REPORT', 'REPORT']);
    await server.put(family, 'opera.ics', eventOf('Opera', '20261123T210000/20261123T220000'));
    clock.nowMs += minutes(11);
    expect((await house.ask('next', {})).say).toBe('Next, today: Opera at 9 p.m.');
    await server.remove(family, 'opera.ics');
    clock.nowMs += minutes(11);
    expect((await house.ask('next', {})).say).toMatch(/Dentist/);
  });

  test('a sync token that the server has forgotten: everything is read anew', async () => {
    const house = await open();
    await house.ask('next', {});
    await server.put(family, 'late.ics', eventOf('Late show', '20261123T230000/20261123T235900'));
    clock.nowMs += minutes(11);
    let refused = 0;
    proxy.instead((_path, method) => {
      if (method !== 'REPORT' || refused++ > 0) return undefined;
      const body = '<error xmlns="DAV:"><valid-sync-token/></error>';
      return { status: 403, headers: { 'content-type': 'text/xml' }, body };
    });
    expect((await house.ask('next', {})).say).toMatch(/Late show/);
    await server.remove(family, 'late.ics');
  });

  test('the server is away: the old answer, with when it is from, until it is back', async () => {
    const house = await open();
    await house.ask('next', {});
    clock.nowMs += minutes(20);
    await server.stop();
    const old = await house.ask('next', {});
    expect(old.say).toMatch(/^Next, tomorrow: Dentist.*cannot reach.*this is from 10 a\.m\.$/);
    await server.start();
    clock.nowMs += minutes(2);
    expect((await house.ask('next', {})).say).not.toMatch(/cannot reach/);
  });
});

describe('what goes wrong', () => {
  const asked = async (instead?: Parameters<HttpProxy['instead']>[0], more = {}) => {
    const house = await open(more);
    proxy.instead(instead);
    const outcome = await house.ask('next', {});
    expect(outcome.ok).toBe(false);
    expect(outcome.say).not.toMatch(/undefined|\[object|only-for-tests/);
    return outcome;
  };

  test('a wrong password: what to renew', async () => {
    const outcome = await asked(undefined, { CALDAV_PASSWORD: 'wrong' });
    expect(outcome).toMatchObject({ error: { code: 'access-refused' } });
    const health = await (await open({ CALDAV_PASSWORD: 'wrong' })).health();
    expect(JSON.stringify(health)).toMatch(/app password/);
  });

  test.each([
    [404, 'not-found'],
    [429, 'too-many-requests'],
    [500, 'unreachable'],
    [503, 'unreachable'],
  ])('status %i', async (status, code) => {
    const outcome = await asked(() => ({ status, headers: { 'retry-after': '30' } }));
    expect(outcome).toMatchObject({ error: { code } });
  });

  test.each([
    ['a login page', '<html><body>Please log in</body></html>', 'text/html'],
    ['broken XML', '<multistatus xmlns="DAV:"><response><href>/x', 'text/xml'],
    ['nothing', '', 'text/xml'],
  ])('garbage: %s', async (_name, body, type) => {
    const answer = { status: 207, headers: { 'content-type': type }, body };
    expect(await asked(() => answer)).toMatchObject({ error: { code: 'service-garbage' } });
  });

  test('an answer that never comes, with nothing kept: a sentence within the time', async () => {
    const outcome = await asked(() => ({ hang: true }));
    expect(outcome.say).toMatch(/too long/);
  });

  test('an interruption ends it at once', async () => {
    const house = await open();
    proxy.instead(() => ({ hang: true }));
    const startedAtMs = performance.now();
    const outcome = await house.ask('next', {}, { signal: AbortSignal.timeout(200) });
    expect(outcome.ok).toBe(false);
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
  });

  test('a server that sends the password elsewhere is not followed', async () => {
    const location = 'http://127.0.0.1:9/dav/';
    const outcome = await asked(() => ({ status: 301, headers: { location } }));
    expect(outcome.error?.code).toMatch(/service-moved|unreachable/);
  });

  test('nobody listens', async () => {
    const outcome = await asked(undefined, { CALDAV_URL: 'http://127.0.0.1:9/' });
    expect(outcome).toMatchObject({ error: { code: 'unreachable' } });
  });

  test('half a configuration is named at the start', async () => {
    const [mistake] = await calendarMistakes({ CALDAV_URL: 'https://dav.example.org' });
    expect(mistake).toMatch(/CALDAV_USERNAME and CALDAV_PASSWORD are missing/);
    expect(
      await calendarMistakes({
        CALDAV_URL: 'nonsense',
        CALDAV_USERNAME: 'x',
        CALDAV_PASSWORD: 'y',
      }),
    ).toHaveLength(1);
  });

  test('one event that nobody can read does not hide the others', async () => {
    const house = await open();
    const broken = (path: string, method: string) => method === 'REPORT' && path.includes('Work');
    const bad = `<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><response>
      <href>/x.ics</href><propstat><prop><C:calendar-data>BEGIN:NONSENSE</C:calendar-data></prop>
      <status>HTTP/1.1 200 OK</status></propstat></response></multistatus>`;
    const answer = { status: 207, headers: { 'content-type': 'text/xml' }, body: bad };
    proxy.instead((path, method) => (broken(path, method) ? answer : undefined));
    expect((await house.ask('next', {})).say).toMatch(/Dentist/);
  });

  test('two accounts, one of them away: the other one, and which is missing', async () => {
    const second = { CALDAV_2_URL: 'http://127.0.0.1:9/', CALDAV_2_USERNAME: 'x' };
    const house = await open({ ...second, CALDAV_2_PASSWORD: 'y' });
    const { say } = await house.ask('next', {});
    expect(say).toMatch(/Dentist.*127\.0\.0\.1 does not answer/);
  });
});

test('thousands of events are read once and asked fast', async () => {
  const events = Array.from({ length: 1_500 }, (_, index) => {
    const at = new Date(monday + index * 3 * 3_600_000).toISOString().slice(0, 13);
    return [
      ...['BEGIN:VEVENT', `UID:m${index}`, 'DTSTAMP:20261101T000000Z', `SUMMARY:Thing ${index}`],
      ...[`DTSTART:${at.replace(/-/g, '')}0000Z`, 'DURATION:PT1H', 'END:VEVENT'],
    ].join('\r\n');
  });
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...events, 'END:VCALENDAR', ''];
  const many = `${server.url}maria%40example.com/Many/`;
  expect((await server.request('PUT', many, text.join('\r\n'))).status).toBe(201);
  const house = await open({ CALDAV_CALENDARS: many.replace(server.url, `${proxy.url}/`) });
  const startedAtMs = performance.now();
  // The first reading may outlast a conversation: it goes on, and a later question has it.
  await expect
    .poll(async () => (await house.ask('next', {})).ok, { timeout: 90_000, interval: 500 })
    .toBe(true);
  const firstMs = performance.now() - startedAtMs;
  const againMs = performance.now();
  const outcome = await house.ask('events', { day: 'next_week' });
  const tookMs = performance.now() - againMs;
  console.log(`1,500 events: read in ${Math.round(firstMs)} ms, asked in ${tookMs.toFixed(1)} ms`);
  expect(outcome.ok).toBe(true);
  expect(tookMs).toBeLessThan(250);
});
