/** The fast path: sentences that tools declare, matched word by word without a model. Pure. */
import type { AnyTool } from '../tools/core/define.ts';
import { parsePattern, saysByLanguage } from '../tools/core/says.ts';
import { Compiler, firstWords, requiredWords, type Step } from './fastpath/graph.ts';
import {
  closings,
  fillers,
  openings,
  type Tongue,
  tongueOf,
  toWords,
  type Word,
  wordsMax,
} from './fastpath/sentence.ts';

export { examplesOf } from './fastpath/examples.ts';
export { isBackchannel, looksComplete } from './fastpath/listening.ts';

export type FastTool = Pick<AnyTool, 'input' | 'says' | 'unfit' | 'examples'> & { name: string };

export interface FastMatch {
  /** Full name, for `runTool`. */
  tool: string;
  input: Record<string, unknown>;
}

interface Pattern {
  tool: FastTool;
  start: Step;
  /** Words without which it cannot match: most patterns are passed over by these alone. */
  required: readonly string[];
}

/** What a way through a pattern has taken up so far, from its end backwards. */
interface Found {
  literal: number;
  free: number;
  slots: Slots | undefined;
}

interface Slots {
  name: string;
  value: unknown;
  rest: Slots | undefined;
}

const better = (a: Found | undefined, b: Found | undefined): Found | undefined => {
  if (!a || !b) return a ?? b;
  if (a.literal !== b.literal) return a.literal > b.literal ? a : b;
  return b.free < a.free ? b : a;
};

/** One sentence against the graphs. Each step is tried once per position: no explosion. */
class Sentence {
  readonly #words: readonly Word[];
  readonly #plain: readonly string[];
  readonly #fillers: ReadonlySet<string>;
  readonly #known = new Map<number, Found | undefined>();
  constructor(words: readonly Word[], tongue: Tongue) {
    this.#words = words;
    this.#plain = words.map(({ word }) => word);
    this.#fillers = fillers[tongue];
  }

  follow(step: Step, at: number): Found | undefined {
    if (step.type === 'end') {
      const rest = this.#plain.slice(at).every((word) => this.#fillers.has(word));
      return rest ? { literal: 0, free: 0, slots: undefined } : undefined;
    }
    const key = step.id * (wordsMax + 1) + at;
    if (this.#known.has(key)) return this.#known.get(key);
    const found = this.#take(step, at) ?? this.#skip(step, at);
    this.#known.set(key, found);
    return found;
  }

  #skip(step: Step, at: number): Found | undefined {
    const filler = at < this.#plain.length && this.#fillers.has(this.#plain[at] ?? '');
    return filler ? this.follow(step, at + 1) : undefined;
  }

  #take(step: Exclude<Step, { type: 'end' }>, at: number): Found | undefined {
    if (step.type === 'word') {
      if (this.#plain[at] !== step.word) return undefined;
      const found = this.follow(step.next, at + 1);
      return found && { ...found, literal: found.literal + 1 };
    }
    if (step.type === 'fork') {
      return step.ways
        .map((way) => this.follow(way, at))
        .reduce<Found | undefined>((best, found) => better(best, found), undefined);
    }
    if (step.type === 'set') {
      const found = this.follow(step.next, at);
      return (
        found && { ...found, slots: { name: step.name, value: step.value, rest: found.slots } }
      );
    }
    let best: Found | undefined;
    for (const reading of step.read(this.#words, this.#plain, at)) {
      const found = this.follow(step.next, reading.end);
      if (!found) continue;
      const free = found.free + (step.free ? reading.end - at : 0);
      const slots = { name: step.name, value: reading.value, rest: found.slots };
      best = better(best, { literal: found.literal, free, slots });
    }
    return best;
  }
}

const inputOf = (slots: Slots | undefined): Record<string, unknown> => {
  const input: Record<string, unknown> = {};
  for (let slot = slots; slot; slot = slot.rest) input[slot.name] ??= slot.value;
  return input;
};

class Book {
  readonly #byFirstWord = new Map<string, Pattern[]>();
  readonly #anyFirstWord: Pattern[] = [];
  readonly #tongue: Tongue;
  readonly #compiler: Compiler;
  constructor(tongue: Tongue) {
    this.#tongue = tongue;
    this.#compiler = new Compiler(tongue);
  }

  add(tool: FastTool, says: string): void {
    const start = this.#compiler.steps(parsePattern(says), tool.input);
    const pattern = { tool, start, required: [...requiredWords(start)] };
    const first = firstWords(start);
    if (!first) this.#anyFirstWord.push(pattern);
    for (const word of first ?? []) {
      const others = this.#byFirstWord.get(word);
      if (others) others.push(pattern);
      else this.#byFirstWord.set(word, [pattern]);
    }
  }

  match(words: readonly Word[]): FastMatch | undefined {
    const sentence = new Sentence(words, this.#tongue);
    const first = words.find(({ word }) => !fillers[this.#tongue].has(word))?.word ?? '';
    const candidates = [...(this.#byFirstWord.get(first) ?? []), ...this.#anyFirstWord];
    const fits: Ranked[] = [];
    const unfit: Ranked[] = [];
    const present = new Set(words.map(({ word }) => word));
    for (const { tool, start, required } of candidates) {
      if (!required.every((word) => present.has(word))) continue;
      const found = sentence.follow(start, 0);
      if (!found) continue;
      const input = inputOf(found.slots);
      const { literal, free } = found;
      const parsed = tool.input.safeParse(input);
      const explains = parsed.error?.issues.every(({ path }) => tool.unfit?.[String(path[0])]);
      if (parsed.success) fits.push({ tool: tool.name, input, literal, free });
      else if (explains) unfit.push({ tool: tool.name, input, literal, free });
    }
    return winner(fits.length > 0 ? fits : unfit);
  }
}

interface Ranked extends FastMatch {
  literal: number;
  free: number;
}

/** Most literal words, then fewest free ones; what is still equal must mean the same. */
const winner = (ranked: readonly Ranked[]): FastMatch | undefined => {
  const [best, ...others] = ranked.toSorted((a, b) => b.literal - a.literal || a.free - b.free);
  if (!best) return undefined;
  const meaning = ({ tool, input }: Ranked) => JSON.stringify([tool, Object.entries(input).sort()]);
  const rivals = others.filter((o) => o.literal === best.literal && o.free === best.free);
  return rivals.every((rival) => meaning(rival) === meaning(best))
    ? { tool: best.tool, input: best.input }
    : undefined;
};

const isAt = (words: readonly Word[], at: number, phrase: readonly string[]): boolean =>
  phrase.every((word, offset) => words[at + offset]?.word === word);

/** The sentence without the politeness around it, then with more and more of it. */
function* unwrapped(words: readonly Word[], tongue: Tongue): Generator<readonly Word[]> {
  const isFiller = (word: Word | undefined) => fillers[tongue].has(word?.word ?? '');
  const starts = [0];
  for (let at = 0; ; ) {
    while (isFiller(words[at])) at++;
    const opening = openings[tongue].find((phrase) => isAt(words, at, phrase));
    if (!opening) break;
    at += opening.length;
    starts.push(at);
  }
  const ends = [words.length];
  for (let to = words.length; ; ) {
    while (to > 0 && isFiller(words[to - 1])) to--;
    const closing = closings[tongue].find((phrase) =>
      isAt(words.slice(0, to), to - phrase.length, phrase),
    );
    if (!closing) break;
    to -= closing.length;
    ends.push(to);
  }
  for (const from of starts.reverse()) {
    for (const to of ends.toReversed()) if (from < to) yield words.slice(from, to);
  }
}

export interface FastPath {
  /** @returns the one tool that the whole sentence names, or undefined: leave it to the mind. */
  match(text: string, language: string): FastMatch | undefined;
}

/** Compiles the sentences of all tools; patterns were checked when the tools were loaded. */
export const compileFastPath = (tools: Iterable<FastTool>): FastPath => {
  const books: Record<Tongue, Book> = { en: new Book('en'), de: new Book('de') };
  for (const tool of tools) {
    for (const [language, patterns] of Object.entries(saysByLanguage(tool.says))) {
      if (language !== 'en' && language !== 'de') continue;
      for (const pattern of patterns) books[language].add(tool, pattern);
    }
  }
  return {
    match: (text, language) => {
      const tongue = tongueOf(language);
      const words = toWords(text, tongue);
      if (!words) return undefined;
      for (const sentence of unwrapped(words, tongue)) {
        const found = books[tongue].match(sentence);
        if (found) return found;
      }
      return undefined;
    },
  };
};
