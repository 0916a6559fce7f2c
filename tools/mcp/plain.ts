/** Words of a server reduced to plain ones: what describes a tool must not be able to do more. */

/** More than this is not even looked at: names and descriptions have no business being longer. */
const readCharactersMax = 4_000;
/** Longer than any word: base64, hexadecimal and other ways of hiding sentences. */
const wordCharactersMax = 32;

const addresses = /\b[a-z][a-z0-9+.-]{1,20}:\/\/\S*/giu;
const tags = /<[^<>]{0,400}>/gu;
/** Zero-width, bidirectional, tag and filler characters, variation selectors, controls. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;
/** A letter under a heap of marks. */
const heaps = /(\p{M}{2})\p{M}+/gu;
const notPlain = /[^\p{L}\p{M}\p{N} .,;:!?'()/+%=€$°-]/gu;

const cutAt = (text: string, charactersMax: number): string => {
  if (text.length <= charactersMax) return text;
  const cut = text.slice(0, charactersMax - 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > charactersMax / 2 ? space : undefined).trimEnd()}…`;
};

/**
 * One line of letters, digits and plain punctuation, at most `charactersMax` of them: no markup,
 * brackets, quotes, addresses or control characters, nothing that cannot be seen.
 */
export const plain = (text: unknown, charactersMax: number): string => {
  if (typeof text !== 'string') return '';
  const words = text
    .slice(0, readCharactersMax)
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(tags, ' ')
    .replace(addresses, ' ')
    .replace(notPlain, ' ')
    .replace(heaps, '$1')
    .split(/\s+/u)
    .filter((word) => word !== '' && word.length <= wordCharactersMax);
  return cutAt(words.join(' '), charactersMax);
};

/** Text of an answer: all of it may be read, but nothing in it may hide or reorder the rest. */
export const visible = (text: string): string =>
  text
    .replace(/\r\n?/gu, '\n')
    .replace(/[^\n\t\P{Cc}]/gu, ' ')
    .replace(invisible, '');

const markup = /[*_#`~|<>[\]{}\\"]+/gu;

/** The beginning of an answer as it can be said: one line without markup or addresses. */
export const spokenStart = (text: string, charactersMax: number): string =>
  cutAt(
    visible(text.slice(0, readCharactersMax))
      .replace(tags, ' ')
      .replace(addresses, ' ')
      .replace(markup, ' ')
      .replace(/\s+/gu, ' ')
      .replace(/ (?=[.,;:!?](?: |$))/gu, '')
      .trim(),
    charactersMax,
  );
