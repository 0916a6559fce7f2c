// Tables of distances and directions: cities, the date line, the poles, the other side.
import { expect, test } from 'vitest';
import { approachOf, bearingDegrees, distanceM, isOnEarth, windOf } from './geometry.ts';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });
const oslo = at(59.9139, 10.7522);
const bergen = at(60.3913, 5.3221);
const halfway = Math.PI * 6_371_008.8;

const distances: [string, ReturnType<typeof at>, ReturnType<typeof at>, number][] = [
  ['nowhere', oslo, oslo, 0],
  ['Oslo to Bergen', oslo, bergen, 305_000],
  ['one degree of latitude', at(0, 0), at(1, 0), 111_195],
  ['one degree of longitude at 60 degrees', at(60, 0), at(60, 1), 55_597],
  ['across the date line', at(0, 179.5), at(0, -179.5), 111_195],
  ['pole to pole', at(90, 0), at(-90, 0), halfway],
  ['pole to pole by other longitudes', at(90, 170), at(-90, -170), halfway],
  ['the other side of the earth', at(50, 10), at(-50, -170), halfway],
  ['over the north pole', at(89, 0), at(89, 180), 222_390],
  ['a few steps', at(59.9139, 10.7522), at(59.914, 10.7522), 11.1],
];

test.each(distances)('distance: %s', (...[, from, to, metres]) => {
  expect(distanceM(from, to)).toBeCloseTo(distanceM(to, from), 6);
  expect(Math.abs(distanceM(from, to) - metres)).toBeLessThanOrEqual(Math.max(0.1, metres / 200));
});

const bearings: [string, ReturnType<typeof at>, ReturnType<typeof at>, number, string][] = [
  ['north', at(0, 0), at(1, 0), 0, 'n'],
  ['east', at(0, 0), at(0, 1), 90, 'e'],
  ['south', at(1, 0), at(0, 0), 180, 's'],
  ['west', at(0, 0), at(0, -1), 270, 'w'],
  ['east across the date line', at(0, 179.5), at(0, -179.5), 90, 'e'],
  ['west across the date line', at(0, -179.5), at(0, 179.5), 270, 'w'],
  ['from the north pole', at(90, 33), oslo, 180, 's'],
  ['from the south pole', at(-90, 33), oslo, 0, 'n'],
  ['to the north pole', oslo, at(90, -120), 0, 'n'],
  ['Oslo to Bergen', oslo, bergen, 282, 'w'],
];

test.each(bearings)('direction: %s', (...[, from, to, degrees, wind]) => {
  const bearing = bearingDegrees(from, to);
  expect(bearing).toBeGreaterThanOrEqual(0);
  expect(bearing).toBeLessThan(360);
  expect(Math.abs(bearing - degrees)).toBeLessThan(2);
  expect(windOf(bearing)).toBe(wind);
});

test('the winds change in the middle between them', () => {
  expect([0, 22, 23, 67, 68, 337, 338, 359.9].map(windOf)).toEqual([
    ...['n', 'n', 'ne', 'ne', 'e', 'nw', 'n', 'n'],
  ]);
});

test('comes nearer by as much as the course leads there', () => {
  const driving = (courseDegrees: number) => ({ speed: 60, courseDegrees });
  expect(approachOf(driving(90), 90)).toBeCloseTo(60);
  expect(approachOf(driving(150), 90)).toBeCloseTo(30);
  expect(approachOf(driving(0), 90)).toBeCloseTo(0);
  expect(approachOf(driving(270), 90)).toBeCloseTo(-60);
  expect(approachOf(driving(359), 1)).toBeCloseTo(60, 0);
});

test('knows what is no place on the earth', () => {
  expect(isOnEarth(at(90, 180))).toBe(true);
  for (const [latitude, longitude] of [
    [91, 0],
    [0, 181],
    [Number.NaN, 0],
    [0, Infinity],
  ]) {
    expect(isOnEarth(at(latitude ?? 0, longitude ?? 0))).toBe(false);
  }
});
