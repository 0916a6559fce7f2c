/** Positions as sentences: a place where there is one, else distance and direction from home. */

import { bearingDegrees, distanceM, windOf } from './geometry.ts';
import type { Context, Household, Whereabouts } from './people.ts';
import type { Known } from './presence.ts';
import { type LocationWords, locationWords } from './words.ts';

/** A position of so long ago is told without its age. */
const nowMs = 5 * 60_000;

/** "350 metres", "3.4 kilometres", "120 kilometres". */
export const distanceSaid = (metres: number, words: LocationWords): string => {
  const number = new Intl.NumberFormat(words.decimals, { maximumFractionDigits: 1 });
  const rounded = Math.max(50, Math.round(metres / 50) * 50);
  if (rounded < 1000) return words.metres(number.format(rounded));
  const kilometres = metres / 1000;
  return words.kilometres(number.format(kilometres < 10 ? kilometres : Math.round(kilometres)));
};

/** "3:45 p.m." of today, else with its date. */
export const momentSaid = (atMs: number, { now, timeZone, words, language }: Context): string => {
  const at = new Date(atMs);
  const [date, today] = [words.date(at, timeZone), words.date(now(), timeZone)];
  const time = words.time(at, timeZone);
  return date === today ? time : locationWords(language).atTime(date, time);
};

/** With how old it is, where that matters. */
export const dated = (sentence: string, known: Known, context: Context): string => {
  const { atMs, stale } = known;
  const said = locationWords(context.language);
  if (atMs === undefined) return sentence;
  if (stale) return said.old(sentence, momentSaid(atMs, context));
  const ageMs = context.now().getTime() - atMs;
  return ageMs > nowMs ? said.seen(sentence, context.words.duration(ageMs)) : sentence;
};

/** Where somebody is, in words; undefined where nothing is known. */
export const placeSaid = (
  who: Whereabouts,
  known: Known,
  { household: { home }, context }: { household: Household; context: Context },
): string | undefined => {
  const said = locationWords(context.language);
  const { fix, place } = known;
  const presence = known.was ?? known.presence;
  if (presence === 'home') return said.isHome(who);
  if (place !== undefined) return said.at(who, place);
  if (!fix || !home) return presence === 'away' ? said.isAway(who) : undefined;
  const metres = distanceM(home, fix);
  if (presence === 'unknown') {
    return said.near(who, distanceSaid(metres + fix.accuracyM, said));
  }
  const wind = said.wind(windOf(bearingDegrees(home, fix)));
  return said.from(who, distanceSaid(metres, said), wind);
};
