/** A forecast as an answer: what was asked, for which hours, in the person's words and units. */
import type { ToolResult } from '../core/define.ts';
import { ToolError } from '../core/tool-error.ts';
import { weatherCard } from './card.ts';
import { forecastDays } from './client.ts';
import { codeInWords } from './codes.ts';
import type { Forecast } from './forecast.ts';
import type { Context, Place } from './places.ts';
import { byDay, type Summary, summarise } from './summary.ts';
import { type Units, unitsFor } from './units.ts';
import {
  daysBetween,
  hoursIn,
  type LocalHour,
  localTime,
  movedBy,
  noonOf,
  type Span,
} from './when.ts';
import { type Verdict, type WeatherWords, weatherWords } from './words.ts';

/** All that a sentence is made of. */
export interface Telling {
  said: WeatherWords;
  units: Units;
  american: boolean;
  place: Place;
  forecast: Forecast;
  context: Context;
}

export const tellingOf = (place: Place, forecast: Forecast, context: Context): Telling => {
  const { language, timeZone, household } = context;
  const units = unitsFor({ language, timeZone, household });
  const american = units.degrees === 'F';
  return { said: weatherWords(language), units, american, place, forecast, context };
};

/** The date and time at the place. */
export const nowAt = ({ timeZone }: Place, { now }: Context) => localTime(now(), timeZone);

/** @throws {ToolError} for what is over or beyond the forecast. */
export const assertForecast = (span: Span, today: string, context: Context): void => {
  const said = weatherWords(context.language);
  if (daysBetween(today, span.lastDate) < 0) throw new ToolError(said.over, 'over');
  if (daysBetween(today, span.firstDate) >= forecastDays) {
    const from = movedBy(span.firstDate, 1 - forecastDays);
    throw new ToolError(said.tooFar(context.words.date(noonOf(from), 'UTC')), 'too-far');
  }
};

/** @throws {ToolError} where the service has no figures for these hours. */
export const hoursOf = (span: Span, { forecast, place, context }: Telling): LocalHour[] => {
  const { timeZone } = place;
  const hours = hoursIn(forecast, span, { timeZone, now: context.now() });
  if (hours.length > 0) return hours;
  throw new ToolError(weatherWords(context.language).noAnswer, 'no-figures');
};

const timeAt = (at: Date, { place, context }: Telling): string =>
  context.words.time(at, place.timeZone);

export const dateInWords = (date: string, { words }: Context): string =>
  words.date(noonOf(date), 'UTC');

const spanInWords = (span: Span, telling: Telling): string => {
  const { said, context } = telling;
  const date = dateInWords(span.firstDate, context);
  const day = said.day({ day: span.day, part: span.part, date });
  if (span.time === undefined) return day;
  // A time is said as a clock shows it: noon in UTC has no zone to shift it.
  const time = context.words.time(new Date(`${span.firstDate}T${span.time}:00Z`), 'UTC');
  return `${day} ${said.at(time)}`;
};

/** "partly cloudy, light rain at times"; the rain alone where it rains most of the time. */
export const skyInWords = (summary: Summary, { said }: Telling): string | undefined => {
  const sky = codeInWords(summary.sky, said.tongue);
  const wet = codeInWords(summary.wet, said.tongue);
  if (!wet) return sky;
  if (!summary.atTimes) return wet;
  const sometimes = said.tongue === 'de' ? `${said.atTimes} ${wet}` : `${wet} ${said.atTimes}`;
  return sky ? `${sky}, ${sometimes}` : sometimes;
};

const rounded = (percent: number): number => Math.round(percent / 5) * 5;

/** "between 2 p.m. and 5 p.m."; with the day where there are several. */
const wettestInWords = (summary: Summary, span: Span, telling: Telling): string | undefined => {
  const { said, context } = telling;
  const { wettest } = summary;
  if (!wettest) return undefined;
  if (span.firstDate !== span.lastDate) {
    return said.day({ day: 'date', date: dateInWords(wettest.date, context) });
  }
  return said.between(timeAt(wettest.from, telling), timeAt(wettest.to, telling));
};

export const temperaturesInWords = ({ low, high }: Summary, { said, units }: Telling) =>
  low === undefined || high === undefined
    ? undefined
    : said.range(units.temperature(low), units.temperature(high));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What it will be like, of some hours or some days. */
const tellAll = (summary: Summary, span: Span, telling: Telling): string => {
  const { said, place } = telling;
  const parts = [skyInWords(summary, telling), temperaturesInWords(summary, telling)];
  const told = parts.filter((part) => part !== undefined).join(', ');
  const head = capital(`${spanInWords(span, telling)}${said.where(place.name)}`);
  const when = wettestInWords(summary, span, telling);
  const wet = codeInWords(summary.wet, said.tongue);
  const percent = summary.rainChance;
  const chance = percent === undefined ? undefined : said.percent(rounded(percent));
  if (span.time !== undefined || !wet || !when || !summary.atTimes) {
    const rain = percent !== undefined && percent >= 20 && chance ? `, ${said.chance(chance)}` : '';
    const told2 = wet && rain ? `${told}${rain}` : told;
    return `${head}: ${told2}.`;
  }
  return `${head}: ${told}. ${said.wetMostly(wet, chance, when)}`;
};

/** Enough to get wet by, where the service gives no chance. */
const rainVerdict = ({ rainChance, rainMm }: Summary): Verdict => {
  if (rainChance === undefined) return rainMm >= 0.5 ? 'yes' : rainMm >= 0.1 ? 'maybe' : 'no';
  return rainChance >= 50 ? 'yes' : rainChance >= 20 ? 'maybe' : 'no';
};

const tellRain = (
  summary: Summary,
  span: Span,
  { telling, umbrella }: { telling: Telling; umbrella: boolean },
): string => {
  const { said, units, american, place } = telling;
  const verdict = rainVerdict(summary);
  const percent = summary.rainChance;
  const amount = units.rain(summary.rainMm);
  const details = [
    percent === undefined ? undefined : said.chance(said.percent(rounded(percent))),
    verdict === 'no' ? undefined : wettestInWords(summary, span, telling),
    verdict === 'yes' && amount > 0 ? said.about(said.rain(amount, american)) : undefined,
  ].filter((detail) => detail !== undefined);
  const what = {
    day: spanInWords(span, telling),
    where: said.where(place.name),
    detail: details.join(', '),
  };
  return (umbrella ? said.umbrella : said.willRain)[verdict](what);
};

const tellSnow = (summary: Summary, span: Span, telling: Telling): string => {
  const { said, units, american, place } = telling;
  const verdict = summary.snowCm >= 0.5 ? 'yes' : summary.snowCm > 0 ? 'maybe' : 'no';
  const detail =
    verdict === 'yes' ? said.about(said.snow(units.snow(summary.snowCm), american)) : '';
  const day = spanInWords(span, telling);
  return said.willSnow[verdict]({ day, where: said.where(place.name), detail });
};

const noFigures = ({ said }: Telling): ToolError => new ToolError(said.noAnswer, 'no-figures');
/** Above it by so little that the ground may freeze all the same. */
const nearFrost = 3;

const tellFrost = (summary: Summary, span: Span, telling: Telling): string => {
  const { said, units, place } = telling;
  const { low, lowAt } = summary;
  if (low === undefined || !lowAt) throw noFigures(telling);
  const verdict: Verdict = low <= 0 ? 'yes' : low <= nearFrost ? 'maybe' : 'no';
  const degrees = said.degrees(units.temperature(low));
  const what = { day: spanInWords(span, telling), where: said.where(place.name), degrees };
  const told = said.willFreeze[verdict](what);
  const several = span.firstDate !== span.lastDate;
  const when = verdict === 'yes' && !several ? said.coldest(timeAt(lowAt, telling)) : '';
  return `${told}${when}.`;
};

const tellWind = (summary: Summary, span: Span, telling: Telling): string => {
  const { said, units, american, place } = telling;
  if (summary.windKmh === undefined) throw noFigures(telling);
  const speed = (kmh: number) => said.speed(units.speed(kmh), american);
  const { gustKmh } = summary;
  return said.wind({
    day: spanInWords(span, telling),
    where: said.where(place.name),
    wind: speed(summary.windKmh),
    ...(gustKmh !== undefined && gustKmh > summary.windKmh && { gusts: speed(gustKmh) }),
  });
};

const tellTemperature = (summary: Summary, span: Span, telling: Telling): string => {
  const told = temperaturesInWords(summary, telling);
  if (told === undefined) throw noFigures(telling);
  const { said, place } = telling;
  return `${capital(`${spanInWords(span, telling)}${said.where(place.name)}`)}: ${told}.`;
};

/** What may be asked of hours to come; the sun has a file of its own. */
export type Asked = 'weather' | 'rain' | 'umbrella' | 'snow' | 'frost' | 'temperature' | 'wind';

/** Whole numbers, for a screen and for the mind. */
export const figures = (summary: Summary, { units, said }: Telling) => {
  const { low, high, rainChance, rainMm, snowCm, gustKmh } = summary;
  const sky = codeInWords(summary.wet ?? summary.sky, said.tongue);
  return {
    ...(low !== undefined && { low: units.temperature(low) }),
    ...(high !== undefined && { high: units.temperature(high) }),
    ...(sky && { sky }),
    ...(rainChance !== undefined && { rainChance }),
    ...(rainMm >= 0.1 && { rainMm: Math.round(rainMm * 10) / 10 }),
    ...(snowCm > 0 && { snowCm: Math.round(snowCm * 10) / 10 }),
    ...(gustKmh !== undefined && { gustKmh: Math.round(gustKmh) }),
  };
};

/** What the hours of a span are, for the mind: a day in one line. */
export const showOf = (hours: readonly LocalHour[], telling: Telling) => ({
  ...(telling.place.name && { place: telling.place.name }),
  unit: telling.units.degrees,
  days: byDay(hours).map(({ date, summary }) => ({ date, ...figures(summary, telling) })),
});

export const tellSpan = (span: Span, what: Asked, telling: Telling): ToolResult => {
  const hours = hoursOf(span, telling);
  const summary = summarise(hours);
  if (summary.low === undefined && summary.sky === undefined) throw noFigures(telling);
  const say = {
    weather: () => tellAll(summary, span, telling),
    rain: () => tellRain(summary, span, { telling, umbrella: false }),
    umbrella: () => tellRain(summary, span, { telling, umbrella: true }),
    snow: () => tellSnow(summary, span, telling),
    frost: () => tellFrost(summary, span, telling),
    temperature: () => tellTemperature(summary, span, telling),
    wind: () => tellWind(summary, span, telling),
  }[what]();
  return { say, show: showOf(hours, telling), card: weatherCard(hours, telling) };
};
