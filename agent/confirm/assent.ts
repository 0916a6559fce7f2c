/** A plain yes, a plain no, a PIN: read by word lists, never by a model's opinion. */

type Tongue = 'en' | 'de';

const lists = (text: string): ReadonlySet<string> =>
  new Set(text.split(',').map((phrase) => phrase.trim()));

/** "Okay", "right" and "mm-hm" are nods to what one hears, not orders: they are not in here. */
const yes: Record<Tongue, ReadonlySet<string>> = {
  en: lists(
    'yes, yeah, yep, yup, sure, of course, absolutely, definitely, certainly, do it, do that,' +
      'please do, go ahead, go for it, go on, confirm, confirmed, i confirm, i do, i am sure,' +
      'im sure, yes i am, affirmative, you may',
  ),
  de: lists(
    'ja, jawohl, jep, jo, klar, sicher, natürlich, auf jeden fall, mach das, mach es, mach mal,' +
      'mach, tu das, tu es, ja mach, nur zu, los, bestätigt, ich bestätige, ich bin sicher, gern,' +
      'gerne, genau, bitte ja, unbedingt',
  ),
};

const no: Record<Tongue, ReadonlySet<string>> = {
  en: lists(
    'no, nope, nah, no thanks, dont, do not, dont do it, do not do it, stop, cancel, cancel that,' +
      'never mind, nevermind, leave it, leave it alone, not now, forget it, abort, no way',
  ),
  de: lists(
    'nein, nee, nö, ne, lass es, lass das, lass, abbrechen, abbruch, brich ab, stopp, stop, halt,' +
      'vergiss es, doch nicht, nicht, lieber nicht, jetzt nicht, mach es nicht, mach das nicht,' +
      'auf keinen fall, schon gut',
  ),
};

/** Around a yes or a no, and never one by themselves. */
const polite: Record<Tongue, ReadonlySet<string>> = {
  en: lists('please, butler, thanks, thank you, now, then, it, well, oh, um, uh'),
  de: lists('bitte, butler, danke, jetzt, dann, na, also, äh, ähm, ach'),
};

const phraseWordsMax = 4;
const textMax = 80;

const tongueOf = (language: string): Tongue =>
  language.toLowerCase().startsWith('de') ? 'de' : 'en';

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Every word belongs to a phrase of the list or to the politeness around it. */
const consistsOf = (text: string, phrases: ReadonlySet<string>, tongue: Tongue): boolean => {
  if (text.length > textMax) return false;
  const words = wordsOf(text);
  let found = false;
  for (let at = 0; at < words.length; ) {
    let length = Math.min(phraseWordsMax, words.length - at);
    while (length > 0 && !phrases.has(words.slice(at, at + length).join(' '))) length--;
    if (length > 0) found = true;
    else if (polite[tongue].has(words[at] ?? '')) length = 1;
    else if (polite[tongue].has(words.slice(at, at + 2).join(' '))) length = 2;
    else return false;
    at += length;
  }
  return found;
};

/** @param language BCP 47; what is not German is read as English. */
export const isPlainYes = (text: string, language: string): boolean =>
  consistsOf(text, yes[tongueOf(language)], tongueOf(language)) && !text.includes('?');

export const isPlainNo = (text: string, language: string): boolean =>
  consistsOf(text, no[tongueOf(language)], tongueOf(language));

const digitWords: Record<Tongue, Readonly<Record<string, string>>> = {
  en: {
    ...{ zero: '0', oh: '0', o: '0', one: '1', two: '2', three: '3', four: '4', five: '5' },
    ...{ six: '6', seven: '7', eight: '8', nine: '9' },
  },
  de: {
    ...{ null: '0', eins: '1', ein: '1', zwei: '2', zwo: '2', drei: '3', vier: '4', fünf: '5' },
    ...{ sechs: '6', sieben: '7', acht: '8', neun: '9' },
  },
};
const before: Record<Tongue, ReadonlySet<string>> = {
  en: lists('my, the, pin, code, is, its, it, number, um, uh, please'),
  de: lists('meine, die, pin, der, code, ist, lautet, nummer, äh, bitte'),
};
const pinLength = { least: 4, most: 8 };

/** Is there a digit in it, written or as a word? */
export const hasDigits = (text: string, language: string): boolean =>
  wordsOf(text).some(
    (word) => /\d/.test(word) || Object.hasOwn(digitWords[tongueOf(language)], word),
  );

/** The digits of a PIN that was spoken or typed, when the text is nothing else. */
export const pinIn = (text: string, language: string): string | undefined => {
  const tongue = tongueOf(language);
  let digits = '';
  for (const word of wordsOf(text)) {
    if (/^\d+$/.test(word)) digits += word;
    else if (Object.hasOwn(digitWords[tongue], word)) digits += digitWords[tongue][word];
    else if (!before[tongue].has(word)) return undefined;
  }
  const fits = digits.length >= pinLength.least && digits.length <= pinLength.most;
  return fits ? digits : undefined;
};
