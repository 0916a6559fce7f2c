/** What fields and buttons say by themselves. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  show: (label: string) => `Show: ${label}`,
  hide: (label: string) => `Hide: ${label}`,
  copyRefused: 'The browser did not copy it. Select the text and copy it by hand.',
};

const de: WordsLike<typeof en> = {
  show: (label) => `Zeigen: ${label}`,
  hide: (label) => `Verbergen: ${label}`,
  copyRefused: 'Der Browser hat es nicht kopiert. Markiere den Text und kopiere ihn von Hand.',
};

export const uiWords = inLanguage({ en, de });
