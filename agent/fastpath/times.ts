/** Durations and times of day as people say them: "an hour and a half", "halb acht", "7 pm". */
import { type Reading, readNumber } from './numbers.ts';
import type { Tongue } from './sentence.ts';

const hour = 3600;
const minute = 60;

const unitsOf = (table: Record<number, string>): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(table).flatMap(([seconds, words]) =>
      words.split(' ').map((word): [string, number] => [word, Number(seconds)]),
    ),
  );

const units: Record<Tongue, ReadonlyMap<string, number>> = {
  en: unitsOf({
    1: 's sec secs second seconds',
    60: 'm min mins minute minutes',
    3600: 'h hr hrs hour hours',
    86400: 'day days',
  }),
  de: unitsOf({
    1: 's sek sekunde sekunden',
    60: 'min minute minuten',
    3600: 'h std stunde stunden',
    86400: 'tag tage tagen',
  }),
};

/** Ready-made phrases: seconds, and the unit they end in. */
const fixed: Record<Tongue, { words: string[]; seconds: number }[]> = {
  en: [
    ...['half an hour', 'half hour', 'a half hour', 'half of an hour'].map((said) => [said, 1800]),
    ...['half a minute', 'half minute', 'a half minute'].map((said) => [said, 30]),
    ...['quarter of an hour', 'quarter hour', 'quarter of hour'].flatMap((said) => [
      [said, 900],
      [`a ${said}`, 900],
    ]),
    ...['three quarters of an hour', 'three quarter hour'].map((said) => [said, 2700]),
  ].map(([said, seconds]) => ({ words: String(said).split(' '), seconds: Number(seconds) })),
  de: [
    ...['halbe stunde', 'halben stunde'].map((said) => [said, 1800]),
    ...['viertelstunde', 'viertel stunde'].map((said) => [said, 900]),
    ...['dreiviertelstunde', 'dreiviertel stunde', 'drei viertel stunde'].map((said) => [
      said,
      2700,
    ]),
    ...['halbe minute', 'halben minute'].map((said) => [said, 30]),
  ].flatMap(([said, seconds]) =>
    ['', 'eine ', 'einer '].map((article) => ({
      words: `${article}${said}`.split(' '),
      seconds: Number(seconds),
    })),
  ),
};

const startsAt = (words: readonly string[], at: number, phrase: readonly string[]): boolean =>
  phrase.every((word, offset) => words[at + offset] === word);

/** "an hour", "a minute", "a couple of minutes": what stands for a number before a unit. */
const countAt = (words: readonly string[], at: number, tongue: Tongue): Reading<number>[] => {
  const found = readNumber(words, at, tongue);
  if (tongue === 'de') return found;
  const further = found.filter(({ end }) => words[end] === 'more' || words[end] === 'extra');
  found.push(...further.map(({ end, value }) => ({ end: end + 1, value })));
  if (startsAt(words, at, ['a', 'couple', 'of'])) found.push({ end: at + 3, value: 2 });
  if (startsAt(words, at, ['a', 'couple'])) found.push({ end: at + 2, value: 2 });
  if (words[at] === 'a' || words[at] === 'an') found.push({ end: at + 1, value: 1 });
  return found;
};

interface Part {
  end: number;
  seconds: number;
  unit: number;
}

const partsAt = (words: readonly string[], at: number, tongue: Tongue): Part[] => {
  const found: Part[] = [];
  for (const { words: phrase, seconds } of fixed[tongue]) {
    if (startsAt(words, at, phrase)) {
      found.push({ end: at + phrase.length, seconds, unit: minute });
    }
  }
  for (const { end, value } of countAt(words, at, tongue)) {
    const unit = units[tongue].get(words[end] ?? '');
    if (unit === undefined || value < 0) continue;
    found.push({ end: end + 1, seconds: value * unit, unit });
    if (tongue === 'de') continue;
    for (const [more, fraction] of [
      ['a half', 0.5],
      ['half', 0.5],
      ['a quarter', 0.25],
    ] as const) {
      const phrase = ['and', ...more.split(' ')];
      if (!startsAt(words, end + 1, phrase)) continue;
      const seconds = (value + fraction) * unit;
      found.push({ end: end + 1 + phrase.length, seconds, unit: 1 });
    }
  }
  return found;
};

/** What may follow a part: a smaller one, with or without "and"; or a bare number of the next. */
const goOn = (words: readonly string[], part: Part, tongue: Tongue): Part[] => {
  const found: Part[] = [part];
  const joined = words[part.end] === (tongue === 'de' ? 'und' : 'and');
  const at = joined ? part.end + 1 : part.end;
  for (const next of partsAt(words, at, tongue)) {
    if (next.unit >= part.unit || next.seconds >= part.unit) continue;
    for (const { end, seconds, unit } of goOn(words, next, tongue)) {
      found.push({ end, seconds: part.seconds + seconds, unit });
    }
  }
  if (joined || part.unit < minute || part.unit > hour) return found;
  for (const { end, value } of readNumber(words, at, tongue)) {
    if (
      Number.isInteger(value) &&
      value > 0 &&
      value < 60 &&
      !units[tongue].has(words[end] ?? '')
    ) {
      found.push({ end, seconds: part.seconds + (value * part.unit) / 60, unit: 1 });
    }
  }
  return found;
};

/** @returns every duration in whole seconds that begins at `at`, the longest first. */
export const readDuration = (
  words: readonly string[],
  at: number,
  tongue: Tongue,
): Reading<number>[] =>
  partsAt(words, at, tongue)
    .flatMap((part) => goOn(words, part, tongue))
    .map(({ end, seconds }) => ({ end, value: Math.round(seconds) }))
    .sort((a, b) => b.end - a.end);

const clock = (hours: number, minutes = 0): string | undefined =>
  Number.isInteger(hours) && hours >= 0 && hours <= 24 && minutes >= 0 && minutes < 60
    ? `${String(hours % 24).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
    : undefined;

const dayParts: Record<Tongue, [string, 'am' | 'pm'][]> = {
  en: [
    ['am', 'am'],
    ['pm', 'pm'],
    ['in the morning', 'am'],
    ['in the afternoon', 'pm'],
    ['in the evening', 'pm'],
    ['at night', 'pm'],
    ['tonight', 'pm'],
  ],
  de: [
    ['morgens', 'am'],
    ['früh', 'am'],
    ['am morgen', 'am'],
    ['nachmittags', 'pm'],
    ['am nachmittag', 'pm'],
    ['abends', 'pm'],
    ['am abend', 'pm'],
  ],
};

const half = (hours: number, part: 'am' | 'pm'): number =>
  part === 'pm' && hours < 12 ? hours + 12 : part === 'am' && hours === 12 ? 0 : hours;

type Moment = Reading<[hours: number, minutes: number]>;

/** "half past seven", "ten to eight", "halb acht", "viertel vor acht". */
const relative = (words: readonly string[], at: number, tongue: Tongue): Moment[] => {
  const german = tongue === 'de';
  if (german && words[at] === 'halb') {
    return readNumber(words, at + 1, tongue).map(({ end, value }) => ({
      end,
      value: [value - 1, 30],
    }));
  }
  const named = { half: 30, quarter: 15, viertel: 15 }[words[at] ?? ''];
  const counts =
    named === undefined ? readNumber(words, at, tongue) : [{ end: at + 1, value: named }];
  return counts.flatMap(({ end, value }) => {
    const from = words[end] === 'minutes' || words[end] === 'minuten' ? end + 1 : end;
    const word = words[from] ?? '';
    const after = german ? word === 'nach' : word === 'past' || word === 'after';
    const before = german ? word === 'vor' : word === 'to' || word === 'before';
    if ((!after && !before) || value >= 60) return [];
    return readNumber(words, from + 1, tongue).map(
      (hours): Moment => ({
        end: hours.end,
        value: after ? [hours.value, value] : [(hours.value + 23) % 24, 60 - value],
      }),
    );
  });
};

/** "7", "7:30", "seven thirty", "seven oclock", "7 Uhr 30". */
const absolute = (words: readonly string[], at: number, tongue: Tongue): Moment[] => {
  const written = /^(\d{1,2})[:.](\d{2})$/.exec(words[at] ?? '');
  if (written) {
    const end = words[at + 1] === 'uhr' ? at + 2 : at + 1;
    return [{ end, value: [Number(written[1]), Number(written[2])] }];
  }
  return readNumber(words, at, tongue).flatMap(({ end, value }) => {
    const marked = words[end] === 'oclock' || words[end] === 'uhr';
    const from = marked ? end + 1 : end;
    const minutes = readNumber(words, from, tongue)
      .filter((reading) => reading.value >= 10 && reading.value < 60)
      .map((reading): Moment => ({ end: reading.end, value: [value, reading.value] }));
    return [...minutes, { end: from, value: [value, 0] }];
  });
};

/** @returns every time of day as `HH:MM` that begins at `at`; without am or pm as it was said. */
export const readTime = (
  words: readonly string[],
  at: number,
  tongue: Tongue,
): Reading<string>[] => {
  const named = { noon: 12, midday: 12, mittag: 12, midnight: 0, mitternacht: 0 }[words[at] ?? ''];
  if (named !== undefined) return [{ end: at + 1, value: clock(named) ?? '' }];
  const moments = [...relative(words, at, tongue), ...absolute(words, at, tongue)];
  return moments
    .flatMap(({ end, value: [hours, minutes] }) => {
      const plain = { end, value: clock(hours, minutes) };
      const parts = dayParts[tongue].flatMap(([said, part]) => {
        const phrase = said.split(' ');
        if (!startsAt(words, end, phrase)) return [];
        return [{ end: end + phrase.length, value: clock(half(hours, part), minutes) }];
      });
      return [...parts, plain];
    })
    .flatMap(({ end, value }) => (value === undefined ? [] : [{ end, value }]))
    .sort((a, b) => b.end - a.end);
};
