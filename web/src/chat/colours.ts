/** Colours for code, fetched with the first answer that has some. */
import rehypeHighlight from 'rehype-highlight';

/** Never guessed: what names no language, or one that is not known, stays in one colour. */
export const colours = [[rehypeHighlight, { detect: false }]] as [
  [typeof rehypeHighlight, { detect: boolean }],
];
