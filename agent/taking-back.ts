/** "Undo that", "take back the timer": which words ask to take back what was done. Pure. */

export type TakeBack =
  /** The newest deed, whatever it was. */
  | { which: 'last' }
  /** The newest one that has not been taken back. */
  | { which: 'before' }
  | { which: 'several'; count: number }
  /** All of the newest utterance that did something. */
  | { which: 'all' }
  /** `plain`: these words can mean nothing else, so it is said where nothing fits. */
  | { which: 'named'; what: string; plain: boolean };

type Tongue = 'en' | 'de';

/** The whole text is one of these, written as regular expressions without marks at their ends. */
const oneOf = (...texts: string[]): RegExp => new RegExp(`^(?:${texts.join('|')})$`, 'u');
const wordsIn = (...texts: string[]): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${texts.join('|')})(?!\\p{L})`, 'gu');

/** Around such words, and never one of them. */
const polite: Record<Tongue, RegExp> = {
  en: wordsIn(
    ...['please', 'butler', 'again', 'oh', 'no', 'nope', 'sorry', 'wait', 'well', 'ok', 'okay'],
    ...['can you', 'could you'],
  ),
  de: wordsIn(
    ...['bitte', 'butler', 'oh', 'ach', 'nein', 'nee', 'doch', 'moment', 'sorry'],
    ...['kannst du', 'könntest du'],
  ),
};

/** "That", whatever it was: an X in the patterns below. */
const itself: Record<Tongue, RegExp> = {
  en: wordsIn('that', 'it', 'this'),
  de: wordsIn('das', 'es', 'dies'),
};
const last: Record<Tongue, RegExp> = {
  en: oneOf(
    ...['undo', 'revert', '(?:take|put|change) back', '(?:undo|revert) X'],
    ...['(?:undo|revert) the last (?:one|thing|action)', 'take back the last (?:one|thing)'],
    ...['(?:take|put|change) X back', '(?:take|put|change) back X'],
  ),
  de: oneOf(
    ...['rückgängig', 'mache? X (?:wieder |jetzt )?rückgängig', 'X (?:wieder )?zurücknehmen'],
    ...['(?:nimm|nehme) X (?:wieder |jetzt )?zurück', 'X (?:wieder )?rückgängig machen'],
    ...['mache? X letzte (?:wieder )?rückgängig', 'nimm X letzte (?:wieder )?zurück'],
    'X letzte (?:rückgängig machen|zurücknehmen)',
  ),
};

const before: Record<Tongue, RegExp> = {
  en: oneOf(
    '(?:and )?(?:undo |take back |revert )?(?:also )?the (?:one|thing) before(?: that)?' +
      '(?: too| as well)?',
  ),
  de: oneOf(
    '(?:und )?(?:mach |nimm )?(?:auch )?(?:noch )?das davor(?: auch)?' +
      '(?: (?:wieder )?(?:rückgängig|zurück))?',
  ),
};

const numbers: Readonly<Record<string, number>> = {
  ...{ both: 2, two: 2, three: 3, four: 4, five: 5 },
  ...{ beide: 2, beides: 2, zwei: 2, drei: 3, vier: 4, fünf: 5 },
};
const countMax = 5;

/** The first group says how many, the second its number. */
const several: Record<Tongue, RegExp> = {
  en: oneOf(
    '(?:undo|revert|take back|take) (both|the last (\\w+))(?: of (?:them|those|these))?' +
      '(?: things| actions)?(?: back)?',
  ),
  de: oneOf(
    '(?:mache? |nimm )?(beides?|die letzten (\\p{L}+|\\d))(?: dinge| sachen)?(?: wieder)? ' +
      '(?:rückgängig|zurück)(?: machen|nehmen)?',
  ),
};
const all: Record<Tongue, RegExp> = {
  en: oneOf(
    '(?:undo|revert|take back|take) ' +
      '(?:all(?: of)?(?: that| it| this| them)?|everything)(?: back)?',
  ),
  de: oneOf(
    '(?:mache? |nimm )?(?:das )?alles(?: wieder)? (?:rückgängig|zurück)(?: machen|nehmen)?',
  ),
};

/** The first that fits; `plain` ones ask for nothing else. */
const named: Record<Tongue, readonly { pattern: RegExp; plain: boolean }[]> = {
  en: [
    { pattern: oneOf('(?:undo|revert|take back) (.+)'), plain: true },
    { pattern: oneOf('(?:take|put|change) (.+) back'), plain: false },
    {
      pattern: oneOf(
        '(?:put|set|turn|make|change) (.+?)(?: back)? (?:to )?' +
          '(?:(?:like|how|as|the way) (?:it|they) (?:was|were)(?: before)?|(?:like|as) before)',
      ),
      plain: false,
    },
  ],
  de: [
    { pattern: oneOf('mache? (.+?) (?:wieder )?rückgängig'), plain: true },
    { pattern: oneOf('(.+?) (?:wieder )?(?:rückgängig machen|zurücknehmen)'), plain: true },
    { pattern: oneOf('(?:nimm|nehme) (.+?) (?:wieder )?zurück'), plain: false },
    {
      pattern: oneOf(
        '(?:mache?|stelle?|setze?) (.+?) (?:wieder )?(?:so )?' +
          'wie (?:vorher|zuvor|davor|(?:er|sie|es) (?:vorher |zuvor )?(?:war|waren))',
      ),
      plain: false,
    },
  ],
};

const plainWordsMax = 4;

const tongueOf = (language: string): Tongue =>
  language.toLowerCase().startsWith('de') ? 'de' : 'en';

/** @param language BCP 47; what is not German is read as English. */
export const takesBack = (text: string, language: string): TakeBack | undefined => {
  const tongue = tongueOf(language);
  const lower = text
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
  const said = lower.replace(polite[tongue], ' ').replace(/\s+/g, ' ').trim();
  if (said === '') return undefined;
  if (last[tongue].test(said.replace(itself[tongue], 'X'))) return { which: 'last' };
  if (before[tongue].test(said)) return { which: 'before' };
  if (all[tongue].test(said)) return { which: 'all' };
  const [, what = '', number = what] = several[tongue].exec(said) ?? [];
  const count = numbers[number] ?? Number(number || Number.NaN);
  if (count >= 2 && count <= countMax) return { which: 'several', count };
  const isQuestion = text.includes('?');
  for (const { pattern, plain } of named[tongue]) {
    const thing = pattern.exec(said)?.[1];
    if (thing === undefined) continue;
    const short = thing.split(' ').length <= plainWordsMax;
    return { which: 'named', what: thing, plain: plain && short && !isQuestion };
  }
  return undefined;
};

const justLast = /^(?:the )?(?:last|latest|that|it|this)(?: one| thing| action)?$/iu;

/** What a mind wrote as `what`: the same words, or only the name of the thing. */
export const meantBy = (what: string | undefined, language: string): TakeBack => {
  const words = (what ?? '').trim();
  if (words === '' || justLast.test(words)) return { which: 'last' };
  const order = tongueOf(language) === 'de' ? `mach ${words} rückgängig` : `undo ${words}`;
  const request = takesBack(words, language) ?? takesBack(order, language);
  return request ?? { which: 'named', what: words, plain: true };
};
