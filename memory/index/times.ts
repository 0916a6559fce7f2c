/** Time expressions in what a person asks ("yesterday", "in May", "letzte Woche"), as ranges. */
import type { ParsedResult } from 'chrono-node';
import * as german from 'chrono-node/de';
import * as english from 'chrono-node/en';
import { around, type Day, dayOf, earlier, offsetMinutes, startOf, type Unit } from './calendar.ts';

/** From `fromMs` (included) to `toMs` (excluded). */
export interface TimeRange {
  fromMs: number;
  toMs: number;
}

export interface Clock {
  nowMs: number;
  /** IANA name, such as Europe/Berlin. */
  timeZone: string;
}

const monthNames = [
  'january|januar|jänner',
  'february|februar',
  'march|märz',
  'april',
  'may|mai',
  'june|juni',
  'july|juli',
  'august',
  'september',
  'october|oktober',
  'november',
  'december|dezember',
];
const seasonNames = ['spring|frühling|frühjahr', 'summer|sommer', 'autumn|fall|herbst', 'winter'];
const before = '(?:in|of|during|since|last|this|early|late|mid|im|seit|letzten)[ -]+';
const year = String.raw`((?:19|20)\d\d)`;
// "May" alone is rarely the month: it needs a word before it or a year after it.
const inMonth = new RegExp(
  String.raw`(?:\b${before}(?:the )?(${monthNames.join('|')})(?:,? ${year})?` +
    String.raw`|(?<!\d )\b(${monthNames.join('|')}),? ${year})(?![\p{L}\d])(?! \d)`,
  'iu',
);
const inSeason = new RegExp(
  String.raw`\b(last|this|past|in|during|im|letzte[nrs]?|diese[nrs]?) (?:the )?` +
    String.raw`(${seasonNames.join('|')})(?:,? (?:of )?${year})?(?!\p{L})`,
  'iu',
);
const inYear = new RegExp(String.raw`\b(?:in|during|of|since|seit|im jahr|jahre?) ${year}\b`, 'i');
const maybeTime = new RegExp(
  String.raw`\d|\b(?:yesterday|today|tonight|last|past|previous|this|ago|earlier|\w+day|week\w*|` +
    `${monthNames.join('|')}|${seasonNames.join('|')}|month|year|(?:vor)?gestern|heute|` +
    String.raw`letzte\w*|vor|woche\w*|monat|jahr|montag|mittwoch|\w+tag)\b`,
  'iu',
);

const indexIn = (names: readonly string[], word: string): number =>
  names.findIndex((name) => name.split('|').includes(word.toLowerCase()));

const rangeOf = (unit: Unit, day: Day, timeZone: string): TimeRange => {
  const [from, to] = around(unit, day);
  return { fromMs: startOf(from, timeZone), toMs: startOf(to, timeZone) };
};

/** The latest one of its kind that has begun by now. */
const latest = (unit: Unit, month: number, { nowMs, timeZone }: Clock): TimeRange => {
  const now = dayOf(nowMs, timeZone);
  const range = rangeOf(unit, { year: now.year, month, day: 1 }, timeZone);
  return range.fromMs <= nowMs
    ? range
    : rangeOf(unit, { year: now.year - 1, month, day: 1 }, timeZone);
};

/** A month, a season or a year by its name: what chrono leaves out or puts into the future. */
const named = (text: string, clock: Clock): TimeRange | undefined => {
  const month = inMonth.exec(text);
  if (month) {
    const at = indexIn(monthNames, month[1] ?? month[3] ?? '');
    const said = month[2] ?? month[4];
    if (said === undefined) return latest('month', at, clock);
    return rangeOf('month', { year: Number(said), month: at, day: 1 }, clock.timeZone);
  }
  const season = inSeason.exec(text);
  if (season) {
    const at = indexIn(seasonNames, season[2] ?? '') * 3 + 2;
    if (season[3] === undefined) return latest('season', at, clock);
    return rangeOf('season', { year: Number(season[3]), month: at, day: 1 }, clock.timeZone);
  }
  const found = inYear.exec(text);
  return found
    ? rangeOf('year', { year: Number(found[1]), month: 0, day: 1 }, clock.timeZone)
    : undefined;
};

const unitOf = (result: ParsedResult): Unit | undefined => {
  const words = result.text;
  if (/weekend|wochenende/i.test(words)) return 'weekend';
  if (/week|woche/i.test(words)) return 'week';
  if (/month|monat/i.test(words)) return 'month';
  if (/year|jahr/i.test(words)) return 'year';
  const { start } = result;
  if (start.isCertain('day') || start.isCertain('weekday')) return 'day';
  if (/today|tonight|this|heute/i.test(words)) return 'day';
  // An hour alone ("at five") says no day; a month alone was `named`, or is no month ("may").
  return undefined;
};

const stretch =
  /\b(?:last|past|letzten|vergangenen)\b.+\b(?:days|weeks|months|tagen?|wochen|monaten?)\b/i;

const back = (day: Day, unit: 'year' | 'week' | undefined): Day => {
  if (unit === 'week') return earlier(day, 7);
  return unit === 'year' ? { ...day, year: day.year - 1 } : day;
};

const dated = (result: ParsedResult, clock: Clock): TimeRange | undefined => {
  const { nowMs, timeZone } = clock;
  const unit = unitOf(result);
  if (unit === undefined) return undefined;
  const of = (start: ParsedResult['start']): Day => ({
    year: start.get('year') ?? 1970,
    month: (start.get('month') ?? 1) - 1,
    day: start.get('day') ?? 1,
  });
  const first = of(result.start);
  const last = result.end ? of(result.end) : first;
  // Who asks means what has been: the last Monday, the last seventh of May.
  const ahead =
    startOf(first, timeZone) > nowMs && !result.start.isCertain('year')
      ? result.start.isCertain('month')
        ? 'year'
        : 'week'
      : undefined;
  const { fromMs } = rangeOf(unit, back(first, ahead), timeZone);
  let { toMs } = rangeOf(unit, back(last, ahead), timeZone);
  // Of two months chrono may put only the second into the next year.
  if (toMs > nowMs && result.end && !result.end.isCertain('year') && !ahead) {
    const same = rangeOf(unit, { ...last, year: first.year }, timeZone);
    if (same.toMs > fromMs) toMs = same.toMs;
  }
  if (stretch.test(result.text)) toMs = nowMs + 1;
  return { fromMs, toMs };
};

/** The past time that a question is about; undefined for none. English and German. */
export const timeIn = (text: string, clock: Clock): TimeRange | undefined => {
  if (!maybeTime.test(text)) return undefined;
  const known = named(text, clock);
  const offset = offsetMinutes(clock.nowMs, clock.timeZone);
  const reference = { instant: new Date(clock.nowMs), timezone: offset };
  // A name of a month inside a date ("on 7 May 2023") is the date's.
  for (const language of [english, german]) {
    for (const result of language.casual.parse(text, reference)) {
      const exact = known && !result.start.isCertain('day');
      const range = exact ? known : dated(result, clock);
      if (range && range.fromMs <= clock.nowMs) return range;
    }
  }
  return known && known.fromMs <= clock.nowMs ? known : undefined;
};
