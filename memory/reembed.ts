/** Gives a vector of the present model to every row that has none, while nobody is speaking. */
import type { Database, MemoryLog } from './database.ts';
import { sleep } from './embed/waiting.ts';
import type { Embedder } from './embed.ts';
import { EmbeddingError } from './embed.ts';
import { createShelves, type Shelf, type Stale } from './reembed/shelves.ts';

export interface ReembeddingState {
  model: string;
  /** Of the present pass, or of the last one. */
  done: number;
  total: number;
  running: boolean;
  /** Texts that the model does not take; they are found by their words. */
  refused: number;
}

export interface Reembedding {
  state(): ReembeddingState;
  /** Looks now instead of at the next interval: something without a vector was written. */
  look(): void;
  /** Ends after the batch that is under way. */
  close(): Promise<void>;
}

export interface ReembeddingTiming {
  lookEveryMs: number;
  /** While a turn is running. */
  busyMs: number;
  /** Between batches: the machine has other things to do. */
  breathMs: number;
  /** After the embeddings server or the database failed. */
  failedMs: number;
}

const TIMING: ReembeddingTiming = {
  lookEveryMs: 30_000,
  busyMs: 250,
  breathMs: 20,
  failedMs: 10_000,
};
const ROWS_PER_BATCH = 8;
const LOG_EVERY_SHARE = 0.1;

export interface ReembeddingParts {
  database: Database;
  embedder: Embedder;
  /** Whether somebody waits for an answer. */
  busy: () => boolean;
  log: MemoryLog;
  timing?: Partial<ReembeddingTiming>;
}

/** Starts the work of the server process; there is one of it in a house. */
export const startReembedding = (parts: ReembeddingParts): Reembedding => new Job(parts);

class Job implements Reembedding {
  readonly #embedder: Embedder;
  readonly #busy: () => boolean;
  readonly #log: MemoryLog;
  readonly #timing: ReembeddingTiming;
  readonly #shelves: Shelf[];
  readonly #end = new AbortController();
  readonly #finished: Promise<void>;
  #wake: () => void = () => undefined;
  #wanted = false;
  #state: ReembeddingState;
  /** Rows of this model with another dimension are looked for once; that reads every vector. */
  #checkedDimension: number | undefined;
  #loggedShare = 0;

  constructor({ database, embedder, busy, log, timing }: ReembeddingParts) {
    this.#embedder = embedder;
    this.#busy = busy;
    this.#log = log;
    this.#timing = { ...TIMING, ...timing };
    this.#shelves = createShelves(database);
    this.#state = { model: embedder.model, done: 0, total: 0, running: false, refused: 0 };
    this.#finished = this.#run();
  }

  state(): ReembeddingState {
    return { ...this.#state };
  }

  look(): void {
    this.#wanted = true;
    this.#wake();
  }

  async close(): Promise<void> {
    this.#end.abort();
    this.#wake();
    await this.#finished;
  }

  async #run(): Promise<void> {
    while (!this.#end.signal.aborted) {
      let waitMs = this.#timing.lookEveryMs;
      try {
        await this.#pass();
      } catch (error) {
        if (this.#end.signal.aborted) break;
        waitMs = Math.min(waitMs, this.#timing.failedMs);
        // The embedder has logged its own failures.
        if (!(error instanceof EmbeddingError)) {
          const code = (error as { code?: unknown } | undefined)?.code;
          this.#log.warn({ code }, 're-embedding waits: the database did not answer');
        }
      }
      this.#state.running = false;
      await this.#rest(waitMs);
    }
  }

  async #pass(): Promise<void> {
    if (this.#embedder.state().state === 'off') return;
    const dimension = await this.#dimension();
    const stale: Stale = {
      model: this.#embedder.model,
      dimension: this.#checkedDimension === dimension ? undefined : dimension,
    };
    const counts = await Promise.all(this.#shelves.map((shelf) => shelf.count(stale)));
    const total = counts.reduce((sum, count) => sum + count, 0);
    // What the model refused last time is tried again with the next new text.
    if (total <= this.#state.refused) {
      this.#checkedDimension = dimension;
      return;
    }
    this.#begin(total);
    for (const [at, shelf] of this.#shelves.entries()) {
      if ((counts[at] ?? 0) > 0) await this.#fill(shelf, stale);
    }
    this.#checkedDimension = dimension;
    this.#log.info({ ...this.#state, running: false }, 'all memories are embedded');
  }

  #begin(total: number): void {
    const { model } = this.#embedder;
    this.#state = { model, done: 0, total, running: true, refused: 0 };
    this.#loggedShare = 0;
    this.#log.info({ model, total }, 'memories without a vector of this model are being embedded');
  }

  /** Known before rows are compared with it. */
  async #dimension(): Promise<number | undefined> {
    if (this.#embedder.dimension() === undefined) {
      await this.#embedder.embed(['dimension'], 'document', this.#end.signal);
    }
    return this.#embedder.dimension();
  }

  async #fill(shelf: Shelf, stale: Stale): Promise<void> {
    const signal = this.#end.signal;
    let after: number | undefined;
    while (!signal.aborted) {
      while (this.#busy()) await sleep(this.#timing.busyMs, signal);
      const rows = await shelf.next({ ...stale, after, limit: ROWS_PER_BATCH });
      if (rows.length === 0) return;
      after = rows[rows.length - 1]?.id;
      const vectors = await this.#vectors(rows.map(({ text }) => text));
      const model = this.#embedder.model;
      const filled = rows.flatMap((row, at) => {
        const values = vectors[at];
        return values ? [{ ...row, vector: { model, values } }] : [];
      });
      await shelf.put(filled);
      this.#progress(rows.length, rows.length - filled.length);
      await sleep(this.#timing.breathMs, signal);
    }
  }

  /** All at once; where the server refuses that, one by one, without the one that it refuses. */
  async #vectors(texts: string[]): Promise<(Float32Array | undefined)[]> {
    const signal = this.#end.signal;
    const refused = (error: unknown): boolean =>
      error instanceof EmbeddingError && error.aboutTheText;
    try {
      return await this.#embedder.embed(texts, 'document', signal);
    } catch (error) {
      if (!refused(error)) throw error;
    }
    const vectors: (Float32Array | undefined)[] = [];
    for (const text of texts) {
      const one = this.#embedder.embed([text], 'document', signal).then(([vector]) => vector);
      vectors.push(
        await one.catch((error: unknown) => {
          if (!refused(error)) throw error;
          return undefined;
        }),
      );
    }
    return vectors;
  }

  #progress(rows: number, refused: number): void {
    const state = this.#state;
    state.done += rows;
    state.refused += refused;
    const share = state.done / Math.max(1, state.total);
    if (share < this.#loggedShare + LOG_EVERY_SHARE || share >= 1) return;
    this.#loggedShare = share;
    const { done, total, model } = state;
    const percent = Math.floor(share * 100);
    this.#log.info({ done, total, model, percent }, 'memories are being embedded');
  }

  async #rest(ms: number): Promise<void> {
    if (this.#end.signal.aborted) return;
    if (!this.#wanted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        timer.unref();
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = () => undefined;
    }
    this.#wanted = false;
  }
}
