/** One-time codes and links that open an account: kept from what is said and from the mind. */
import { anyOf } from './patterns.ts';

/** A mail that carries such a code says so; a code alone is any number. */
const codeWords = anyOf(
  [
    String.raw`(?:${[
      ...['verification', 'security', 'confirmation', 'one[- ]?time', 'sign[- ]?in', 'log[- ]?in'],
      ...['access', 'authenti[fc]ation', 'passcode', 'two[- ]factor', '2fa', 'otp', 'pin'],
    ].join('|')})[\s-]*(?:code|password|passcode|number|pin)\b`,
    ...[String.raw`\b(?:passcode|otp|m?tan)\b`, 'kennwort', 'passwort', 'password'],
    String.raw`(?:your|the|enter|use|this) (?:\S+ ){0,3}(?:code|passcode|pin)\b`,
    ...['bestätigungscode', 'sicherheitscode', 'einmal(?:code|passwort|kennwort|pin)'],
    ...['verifizierungscode', 'zugangscode', 'anmeldecode', 'freischaltcode'],
    String.raw`(?:ihr|dein|der|folgender|diesen) (?:\S+ ){0,2}(?:\w+-)?code\b`,
  ],
  'i',
);

const resetWords = anyOf(
  [
    'reset.{0,20}password',
    'password.{0,20}reset',
    'forgot(?:ten)?.{0,15}password',
    'recover.{0,20}account',
    'magic link',
    'sign[- ]in link',
    'passwort.{0,25}(?:zurück|vergessen|änder)',
    'kennwort.{0,25}(?:zurück|vergessen)',
    'konto.{0,20}wiederherstell',
    'anmeldelink',
  ],
  'i',
);

/** Booking and tracking codes are no secrets. */
const plainCodes = new RegExp(
  `(?:${[
    ...['booking', 'reservation', 'buchungs', 'record', 'tracking', 'sendungs', 'order'],
    ...['bestell', 'invoice', 'rechnungs', 'customer', 'kunden', 'post', 'zip', 'promo'],
    ...['discount', 'gutschein', 'voucher', 'rabatt', 'country', 'dress', 'source', 'error'],
  ].join('|')})` +
    String.raw`[\s-]*(?:code|nummer|number|reference|pin)?\s*(?:is|lautet|ist)?\s*[:#]?\s*$`,
  'i',
);

/** Codes by name that open nothing. */
const otherCodes =
  /\b(?:dress|promo|source|error|zip|post|country|discount|qr|bar|area)[ -]?codes?\b/gi;

/** Four to ten digits, also in groups; or letters and digits mixed in capitals. */
const codePattern = new RegExp(
  String.raw`(?<![\p{L}\d.,/:€$£#+-])(?:[A-Z]{1,3}-\d{4,8}|\d{3}[ -]\d{3}(?:[ -]\d{2,4})?|` +
    String.raw`\d{4,10}|(?=[A-Z\d]*\d)(?=[A-Z\d]*[A-Z])[A-Z\d]{5,10})` +
    String.raw`(?![\p{L}\d€$£%/:]|[.,]\d)`,
  'gu',
);

interface Code {
  code: string;
  index: number;
}

const reach = 160;

/** Years and such stand in the same sentence as a code; a code stands nearest to its word. */
const codesIn = (text: string): Code[] => {
  const view = text.replace(otherCodes, (all) => ' '.repeat(all.length));
  if (!codeWords.test(view)) return [];
  const found: Code[] = [];
  for (const match of text.matchAll(codePattern)) {
    const { index, 0: code } = match;
    const before = text.slice(Math.max(0, index - reach), index);
    const after = view.slice(index + code.length, index + code.length + 90);
    const isYear = /^(?:19|20)\d\d$/.test(code) && /\b(?:\p{L}{3,9}|\d\.)\s?$/u.test(before);
    const near = codeWords.test(view.slice(index - before.length, index)) || codeWords.test(after);
    if (near && !isYear && !plainCodes.test(before)) found.push({ code, index });
  }
  return found;
};

/** @returns the one-time code of a mail, where it has one. */
export const oneTimeCode = (subject: string, text: string): string | undefined => {
  const found = [...codesIn(text), ...codesIn(subject)].map(({ code }) => code);
  // Six digits are the usual form; a street number or a year is not.
  return found.find((code) => /^\d{3}[ -]?\d{3}$/.test(code)) ?? found[0];
};

/** The text with codes replaced by `instead`. */
export const withoutCodes = (text: string, instead: string): string => {
  let kept = '';
  let from = 0;
  for (const { code, index } of codesIn(text)) {
    kept += text.slice(from, index) + instead;
    from = index + code.length;
  }
  return kept + text.slice(from);
};

/** A mail with a link that lets whoever follows it into an account. */
export const opensAccount = (subject: string, text: string): boolean =>
  resetWords.test(subject) || resetWords.test(text.slice(0, 1_500));

/** Did the person themselves ask for a code? What a mind makes of it does not count. */
export const asksForCode = (said: string | undefined): boolean =>
  /\b(?:code|passcode|pin|otp|tan|einmal(?:code|passwort|kennwort)|\w*code)\b/i.test(said ?? '');
