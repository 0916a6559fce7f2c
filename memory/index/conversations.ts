/** What was said before and after: the entries of each conversation in their order. */

interface Placed {
  id: number;
  atMs: number;
  session: string;
}

const nobody = -1;

export class Conversations {
  readonly #slots = new Map<string, number[]>();
  readonly #placed: (Placed | undefined)[] = [];
  #before = new Int32Array(64).fill(nobody);
  #after = new Int32Array(64).fill(nobody);

  /** By slot: the slot of the entry before it; -1 for none. */
  get before(): Int32Array {
    return this.#before;
  }

  get after(): Int32Array {
    return this.#after;
  }

  put(slot: number, placed: Placed): void {
    if (slot >= this.#before.length) this.#grow(slot);
    this.#placed[slot] = placed;
    const slots = this.#slots.get(placed.session) ?? [];
    this.#slots.set(placed.session, slots);
    let at = slots.length;
    while (at > 0 && isAfter(this.#placed[slots[at - 1] as number], placed)) at -= 1;
    slots.splice(at, 0, slot);
    this.#link(slots[at - 1] ?? nobody, slot);
    this.#link(slot, slots[at + 1] ?? nobody);
  }

  remove(slot: number): void {
    const placed = this.#placed[slot];
    if (!placed) return;
    this.#link(this.#before[slot] as number, this.#after[slot] as number);
    this.#before[slot] = nobody;
    this.#after[slot] = nobody;
    this.#placed[slot] = undefined;
    const slots = this.#slots.get(placed.session) as number[];
    slots.splice(slots.indexOf(slot), 1);
    if (slots.length === 0) this.#slots.delete(placed.session);
  }

  #link(before: number, after: number): void {
    if (before !== nobody) this.#after[before] = after;
    if (after !== nobody) this.#before[after] = before;
  }

  #grow(slot: number): void {
    const size = Math.max(slot + 1, this.#before.length * 2);
    const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const links = new Int32Array(size).fill(nobody);
      links.set(old);
      return links;
    };
    this.#before = grown(this.#before);
    this.#after = grown(this.#after);
  }
}

const isAfter = (a: Placed | undefined, b: Placed): boolean =>
  a !== undefined && (a.atMs > b.atMs || (a.atMs === b.atMs && a.id > b.id));
