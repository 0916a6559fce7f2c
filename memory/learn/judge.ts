/** What a mind is asked about facts; whoever asks also reads, and checks, the answer. */
import type { Embedder } from '../embed.ts';
import type { Fact } from '../facts.ts';
import { type Likeness, verdictsIn } from './answer.ts';
import {
  comparable,
  type NewFactText,
  namesOther,
  nearTo,
  sameInWords,
  vectorsOf,
} from './near.ts';
import { comparisonOf, type Pair, type Question } from './prompt.ts';
import type { Judged } from './write.ts';

export type Ask = (question: Question, signal: AbortSignal) => Promise<string>;

/** The mind of this house, for as long as the house is open. */
export interface Asking {
  ask: Ask;
  signal: AbortSignal;
}

/** What is compared with known facts. */
interface Compared extends NewFactText {
  category: Fact['category'];
  /** The known fact that it is said to change or repeat. */
  about?: Fact | undefined;
}

const askWithinMs = 30_000;
const embedWithinMs = 10_000;
const triesMax = 2;
const beyondMax = 8;

export class Judge {
  readonly #embedder: Embedder;
  readonly #count: (kind: string) => void;

  constructor(embedder: Embedder, count: (kind: string) => void) {
    this.#embedder = embedder;
    this.#count = count;
  }

  /** The known facts near to a new one, and what they are to each other. */
  async judge(candidate: Compared, known: readonly Fact[], asking: Asking): Promise<Judged[]> {
    const { fact, category, slot, about } = candidate;
    const compared = comparable(fact, known, new Set(slot === undefined ? [] : [slot]));
    const vectors = await this.vectors(
      compared.map((other) => other.fact),
      asking.signal,
    );
    const near = nearTo(candidate, compared, vectors);
    const named = known.find(({ id }) => id === about?.id);
    if (named && !near.includes(named)) near.push(named);
    const judged = await this.#compare(fact, near, asking);
    if (judged.some(({ likeness }) => likeness === 'same' || likeness === 'replaces'))
      return judged;
    const rest = compared.filter((one) => one.category === category && !near.includes(one));
    return [...judged, ...(await this.#beyond(fact, rest.slice(0, beyondMax), asking))];
  }

  async #compare(fact: string, others: readonly Fact[], asking: Asking): Promise<Judged[]> {
    const open = others.filter((other) => !sameInWords(fact, other.fact));
    const pairs = open.map((other) => ({ candidate: fact, known: other }));
    const verdicts = await this.#verdicts(pairs, asking);
    return others.map((other) => {
      const place = open.indexOf(other);
      const verdict = place < 0 ? 'same' : verdicts[place];
      // Oslo is not Bergen, whatever a mind says.
      const isWrong = verdict === 'same' && namesOther(fact, other.fact);
      return { fact: other, likeness: isWrong ? undefined : verdict };
    });
  }

  /** Facts of its kind in quite other words: a mind must say twice that one is the same or gone. */
  async #beyond(fact: string, others: readonly Fact[], asking: Asking): Promise<Judged[]> {
    const first = await this.#compare(fact, others, asking);
    const found = first.filter(({ likeness }) => likeness === 'same' || likeness === 'replaces');
    const sure: Judged[] = [];
    for (const one of found) {
      const [again] = await this.#compare(fact, [one.fact], asking);
      if (again?.likeness === one.likeness) sure.push(one);
    }
    return sure;
  }

  async #verdicts(pairs: readonly Pair[], asking: Asking): Promise<(Likeness | undefined)[]> {
    if (pairs.length === 0) return [];
    const read = (text: string) => {
      const found = verdictsIn(text, pairs.length);
      return found.some((one) => one !== undefined) ? found : undefined;
    };
    const found = await this.answer(comparisonOf(pairs), asking, read);
    if (!found) this.#count('answer.undecided');
    return found ?? pairs.map(() => undefined);
  }

  /** Asks, and once more where the answer could not be read. */
  async answer<Read>(
    question: Question,
    { ask, signal }: Asking,
    read: (text: string, isLast: boolean) => Read | undefined,
  ): Promise<Read | undefined> {
    for (let tried = 1; tried <= triesMax; tried += 1) {
      this.#count('mind.asked');
      const limit = AbortSignal.any([signal, AbortSignal.timeout(askWithinMs)]);
      const found = read(await ask(question, limit), tried === triesMax);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Undefined where nothing makes them. */
  vectors(texts: string[], signal: AbortSignal): Promise<Float32Array[] | undefined> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(embedWithinMs)]);
    return vectorsOf(this.#embedder, texts, limit);
  }
}
