/** What is said about the home, in English and German: subjects, states, questions. Pure. */

/** Who or what a sentence is about. */
export interface Subject {
  /** "the kitchen lights", "Küchenlicht". */
  text: string;
  plural: boolean;
}

/** What is done to it, in one language. */
export interface Deed {
  /** "on", "at 40 percent", "an": after "is". */
  state: string;
  /** "turned on", "angeschaltet". */
  past: string;
  /** "turn on", "anschalten". */
  infinitive: string;
}

export type Tongue = 'en' | 'de';

export const tongueOf = (language: string): Tongue =>
  language.toLowerCase().startsWith('de') ? 'de' : 'en';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const counts: Readonly<Record<Tongue, readonly string[]>> = {
  en: 'none one two three four five six seven eight nine ten'.split(' '),
  de: 'keine eins zwei drei vier fünf sechs sieben acht neun zehn'.split(' '),
};

const count = (number: number, tongue: Tongue): string => counts[tongue][number] ?? String(number);

const starts = /^(the|all|every|everything|both|each|my|our|alle|alles|die|der|das)\b/i;

const looksPlural = (name: string): boolean => /[^s]s$|\+/i.test(name.trim());

/** A thing by its own name. */
export const subjectOf = (name: string, tongue: Tongue): Subject => ({
  text: tongue === 'en' && !starts.test(name) ? `the ${name}` : name,
  plural: tongue === 'en' && looksPlural(name),
});

/** "Das Schlafzimmerlicht" is one word for several lamps. */
const pluralGerman =
  /^(alle|die beiden|beide)\b(?!s)|(lichter|lampen|rollos|rollläden|türen|steckdosen|heizungen)$/i;

const singularGroup = /^(everything|alles|every|each|all of it)\b/i;

/** A group as the person named it, and what was left out. */
export const groupSubject = (
  { group, without, size }: { group: string; without: readonly string[]; size: number },
  tongue: Tongue,
): Subject => {
  const but = without.map((one) => (starts.test(one) || tongue === 'de' ? one : `the ${one}`));
  const and = tongue === 'en' ? ' and ' : ' und ';
  const rest = but.length > 0 ? (tongue === 'en' ? ' but ' : ' außer ') + but.join(and) : '';
  const named = tongue === 'en' && !starts.test(group) ? `the ${group}` : group;
  const many = tongue === 'de' ? pluralGerman.test(group) : size > 1 || looksPlural(group);
  return { text: `${named}${rest}`, plural: many && !singularGroup.test(group) };
};

const list = (items: readonly string[], last: string): string =>
  items.length < 2
    ? (items[0] ?? '')
    : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`;

const the = (name: string): string => (starts.test(name) ? name : `the ${name}`);
const namesMax = 4;

const english = {
  is: ({ text, plural }: Subject, { state }: Deed) =>
    `${capital(text)} ${plural ? 'are' : 'is'} ${state}.`,
  already: ({ text, plural }: Subject, { state }: Deed) =>
    `${capital(text)} ${plural ? 'are' : 'is'} already ${state}.`,
  partly: ({ past }: Deed, missed: readonly string[], { of, done }: { of: number; done: number }) =>
    `I ${past} ${count(done, 'en')} of ${count(of, 'en')}; ` +
    `${list(missed.map(the), 'and')} did not answer.`,
  what: ({ text }: Subject, { infinitive }: Deed) => `${infinitive} ${text}`,
  reaching: (what: string, names: readonly string[]) =>
    names.length > 0 ? `${what}, which reaches ${list(names.map(the), 'and')}` : what,
  unseen: (what: string) => `${what}, though I cannot see all that it does`,
  which: (names: readonly string[]) =>
    `Which one: ${list(names.slice(0, namesMax).map(the), 'or')}?`,
  noneLike: (phrase: string, near: readonly string[]) =>
    near.length > 0
      ? `I know nothing called ${phrase}. There is ${list(near.map(the), 'and')}.`
      : `I know nothing called ${phrase} here.`,
  nothingLeft: 'That leaves nothing to do.',
  unavailable: (names: readonly string[]) =>
    `I cannot reach ${list(names.slice(0, namesMax).map(the), 'or')} right now.`,
  cannot: (name: string, what: string) => `${capital(the(name))} cannot do that: ${what}.`,
  changedMeanwhile: 'What that would do has changed just now, so I left it alone. Ask me again.',
  list: (items: readonly string[]) => list(items, 'and'),
  none: 'none',
};

const german: typeof english = {
  is: ({ text, plural }, { state }) => `${capital(text)} ${plural ? 'sind' : 'ist'} ${state}.`,
  already: ({ text, plural }, { state }) =>
    `${capital(text)} ${plural ? 'sind' : 'ist'} schon ${state}.`,
  partly: ({ past }, missed, { of, done }) =>
    `Ich habe ${count(done, 'de')} von ${count(of, 'de')} ${past}; ` +
    `keine Antwort von ${list(missed, 'und')}.`,
  what: ({ text }, { infinitive }) => `${text} ${infinitive}`,
  reaching: (what, names) => (names.length > 0 ? `${what}, und damit ${list(names, 'und')}` : what),
  unseen: (what) => `${what}, obwohl ich nicht alles sehe, was es tut`,
  which: (names) => `Was genau: ${list(names.slice(0, namesMax), 'oder')}?`,
  noneLike: (phrase, near) =>
    near.length > 0
      ? `Ich kenne nichts mit dem Namen ${phrase}. Es gibt ${list(near, 'und')}.`
      : `Ich kenne hier nichts mit dem Namen ${phrase}.`,
  nothingLeft: 'Damit bleibt nichts zu tun.',
  unavailable: (names) => `Nicht erreichbar gerade: ${list(names.slice(0, namesMax), 'und')}.`,
  cannot: (name, what) => `${name} kann das nicht: ${what}.`,
  changedMeanwhile: 'Was das bewirkt, hat sich gerade geändert. Ich habe es gelassen, frag erneut.',
  list: (items) => list(items, 'und'),
  none: 'keine',
};

export type HomeWords = typeof english;

/** @param language BCP 47. */
export const homeWords = (language: string): HomeWords =>
  tongueOf(language) === 'de' ? german : english;

/** A deed in both languages; `at` is put into every form where `{}` stands. */
export const deed = (
  forms: { en: readonly [string, string, string]; de: readonly [string, string, string] },
  language: string,
  at = '',
): Deed => {
  const [state, past, infinitive] = forms[tongueOf(language)].map((form) => form.replace('{}', at));
  return { state: state ?? '', past: past ?? '', infinitive: infinitive ?? '' };
};
