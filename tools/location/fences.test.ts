// At a place or not: accuracy, the edge, jitter; and what phones send that is no position.
import { expect, test } from 'vitest';
import { PositionBook } from './book.ts';
import { insideOf, placeIn, standingOf } from './fences.ts';
import { readReport, reportOf } from './payload.ts';

const home = { id: 'home', name: 'home', latitude: 59.91, longitude: 10.75, radiusM: 100 };
/** So many metres north of home. */
const north = (metres: number, accuracyM = 10) => ({
  ...{ latitude: home.latitude + metres / 111_195, longitude: home.longitude, accuracyM },
});

test.each([
  ['in the middle', 0, 10, undefined, 'in'],
  ['near the edge', 95, 10, undefined, 'in'],
  ['far away', 5000, 50, undefined, 'out'],
  ['at the edge, nothing known before', 108, 10, undefined, 'unsure'],
  ['at the edge, was in', 108, 10, true, 'in'],
  ['at the edge, was out', 108, 10, false, 'out'],
  ['past the edge and its margin, was in', 170, 10, true, 'out'],
  ['past the edge, was out', 120, 10, false, 'out'],
  ['two kilometres of accuracy prove nothing', 0, 2000, undefined, 'unsure'],
  ['nor do they where it was in', 0, 2000, true, 'unsure'],
  ['but they can prove that it is far', 9000, 2000, true, 'out'],
] as const)('%s', (...[, metres, accuracyM, before, expected]) => {
  expect(insideOf(north(metres, accuracyM), home, before)).toBe(expected);
});

test('a jitter at the edge changes nothing: one arrival, one departure', () => {
  const walk = [400, 140, 98, 104, 96, 112, 99, 125, 90, 140, 101, 175, 140, 104, 130, 400];
  let standing: ReturnType<typeof standingOf> | undefined;
  const states = walk.map((metres) => {
    standing = standingOf(north(metres), [home], standing);
    return standing.in.includes('home');
  });
  const changes = states.filter((state, index) => index > 0 && state !== states[index - 1]);
  expect(changes).toEqual([true, false]);
});

test('the smallest of the places around somebody is where they are', () => {
  const town = { ...home, id: 'town', name: 'town', radiusM: 5000 };
  const standing = standingOf(north(0), [town, home]);
  expect(placeIn(standing, [town, home])?.id).toBe('home');
  expect(placeIn(standingOf(north(1000), [town, home]), [town, home])?.id).toBe('town');
});

const nowMs = Date.UTC(2026, 2, 1, 12);
const fix = { _type: 'location', lat: 59.91, lon: 10.75, tst: nowMs / 1000 - 60, acc: 12 };
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

test('takes a position, with its movement where the phone knows it', () => {
  const read = readReport(bytes({ ...fix, vel: 48, cog: 270, extra: { deep: true } }), nowMs);
  expect(read).toEqual({
    kind: 'fix',
    fix: {
      ...{ latitude: 59.91, longitude: 10.75, accuracyM: 12, atMs: nowMs - 60_000 },
      ...{ speedKmh: 48, courseDegrees: 270 },
    },
  });
  expect(reportOf({ ...fix, vel: -1, cog: -1 }, nowMs)).toMatchObject({
    fix: { speedKmh: undefined, courseDegrees: undefined },
  });
  expect(reportOf({ ...fix, acc: undefined }, nowMs)).toMatchObject({ fix: { accuracyM: 100 } });
});

const garbage: [string, unknown][] = [
  ['lat 91', { ...fix, lat: 91 }],
  ['lon -181', { ...fix, lon: -181 }],
  ['NaN', { ...fix, lat: Number.NaN }],
  ['text for a number', { ...fix, lat: '59.91' }],
  ['no latitude', { ...fix, lat: undefined }],
  ['null island', { ...fix, lat: 0, lon: 0 }],
  ['tst in the future', { ...fix, tst: nowMs / 1000 + 3600 }],
  ['tst of 1970', { ...fix, tst: 12 }],
  ['tst in milliseconds', { ...fix, tst: nowMs }],
  ['no tst', { ...fix, tst: undefined }],
  ['accuracy below zero', { ...fix, acc: -5 }],
  ['a list', [fix]],
  ['null', null],
  ['a number', 7],
  ['no type', { lat: 1, lon: 1 }],
  ['a prototype', JSON.parse('{"__proto__": {"_type": "location"}, "lat": 1}')],
];
test.each(garbage)('is no position: %s', (_, message) => {
  expect(reportOf(message, nowMs)).toEqual({ kind: 'garbage' });
});

test('tells apart what an app sends besides, and what nobody can read', () => {
  for (const type of ['transition', 'waypoint', 'lwt', 'card', 'cmd', 'status', 'steps']) {
    expect(readReport(bytes({ ...fix, _type: type }), nowMs)).toEqual({ kind: 'other' });
  }
  expect(readReport(bytes({ _type: 'encrypted', data: 'x' }), nowMs).kind).toBe('encrypted');
  expect(readReport(Buffer.alloc(0), nowMs).kind).toBe('cleared');
  expect(readReport(Buffer.from([0xff, 0xfe, 0x00]), nowMs).kind).toBe('garbage');
  expect(readReport(Buffer.from('{"_type":"loc'), nowMs).kind).toBe('garbage');
  expect(readReport(bytes({ ...fix, pad: 'x'.repeat(20_000) }), nowMs).kind).toBe('garbage');
  const nested = Buffer.from(`${'['.repeat(7000)}${']'.repeat(7000)}`);
  expect(readReport(nested, nowMs).kind).toBe('garbage');
});

test('keeps the last position of a phone, counts the rest, and forgets what is cleared', () => {
  const book = new PositionBook(() => nowMs);
  book.use([home]);
  const phone = { user: 'ADA', device: 'phone' };
  expect(book.take(phone, bytes(fix))).toBe('fix');
  book.take(phone, bytes({ ...fix, tst: fix.tst - 600, lat: 10 }));
  book.take({ user: 'ada', device: 'tablet' }, bytes({ ...fix, tst: fix.tst - 30, lat: 20 }));
  book.take(phone, Buffer.from('nothing'));
  book.take(phone, bytes({ _type: 'lwt' }));
  expect(book.all().get('ada')).toMatchObject({
    fix: { latitude: 59.91 },
    standing: { in: ['home'] },
  });
  expect(book.counts).toEqual({ fix: 3, other: 1, garbage: 1, encrypted: 0, cleared: 0 });
  book.take(phone, Buffer.alloc(0));
  expect(book.all().get('ada')).toMatchObject({ fix: { latitude: 20 } });
  for (let user = 0; user < 500; user++) book.take({ user: `u${user}`, device: '' }, bytes(fix));
  expect(book.phones).toBe(200);
});
