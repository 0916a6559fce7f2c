/** A transcript as words: punctuation, contractions, hyphens and Whisper's spellings made even. */

export interface Word {
  /** Lower case, for matching. */
  word: string;
  /** As it was written, for free slots; empty for the second half of a contraction. */
  raw: string;
  /** A full stop, question or exclamation mark stands behind it. */
  ends?: true;
  /** A comma stands behind it. */
  comma?: true;
}

export type Tongue = 'en' | 'de';

/** Longer than any command; what is longer is for the mind. */
const textLengthMax = 300;
export const wordsMax = 40;

export const tongueOf = (language: string): Tongue =>
  language.toLowerCase().startsWith('de') ? 'de' : 'en';

const ending: Record<string, string> = {
  "'ll": 'will',
  "'re": 'are',
  "'ve": 'have',
  "'d": 'would',
  "'m": 'am',
};

/** After these, `'s` is "is"; after a name it belongs to the name. */
const beforeIs = new Set(
  'what who where when how why which that there here it he she everything'.split(' '),
);

const whole: Record<string, string> = {
  whats: 'what is',
  "time's": 'time is',
  wheres: 'where is',
  whos: 'who is',
  hows: 'how is',
  whens: 'when is',
  thats: 'that is',
  "let's": 'let us',
  lets: 'let us',
  anymore: 'any more',
  "can't": 'can not',
  cannot: 'can not',
  "won't": 'will not',
  dont: 'do not',
  im: 'i am',
  gimme: 'give me',
  wanna: 'want to',
  gonna: 'going to',
  "o'clock": 'oclock',
  ok: 'okay',
};

const wholeGerman: Record<string, string> = {
  "wie's": 'wie es',
  "gibt's": 'gibt es',
  gibts: 'gibt es',
  "wie'n": 'wie ein',
  "'nen": 'einen',
  nen: 'einen',
  "'ne": 'eine',
  ne: 'eine',
  "'n": 'ein',
  fürs: 'für das',
  ok: 'okay',
};

/** German glues the head to the end of a word: "Teetimer". */
const germanHead = /^(\p{L}{3,}?)s?(timer|wecker)$/u;

const expandEnglish = (word: string): string[] => {
  const fixed = Object.hasOwn(whole, word) ? whole[word] : undefined;
  if (fixed) return fixed.split(' ');
  if (word.endsWith("n't")) return [word.slice(0, -3), 'not'];
  const cut = word.lastIndexOf("'");
  if (cut <= 0) return [word];
  const [head, tail] = [word.slice(0, cut), word.slice(cut)];
  if (tail === "'s") return beforeIs.has(head) ? [head, 'is'] : [word];
  return ending[tail] ? [head, ending[tail]] : [word];
};

const expandGerman = (word: string): string[] => {
  const fixed = Object.hasOwn(wholeGerman, word) ? wholeGerman[word] : undefined;
  if (fixed) return fixed.split(' ');
  const glued = germanHead.exec(word);
  return glued ? [glued[1] ?? '', glued[2] ?? ''] : [word];
};

const evened = (text: string, tongue: Tongue): string =>
  text
    .normalize('NFC')
    .replace(/[’‘`´]/g, "'")
    .replace(/\b([ap])\.\s?m\b\.?/gi, '$1m')
    .replace(/(\d)\s?½/g, '$1.5')
    .replace(/½/g, tongue === 'de' ? 'halbe' : 'half')
    .replace(/%/g, tongue === 'de' ? ' Prozent ' : ' percent ')
    .replace(/°/g, tongue === 'de' ? ' Grad ' : ' degrees ')
    // "-5" stays a number, "eight-minute" and "tea–timer" become two words.
    .replace(/(?<=[\p{L}\p{N}])[-‐‑–—/](?=[\p{L}\p{N}])/gu, ' ')
    // "10min" is two words; "24th" is one.
    .replace(/(\d)(?!(?:st|nd|rd|th)\b)(?=\p{L})/gu, '$1 ');

const edges = /^[^\p{L}\p{N}'-]+|[^\p{L}\p{N}']+$/gu;
const quotes = /^'+(?!n)|'+$/g;

/** @returns the words, or undefined when there are none or too many for a command. */
export const toWords = (text: string, language: string): Word[] | undefined => {
  if (text.length > textLengthMax) return undefined;
  const tongue = tongueOf(language);
  const words: Word[] = [];
  for (const chunk of evened(text, tongue).split(/\s+/)) {
    const raw = chunk.replace(edges, '').replace(quotes, '');
    if (raw === '' || raw === '-') continue;
    const lower = raw.toLowerCase();
    const expanded = tongue === 'de' ? expandGerman(lower) : expandEnglish(lower);
    const glued = tongue === 'de' && expanded.length === 2 && germanHead.test(lower);
    expanded.forEach((word, index) => {
      const part = index === 0 ? raw.slice(0, expanded[0]?.length) : raw.slice(-word.length);
      words.push({ word, raw: glued ? part : index === 0 ? raw : '' });
    });
    const last = words.at(-1);
    if (last && /[.!?]["'”’)]*$/.test(chunk)) last.ends = true;
    if (last && chunk.endsWith(',')) last.comma = true;
  }
  return words.length === 0 || words.length > wordsMax ? undefined : words;
};

const wordSet = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words that mean nothing between others: the matcher may step over them. */
export const fillers: Record<Tongue, ReadonlySet<string>> = {
  en: wordSet('please um uh uhm er erm hmm hm mm just butler kindly'),
  de: wordSet('bitte äh ähm öh hm hmm mm mal doch eben butler einfach schnell'),
};

/** Longest first: "right now" goes as a whole. */
const phrases = (text: string): string[][] =>
  text
    .split('|')
    .map((phrase) => phrase.split(' '))
    .sort((a, b) => b.length - a.length);

/** How people open and close a request. */
export const openings: Record<Tongue, string[][]> = {
  en: phrases(
    'i would like you to|i want you to|i need you to|would you be so kind as to|' +
      'would you mind|do me a favor and|can you|could you|would you|will you|can i|could i|' +
      'may i|hey butler|hi butler|hello butler|okay butler|butler|hey|hi|hello|okay|so|well|' +
      'oh|ah|and|also|now|then|alright|all right|right|yes|yeah|thanks|thank you|sorry|' +
      'excuse me|actually|please|go ahead and|let us|i said|no i said',
  ),
  de: phrases(
    'ich möchte dass du|ich will dass du|ich hätte gern dass du|sei so gut und|kannst du|' +
      'könntest du|würdest du|magst du|kann ich|könnte ich|hey butler|hallo butler|hi butler|' +
      'okay butler|butler|hey|hallo|hi|okay|also|so|na|ach|und|dann|jetzt|ja|danke|sorry|' +
      'entschuldigung|entschuldige|bitte|sag mir|sag mal|sag',
  ),
};

export const closings: Record<Tongue, string[][]> = {
  en: phrases(
    'if you would|if you could|if you do not mind|would you|will you|could you|can you|for me|' +
      'thank you very much|thank you|thanks a lot|thanks|please|butler|okay|now|right now|then',
  ),
  de: phrases(
    'wenn es geht|vielen dank|danke schön|dankeschön|danke|bitte|butler|okay|für mich|jetzt|ja',
  ),
};
