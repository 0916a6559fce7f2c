/** Which entries a term is in, and how rare it is. */

interface Posting {
  slots: number[];
  counts: number[];
}

const none: Posting = { slots: [], counts: [] };

export class Postings {
  readonly #numbers = new Map<string, number>();
  readonly #postings: Posting[] = [];
  readonly #free: number[] = [];
  /** Of each entry: the numbers of its terms. */
  readonly #terms: (Int32Array | undefined)[] = [];
  readonly #words: (string | undefined)[] = [];
  readonly #lengths: number[] = [];
  /** By number of a term, while an entry's terms are counted; all 0 in between. */
  readonly #counts: number[] = [];
  #entries = 0;
  #lengthSum = 0;

  /** Terms of an entry on average. */
  get averageLength(): number {
    return this.#lengthSum / Math.max(1, this.#entries);
  }

  /** The slot must be empty. */
  put(slot: number, terms: readonly string[]): void {
    const counts = this.#counts;
    const distinct: number[] = [];
    for (const term of terms) {
      const number = this.#numberOf(term);
      const count = counts[number] ?? 0;
      if (count === 0) distinct.push(number);
      counts[number] = count + 1;
    }
    for (const number of distinct) {
      const posting = this.#postings[number] as Posting;
      posting.slots.push(slot);
      posting.counts.push(counts[number] as number);
      counts[number] = 0;
    }
    this.#terms[slot] = Int32Array.from(distinct);
    this.#lengths[slot] = terms.length;
    this.#lengthSum += terms.length;
    this.#entries += 1;
  }

  remove(slot: number): void {
    const terms = this.#terms[slot];
    if (!terms) return;
    for (const number of terms) this.#take(number, slot);
    this.#lengthSum -= this.#lengths[slot] as number;
    this.#entries -= 1;
    this.#terms[slot] = undefined;
    this.#lengths[slot] = 0;
  }

  /** How many terms the entry has, each as often as it is there. */
  lengthOf(slot: number): number {
    return this.#lengths[slot] ?? 0;
  }

  of(term: string): Posting {
    return this.#postings[this.#numbers.get(term) ?? -1] ?? none;
  }

  /** Inverse document frequency; a term that no entry has is the rarest. */
  rarity(term: string): number {
    const found = this.of(term).slots.length;
    return Math.log(1 + (this.#entries - found + 0.5) / (found + 0.5));
  }

  /** Of each number of these terms how rare it is, 1 in one entry only and 0 in all of them. */
  rareness(terms: readonly string[]): ReadonlyMap<number, number> {
    const all = Math.log(this.#entries + 1);
    return new Map(
      terms.flatMap((term) => {
        const number = this.#numbers.get(term);
        if (number === undefined) return [];
        return [[number, 1 - Math.log(this.of(term).slots.length) / all]];
      }),
    );
  }

  /** The greatest rareness of a term that the entry has; 0 where it has none of them. */
  rarestOf(slot: number, rareness: ReadonlyMap<number, number>): number {
    let rarest = 0;
    for (const number of this.#terms[slot] ?? []) {
      rarest = Math.max(rarest, rareness.get(number) ?? 0);
    }
    return rarest;
  }

  #numberOf(term: string): number {
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    const number = this.#free.pop() ?? this.#postings.length;
    this.#numbers.set(term, number);
    this.#words[number] = term;
    this.#postings[number] = { slots: [], counts: [] };
    return number;
  }

  #take(number: number, slot: number): void {
    const { slots, counts } = this.#postings[number] as Posting;
    const at = slots.lastIndexOf(slot);
    const lastSlot = slots.pop() as number;
    const lastCount = counts.pop() as number;
    if (at < slots.length) {
      slots[at] = lastSlot;
      counts[at] = lastCount;
    }
    if (slots.length > 0) return;
    // The word itself goes too: what was forgotten stays nowhere.
    this.#numbers.delete(this.#words[number] as string);
    this.#words[number] = undefined;
    this.#free.push(number);
  }
}
