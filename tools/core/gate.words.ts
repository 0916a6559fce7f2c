/** What the gate says: its questions, and why it refuses, in English and German. */
import type { ByLanguage } from './define.ts';

const sentences = {
  en: {
    role: 'That is not for you to do here. Ask the owner of the house.',
    permission: 'You have no permission for that here. Ask the owner of the house.',
    unsure: 'I am not sure who is speaking, so I leave that alone. Use your own device.',
    tainted: 'I have just read something from outside, so I leave that alone. Tell me once more.',
    door: 'I would have to ask you first, and I cannot do that here. Ask me in the app.',
    shallI: (what: string) => `Shall I ${what}?`,
    doThis: (what: string) => `Shall I do this: ${what}?`,
    afterReading: 'I have just read something from outside, so I ask first.',
    sayPin: 'Say your PIN to go on.',
  },
  de: {
    role: 'Das darfst du hier nicht. Frag die Person, der das Haus gehört.',
    permission: 'Dafür hast du hier keine Erlaubnis. Frag die Person, der das Haus gehört.',
    unsure: 'Ich weiß nicht sicher, wer spricht, also lasse ich das. Nimm dein eigenes Gerät.',
    tainted: 'Ich habe gerade etwas von außen gelesen, darum lasse ich das. Sag es noch einmal.',
    door: 'Da müsste ich erst nachfragen, und das kann ich hier nicht. Frag mich in der App.',
    shallI: (what: string) => `Soll ich ${what}?`,
    doThis: (what: string) => `Soll ich das tun: ${what}?`,
    afterReading: 'Ich habe gerade etwas von außen gelesen, darum frage ich zuerst.',
    sayPin: 'Sag deine PIN, dann mache ich weiter.',
  },
};

type Language = keyof typeof sentences;

const tongueOf = (language: string): Language =>
  language.toLowerCase().startsWith('de') ? 'de' : 'en';

/** @returns the sentence for this language, or the English one. */
export const sentenceIn = (
  sentences: ByLanguage | undefined,
  language: string,
): string | undefined => sentences?.[tongueOf(language)] ?? sentences?.en;

/** @param language BCP 47. */
export const gateSentences = (language: string) => sentences[tongueOf(language)];

const valuesMax = 3;
const valueMax = 40;

/** A value of the input as it can be heard; what is not a plain value is not. */
const spokenValue = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim().slice(0, valueMax);
  return typeof value === 'number' ? String(value) : undefined;
};

const filled = (template: string, input: Readonly<Record<string, unknown>>): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, slot: string) => spokenValue(input[slot]) ?? '');

/** Where a tool brings no words of its own: its name and values, so that no yes is blind. */
const plainly = (name: string, input: Readonly<Record<string, unknown>>): string => {
  const values = Object.values(input).flatMap((value) => spokenValue(value) ?? []);
  return [name.replaceAll('_', ' '), ...values.slice(0, valuesMax)].join(', ');
};

const wholeValueMax = 240;
const unseen = /[\p{Cf}\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu;

/** Quoted, without what could end the quote or hide in it; what is cut is counted. */
const quoted = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const plain = text
    .replace(/\s+/g, ' ')
    .replace(unseen, '')
    .replace(/[“”„"]/g, "'")
    .trim();
  const more = plain.length - wholeValueMax;
  return more > 0 ? `“${plain.slice(0, wholeValueMax)}” (+${more})` : `“${plain}”`;
};

/** Everything that the call would be made with: words from outside may have written it. */
const wholly = (name: string, input: Readonly<Record<string, unknown>>): string => {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const values = given.map(([field, value]) => `${field.replaceAll('_', ' ')} ${quoted(value)}`);
  return [name.replaceAll('_', ' '), ...values].join(', ');
};

/** Does the question say every value there is? */
const saysAll = (template: string, input: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(input).every(([field, value]) => {
    const short = typeof value !== 'string' || value.length <= valueMax;
    return value === undefined || (template.includes(`{${field}}`) && short);
  });

interface Asked {
  name: string;
  input: Readonly<Record<string, unknown>>;
  language: string;
  what?: string | undefined;
  tainted: boolean;
  by: 'yes' | 'pin';
}

/** The whole question: why it is asked, what would be done, and what the person should say. */
export const questionOf = (asks: ByLanguage | undefined, asked: Asked): string => {
  const { name, input, language, what, tainted, by } = asked;
  const said = gateSentences(language);
  const template = sentenceIn(asks, language);
  const tells = template !== undefined && (!tainted || saysAll(template, input));
  const described = tainted ? wholly(name, input) : plainly(name, input);
  const question = what
    ? said.shallI(what)
    : tells
      ? filled(template, input)
      : said.doThis(described);
  return [tainted && said.afterReading, question, by === 'pin' && said.sayPin]
    .filter((part) => part !== false)
    .join(' ');
};
