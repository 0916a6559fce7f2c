/** The pure parts as tables: spans of days, free time, trips, towns, titles. */
import { describe, expect, test } from 'vitest';
import { freeTime } from './free.ts';
import type { Occurrence } from './model.ts';
import { daysOf, saidDate, spanOf } from './spans.ts';
import { plainText, spokenPlace } from './titles.ts';
import { townOfPlace, townOfTitle } from './towns.ts';
import { tripsIn } from './trips.ts';
import { dayOfWall, householdZone, wallOfDay } from './zones.ts';

const zone = householdZone('Europe/Brussels');
/** A Monday. */
const today = wallOfDay('2026-11-23');

describe('days', () => {
  test.each([
    ['today', '2026-11-23', '2026-11-23'],
    ['monday', '2026-11-23', '2026-11-23'],
    ['sunday', '2026-11-29', '2026-11-29'],
    ['yesterday', '2026-11-22', '2026-11-22'],
    ['this_weekend', '2026-11-28', '2026-11-29'],
    ['next_weekend', '2026-12-05', '2026-12-06'],
    ['this_week', '2026-11-23', '2026-11-29'],
    ['next_week', '2026-11-30', '2026-12-06'],
    ['this_month', '2026-11-23', '2026-11-30'],
    ['next_month', '2026-12-01', '2026-12-31'],
  ])('%s on a Monday', (day, first, last) => {
    expect(daysOf({ day }, today)).toEqual({ first, last });
  });
  test('on a Sunday only the Sunday is left of the weekend', () => {
    const sunday = wallOfDay('2026-11-29');
    expect(daysOf({ day: 'this_weekend' }, sunday)?.first).toBe('2026-11-29');
    expect(daysOf({ day: 'next_weekend' }, sunday)?.first).toBe('2026-12-05');
  });
  test.each([
    ['December 24th', '2026-12-24'],
    ['December 24 th', '2026-12-24'],
    ['the 3rd of May', '2027-05-03'],
    ['24. Dezember', '2026-12-24'],
    ['dem 1. März 2028', '2028-03-01'],
    ['the 30th', '2026-11-30'],
    ['the 3rd', '2026-12-03'],
    ['February 30th', undefined],
    ['my mind', undefined],
    ['the 41st', undefined],
  ])('"%s"', (said, expected) => {
    const found = saidDate(said, today);
    expect(found === undefined ? undefined : dayOfWall(found)).toBe(expected);
  });
  test('a range in either order; a date that is none; the long day in autumn', () => {
    const range = { date: '2026-12-05', until: '2026-12-01' };
    expect(daysOf(range, today)).toEqual({ first: '2026-12-01', last: '2026-12-05' });
    expect(daysOf({ date: 'nonsense' }, today)).toBeUndefined();
    const { fromMs, toMs } = spanOf({ first: '2026-10-25', last: '2026-10-25' }, undefined, zone);
    expect((toMs - fromMs) / 3_600_000).toBe(25);
  });
});

describe('free time', () => {
  const stretch = (text: string) => {
    const [startMs = 0, endMs = 0] = text.split('-').map((hour) => Number(hour) * 3_600_000);
    return { startMs, endMs };
  };
  test.each([
    ['nothing', '', '8-22'],
    ['one', '9-10', '8-9 10-22'],
    ['two that overlap', '9-12 11-13', '8-9 13-22'],
    ['one within another', '9-15 10-11', '8-9 15-22'],
    ['over the edges', '6-9 20-24', '9-20'],
    ['all of it', '7-23', ''],
    ['a short gap is none', '8-12 12.25-22', ''],
    ['before and after', '1-8 22-23', '8-22'],
    ['without length', '9-9', '8-22'],
  ])('%s', (_name, busy, gaps) => {
    const all = busy.split(' ').filter(Boolean).map(stretch).reverse();
    const found = freeTime(all, stretch('8-22'), { leastMs: 30 * 60_000 });
    expect(found.gaps).toEqual(gaps.split(' ').filter(Boolean).map(stretch));
    expect(found.isFree).toBe(found.busy.length === 0);
  });
});

/** "2026-12-12..2026-12-16" is whole days; "2026-12-12T08:00..2026-12-12T10:00" times. */
const event = (title: string, when: string, place?: string): Occurrence => {
  const [from = '', to = from] = when.split('..');
  const allDay = !from.includes('T');
  const at = (text: string) => zone.instantOf(Date.parse(`${text}${allDay ? 'T00:00' : ''}:00Z`));
  const endMs = allDay ? zone.instantOf(wallOfDay(to) + 86_400_000) : at(to);
  const base = { uid: title, title, place, isPrivate: false, busy: true, calendar: 'c' };
  return { ...base, allDay, startMs: at(from), endMs };
};

describe('trips', () => {
  const found = (...events: Occurrence[]) =>
    tripsIn(events, zone).map(({ place, from, to }) => `${place ?? '?'} ${from} ${to}`);

  test.each([
    ['Lisbon holiday', '2026-12-12..2026-12-16', undefined, 'Lisbon 2026-12-12 2026-12-16'],
    [
      'Urlaub in Österreich',
      '2026-12-12..2026-12-16',
      undefined,
      'Österreich 2026-12-12 2026-12-16',
    ],
    [
      'Conference',
      '2026-12-12..2026-12-14',
      'Messe 1, 10115 Berlin, Germany',
      'Berlin 2026-12-12 2026-12-14',
    ],
    ['Weekend in Paris', '2026-12-12..2026-12-13', undefined, 'Paris 2026-12-12 2026-12-13'],
    ['Day trip', '2026-12-12', 'Bruges, Belgium', 'Bruges 2026-12-12 2026-12-12'],
    ['Family holiday', '2026-12-12..2026-12-16', undefined, '? 2026-12-12 2026-12-16'],
  ])('%s is one', (...[title, when, place, expected]) => {
    expect(found(event(title, when, place))).toEqual([expected]);
  });

  test.each([
    ['Birthday of Mum', '2026-12-12', undefined],
    ['School holidays', '2026-12-20..2027-01-03', undefined],
    ['On call', '2026-12-12..2026-12-16', undefined],
    ['Dentist', '2026-12-12T09:00..2026-12-12T10:00', 'Main Street 5, Brussels'],
    ['Anna visits us', '2026-12-12..2026-12-14', undefined],
    ['Sprint 12', '2026-12-12..2026-12-14', 'https://meet.example.com/x'],
    ['Party', '2026-12-12T21:00..2026-12-13T03:00', 'Ghent'],
  ])('%s is none', (title, when, place) => {
    expect(found(event(title, when, place))).toEqual([]);
  });

  test('flights and a hotel are one trip, from the first day to the last', () => {
    const out = event(
      'Flight to Lisbon (TP 613)',
      '2026-12-12T08:00..2026-12-12T10:30',
      'Brussels BRU',
    );
    const hotel = event(
      'Stay at Hotel Mundial',
      '2026-12-12..2026-12-15',
      'Praça 2, 1100-341 Lisbon, Portugal',
    );
    const back = event(
      'Flight to Brussels (TP 616)',
      '2026-12-16T18:00..2026-12-16T21:30',
      'Lisbon LIS',
    );
    expect(found(back, hotel, out)).toEqual(['Lisbon 2026-12-12 2026-12-16']);
    expect(found(back, out)).toEqual(['Lisbon 2026-12-12 2026-12-16']);
  });

  test('a title for days that the flights surround is the name of the trip', () => {
    const trips = tripsIn(
      [
        event('Flug nach Rom', '2026-12-12T08:00..2026-12-12T10:30'),
        event('Städtereise', '2026-12-12..2026-12-15'),
        event('Rückflug', '2026-12-15T18:00..2026-12-15T21:30'),
      ],
      zone,
    );
    expect(trips).toEqual([
      { title: 'Städtereise', place: 'Rom', from: '2026-12-12', to: '2026-12-15' },
    ]);
  });

  test('two journeys far apart are two trips, soonest first', () => {
    const trips = found(
      event('Paris trip', '2027-03-01..2027-03-03'),
      event('Rome trip', '2026-12-01..2026-12-03'),
      event('Oslo trip', '2026-12-04..2026-12-06'),
    );
    expect(trips.map((one) => one.split(' ')[0])).toEqual(['Rome', 'Oslo', 'Paris']);
  });
});

test.each([
  ['Hotel Lisboa, Rua X 5, 1200 Lisbon, Portugal', 'Lisbon'],
  ['Paris, France', 'Paris'],
  ['Brussels', 'Brussels'],
  ['Hauptstraße 5, 10827 Berlin', 'Berlin'],
  ['10 Downing Street, London SW1A 2AA, UK', 'London'],
  ['Portugal', 'Portugal'],
  ['Microsoft Teams Meeting', undefined],
  ['https://zoom.us/j/123', undefined],
  ['', undefined],
])('the town of "%s"', (place, expected) => {
  expect(townOfPlace(place)).toBe(expected);
});

test.each([
  ['Flight to Lisbon (TP 612)', 'Lisbon'],
  ['Trip to New York', 'New York'],
  ['Rom Urlaub', 'Rom'],
  ['Zug nach Wien', 'Wien'],
  ['Summer holiday', undefined],
  ['Business trip', undefined],
  ['Team offsite', undefined],
])('the town in "%s"', (title, expected) => {
  expect(townOfTitle(title)).toBe(expected);
});

test('titles are words: no markup, no links, no direction marks, cut between words', () => {
  expect(plainText('**Lunch** <b>now</b> https://x.example/a \u202Eevil 🍕', 60)).toBe(
    'Lunch now evil',
  );
  expect(plainText('word '.repeat(40), 60).length).toBeLessThanOrEqual(60);
  expect(plainText('\u0000\u0007', 60)).toBe('');
  expect(spokenPlace('Main Street 5, 1000 Brussels')).toBe('Main Street 5');
  expect(spokenPlace('Zoom')).toBeUndefined();
});
