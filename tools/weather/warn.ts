/** The dangers of the next two days in a sentence that does not claim to be an official warning. */
import type { ToolResult } from '../core/define.ts';
import { ToolError } from '../core/tool-error.ts';
import { type Alert, alertsIn } from './alerts.ts';
import { nowAt, type Telling } from './tell.ts';
import { hoursIn, localTime, spanOf } from './when.ts';

const hoursAhead = 48;
const toldMax = 3;

const valueInWords = ({ danger, value }: Alert, telling: Telling): string | undefined => {
  const { said, units, american } = telling;
  if (value === undefined) return undefined;
  if (danger === 'wind') return said.speed(units.speed(value), american);
  if (danger === 'rain') return said.rain(units.rain(value), american);
  if (danger === 'snow') return said.snow(units.snow(value), american);
  return said.degrees(units.temperature(value));
};

/** "tomorrow from 2 p.m." */
const whenInWords = ({ from }: Alert, telling: Telling): string => {
  const { said, place, context } = telling;
  const today = nowAt(place, context).date;
  const { date } = localTime(from, place.timeZone);
  const tomorrow = spanOf({ day: 'tomorrow' }, { date: today, minutes: 0 }).firstDate;
  const day = date === today ? 'today' : date === tomorrow ? 'tomorrow' : 'day_after_tomorrow';
  const time = context.words.time(from, place.timeZone);
  return `${said.day({ day, date })} ${said.from(time)}`;
};

export const tellAlerts = (telling: Telling): ToolResult => {
  const { said, place, forecast, context } = telling;
  const local = nowAt(place, context);
  const two = spanOf({ day: 'week' }, local);
  const at = { timeZone: place.timeZone, now: context.now() };
  const hours = hoursIn(forecast, two, at).slice(0, hoursAhead);
  if (hours.every(({ temperature, gustKmh }) => (temperature ?? gustKmh) === undefined)) {
    throw new ToolError(said.noAnswer, 'no-figures');
  }
  const alerts = alertsIn(hours);
  const show = {
    official: false,
    alerts: alerts.map(({ danger, level, from, to, value }) => ({
      ...{ danger, level, from: from.toISOString(), to: to.toISOString() },
      ...(value !== undefined && { value: Math.round(value * 10) / 10 }),
    })),
  };
  const where = said.where(place.name);
  if (alerts.length === 0) return { say: `${said.noWarnings(where)} ${said.notOfficial}`, show };
  const told = alerts.slice(0, toldMax).map((alert) => {
    const danger = said.dangers[alert.danger]?.(valueInWords(alert, telling)) ?? '';
    return `${danger} ${whenInWords(alert, telling)}`;
  });
  const list = context.words.list(told);
  return { say: `${said.warnings({ list, where })} ${said.notOfficial}`, show };
};
