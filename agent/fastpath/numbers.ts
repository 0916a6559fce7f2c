/** Numbers as people say them: "twenty five", "1.5", "two and a half", "fünfundzwanzig". */
import type { Tongue } from './sentence.ts';

/** A reading of the words from a position: where it ends, and its value. */
export interface Reading<Value> {
  /** Index of the first word after it. */
  end: number;
  value: Value;
}

const index = (text: string, from: number, step = 1): [string, number][] =>
  text.split(' ').map((word, at) => [word, from + at * step]);

const units = new Map(index('one two three four five six seven eight nine', 1));
const teens = new Map(
  index('ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 10),
);
const tens = new Map(index('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10));

const numberWordsMax = 10;

/** "1,000" and "1.5" in English, "1.000" and "1,5" in German. */
const fromDigits = (word: string, tongue: Tongue): number | undefined => {
  const [group, point] = tongue === 'de' ? ['.', ','] : [',', '.'];
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+$`);
  const plain = grouped.test(word) ? word.replaceAll(group, '') : word.replace(point, '.');
  return /^-?\d{1,9}(\.\d{1,6})?$/.test(plain) ? Number(plain) : undefined;
};

type Last = 'start' | 'unit' | 'teen' | 'tens' | 'hundred' | 'thousand' | 'and' | 'digits';

/** Follows the grammar of English numerals word by word; undefined where it breaks it. */
const englishInteger = (words: readonly string[]): number | undefined => {
  let total = 0;
  let current = 0;
  let last: Last = 'start';
  const open = () => last !== 'unit' && last !== 'teen' && last !== 'tens' && last !== 'digits';
  for (const [at, word] of words.entries()) {
    const next = words[at + 1];
    if (word === 'a' && at === 0 && (next === 'hundred' || next === 'thousand')) {
      current = 1;
      last = 'unit';
    } else if (word === 'and' && (last === 'hundred' || last === 'thousand')) last = 'and';
    else if (units.has(word) && (open() || last === 'tens')) {
      current += units.get(word) ?? 0;
      last = 'unit';
    } else if (teens.has(word) && open()) {
      current += teens.get(word) ?? 0;
      last = 'teen';
    } else if (tens.has(word) && open()) {
      current += tens.get(word) ?? 0;
      last = 'tens';
    } else if (word === 'hundred' && current > 0 && current < 100) {
      current *= 100;
      last = 'hundred';
    } else if (word === 'thousand' && current > 0 && total === 0) {
      total = current * 1000;
      current = 0;
      last = 'thousand';
    } else if (at === 0 && fromDigits(word, 'en') !== undefined) {
      current = fromDigits(word, 'en') ?? 0;
      last = 'digits';
    } else return undefined;
  }
  return last === 'and' ? undefined : total + current;
};

const english = (words: readonly string[]): number | undefined => {
  if (words[0] === 'minus' || words[0] === 'negative') {
    const rest = english(words.slice(1));
    return rest === undefined || rest < 0 ? undefined : -rest;
  }
  if (words.length === 1 && words[0] === 'zero') return 0;
  if (words.length > 2 && words.slice(-3).join(' ') === 'and a half') {
    const before = englishInteger(words.slice(0, -3));
    return before === undefined ? undefined : before + 0.5;
  }
  const point = words.indexOf('point');
  if (point > 0) {
    const before = words[0] === 'zero' ? 0 : englishInteger(words.slice(0, point));
    const after = words
      .slice(point + 1)
      .map((word) => units.get(word) ?? (word === 'zero' ? 0 : word));
    const fraction = after.join('');
    return before === undefined || !/^\d{1,6}$/.test(fraction)
      ? undefined
      : Number(`${before}.${fraction}`);
  }
  return words.length > 0 ? englishInteger(words) : undefined;
};

const germanUnits = new Map([
  ...index('ein zwei drei vier fünf sechs sieben acht neun', 1),
  ['zwo', 2] as [string, number],
]);
const germanSmall = new Map([
  ...germanUnits,
  ['null', 0],
  ...['eins', 'eine', 'einen', 'einem', 'einer'].map((word): [string, number] => [word, 1]),
  ...index('zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn', 10),
]);
const germanTens = new Map(
  index('zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig', 20, 10),
);

/** One German word up to 999,999: the hundreds and thousands are cut off its front. */
const germanWord = (spelled: string): number | undefined => {
  const word = spelled.replace('dreissig', 'dreißig').replace('fuenf', 'fünf');
  const small = germanSmall.get(word) ?? germanTens.get(word);
  if (small !== undefined) return small;
  for (const [name, size] of [
    ['tausend', 1000],
    ['hundert', 100],
  ] as const) {
    const cut = word.indexOf(name);
    if (cut < 0) continue;
    const head = cut === 0 ? 1 : germanWord(word.slice(0, cut));
    const rest = word.slice(cut + name.length).replace(/^und/, '');
    const tail = rest === '' ? 0 : germanWord(rest);
    if (head === undefined || tail === undefined || tail >= size) return undefined;
    return head * size + tail;
  }
  const joined = /^(.+?)und(.+)$/.exec(word);
  const unit = germanUnits.get(joined?.[1] ?? '');
  const ten = germanTens.get(joined?.[2] ?? '');
  return unit === undefined || ten === undefined ? undefined : unit + ten;
};

const germanHalf = (word: string): number | undefined => {
  if (/^anderthalb(e[nr]?)?$/.test(word)) return 1.5;
  const before = /^(.+?)einhalb$/.exec(word)?.[1];
  const whole = before === undefined ? undefined : germanWord(before);
  return whole === undefined ? undefined : whole + 0.5;
};

const german = (words: readonly string[]): number | undefined => {
  const [first = '', second] = words;
  if (first === 'minus') {
    const rest = german(words.slice(1));
    return rest === undefined || rest < 0 ? undefined : -rest;
  }
  if (words.length === 1) return fromDigits(first, 'de') ?? germanHalf(first) ?? germanWord(first);
  if (words.length < 3 || second !== 'komma') return undefined;
  const before = germanWord(first);
  const fraction = words
    .slice(2)
    .map((word) => germanSmall.get(word) ?? word)
    .join('');
  return before === undefined || !/^\d{1,6}$/.test(fraction)
    ? undefined
    : Number(`${before}.${fraction}`);
};

/** @returns every number that begins at `at`, the longest first. */
export const readNumber = (
  words: readonly string[],
  at: number,
  tongue: Tongue,
): Reading<number>[] => {
  const found: Reading<number>[] = [];
  for (let end = Math.min(words.length, at + numberWordsMax); end > at; end--) {
    const piece = words.slice(at, end);
    const value = tongue === 'de' ? german(piece) : english(piece);
    if (value !== undefined) found.push({ end, value });
  }
  return found;
};
