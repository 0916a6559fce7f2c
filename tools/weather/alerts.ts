/** What of a forecast is dangerous, by the thresholds of Germany's weather service. Pure. */
import { wetOf } from './codes.ts';
import type { LocalHour } from './when.ts';

export type Danger = 'wind' | 'rain' | 'snow' | 'thunder' | 'ice' | 'frost' | 'heat';

export interface Alert {
  danger: Danger;
  /** As DWD's levels: 1 weather warning, 2 marked, 3 severe, 4 extreme. */
  level: 1 | 2 | 3 | 4;
  from: Date;
  to: Date;
  /** The worst of it: km/h, mm or cm in six hours, or °C. */
  value: number | undefined;
}

type Levels = readonly [one: number, two: number, three: number, four: number];

/**
 * DWD, "Warnkriterien", places up to 800 m: gusts in km/h; rain in mm within one hour and within
 * six; snow in cm within six hours; heat as felt in °C (strong and extreme heat stress). What has
 * no level there is Infinity. DWD warns of frost below 0 °C (1) and of severe frost from −10 (2).
 */
const thresholds: Readonly<Record<'wind' | 'rain1' | 'rain6' | 'snow6' | 'heat', Levels>> = {
  wind: [50, 65, 105, 140],
  rain1: [Number.POSITIVE_INFINITY, 15, 25, 40],
  rain6: [Number.POSITIVE_INFINITY, 20, 35, 60],
  snow6: [1, 5, 10, 20],
  heat: [32, 38, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
};
const frostAt = 0;
const severeFrostAt = -10;
const hourMs = 3_600_000;
const rainHours = 6;

const levelOf = (value: number | undefined, levels: Levels): Alert['level'] | undefined => {
  const reached = value === undefined ? 0 : levels.filter((least) => value >= least).length;
  return reached === 0
    ? undefined
    : ((levels.findLastIndex((least) => (value ?? 0) >= least) + 1) as Alert['level']);
};

interface Reached {
  hour: LocalHour;
  level: Alert['level'];
  value: number | undefined;
}

/** All hours in which a danger is reached, as one alert with its worst. */
const alertOf = (
  danger: Danger,
  reached: readonly Reached[],
  worse: (a: number, b: number) => number = Math.max,
): Alert[] => {
  const [first, last] = [reached[0], reached.at(-1)];
  if (!first || !last) return [];
  const values = reached.flatMap(({ value }) => (value === undefined ? [] : [value]));
  return [
    {
      danger,
      level: Math.max(...reached.map(({ level }) => level)) as Alert['level'],
      from: first.hour.at,
      to: new Date(last.hour.at.getTime() + hourMs),
      value: values.length > 0 ? values.reduce((a, b) => worse(a, b)) : undefined,
    },
  ];
};

const reachedBy = (
  hours: readonly LocalHour[],
  look: (hour: LocalHour, index: number) => { level?: Alert['level'] | undefined; value?: number },
): Reached[] =>
  hours.flatMap((hour, index) => {
    const { level, value } = look(hour, index);
    return level === undefined ? [] : [{ hour, level, value }];
  });

/** What falls within six hours from this one on. */
const within = (
  hours: readonly LocalHour[],
  index: number,
  amount: (hour: LocalHour) => number | undefined,
): number =>
  hours
    .slice(index, index + rainHours)
    .reduce((total, hour) => total + Math.max(0, amount(hour) ?? 0), 0);

const higher = (
  a: Alert['level'] | undefined,
  b: Alert['level'] | undefined,
): Alert['level'] | undefined => (Math.max(a ?? 0, b ?? 0) || undefined) as Alert['level'];

const snowAmount = ({ snowCm }: LocalHour) => snowCm;
/** Rain alone: what falls as snow has its own thresholds. */
const rainAmount = ({ rainMm, snowCm }: LocalHour) => ((snowCm ?? 0) > 0 ? 0 : rainMm);

const optional = (value: number | undefined) => (value === undefined ? {} : { value });

/** @returns the worst first; missing values raise nothing. */
export const alertsIn = (hours: readonly LocalHour[]): Alert[] => {
  const wind = reachedBy(hours, ({ gustKmh }) => ({
    level: levelOf(gustKmh, thresholds.wind),
    ...optional(gustKmh),
  }));
  const rain = reachedBy(hours, (hour, index) => {
    const six = within(hours, index, rainAmount);
    const one = levelOf(rainAmount(hour), thresholds.rain1);
    return { level: higher(one, levelOf(six, thresholds.rain6)), value: six };
  });
  const snow = reachedBy(hours, (_, index) => {
    const value = within(hours, index, snowAmount);
    return { level: levelOf(value, thresholds.snow6), value };
  });
  const thunder = reachedBy(hours, ({ code }) => ({
    level: wetOf(code) === 'thunder' ? (code === 95 ? 1 : 2) : undefined,
  }));
  const ice = reachedBy(hours, ({ code }) => ({ level: wetOf(code) === 'ice' ? 2 : undefined }));
  const frost = reachedBy(hours, ({ temperature }) => {
    if (temperature === undefined || temperature >= frostAt) return {};
    return { level: temperature <= severeFrostAt ? 2 : 1, value: temperature };
  });
  const heat = reachedBy(hours, ({ feels }) => ({
    level: levelOf(feels, thresholds.heat),
    ...optional(feels),
  }));
  return [
    ...alertOf('wind', wind),
    ...alertOf('rain', rain),
    ...alertOf('snow', snow),
    ...alertOf('thunder', thunder),
    ...alertOf('ice', ice),
    ...alertOf('heat', heat),
    ...alertOf('frost', frost, Math.min),
  ].toSorted((a, b) => b.level - a.level);
};
