/** When the sun rises and sets on a day at a place; also where it does not. */
import type { ToolResult } from '../core/define.ts';
import { ToolError } from '../core/tool-error.ts';
import { dateInWords, type Telling } from './tell.ts';
import { localTime, type Span } from './when.ts';

/** Nearer to a whole day, or to none, than this, the service's times of the sun mean nothing. */
const marginSeconds = 60;
const daySeconds = 86_400;

/**
 * @param rises false: when it sets.
 * @throws {ToolError} where the service does not tell.
 */
export const tellSun = (span: Span, rises: boolean, telling: Telling): ToolResult => {
  const { said, place, forecast, context } = telling;
  const { sun } = forecast;
  const date = span.firstDate;
  const day = said.day({ day: span.day, date: dateInWords(date, context) });
  const where = said.where(place.name);
  const light = sun.daylightSeconds.get(date);
  if (light !== undefined && (light < marginSeconds || light > daySeconds - marginSeconds)) {
    const up = light > marginSeconds;
    return { say: said.sunNever({ up, day, where }), show: { date, up } };
  }
  const at = (rises ? sun.rises : sun.sets).find(
    (one) => localTime(one, place.timeZone).date === date,
  );
  if (!at) throw new ToolError(said.noAnswer, 'no-figures');
  const time = context.words.time(at, place.timeZone);
  const past = at.getTime() < context.now().getTime();
  const say = said.sun({ rises, past, time, day, where });
  return { say: `${say}.`, show: { date, time: at.toISOString() } };
};
