/** The weather now and in what is left of today; one figure alone where only that was asked. */
import type { ToolResult } from '../core/define.ts';
import { ToolError } from '../core/tool-error.ts';
import { weatherCard } from './card.ts';
import { codeInWords } from './codes.ts';
import type { Now } from './forecast.ts';
import { summarise } from './summary.ts';
import { figures, nowAt, skyInWords, type Telling } from './tell.ts';
import { hoursIn, spanOf } from './when.ts';

/** What a person may ask for by itself; "how {cold} is it". */
export const nowAsked = ['warm', 'hot', 'cold', 'windy', 'humid'] as const;
type NowAsked = (typeof nowAsked)[number] | 'temperature';

/** From here on the night is what comes next. */
const eveningFromMinutes = 17 * 60;
/** Less is no difference that one feels. */
const feltDifference = 2;

const laterToday = (telling: Telling): string | undefined => {
  const { said, units, place, forecast, context } = telling;
  const local = nowAt(place, context);
  const evening = local.minutes >= eveningFromMinutes || local.minutes < 5 * 60;
  const span = spanOf({ day: evening ? 'tonight' : 'today' }, local);
  const at = { timeZone: place.timeZone, now: context.now() };
  const summary = summarise(hoursIn(forecast, span, at));
  const extreme = evening ? summary.low : summary.high;
  if (extreme === undefined) return undefined;
  const sky = skyInWords(summary, telling);
  const degrees = said.degrees(units.temperature(extreme));
  return said.laterUpTo({ degrees, evening, ...(sky && { sky }) });
};

/** The service's own reading, or else the hour that is running. */
const present = ({ forecast, context }: Telling): Now | undefined => {
  if (forecast.now && forecast.now.temperature !== undefined) return forecast.now;
  const nowMs = context.now().getTime();
  const hour = forecast.hours.find(({ at }) => nowMs - at.getTime() < 3_600_000);
  return hour && { ...hour, humidity: forecast.now?.humidity };
};

const nothing = ({ said }: Telling): ToolError => new ToolError(said.noAnswer, 'no-figures');

const windNow = (now: Now, telling: Telling): string => {
  const { said, units, american, place } = telling;
  if (now.windKmh === undefined) throw nothing(telling);
  const speed = (kmh: number) => said.speed(units.speed(kmh), american);
  const gusty = now.gustKmh !== undefined && now.gustKmh > now.windKmh + 10;
  return said.windNow({
    where: said.where(place.name),
    wind: speed(now.windKmh),
    ...(gusty && { gusts: speed(now.gustKmh ?? 0) }),
  });
};

const humidNow = (now: Now, { said, place }: Telling): string | undefined =>
  now.humidity === undefined
    ? undefined
    : said.humidNow({
        where: said.where(place.name),
        percent: said.percent(Math.round(now.humidity)),
      });

const temperatureNow = (now: Now, telling: Telling): string => {
  const { said, units, place } = telling;
  if (now.temperature === undefined) throw nothing(telling);
  const temperature = units.temperature(now.temperature);
  const feels = now.feels === undefined ? undefined : units.temperature(now.feels);
  const differs = feels !== undefined && Math.abs(feels - temperature) >= feltDifference;
  const sky = codeInWords(now.code, said.tongue);
  return said.now({
    where: said.where(place.name),
    temperature,
    ...(differs && { feels }),
    ...(sky && { sky }),
  });
};

export const tellNow = (what: NowAsked | undefined, telling: Telling): ToolResult => {
  const now = present(telling);
  if (!now) throw nothing(telling);
  const { units, place, forecast, context } = telling;
  const today = hoursIn(forecast, spanOf({}, nowAt(place, context)), {
    ...{ timeZone: place.timeZone, now: context.now() },
  });
  const sky = codeInWords(now.code, telling.said.tongue);
  const show = {
    ...(place.name && { place: place.name }),
    unit: units.degrees,
    now: {
      ...(now.temperature !== undefined && { temperature: units.temperature(now.temperature) }),
      ...(now.feels !== undefined && { feels: units.temperature(now.feels) }),
      ...(now.windKmh !== undefined && { windKmh: Math.round(now.windKmh) }),
      ...(now.humidity !== undefined && { humidity: Math.round(now.humidity) }),
      ...(sky && { sky }),
    },
    restOfToday: figures(summarise(today), telling),
  };
  const card = weatherCard(today, telling, now);
  if (what === 'windy') return { say: windNow(now, telling), show, card };
  if (what === 'humid') {
    const say = humidNow(now, telling);
    if (say === undefined) throw nothing(telling);
    return { say, show, card };
  }
  const say = temperatureNow(now, telling);
  const later = what === undefined ? laterToday(telling) : undefined;
  return { say: later ? `${say} ${later}` : say, show, card };
};
