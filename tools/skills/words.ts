/** What is said about skills, in English and German. */
import type { Skill } from './file.ts';

/** "film-night" as it is said; a language without a name of its own takes its first sentence. */
const spoken = (name: string): string => name.replaceAll('-', ' ');

const english = {
  none: 'There are no skills yet. Ask me for single things.',
  named: (name: string, _: Skill['when']) => spoken(name),
  list: (names: string, more: number) =>
    `Beside single things I have learned: ${names}${more > 0 ? `, and ${more} more` : ''}. ` +
    'Each works as far as what it uses is connected.',
};

const german: typeof english = {
  none: 'Es gibt noch keine. Frag mich nach einzelnen Dingen.',
  named: (name, when) => when.de[0] ?? spoken(name),
  list: (names, more) =>
    `Außer einzelnen Dingen habe ich gelernt: ${names}${more > 0 ? `, und ${more} mehr` : ''}. ` +
    'Jedes geht, soweit angeschlossen ist, was es braucht.',
};

/** @param language BCP 47. */
export const skillWords = (language: string) =>
  language.toLowerCase().startsWith('de') ? german : english;
