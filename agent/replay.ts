/** Text that can be read a second time: when one voice fails, the next begins at the beginning. */

export class Replay {
  readonly #pieces: string[] = [];
  #ended = false;
  #failed: unknown;
  #wake: (() => void)[] = [];

  constructor(source: AsyncIterable<string>) {
    void this.#read(source);
  }

  get isEmpty(): boolean {
    return this.#pieces.join('').trim() === '';
  }

  /** From the first piece on, then what is still to come. */
  stream(): ReadableStream<string> {
    return ReadableStream.from(this.#from());
  }

  async *#from(): AsyncGenerator<string> {
    for (let next = 0; ; ) {
      const piece = this.#pieces[next];
      if (piece !== undefined) {
        next += 1;
        yield piece;
      } else if (this.#ended) {
        if (this.#failed !== undefined) throw this.#failed;
        return;
      } else {
        await new Promise<void>((resolve) => this.#wake.push(resolve));
      }
    }
  }

  async #read(source: AsyncIterable<string>): Promise<void> {
    try {
      for await (const piece of source) {
        this.#pieces.push(piece);
        this.#stir();
      }
    } catch (error) {
      this.#failed = error;
    } finally {
      this.#ended = true;
      this.#stir();
    }
  }

  #stir(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
