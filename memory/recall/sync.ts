/** One piece of catching up at a time; who asks meanwhile gets one that begins after they asked. */

export class Sync {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #beganAtMs = Number.NEGATIVE_INFINITY;
  #distrusted = 0;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** When the last one that was completed began, by `performance.now()`. */
  get asOfMs(): number {
    return this.#beganAtMs;
  }

  /** What was seen so far does not count any more, also what is being read just now. */
  distrust(): void {
    this.#distrusted += 1;
    this.#beganAtMs = Number.NEGATIVE_INFINITY;
  }

  /** Resolves when everything that was committed before this call has been seen. */
  run(): Promise<void> {
    if (this.#running === undefined) return this.#start();
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.#start();
      });
    return this.#next;
  }

  #start(): Promise<void> {
    const beganAtMs = performance.now();
    const distrusted = this.#distrusted;
    const running = this.#work().then(
      () => {
        if (distrusted === this.#distrusted) this.#beganAtMs = beganAtMs;
        this.#running = undefined;
      },
      (error: unknown) => {
        this.#running = undefined;
        throw error;
      },
    );
    this.#running = running;
    return running;
  }
}
