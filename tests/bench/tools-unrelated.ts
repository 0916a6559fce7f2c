/** Two thousand sentences that no tool should take, made of frames and of near misses. */
import * as english from './tools-unrelated-english.ts';
import * as german from './tools-unrelated-german.ts';
import { chooser } from './tools-variants.ts';

export interface Unrelated {
  said: string;
  language: 'en' | 'de';
}

interface Corpus {
  words: Record<string, readonly string[]>;
  frames: readonly string[];
  near: readonly string[];
}

/** Every sentence that a frame stands for. */
const filled = (frame: string, words: Corpus['words']): string[] => {
  const gap = /\{(\w+)\}/.exec(frame);
  if (!gap) return [frame];
  const [whole, name = ''] = gap;
  return (words[name] ?? []).flatMap((word) => filled(frame.replace(whole, word), words));
};

const shuffled = (sentences: readonly string[], pick: (of: number) => number): string[] => {
  const rest = [...sentences];
  return sentences.map(() => rest.splice(pick(rest.length), 1)[0] ?? '');
};

/** All near misses, and as many filled frames as are wanted, each sentence once. */
const from = ({ words, frames, near }: Corpus, count: number): string[] => {
  const pick = chooser(11);
  const ways = frames.map((frame) => shuffled(filled(frame, words), pick));
  const made: string[] = [];
  // One of each frame, then a second one: a frame with many gaps would drown the rest.
  for (let at = 0; near.length + made.length < count; at++) {
    const round = ways.flatMap((sentences) => sentences[at] ?? []);
    if (round.length === 0) break;
    made.push(...round);
  }
  return [...new Set([...near, ...made])].slice(0, count);
};

/** @param count half of them English, half German. */
export const unrelated = (count = 2_000): Unrelated[] =>
  (['en', 'de'] as const).flatMap((language) =>
    from(language === 'en' ? english : german, count / 2).map((said) => ({ said, language })),
  );
