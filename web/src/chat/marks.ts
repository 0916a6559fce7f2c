/** Which words of a text are those that somebody searched for. */

export interface Piece {
  text: string;
  found: boolean;
}

const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
const termMin = 2;
/** Endings as in "timers" and "timer" may differ by this much, in words that are not short. */
const endingMax = 3;
const stemMin = 4;
const beforeFound = 120;
const excerptMax = 480;

/** Letters without case and accents. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The text in pieces; together they are the text. */
export function marksOf(text: string, query: string): Piece[] {
  const terms = [...query.matchAll(word)].map(([one]) => folded(one));
  const wanted = terms.filter((term) => term.length >= termMin);
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: own, index } of text.matchAll(word)) {
    if (!wanted.some((term) => fits(folded(own), term))) continue;
    if (index > end) pieces.push({ text: text.slice(end, index), found: false });
    pieces.push({ text: own, found: true });
    end = index + own.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), found: false });
  return pieces;
}

function fits(own: string, term: string): boolean {
  if (own.startsWith(term)) return true;
  return own.length >= stemMin && own.length >= term.length - endingMax && term.startsWith(own);
}

export function holds(text: string, query: string): boolean {
  return marksOf(text, query).some(({ found }) => found);
}

/** Without the signs of markdown, of which an excerpt would show halves. */
export function unsigned(text: string): string {
  return text
    .replace(/\*\*|__|~~|`+/g, '')
    .replace(/(^|\s)[*_](\S[^*_\n]*)[*_](?=\W|$)/g, '$1$2')
    .replace(/^#{1,6} +/gm, '')
    .replace(/^[|: -]+\|[|: -]*\n/gm, '');
}

/** What of a long text is shown: some words before the first that was found, and what follows. */
export function excerptOf(text: string, query: string): string {
  if (text.length <= excerptMax) return text;
  const [first, ...rest] = marksOf(text, query);
  const foundAt = first && !first.found && rest.length > 0 ? first.text.length : 0;
  const wanted = Math.max(0, foundAt - beforeFound);
  const start = wanted === 0 ? 0 : text.indexOf(' ', wanted) + 1;
  const end = Math.min(text.length, start + excerptMax);
  return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`;
}
