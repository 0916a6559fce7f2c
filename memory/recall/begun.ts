/** The embedding that was begun on the words so far, while the person was still speaking. */
import type { Embedder } from '../embed.ts';
import { sameWords, wordsShared } from './partial.ts';

/** With so many of the words a vector of the part still finds what the whole means. */
const nearlyAll = 0.7;
/** What was begun for an utterance that never came is of no use later. */
const freshMs = 10_000;

interface Begun {
  text: string;
  atMs: number;
  vector: Promise<Float32Array | undefined>;
  /** Set as soon as it is there. */
  ready: Float32Array | undefined;
}

export class BegunVectors {
  readonly #embedder: Embedder;
  readonly #byPerson = new Map<string, Begun>();

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
  }

  begin(personId: string, text: string): void {
    if (text.trim() === '') return;
    const last = this.#byPerson.get(personId);
    if (last && sameWords(last.text, text)) return;
    this.#byPerson.set(personId, this.#start(text));
  }

  /**
   * The vector of the text when it comes in time; else that of nearly all of its words; else none.
   * Never rejects.
   */
  async take(personId: string, text: string, late: Promise<unknown>) {
    const begun = this.#byPerson.get(personId);
    this.#byPerson.delete(personId);
    const usable = begun && performance.now() - begun.atMs < freshMs ? begun : undefined;
    const whole =
      usable && sameWords(usable.text, text) ? usable : text.trim() ? this.#start(text) : undefined;
    const vector = await Promise.race([whole?.vector, late]);
    if (vector instanceof Float32Array) return vector;
    return usable && wordsShared(usable.text, text) >= nearlyAll ? usable.ready : undefined;
  }

  drop(personId: string): void {
    this.#byPerson.delete(personId);
  }

  #start(text: string): Begun {
    const begun: Begun = {
      text,
      atMs: performance.now(),
      // Without a vector the words alone are searched; the embedder tells how it is.
      vector: this.#embedder.embed([text], 'query').then(
        ([vector]) => {
          begun.ready = vector;
          return vector;
        },
        () => undefined,
      ),
      ready: undefined,
    };
    return begun;
  }
}
