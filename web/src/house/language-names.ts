/** Languages by their own names, for a choice. */
import { languages } from '../words/language.ts';

const nameOf = (tag: string): string =>
  new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;

/** Those that Butler's commands know, and the one that is set, whichever it is. */
export const languageOptions = (set: string | null): { value: string; name: string }[] =>
  [...new Set<string>([...languages, ...(set ? [set] : [])])].map((value) => ({
    ...{ value, name: nameOf(value) },
  }));
