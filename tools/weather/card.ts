/** The weather as a screen shows it: in degrees Celsius, which the page turns into others. */
import type { CardOf, SkyCondition } from '../core/card.ts';
import { wetOf } from './codes.ts';
import type { Now } from './forecast.ts';
import { byDay } from './summary.ts';
import type { Telling } from './tell.ts';
import type { LocalHour } from './when.ts';

const hoursMax = 24;

const drizzle = new Set([51, 53, 55]);

/** @param code WMO; undefined for one that the table does not have. */
const conditionOf = (code: number | undefined): SkyCondition | undefined => {
  if (code === undefined) return undefined;
  const wet = wetOf(code);
  if (wet === 'rain') return drizzle.has(code) ? 'drizzle' : 'rain';
  if (wet === 'ice') return 'sleet';
  if (wet) return wet;
  if (code === 45 || code === 48) return 'fog';
  if (code <= 1) return 'clear';
  return code === 2 ? 'partly-cloudy' : code === 3 ? 'cloudy' : undefined;
};

const tenths = (value: number): number => Math.round(value * 10) / 10 + 0;

const daysOf = (hours: readonly LocalHour[]): CardOf<'weather'>['days'] =>
  byDay(hours).flatMap(({ date, summary }) => {
    const { low, high, rainChance, rainMm } = summary;
    const condition = conditionOf(summary.wet ?? summary.sky);
    if (low === undefined || high === undefined || !condition) return [];
    return [
      {
        ...{ date, condition, highC: tenths(high), lowC: tenths(low), rainMm: tenths(rainMm) },
        ...(rainChance !== undefined && { rainChance }),
      },
    ];
  });

const hourly = (hours: readonly LocalHour[]): NonNullable<CardOf<'weather'>['hours']> =>
  hours.slice(0, hoursMax).flatMap(({ at, temperature, code, rainChance }) => {
    const condition = conditionOf(code);
    if (temperature === undefined || !condition) return [];
    return [
      {
        ...{ at: at.toISOString(), temperatureC: tenths(temperature), condition },
        ...(rainChance !== undefined && { rainChance }),
      },
    ];
  });

const nowOf = (now: Now | undefined): CardOf<'weather'>['now'] => {
  if (now?.temperature === undefined) return undefined;
  const condition = conditionOf(now.code);
  return {
    temperatureC: tenths(now.temperature),
    ...(now.feels !== undefined && { feelsC: tenths(now.feels) }),
    ...(condition && { condition }),
    ...(now.windKmh !== undefined && { windKmh: Math.round(now.windKmh) }),
    ...(now.humidity !== undefined && { humidity: Math.round(now.humidity) }),
  };
};

/** @param hours that are shown; those of one day also one by one. */
export const weatherCard = (
  hours: readonly LocalHour[],
  { place }: Pick<Telling, 'place'>,
  now?: Now,
): CardOf<'weather'> => {
  const days = daysOf(hours);
  const present = nowOf(now);
  return {
    kind: 'weather',
    place: place.name ?? '',
    ...(present && { now: present }),
    days,
    ...(days.length <= 2 && { hours: hourly(hours) }),
  };
};
