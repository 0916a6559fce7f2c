/** The first reading of a person's facts, page by page: what is there can be searched meanwhile. */
import type { FactRow } from '../facts.ts';
import { inSlices } from './slices.ts';

/** On the embedded database a turn's question waits behind a page: some 15 ms. */
const pageRows = 250;

interface Page {
  ids: readonly number[];
  rows: Promise<FactRow[]>;
}

interface Parts {
  /** The most important first. */
  ids: readonly number[];
  read: (ids: readonly number[]) => Promise<FactRow[]>;
  take: (rows: readonly FactRow[]) => void;
}

export class Loading {
  readonly #parts: Parts;
  readonly #left: Set<number>;
  #order: readonly number[];
  #asked = 0;
  /** Read while the page before it is being taken. */
  #ahead: Page | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#order = parts.ids;
    this.#left = new Set(parts.ids);
  }

  /** How many are not there yet. */
  get left(): number {
    return this.#left.size;
  }

  /** These were read as a change, or are gone: what a page says of them is older. */
  settle(ids: Iterable<number>): void {
    for (const id of ids) this.#left.delete(id);
  }

  /** Only these are still to be found in the database. */
  keep(ids: ReadonlySet<number>): void {
    for (const id of this.#left) if (!ids.has(id)) this.#left.delete(id);
  }

  stop(): void {
    this.#left.clear();
  }

  /** One more page. Not while `run` is at work. */
  async step(): Promise<void> {
    const page = this.#ahead ?? this.#ask();
    this.#ahead = undefined;
    const rows = await page.rows;
    if (this.#left.size > page.ids.length) this.#ahead = this.#ask();
    await inSlices(rows, (some) => this.#parts.take(some.filter(({ id }) => this.#left.has(id))));
    this.settle(page.ids);
  }

  /** Until all are there. When it was rejected the next call goes on with what is left. */
  run(): Promise<void> {
    this.#running ??= this.#all().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #all(): Promise<void> {
    try {
      while (this.#left.size > 0) await this.step();
    } catch (error) {
      this.#order = [...this.#left];
      this.#asked = 0;
      this.#ahead = undefined;
      throw error;
    }
  }

  #ask(): Page {
    const ids: number[] = [];
    while (ids.length < pageRows && this.#asked < this.#order.length) {
      const id = this.#order[this.#asked] as number;
      if (this.#left.has(id)) ids.push(id);
      this.#asked += 1;
    }
    const rows = ids.length > 0 ? this.#parts.read(ids) : Promise.resolve([]);
    // Who waits for the page hears of it; nobody may wait for it any more.
    rows.catch(() => undefined);
    return { ids, rows };
  }
}
