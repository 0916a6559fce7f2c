/** What some hours come to: the range of temperatures, the sky, what falls and when. Pure. */
import { commonSky, strongest, wetOf } from './codes.ts';
import type { LocalHour } from './when.ts';

export interface Summary {
  /** °C. */
  low: number | undefined;
  high: number | undefined;
  /** When it is coldest. */
  lowAt: Date | undefined;
  /** WMO code of the sky, of the daylight hours where there are some. */
  sky: number | undefined;
  /** WMO code of the strongest that is likely to fall. */
  wet: number | undefined;
  /** Less than half of the hours are wet. */
  atTimes: boolean;
  /** The highest chance of an hour, in percent; undefined where the service does not know. */
  rainChance: number | undefined;
  rainMm: number;
  snowCm: number;
  /** The wettest hours, from and to, where there is something to tell. */
  wettest: { from: Date; to: Date; date: string } | undefined;
  windKmh: number | undefined;
  gustKmh: number | undefined;
}

const hourMs = 3_600_000;
const likelyPercent = 40;
const measurableMm = 0.1;

const numbers = (all: readonly (number | undefined)[]): number[] =>
  all.filter((one) => one !== undefined);
const most = (all: readonly (number | undefined)[]): number | undefined => {
  const found = numbers(all);
  return found.length > 0 ? Math.max(...found) : undefined;
};
const sum = (all: readonly (number | undefined)[]): number =>
  numbers(all).reduce((total, one) => total + Math.max(0, one), 0);

/** Likely enough to be told; without a chance, what is measurable counts. */
const isWet = ({ rainChance, rainMm, code }: LocalHour): boolean => {
  if (rainChance !== undefined) return rainChance >= likelyPercent;
  return (rainMm ?? 0) >= measurableMm || wetOf(code) !== undefined;
};

/** The hours around the most likely one that are nearly as likely. */
const wettestOf = (hours: readonly LocalHour[]): Summary['wettest'] => {
  const weight = (hour: LocalHour | undefined): number =>
    hour === undefined ? -1 : (hour.rainChance ?? 0) + 10 * Math.min(hour.rainMm ?? 0, 5);
  const wet = hours.map((hour, index) => ({ index, weight: isWet(hour) ? weight(hour) : -1 }));
  const top = wet.toSorted((a, b) => b.weight - a.weight)[0];
  if (!top || top.weight < 0) return undefined;
  const near = (index: number): boolean => (wet[index]?.weight ?? -1) >= top.weight * 0.8;
  let [first, last] = [top.index, top.index];
  while (near(first - 1) && hours[first - 1]?.date === hours[top.index]?.date) first--;
  while (near(last + 1) && hours[last + 1]?.date === hours[top.index]?.date) last++;
  const [from, to] = [hours[first], hours[last]];
  return from && to && { from: from.at, to: new Date(to.at.getTime() + hourMs), date: from.date };
};

const isDaytime = ({ minutes }: LocalHour): boolean => minutes >= 7 * 60 && minutes < 21 * 60;

export const summarise = (hours: readonly LocalHour[]): Summary => {
  const temperatures = numbers(hours.map(({ temperature }) => temperature));
  const low = temperatures.length > 0 ? Math.min(...temperatures) : undefined;
  const wetHours = hours.filter(isWet);
  const daytime = hours.filter(isDaytime);
  const seen = daytime.length > 0 ? daytime : hours;
  return {
    low,
    high: most(temperatures),
    lowAt: hours.find(({ temperature }) => temperature !== undefined && temperature === low)?.at,
    sky: commonSky(seen.map(({ code }) => code)),
    wet: strongest(wetHours.map(({ code }) => code)),
    atTimes: wetHours.length * 2 < hours.length,
    rainChance: most(hours.map(({ rainChance }) => rainChance)),
    rainMm: sum(hours.map(({ rainMm }) => rainMm)),
    snowCm: sum(hours.map(({ snowCm }) => snowCm)),
    wettest: wettestOf(hours),
    windKmh: most(hours.map(({ windKmh }) => windKmh)),
    gustKmh: most(hours.map(({ gustKmh }) => gustKmh)),
  };
};

/** Each day by itself, for a screen and for the mind. */
export const byDay = (hours: readonly LocalHour[]): { date: string; summary: Summary }[] =>
  [...Map.groupBy(hours, ({ date }) => date)].map(([date, those]) => ({
    date,
    summary: summarise(those),
  }));
