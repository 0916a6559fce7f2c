/** Work that nobody waits for: one piece at a time for each person, and never too much of it. */
import type { MemoryLog } from '../database.ts';

/** More than a lively conversation leaves behind while a mind answers slowly. */
const perPersonMax = 8;
const allMax = 64;
const finishWithinMs = 5_000;

export class Queue {
  readonly #log: MemoryLog;
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #waiting = new Map<string, number>();
  readonly #end = new AbortController();
  #all = 0;
  #closed = false;

  constructor(log: MemoryLog) {
    this.#log = log;
  }

  /** @returns what `work` gives; undefined when it was dropped or failed. Never rejects. */
  async add<Result>(
    personId: string,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result | undefined> {
    const waiting = this.#waiting.get(personId) ?? 0;
    if (this.#closed || waiting >= perPersonMax || this.#all >= allMax) {
      this.#log.warn({ waiting, all: this.#all }, 'too much to learn at once; this was dropped');
      return undefined;
    }
    this.#count(personId, 1);
    const before = this.#last.get(personId) ?? Promise.resolve();
    const own = before.then(() => this.#run(work)).finally(() => this.#count(personId, -1));
    this.#last.set(personId, own);
    void own.then(() => {
      if (this.#last.get(personId) === own) this.#last.delete(personId);
    });
    return await own;
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values());
  }

  /** Finishes what can be finished soon; the rest is dropped, and that is logged. */
  async close(): Promise<void> {
    this.#closed = true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), finishWithinMs);
    });
    const ended = await Promise.race([this.idle(), late]);
    clearTimeout(timer);
    if (ended !== 'late') return;
    this.#log.warn({ dropped: this.#all }, 'the house closed before everything was learned');
    this.#end.abort();
    await this.idle();
  }

  async #run<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result | undefined> {
    if (this.#end.signal.aborted) return undefined;
    try {
      return await work(this.#end.signal);
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string };
      this.#log.warn({ kind: name, code }, 'nothing could be learned from a turn');
      return undefined;
    }
  }

  #count(personId: string, by: number): void {
    const waiting = (this.#waiting.get(personId) ?? 0) + by;
    this.#all += by;
    if (waiting === 0) this.#waiting.delete(personId);
    else this.#waiting.set(personId, waiting);
  }
}
