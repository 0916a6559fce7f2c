/** Days and times as mails write them in English and German, without a zone: as on the spot. */

const months = [
  ...['jan|jänner|januar|january', 'feb|februar|february', 'mar|mär|märz|mrz|march'],
  ...['apr|april', 'may|mai', 'jun|juni|june', 'jul|juli|july', 'aug|august'],
  ...['sep|sept|september', 'oct|okt|october|oktober', 'nov|november'],
  'dec|dez|december|dezember',
];
const weekdays = [
  ...['sun|sunday|so|sonntag', 'mon|monday|mo|montag', 'tue|tues|tuesday|di|dienstag'],
  ...['wed|weds|wednesday|mi|mittwoch', 'thu|thur|thurs|thursday|do|donnerstag'],
  ...['fri|friday|fr|freitag', 'sat|saturday|sa|samstag|sonnabend'],
];

const longest = (groups: readonly string[]): string =>
  groups
    .flatMap((group) => group.split('|'))
    .sort((a, b) => b.length - a.length)
    .join('|');
const indexIn = (groups: readonly string[], word: string): number =>
  groups.findIndex((group) => group.split('|').includes(word.toLowerCase()));

const month = `(?<month>${longest(months)})\\.?`;
const year = '(?:,?\\s+(?<year>20\\d\\d))?';
const dashedYear = year.replace('\\s+', '[\\s-]*');
const fullWeekdays = weekdays
  .flatMap((group) => group.split('|'))
  .filter((word) => word.length > 5)
  .join('|');

const end = '(?![\\p{L}\\d])';
const start = '(?<![\\p{L}\\d./-])';

/** Tried in this order at each place. */
const forms = [
  `(?<year>20\\d\\d)-(?<monthNumber>\\d\\d)-(?<day>\\d\\d)`,
  `(?<day>\\d{1,2})\\.\\s?(?<monthNumber>\\d{1,2})\\.(?:\\s?(?<year>20\\d\\d|\\d\\d))?`,
  `(?<first>\\d{1,2})/(?<second>\\d{1,2})/(?<year>20\\d\\d)`,
  `(?<day>\\d{1,2})(?:st|nd|rd|th|\\.)?[\\s-]?(?:of\\s)?${month}-?${dashedYear}`,
  `${month}\\s(?<day>\\d{1,2})(?:st|nd|rd|th)?(?!\\d|:)${year}`,
  '(?<relative>today|tomorrow|heute|übermorgen)',
  // A greeting or a morning is no day.
  '(?<!guten\\s)(?<relative>morgen)(?!\\s?(?:stund|früh))',
  `(?<weekday>${fullWeekdays})`,
].map((form) => new RegExp(`${start}${form}${end}`, 'giu'));

export interface FoundDate {
  /** `YYYY-MM-DD`. */
  day: string;
  index: number;
  end: number;
}

const dayMs = 86_400_000;
const iso = (at: Date): string => at.toISOString().slice(0, 10);

/** Midnight UTC of the calendar day that it is there then. */
export const localDay = (at: Date, timeZone: string): Date => {
  const form = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return new Date(`${new Intl.DateTimeFormat('en-CA', form).format(at)}T00:00:00Z`);
};

/** The moment at which the day of `localDay` begins there. */
export const dayBegins = (day: Date, timeZone: string): Date => {
  const form = { timeZone, hourCycle: 'h23', timeStyle: 'medium', dateStyle: 'short' } as const;
  const shown = new Intl.DateTimeFormat('sv-SE', form).format(day);
  const aheadMs = Date.parse(`${shown.replace(' ', 'T')}Z`) - day.getTime();
  return new Date(day.getTime() - aheadMs);
};

const dated = (yearNumber: number, monthNumber: number, day: number): Date | undefined => {
  const at = new Date(Date.UTC(yearNumber, monthNumber - 1, day));
  const fits = at.getUTCMonth() === monthNumber - 1 && at.getUTCDate() === day;
  return fits ? at : undefined;
};

/** Without a year: the next such day, or one a month ago at most. */
const nearest = (monthNumber: number, day: number, sent: Date): Date | undefined => {
  const first = sent.getUTCFullYear() - 1;
  return [first, first + 1, first + 2]
    .map((one) => dated(one, monthNumber, day))
    .find((at) => at !== undefined && at.getTime() >= sent.getTime() - 31 * dayMs);
};

const relativeDays: Record<string, number> = {
  ...{ today: 0, heute: 0, tomorrow: 1, morgen: 1, übermorgen: 2 },
};

const dayOf = (groups: Record<string, string | undefined>, sent: Date): Date | undefined => {
  const { relative, weekday } = groups;
  if (relative !== undefined) {
    const days = relativeDays[relative.toLowerCase()] ?? 0;
    return new Date(sent.getTime() + days * dayMs);
  }
  if (weekday !== undefined) {
    const days = (indexIn(weekdays, weekday) - sent.getUTCDay() + 7) % 7;
    return new Date(sent.getTime() + days * dayMs);
  }
  const { first, second } = groups;
  // 3/4 is March in one country and April in the next: then it is no date.
  const swapped = Number(second) > 12;
  if (first !== undefined && Number(first) <= 12 && !swapped && first !== second) return undefined;
  const day = Number(groups.day ?? (swapped ? second : first));
  const named = groups.month === undefined ? undefined : indexIn(months, groups.month) + 1;
  const number = named ?? Number(groups.monthNumber ?? (swapped ? first : second));
  if (groups.year === undefined) return nearest(number, day, sent);
  const given = Number(groups.year);
  return dated(given < 100 ? 2000 + given : given, number, day);
};

/**
 * Every day that a text names, in its order.
 * @param sent the day of the mail, from which "tomorrow" and a date without a year are counted.
 */
export const datesIn = (text: string, sent: Date): FoundDate[] => {
  const found: (FoundDate & { isWeekday: boolean })[] = [];
  for (const form of forms) {
    for (const match of text.matchAll(form)) {
      const last = match.index + match[0].length;
      if (found.some((one) => match.index < one.end && last > one.index)) continue;
      const groups = match.groups ?? {};
      const at = dayOf(groups, sent);
      if (!at) continue;
      const isWeekday = groups.weekday !== undefined;
      found.push({ day: iso(at), index: match.index, end: last, isWeekday });
    }
  }
  // "Monday, 14 December" is the day in December and no other Monday.
  const doubled = (one: FoundDate) =>
    found.some(({ isWeekday, index }) => !isWeekday && index >= one.end && index < one.end + 9);
  return found.filter((one) => !one.isWeekday || !doubled(one)).sort((a, b) => a.index - b.index);
};

/** Not a part of a longer number, of a date or of a price. */
const clock = new RegExp(
  String.raw`(?<![\d:.,/€$])([01]?\d|2[0-3])(?::|\.|h)([0-5]\d)(?![\d:/]|\.\d|,\d)` +
    String.raw`(?:\s?([ap])\.?m\b\.?)?(?=(\s?uhr)?)`,
  'giu',
);

/** Times of day as `HH:MM`; `9.40` counts only before "Uhr". */
export const timesIn = (text: string): { time: string; index: number }[] =>
  [...text.matchAll(clock)].flatMap((match) => {
    const [all, hour = '', minute = '', half, uhr] = match;
    if (all.includes('.') && !half && !uhr) return [];
    const shift = half === undefined ? 0 : half.toLowerCase() === 'p' ? 12 : 0;
    const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + shift;
    return [{ time: `${String(hours).padStart(2, '0')}:${minute}`, index: match.index }];
  });
