/** A person's own words as something known of them: in the third person, by kind, by slot. Pure. */
import type { FactCategory } from './core/memory-port.ts';

/** First person, present tense: the form that follows a name. */
const irregular: Record<string, string> = {
  am: 'is',
  have: 'has',
  do: 'does',
  go: 'goes',
  was: 'was',
  had: 'had',
  did: 'did',
  went: 'went',
};
const unchanged = new Set(
  'can could will would should must may might never always usually often really only also'.split(
    ' ',
  ),
);
const adverbs = new Set('never always usually often really only also sometimes'.split(' '));
/** Verbs whose form is known; with any other, the person is quoted. */
const verbs = new Set(
  `like love hate prefer want need take drink eat live work play read watch listen sleep wake get
  use own drive ride speak study teach cook bake run swim walk leave come start finish know think
  feel wear buy keep collect enjoy dislike avoid sing dance travel visit call meet see hear
  pay`.split(/\s+/),
);

const contractions: readonly (readonly [RegExp, string])[] = [
  [/\b(I)['’]m\b/gi, 'I am'],
  [/\b(I)['’]ve\b/gi, 'I have'],
  [/\b(I)['’]ll\b/gi, 'I will'],
  [/\b(I)['’]d\b/gi, 'I would'],
  [/\bdon['’]t\b/gi, 'do not'],
  [/\bcan['’]t\b/gi, 'can not'],
];

const conjugated = (verb: string): string | undefined => {
  if (Object.hasOwn(irregular, verb)) return irregular[verb];
  if (unchanged.has(verb)) return verb;
  if (!verbs.has(verb)) return verb.endsWith('ed') ? verb : undefined;
  if (/(?:s|x|z|ch|sh)$/.test(verb)) return `${verb}es`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
};

/** What follows the subject: the person is "they" there, whom no verb's ending has to fit. */
const withoutFirstPerson = (text: string): string =>
  text
    .replace(/\bI am\b/g, 'they are')
    .replace(/\bI was\b/g, 'they were')
    .replace(/\bI\b/g, 'they')
    .replace(/\bmy\b/gi, 'their')
    .replace(/\bmine\b/gi, 'theirs')
    .replace(/\bmyself\b/gi, 'themselves')
    .replace(/\bme\b/gi, 'them');

const predicate = (words: readonly string[]): string | undefined => {
  const at = words.findIndex((word) => !adverbs.has(word.toLowerCase()));
  const verb = conjugated((words[at] ?? '').toLowerCase());
  if (at < 0 || verb === undefined) return undefined;
  const rest = withoutFirstPerson(words.slice(at + 1).join(' '));
  return [...words.slice(0, at), verb, rest].join(' ').trim();
};

const quoted = (name: string, said: string): string =>
  `${name}: "${said.charAt(0).toUpperCase()}${said.slice(1)}"`;

/** "ich meinen Kaffee schwarz trinke" is said as "ich trinke meinen Kaffee schwarz". */
const mainClause = (said: string): string => {
  const [subject = '', ...rest] = said.split(' ');
  const verb = rest.at(-1) ?? '';
  const isLast = /(?:e|st|bin|habe|mag|will|kann|muss|darf|soll|weiß|war)$/i.test(verb);
  if (subject.toLowerCase() !== 'ich' || rest.length < 2 || !isLast) return said;
  return [subject, verb, ...rest.slice(0, -1)].join(' ');
};

const english = (said: string, name: string): string => {
  const words = contractions.reduce((text, [short, long]) => text.replace(short, long), said);
  const [first = '', ...rest] = words.split(' ');
  if (first.toLowerCase() === 'i') {
    const tail = predicate(rest);
    return tail === undefined ? quoted(name, said) : `${name} ${tail}`;
  }
  if (first.toLowerCase() === 'my') return `${name}'s ${withoutFirstPerson(rest.join(' '))}`;
  return quoted(name, said);
};

/**
 * Only first persons are turned; where their verb's form is not known, the person is quoted.
 * @param said what the person wants remembered, or the mind's own third person, which stays.
 * @param language BCP 47.
 */
export const inThirdPerson = (
  said: string,
  { name, language }: { name: string; language: string },
): string => {
  const tidy = said
    .replace(/\s+/g, ' ')
    .replace(/[.!\s]+$/, '')
    .trim();
  if (tidy.startsWith(name)) return tidy;
  const isGerman = language.toLowerCase().startsWith('de');
  const isFirst = isGerman
    ? /\b(?:ich|mein\w*|mir|mich|wir|uns\w*)\b/i.test(tidy)
    : /\b(?:I|my|me|we|our)\b/i.test(tidy);
  if (!isFirst) return tidy;
  return isGerman ? quoted(name, mainClause(tidy)) : english(tidy, name);
};

const kinds: readonly (readonly [FactCategory, RegExp])[] = [
  [
    'media',
    new RegExp(
      '\\b(?:films?|movies?|series|shows?|books?|novels?|authors?|songs?|music|' +
        'bands?|albums?|artists?|podcasts?|buch|bücher|serien?|lied(?:er)?|musik|' +
        'sänger\\w*|hörb[uü]ch\\w*)\\b',
      'i',
    ),
  ],
  [
    'routine',
    new RegExp(
      '\\b(?:every|usually|always|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|' +
        'mornings?|evenings?|weekends?|daily|weekly|get up|go to bed|jeden?|immer|' +
        'meistens|morgens|abends|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|' +
        'täglich|stehe auf)\\b',
      'i',
    ),
  ],
  [
    'preference',
    new RegExp(
      '\\b(?:like|likes|love|loves|hate|hates|prefer|prefers|favou?rite|dislikes?|' +
        'enjoys?|rather|mag|liebe|hasse|lieber|am liebsten|lieblings\\w*|bevorzuge)\\b',
      'i',
    ),
  ],
];

/** The kind by its words, where no mind has chosen one. */
export const categoryOf = (fact: string): FactCategory =>
  kinds.find(([, pattern]) => pattern.test(fact))?.[0] ?? 'personal';

/** "my favourite colour is blue", "my name is Ada": things of which there is one. */
const single = new RegExp(
  '^my ((?:favou?rite [a-z]+(?: [a-z]+)?)|(?:[a-z]+ )?(?:name|birthday|address|' +
    'number|size|nickname)) (?:is|are)\\b',
  'i',
);

/** A slot, where the words name a thing of which a person has one; otherwise none. */
export const slotOf = (said: string): string | undefined =>
  single
    .exec(said.trim())?.[1]
    ?.toLowerCase()
    .replace('favourite', 'favorite')
    .replaceAll(' ', '_');
