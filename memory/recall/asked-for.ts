/** What a question about former talk is about, once its words for asking and for time are gone. */

import { saysNothing, wordsOf } from '../index/terms.ts';
import { timeIn } from '../index/times.ts';

export interface Range {
  from?: Date;
  to?: Date;
}

const askingAndTime = new Set(
  `ask asked asking say said saying tell told talk talked talking speak spoke mention mentioned
  discuss discussed conversation conversations question questions word words remember remind
  yesterday today tonight week weeks month months year years day days morning afternoon evening
  night last past previous ago earlier recently time date since january february march april may
  june july august september october november december monday tuesday wednesday thursday friday
  saturday sunday spring summer autumn fall winter weekend
  gefragt fragte frage gesagt sagte sagen erzählt erzählte gesprochen besprochen geredet erwähnt
  gespräch gespräche gestern vorgestern heute woche wochen monat monate monaten jahr jahre jahren
  tag tage tagen morgen mittag abend nacht letzte letzten letzter letztes vergangene vergangenen
  vorige vorigen neulich zuletzt seit januar februar märz mai juni juli oktober dezember montag
  dienstag mittwoch donnerstag freitag samstag sonntag frühling sommer herbst wochenende`.split(
    /\s+/,
  ),
);

/** False: "what did I ask yesterday?" wants all of it, whatever words it had. */
export const isAboutSomething = (text: string): boolean =>
  wordsOf(text).some((word) => !saysNothing(word) && !askingAndTime.has(word) && /\D/.test(word));

/** The time that the words name; undefined for none. */
export const rangeIn = (
  text: string,
  clock: { nowMs: number; timeZone: string },
): Range | undefined => {
  const range = timeIn(text, clock);
  return range && { from: new Date(range.fromMs), to: new Date(range.toMs) };
};
