/** The weather on a screen: days of a span, the hours of one, and a few kinds of sky. */
import { expect, it } from 'vitest';
import { cardSchema } from '../core/card.ts';
import { weatherCard } from './card.ts';
import type { LocalHour } from './when.ts';

const hour = (index: number, more: Partial<LocalHour> = {}): LocalHour => {
  const at = new Date(Date.UTC(2026, 2, 1, index));
  return {
    ...{
      at,
      date: at.toISOString().slice(0, 10),
      minutes: (index % 24) * 60,
      temperature: index / 3,
    },
    ...{ feels: undefined, rainMm: 0, rainChance: 10, snowCm: 0, code: 3 },
    ...{ windKmh: 5, gustKmh: 9, ...more },
  };
};
const hours = (count: number, more: Partial<LocalHour> = {}) =>
  Array.from({ length: count }, (_, index) => hour(index, more));
const place = { name: undefined, timeZone: 'UTC', latitude: 0, longitude: 0 };

it('tells each day, and the hours of one or two', () => {
  const card = weatherCard(hours(30), { place });
  expect(cardSchema.parse(card)).toEqual(card);
  expect(card).toMatchObject({ place: '', hours: { length: 24 } });
  expect(card.days).toEqual([
    { date: '2026-03-01', condition: 'cloudy', lowC: 0, highC: 7.7, rainMm: 0, rainChance: 10 },
    { date: '2026-03-02', condition: 'cloudy', lowC: 8, highC: 9.7, rainMm: 0, rainChance: 10 },
  ]);
  const week = weatherCard(hours(24 * 4), { place: { ...place, name: 'Oslo' } });
  expect([week.place, week.days.length, week.hours]).toEqual(['Oslo', 4, undefined]);
});

it('tells it now, as far as it is known', () => {
  const unknown = { feels: undefined, humidity: undefined, windKmh: undefined, gustKmh: undefined };
  const now = { ...unknown, temperature: -0.04, code: 71 };
  expect(weatherCard([], { place }, now).now).toEqual({ temperatureC: 0, condition: 'snow' });
  expect(weatherCard([], { place }, { ...now, temperature: undefined }).now).toBeUndefined();
});

it.each([
  [0, 'clear'],
  [2, 'partly-cloudy'],
  [3, 'cloudy'],
  [48, 'fog'],
  [53, 'drizzle'],
  [57, 'sleet'],
  [81, 'rain'],
  [67, 'sleet'],
  [86, 'snow'],
  [96, 'thunder'],
])('code %i is %s', (code, condition) => {
  const wet = { code, rainChance: 90, rainMm: 2 };
  expect(weatherCard(hours(24, wet), { place }).days).toMatchObject([{ condition }]);
});

it('leaves out what has no figures', () => {
  const card = weatherCard(hours(24, { temperature: undefined }), { place });
  expect([card.days, card.hours]).toEqual([[], []]);
  expect(weatherCard(hours(24, { code: 12 }), { place }).days).toEqual([]);
});
