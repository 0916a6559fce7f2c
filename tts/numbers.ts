/** Numbers with what stands around them, as they are said: times, dates, money, units, ranges. */
import type { Language, Spoken } from './languages.ts';

type Reading = (text: string, language: Language) => string;

/** Replaces every match by what `say` makes of it: the whole match first, then its groups. */
const replaced = (text: string, pattern: RegExp, say: (match: string[]) => string): string =>
  text.replace(pattern, (...match) => say(match as string[]));

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const spoken = (amount: string, { one, many }: Spoken): string => (amount === '1' ? one : many);

/** A number with marks for thousands and decimals, as the language writes it. */
const amountPattern = ({ thousands, decimal }: Language): string => {
  const group = escaped(thousands);
  return `\\d{1,3}(?:${group}\\d{3})+(?:${escaped(decimal)}\\d+)?|\\d+(?:${escaped(decimal)}\\d+)?`;
};

/** Voices read "3000" as a number, but "3,000" often as two. */
const withoutThousands: Reading = (text, { thousands }) => {
  const group = escaped(thousands);
  const pattern = new RegExp(`(?<![\\d.,])\\d{1,3}(?:${group}\\d{3})+(?![\\d]|${group}\\d)`, 'g');
  return text.replace(pattern, (number) => number.replaceAll(thousands, ''));
};

const DASH = '[-–—]';
const NUMBER = '\\d+(?:[.,]\\d+)?';

const clocks: Reading = (text, language) => {
  const time = '([01]?\\d|2[0-4]):([0-5]\\d)(?::[0-5]\\d)?';
  // The dot of "a.m." stays where it also ends the sentence.
  const meridiem = '[apAP][mM]\\b|[ap]\\.m\\.(?!\\s*$|\\s+\\p{Lu})|[ap]\\.m(?=\\.)';
  const half = `(\\s?(?:${meridiem}|Uhr))?(?![\\d:])`;
  const said = (hours: string, minutes: string, suffix = '') => {
    const name = suffix.trim().toLowerCase().replaceAll('.', '');
    const isHalf = name === 'am' || name === 'pm';
    const letters = isHalf ? ` ${[...name.toUpperCase()].join(' ')}` : '';
    if (isHalf && minutes === '00') return `${Number(hours)}${letters}`;
    return `${language.clock(Number(hours), Number(minutes))}${letters}`;
  };
  const range = new RegExp(`(?<![\\d:.])${time}${half}\\s?${DASH}\\s?${time}${half}`, 'gu');
  const ranged = replaced(text, range, ([, ...part]) => {
    const [fromHours = '', fromMinutes = '', fromHalf, hours = '', minutes = '', toHalf] = part;
    const from = said(fromHours, fromMinutes, fromHalf);
    return `${from} ${language.to} ${said(hours, minutes, toHalf)}`;
  });
  const single = new RegExp(`(?<![\\d:.])${time}${half}`, 'gu');
  const timed = replaced(ranged, single, ([, hours = '', minutes = '', suffix]) =>
    said(hours, minutes, suffix),
  );
  const whole = new RegExp(`(?<![\\d:.,])(\\d{1,2})\\s?(${meridiem})`, 'gu');
  return replaced(timed, whole, ([, hours = '', name = '']) => {
    return `${hours} ${name.charAt(0).toUpperCase()} M`;
  });
};

const dates: Reading = (text, language) => {
  const iso = /(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])(?:T(?=\d))?/g;
  const dated = replaced(text, iso, ([all = '', year, month, day]) => {
    const name = language.months[Number(month) - 1];
    if (!name) return all;
    const date = language.date(Number(day), name, Number(year));
    return all.endsWith('T') ? `${date} ${language.at} ` : date;
  });
  return dated.replace(/(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})(?![\d/])/g, '$1 $2 $3');
};

function moneyText(sign: string, amount: string, language: Language): string {
  const names = language.money[sign];
  if (!names) return `${sign}${amount}`;
  const [whole = '0', part = ''] = amount
    .replaceAll(language.thousands, '')
    .split(language.decimal);
  if (part.length !== 2 || Number(part) === 0) {
    const number = part && Number(part) > 0 ? `${whole}${language.decimal}${part}` : whole;
    return `${number} ${spoken(number, names.whole)}`;
  }
  const hundredths = String(Number(part));
  const end = `${hundredths} ${spoken(hundredths, names.part)}`;
  return whole === '0' ? end : `${whole} ${spoken(whole, names.whole)} ${language.and} ${end}`;
}

const money: Reading = (text, language) => {
  const sign = `[${Object.keys(language.money).map(escaped).join('')}]`;
  const amount = amountPattern(language);
  const large = '(?:\\s(thousand|million|billion|trillion|Millionen|Milliarden))?';
  const said = (mark: string, number: string, size?: string) => {
    const names = language.money[mark];
    if (size && names) return `${number} ${size} ${names.whole.many}`;
    return moneyText(mark, number, language);
  };
  const before = new RegExp(`(${sign})\\s?(${amount})${large}`, 'g');
  const first = replaced(text, before, ([, mark = '', number = '', size]) => {
    return said(mark, number, size);
  });
  const behind = new RegExp(`(${amount})\\s?(${sign})(?![\\p{L}\\d])`, 'gu');
  return replaced(first, behind, ([, number = '', mark = '']) => said(mark, number));
};

/** 1.5-2.5 kW, 5–10 °C: the range first, so that the unit stands behind its last number. */
const ranges: Reading = (text, { to }) =>
  text.replace(
    new RegExp(
      `(?<![\\d\\p{L}.:/-])(${NUMBER})\\s?${DASH}\\s?(${NUMBER})(?![\\d:/]|${DASH}\\d)`,
      'gu',
    ),
    `$1 ${to} $2`,
  );

const units: Reading = (text, language) => {
  const names = Object.keys(language.units).sort((left, right) => right.length - left.length);
  // Letters need a number before them; a degree sign alone is clear enough.
  const pattern = new RegExp(
    `(?<![\\p{L}\\d])(\\d+(?:[.,]\\d+)?)\\s?(${names.map(escaped).join('|')})(?![\\p{L}\\d/²³])`,
    'gu',
  );
  return text.replace(pattern, (all, amount: string, unit: string) => {
    const name = language.units[unit];
    return name ? `${amount} ${spoken(amount, name)}` : all;
  });
};

const percents: Reading = (text, { percent }) => text.replace(/(\d)\s?%(?!\w)/g, `$1 ${percent}`);

/** A minus only where nothing stands before it: elsewhere it is a hyphen or a range. */
const signs: Reading = (text, { minus, plus }) =>
  text.replace(/(^|[\s(])[-−](?=\d)/g, `$1${minus} `).replace(/(^|[\s(])\+(?=\d)/g, `$1${plus} `);

const spaced = (digits: string): string => [...digits].join(' ');

/** Groups of digits with pauses between them. */
const phones: Reading = (text, { plus }) => {
  const said = (number: string) => {
    const groups = number.match(/\d+/g) ?? [];
    const start = number.trim().startsWith('+') ? `${plus} ` : '';
    return start + groups.map(spaced).join(', ');
  };
  return text
    .replace(/(?<![\w.])\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,6}(?![\w])/g, said)
    .replace(/(?<![\w.])\(\d{2,5}\)[ -]?\d{3,4}(?:[ -]\d{2,4})*(?![\w])/g, said)
    .replace(/(?<![\w.-])\d{3}-\d{3}-\d{4}(?![\w-])/g, said)
    .replace(/(?<![\w.-])\d{3}-\d{4}(?![\w-])/g, said)
    .replace(/(?<![\w.-])0\d{2,4}[ /-]\d{5,8}(?![\w-])/g, said);
};

/** More than one dot: a version or an address, never a decimal number. */
const versions: Reading = (text, { point, dot, version }) =>
  text
    .replace(/(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?![\w]|\.\d)/g, (all: string) =>
      all.replaceAll('.', ` ${dot} `),
    )
    .replace(
      /(?<![\w.])(v?)(\d+(?:\.\d+){2,})(?![\w]|\.\d)/gi,
      (_all, mark: string, number: string) => {
        const said = number.replaceAll('.', ` ${point} `);
        return mark ? `${version} ${said}` : said;
      },
    )
    .replace(/(?<![\w.])v(\d+(?:\.\d+)?)(?![\w])/g, `${version} $1`);

const glyphs: Record<string, string> = {
  '½': '1/2',
  '⅓': '1/3',
  '⅔': '2/3',
  '¼': '1/4',
  '¾': '3/4',
};

const fractions: Reading = (text, language) =>
  text
    .replace(/(\d?)([½⅓⅔¼¾])/g, (_all, whole: string, glyph: string) => {
      const said = language.fractions[glyphs[glyph] ?? ''] ?? glyphs[glyph] ?? '';
      return whole ? `${whole} ${language.and} ${said.replace(/^one /, 'a ')}` : said;
    })
    .replace(/(?<![\d/.])(\d{1,2})\/(\d{1,2})(?![\d/])/g, (all) => {
      return language.fractions[all] ?? all.replace('/', ' ');
    });

/** Order matters: what is longest and surest first. */
const readings: Reading[] = [
  dates,
  phones,
  versions,
  money,
  withoutThousands,
  clocks,
  fractions,
  ranges,
  units,
  percents,
  signs,
];

/** Every number of the text in the words of the language; digits stay where a voice reads them. */
export const withNumbersSaid: Reading = (text, language) =>
  readings.reduce((said, reading) => reading(said, language), text);
