/** The town or country that a place or a title names, short enough to ask for its weather. Pure. */
import { plainText } from './titles.ts';

const regions = (language: string): Set<string> => {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const found = new Set<string>();
  for (const first of letters) {
    for (const second of letters) {
      const name = names.of(`${first}${second}`);
      if (name && name !== `${first}${second}`) found.add(name.toLowerCase());
    }
  }
  return found;
};

let countries: Set<string> | undefined;

/** In English and German, and the short forms that addresses end in. */
const isCountry = (name: string): boolean => {
  countries ??= new Set([...regions('en'), ...regions('de'), 'usa', 'us', 'uk', 'england']);
  return countries.has(name.toLowerCase());
};

const isOnline = /\b(teams|zoom|meet|webex|skype|online|virtual|telefon|phone|call)\b/i;
const wordsOf = (words: string): string => words.split(' ').join('|');
const streets =
  'street st\\. road rd\\. avenue ave\\.? lane rue straat laan plein via calle platz weg gasse rua';
const isStreet = new RegExp(`\\b(${wordsOf(streets)})\\b|stra(ß|ss)e|str\\.`, 'i');
const isHouse =
  /\b(hotel|hostel|pension|inn|resort|apartments?|airbnb|restaurant|station|terminal|gate|room)\b/i;

const withoutCodes = (part: string): string =>
  part
    // "1000 Brussels", "BE-1000", "SW1A 1AA", "NY 10001", "(BRU)"
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\b[A-Z]{1,2}-?\d{3,6}\b|\b\d{3,6}(?:[ -]?[A-Z]{2}\b)?|\b[A-Z]{2}\b(?=\s*\d)/g, ' ')
    .replace(/\b[A-Z]{1,2}\d[A-Z\d]?(?: ?\d[A-Z]{2})?\b/g, ' ')
    .replace(/\b(international |intl )?(airport|flughafen|hauptbahnhof|hbf)\b/gi, ' ')
    // "Lisbon LIS", as airlines write it.
    .replace(/(\p{L}\s+)[A-Z]{3}\s*$/u, '$1')
    .replace(/\s+/g, ' ')
    .trim();

/** The town of an address: its last part that is neither country, postcode nor street. */
export const townOfPlace = (place: string | undefined): string | undefined => {
  const plain = plainText((place ?? '').replace(/\r?\n/g, ', '), 200);
  if (plain === '' || isOnline.test(plain)) return undefined;
  const parts = plain
    .split(/[,;]/)
    .map(withoutCodes)
    .filter((part) => /\p{L}{2}/u.test(part));
  const towns = parts.filter(
    (part, index) =>
      !isCountry(part) &&
      !isStreet.test(part) &&
      !(index === 0 && parts.length > 1 && isHouse.test(part)),
  );
  // A country on its own ("Portugal") is better than nothing, and better than a hotel's name.
  const town = towns.filter((part) => !/\d/.test(part)).at(-1);
  const alone = parts.length === 1 && isHouse.test(parts[0] ?? '') ? undefined : town;
  return alone ?? parts.find(isCountry);
};

const capitalised = String.raw`\p{Lu}[\p{L}'’.-]+`;
const particles = wordsOf('de da do del la le les los las am an der den di upon of');
const name = String.raw`${capitalised}(?:\s(?:(?:${particles})\s)?${capitalised}){0,3}`;
const toward = new RegExp(
  String.raw`(?:^|\s)(?:to|in|nach|at|visit|visiting)\s(?:the\s|den\s|die\s)?(${name})`,
  'u',
);
const tripWords =
  '[Tt]rip [Hh]oliday [Vv]acation [Cc]itytrip [Gg]etaway [Rr]eise [Uu]rlaub [Ff]lug [Ww]eekend';
const beforeWord = new RegExp(String.raw`^(${name})[\s-]*(?:${wordsOf(tripWords)})`, 'u');
/** Words that begin a title with a capital and are no places. */
const noPlaces =
  'summer winter spring autumn fall easter christmas family school business city work our the my ' +
  'weekend ski skiing annual team company long short big next last sommer herbst frühling ' +
  'oster\\w* weihnacht\\w* familien\\w* schul\\w* dienst geschäfts städte firmen kurz hotel ' +
  'airport conference meeting stay flight home office day road honeymoon birthday';
const noPlace = new RegExp(`^(${wordsOf(noPlaces)})$`, 'i');

/** The place in a title: "Flight to Lisbon (TP 612)", "Urlaub in Österreich", "Rome trip". */
export const townOfTitle = (title: string): string | undefined => {
  const plain = plainText(title, 120);
  const found = toward.exec(plain)?.[1] ?? beforeWord.exec(plain)?.[1];
  const town = found?.replace(/['’.-]+$/, '').trim();
  if (town === undefined || town.split(/[\s-]/).every((word) => noPlace.test(word)))
    return undefined;
  return town.split(/[\s-]/).some((word) => noPlace.test(word)) && !/\s/.test(town)
    ? undefined
    : town;
};
