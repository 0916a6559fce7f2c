/** Calendars as programs write them: zones, whole days, recurrences, exceptions, hostile rules. */
import { describe, expect, test } from 'vitest';
import { expand } from './expand.ts';
import { readIcs } from './ics.ts';
import { householdZone, utc, wallOfDay, zoneNamed } from './zones.ts';

const household = householdZone('Europe/Brussels');
const autumn = { fromMs: Date.UTC(2026, 9, 1), toMs: Date.UTC(2026, 11, 1) };

const file = (events: readonly (readonly string[])[], before: readonly string[] = []): string =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...before],
    ...events.flatMap((lines) => ['BEGIN:VEVENT', 'UID:1', 'SUMMARY:X', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n');

const times = (text: string, span = autumn, mine: string[] = []): string[] =>
  readIcs(text, { household, mine: new Set(mine) })
    .flatMap((series) => expand(series, span, { calendar: 'c', household }))
    .sort((a, b) => a.startMs - b.startMs)
    .map(({ startMs, endMs }) =>
      [startMs, endMs].map((ms) => new Date(ms).toISOString().slice(5, 16)).join('/'),
    );

const starts = (text: string): string[] => times(text).map((one) => one.split('/')[0] ?? '');

describe('zones', () => {
  test.each([
    ['an IANA name', 'DTSTART;TZID=America/New_York:20261020T090000', '10-20T13:00'],
    ['a name of Windows', 'DTSTART;TZID=Tokyo Standard Time:20261020T090000', '10-20T00:00'],
    [
      'one of Outlook for Europe',
      'DTSTART;TZID=Romance Standard Time:20261020T090000',
      '10-20T07:00',
    ],
    [
      'a long one',
      'DTSTART;TZID=/mozilla.org/20050126_1/Asia/Tokyo:20261020T090000',
      '10-20T00:00',
    ],
    ['UTC', 'DTSTART:20261020T090000Z', '10-20T09:00'],
    ['none: the household', 'DTSTART:20261020T090000', '10-20T07:00'],
    ['an unknown one: the household', 'DTSTART;TZID=Middle Earth:20261020T090000', '10-20T07:00'],
  ])('%s', (_name, start, expected) => {
    expect(starts(file([[start]]))).toEqual([expected]);
  });

  test('one that only the file describes', () => {
    const zone = [
      ...['BEGIN:VTIMEZONE', 'TZID:Custom', 'BEGIN:STANDARD', 'DTSTART:19700101T000000'],
      ...['TZOFFSETFROM:+0530', 'TZOFFSETTO:+0530', 'END:STANDARD', 'END:VTIMEZONE'],
    ];
    expect(starts(file([['DTSTART;TZID=Custom:20261020T090000']], zone))).toEqual(['10-20T03:30']);
  });

  test('a time that the clock skips, and one that it shows twice', () => {
    const at = (wall: string) =>
      new Date(household.instantOf(Date.parse(`${wall}Z`))).toISOString();
    expect(at('2026-03-29T02:30:00')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026-10-25T02:30:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25T03:30:00')).toBe('2026-10-25T02:30:00.000Z');
    expect(zoneNamed('GMT')).toBe(utc);
    expect(wallOfDay('2026-02-30')).toBeNaN();
    expect(() => householdZone('Nowhere/Land')).toThrow(/BUTLER_TIMEZONE/);
  });
});

describe('whole days', () => {
  test('the end is exclusive, and a day on which the clock changes has 25 hours', () => {
    const text = file([['DTSTART;VALUE=DATE:20261025', 'DTEND;VALUE=DATE:20261026']]);
    expect(times(text)).toEqual(['10-24T22:00/10-25T23:00']);
  });
  test('without an end it is one day; a bad end is mended', () => {
    expect(times(file([['DTSTART;VALUE=DATE:20261101']]))).toEqual(['10-31T23:00/11-01T23:00']);
    const bad = file([['DTSTART;VALUE=DATE:20261101', 'DTEND;VALUE=DATE:20261101']]);
    expect(times(bad)).toEqual(['10-31T23:00/11-01T23:00']);
  });
  test('those that Outlook marks beside times', () => {
    const text = file([
      [
        ...['X-MICROSOFT-CDO-ALLDAYEVENT:TRUE', 'DTSTART;TZID=Tokyo Standard Time:20261101T000000'],
        'DTEND;TZID=Tokyo Standard Time:20261102T000000',
      ],
    ]);
    expect(times(text)).toEqual(['10-31T23:00/11-01T23:00']);
  });
});

describe('recurrences', () => {
  const weekly = (...more: string[]) => [
    ...['DTSTART;TZID=Europe/Brussels:20051001T090000', 'DURATION:PT1H'],
    ...['RRULE:FREQ=WEEKLY;BYDAY=SA', ...more],
  ];

  test('one of twenty years keeps its hour when the clock changes', () => {
    expect(times(file([weekly()])).slice(3, 6)).toEqual([
      ...['10-24T07:00/10-24T08:00', '10-31T08:00/10-31T09:00', '11-07T08:00/11-07T09:00'],
    ]);
  });

  test('exceptions, additions, a moved time and one that is called off', () => {
    const moved = [
      ...['RECURRENCE-ID;TZID=Europe/Brussels:20261107T090000', 'DURATION:PT1H'],
      'DTSTART;TZID=Europe/Brussels:20261109T110000',
    ];
    const off = [
      ...['RECURRENCE-ID:20261114T080000Z', 'DTSTART:20261114T080000Z', 'STATUS:CANCELLED'],
    ];
    const master = weekly(
      'EXDATE;TZID=Europe/Brussels:20261024T090000,20261031T090000',
      'RDATE;TZID=Europe/Brussels:20261028T120000',
    );
    expect(starts(file([master, moved, off])).slice(3)).toEqual([
      ...['10-28T11:00', '11-09T10:00', '11-21T08:00', '11-28T08:00'],
    ]);
  });

  test('the last time is the one that UNTIL names in UTC, or a day', () => {
    const daily = (until: string) =>
      file([
        [
          ...['DTSTART;TZID=Europe/Brussels:20261023T090000', 'DURATION:PT1H'],
          `RRULE:FREQ=DAILY;UNTIL=${until}`,
        ],
      ]);
    expect(times(daily('20261025T080000Z'))).toHaveLength(3);
    expect(times(daily('20261025T075959Z'))).toHaveLength(2);
    expect(times(daily('20261025'))).toHaveLength(3);
  });

  test('a declined time is left out, and the others stay', () => {
    const declined = 'ATTENDEE;PARTSTAT=DECLINED:mailto:Maria@Example.com';
    const one = ['RECURRENCE-ID:20261107T080000Z', 'DTSTART:20261107T080000Z', declined];
    const text = file([weekly(), one]);
    expect(times(text, autumn, ['maria@example.com'])).not.toContain('11-07T08:00/11-07T08:00');
    expect(times(text, autumn, ['maria@example.com'])).toHaveLength(8);
    expect(times(file([[...weekly(), declined]]), autumn, ['maria@example.com'])).toEqual([]);
  });

  test.each([
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'],
    ['FREQ=DAILY;INTERVAL=7;BYDAY=MO'],
    ['FREQ=MONTHLY;INTERVAL=12;BYMONTH=2'],
    ['FREQ=SECONDLY'],
    ['FREQ=MINUTELY;INTERVAL=1'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'],
  ])('%s ends, and leaves the first time', (rule) => {
    const startedAtMs = performance.now();
    const text = file([['DTSTART:20261020T090000', `RRULE:${rule}`]]);
    expect(starts(text)[0]).toBe('10-20T07:00');
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });

  test('what is no iCalendar throws, so that the caller can leave it out', () => {
    const options = { household, mine: new Set<string>() };
    expect(() => readIcs('BEGIN:NONSENSE', options)).toThrow();
    expect(() => readIcs(file([['RRULE:FREQ=YEARLY;BYYEARDAY=-400']]), options)).toThrow();
    expect(readIcs(file([[]]), options)).toEqual([]);
  });
});
