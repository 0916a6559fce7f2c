/** Passwords, PINs, card numbers and the like: what Butler never keeps as a fact. Pure. */

const digits: Record<string, string> = Object.fromEntries(
  [
    'zero|oh|null',
    'one|eins',
    'two|zwei|zwo',
    'three|drei',
    'four|vier',
    'five|fünf',
    'six|sechs',
    'seven|sieben',
    'eight|acht',
    'nine|neun',
  ].flatMap((names, digit) => names.split('|').map((name) => [name, String(digit)])),
);

const isDigit = (word: string): boolean => /^\d$/.test(word);

/** Spoken digits in a row become a number: "four two one nine" is 4219. */
const written = (text: string): string => {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .map((word) => digits[word.replace(/[.,!?]+$/, '')] ?? word);
  return words.reduce((all, word, at) => {
    const joined = isDigit(word) && isDigit(words[at - 1] ?? '');
    return `${all}${joined || at === 0 ? '' : ' '}${word}`;
  }, '');
};

const names =
  'pins?|pass ?words?|pass ?codes?|pass ?phrases?|cvv|cvc|security (?:code|number)|' +
  'api ?keys?|secret keys?|private keys?|access (?:code|token)s?|tan|puk|' +
  '(?:alarm|door|gate|safe|lock|entry|bank|card|phone)[- ]?(?:code|pin|number combination)|' +
  'credit card|debit card|social security|iban|account number|' +
  'passwort|passwörter|kennwort|geheimzahl|zugangscode|sicherheitscode|türcode|' +
  'kreditkarte\\p{L}*|kontonummer|geheimnummer';
const tells =
  '(?:is|are|was|ist|sind|lautet|lauten|heißt|equals|[:=]|(?:to|auf) \\S*\\d|for\\b.*\\bis\\b)';
const named = new RegExp(`(?<!\\p{L})(?:${names})(?!\\p{L})`, 'iu');
const telling = new RegExp(`(?<!\\p{L})(?:${names})(?!\\p{L}).{0,60}?${tells}`, 'iu');
const code = /\b(?:code|combination|kombination)\b.{0,30}?\d{3,}/i;

/** Check digit of payment cards (Luhn, ISO/IEC 7812-1). */
const isCard = (number: string): boolean => {
  const sum = [...number]
    .reverse()
    .map(Number)
    .reduce((total, digit, at) => {
      const doubled = at % 2 === 1 ? digit * 2 : digit;
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
};

const longNumbers = (text: string): string[] =>
  (text.match(/\d(?:[ -]?\d){12,18}/g) ?? []).map((found) => found.replace(/\D/g, ''));

/** An IBAN (ISO 13616), with or without its spaces. */
const account = /\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?\b/gi;
const accountDigitsMin = 8;
/** A key as services give them: long, in one piece, letters and digits mixed. */
const key = /\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{24,}\b/i;

/** Does the text tell a secret? To speak of one ("I forgot my password") is none. */
export const holdsSecret = (text: string): boolean => {
  const said = written(text);
  if (telling.test(said) || code.test(said)) return true;
  if (named.test(said) && /\d{3,}/.test(said)) return true;
  const accounts = said.match(account) ?? [];
  const isAccount = accounts.some((one) => one.replace(/\D/g, '').length >= accountDigitsMin);
  return isAccount || longNumbers(said).some(isCard) || key.test(said);
};
