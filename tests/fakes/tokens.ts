/** How a language model's answer comes out in time: word-sized tokens at a steady pace. */

export interface Timing {
  /** From the complete request to the first token. */
  firstTokenMs: number;
  tokensPerSecond: number;
}

/** Words with the space before them; joined again they are exactly the text. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

/** Milliseconds after the request at which token `index` leaves. */
export function timeline({ firstTokenMs, tokensPerSecond }: Timing): (index: number) => number {
  return (index) => firstTokenMs + (Math.max(0, index) * 1000) / tokensPerSecond;
}

/** Text cut into pieces of `length` characters. */
export function slices(text: string, length: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += length) pieces.push(text.slice(at, at + length));
  return pieces;
}

/** Which times a text token stands for: the first of the answer, the end of its first sentence. */
export function marksOf(index: number, saidSoFar: string): string[] {
  const sentence = /[.!?]\s*$/.test(saidSoFar);
  return [...(index === 0 ? ['firstToken'] : []), ...(sentence ? ['firstSentence'] : [])];
}
