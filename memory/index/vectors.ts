/** The vectors of all entries in one block, and their likeness to a vector. */
import { DotBlock } from './dots.ts';

/** A vector has another length than those that are here; they come from two models. */
export class VectorLengthError extends Error {
  readonly code = 'vector-length';
  constructor(length: number, expected: number) {
    super(
      `This vector has ${length} numbers, those of this index have ${expected}. ` +
        'Compare vectors of one model only: embed the text again.',
    );
    this.name = 'VectorLengthError';
  }
}

export class Vectors {
  #length = 0;
  #block: DotBlock | undefined;
  readonly #has: boolean[] = [];

  /** How many numbers each vector has; 0 as long as there was none. */
  get length(): number {
    return this.#length;
  }

  /** Raises VectorLengthError. */
  check(vector: Float32Array): void {
    if (vector.length === 0 || (this.#length !== 0 && vector.length !== this.#length)) {
      throw new VectorLengthError(vector.length, this.#length);
    }
  }

  put(slot: number, vector: Float32Array): void {
    this.check(vector);
    this.#length = vector.length;
    this.#block ??= new DotBlock(vector.length);
    this.#block.set(slot, vector);
    this.#has[slot] = true;
  }

  remove(slot: number): void {
    if (!this.#has[slot]) return;
    this.#has[slot] = false;
    this.#block?.set(slot, new Float32Array(this.#length));
  }

  /** A copy. */
  of(slot: number): Float32Array | undefined {
    return this.#has[slot] ? this.#block?.get(slot) : undefined;
  }

  /** The dot product of one entry's vector with this one; undefined where it has none. */
  likenessOf(slot: number, vector: Float32Array): number | undefined {
    return this.of(slot)?.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0);
  }

  /** The dot product of each entry's vector with this one, by slot; NaN where there is none. */
  likeness(vector: Float32Array, scores: Float32Array): void {
    this.check(vector);
    scores.fill(Number.NaN);
    const dots = this.#block?.with(vector, scores.length) ?? [];
    for (let slot = 0; slot < dots.length; slot++) {
      if (this.#has[slot]) scores[slot] = dots[slot] as number;
    }
  }
}
