/** What a text looks like, whatever it is about: a question, one that names a time or a number. */

/** What an entry has, and what a question may ask for. */
export const cue = {
  /** It ends with a question: it asks for something and says little. */
  isQuestion: 1,
  /** A question stands in it: what comes next may be the answer. */
  asks: 2,
  time: 4,
  number: 8,
  name: 16,
} as const;

const endsAsking = /\?\s*$/;
const time = new RegExp(
  String.raw`\b(?:yesterday|today|tonight|tomorrow|last|next|this|ago|since|recently|weekend|` +
    String.raw`week|month|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{4}|january|february|` +
    'march|april|june|july|august|september|october|november|december|gestern|heute|' +
    String.raw`morgen|letzte[nrs]?|nächste[nrs]?|seit|woche|monat|jahr|\w+tag)\b`,
  'i',
);
const number = new RegExp(
  String.raw`\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|once|twice|couple|few|` +
    String.raw`several|dozen|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|einmal|paar)\b`,
  'i',
);
// A capital inside a sentence. German writes every noun so: there this cue says nothing.
const name = /[\p{Ll}\d,;:)] "?\p{Lu}\p{Ll}/u;
// A note about the entry, such as the caption of a picture, is searched but is not what was said.
const note = /\[[^\]]*\]/g;

/** The cues of an entry's text, as bits. */
export const cuesOf = (text: string): number => {
  const said = text.includes('[') ? text.replace(note, ' ') : text;
  return (
    (endsAsking.test(said) ? cue.isQuestion : 0) |
    (said.includes('?') ? cue.asks : 0) |
    (time.test(said) ? cue.time : 0) |
    (number.test(said) ? cue.number : 0) |
    (name.test(said) ? cue.name : 0)
  );
};

const wantsTime = new RegExp(
  String.raw`\b(?:when|how long|wann|wie lange|` +
    '(?:what|which|welche[mnrs]?) (?:date|day|month|year|tag|monat|jahr)' +
    String.raw`)\b`,
  'i',
);
const wantsNumber =
  /\b(?:how (?:many|much|often|old)|what age|number of|wie (?:viele?|oft|alt))\b/i;
const wantsName = new RegExp(
  String.raw`\b(?:who|where|which|named?|called|wer|wen|wem|wo|wohin|wie heißt|what (?:city|` +
    String.raw`country|place|state|team|band|company|brand|book|game|movie|film))\b`,
  'i',
);
const aboutQuestions = /\b(?:ask(?:ed)?|question|gefragt|frage)\b/i;

/** The cues of an answer to this question, as bits; `asks` where questions are looked for. */
export const cuesWanted = (question: string): number =>
  (wantsTime.test(question) ? cue.time : 0) |
  (wantsNumber.test(question) ? cue.number : 0) |
  (wantsName.test(question) ? cue.name : 0) |
  (aboutQuestions.test(question) ? cue.asks : 0);
