/** Letters that hide in others: folded to what they mean, and tag characters both ways. */

const tagsFrom = 0xe0000;

export const tagged = (text: string): string =>
  [...text].map((letter) => String.fromCodePoint(tagsFrom + (letter.codePointAt(0) ?? 0))).join('');

/** What is written in tag characters; letters of other scripts are moved as far. */
export const untagged = (text: string): string =>
  [...text]
    .map((letter) => (letter.codePointAt(0) ?? 0) - tagsFrom)
    .filter((code) => code > 0 && code < 0xf000)
    .map((code) => String.fromCodePoint(code))
    .join('');

const alike: Readonly<Record<string, string>> = {
  ...{ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', х: 'x' },
  ...{ '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's' },
};

/** Only what the letters say: no case, marks, gaps or lookalikes. */
export const skeleton = (text: string): string =>
  [...text.normalize('NFKD').toLowerCase()]
    .map((letter) => alike[letter] ?? letter)
    .join('')
    .replace(/[^\p{L}]/gu, '');
