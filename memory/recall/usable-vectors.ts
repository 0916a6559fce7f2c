/** Which stored vectors may be compared: those of the present model, all of one dimension. */
import type { Embedder } from '../embed.ts';
import type { Vector } from '../facts.ts';

export class UsableVectors {
  readonly #embedder: Embedder;
  #dimension: number | undefined;

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
  }

  /** Whether what was taken so far turns out to be of another dimension than the model's. */
  changed(): boolean {
    const dimension = this.#embedder.dimension();
    const changed =
      dimension !== undefined && this.#dimension !== undefined && dimension !== this.#dimension;
    this.#dimension = dimension ?? this.#dimension;
    return changed;
  }

  /** The vector, or undefined: then the row is found by its words until it is embedded anew. */
  of(vector: Vector | undefined): Float32Array | undefined {
    if (vector?.model !== this.#embedder.model) return undefined;
    // Before the model's first answer the first row says what to expect.
    this.#dimension ??= this.#embedder.dimension() ?? vector.values.length;
    return vector.values.length === this.#dimension ? vector.values : undefined;
  }

  fits(vector: Float32Array): boolean {
    return this.#dimension === undefined || vector.length === this.#dimension;
  }
}
