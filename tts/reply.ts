/** One reply: clauses are heard in order, while the next ones are already being made. */
import { APIConnectionError, type APIError, isAPIError } from '@livekit/agents';
import { SpokenAccount } from './account.ts';
import { Framer, LeadTrim, SAMPLES_PER_MS } from './pcm.ts';

export interface Clause {
  /** As the mind wrote it. */
  text: string;
  /** As it is read aloud; '' is skipped. */
  spoken: string;
}

export interface ReplyOptions {
  /** Sound of one text; may throw before or after its first sound. */
  make: (spoken: string) => AsyncIterable<Int16Array>;
  /** How many clauses are made at the same time, the one being heard included. */
  concurrency: number;
  signal: AbortSignal;
  /** The clause goes to the voice now. */
  onClause?: ((clause: Clause) => void) | undefined;
  /** The first sound that is heard; how much silence stood before it. */
  onFirstSound?: ((leadingSilenceMs: number) => void) | undefined;
  /** A clause was given up after sound of the reply was heard. */
  onLost: (error: APIError) => void;
}

/** Sound that is read ahead of the listener. */
class Ahead {
  readonly #parts: Int16Array[] = [];
  #over = false;
  #error: unknown;
  #wake = () => {};
  /** Settles when the source is exhausted, with or without an error. */
  readonly settled: Promise<void>;

  constructor(source: AsyncIterable<Int16Array>) {
    this.settled = this.#pump(source);
  }

  async #pump(source: AsyncIterable<Int16Array>): Promise<void> {
    try {
      for await (const samples of source) {
        this.#parts.push(samples);
        this.#wake();
      }
    } catch (error) {
      this.#error = error;
    }
    this.#over = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Int16Array> {
    for (;;) {
      const samples = this.#parts.shift();
      if (samples) {
        yield samples;
        continue;
      }
      if (this.#error) throw this.#error;
      if (this.#over) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

interface Waiting {
  clause: Clause;
  sound?: Ahead;
}

export class Reply {
  readonly account = new SpokenAccount();
  readonly #options: ReplyOptions;
  readonly #line: Waiting[] = [];
  #running = 0;
  #complete = false;
  #wake = () => {};

  constructor(options: ReplyOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.end(), { once: true });
  }

  add(clause: Clause): void {
    if (this.#complete) return;
    this.#line.push({ clause });
    this.#start();
  }

  /** No more clauses come. */
  end(): void {
    this.#complete = true;
    this.#wake();
  }

  #start(): void {
    const { make, concurrency, onClause, signal } = this.#options;
    for (const waiting of this.#line) {
      if (this.#running >= concurrency || signal.aborted) break;
      if (waiting.sound || !waiting.clause.spoken) continue;
      this.#running++;
      onClause?.(waiting.clause);
      waiting.sound = new Ahead(make(waiting.clause.spoken));
      void waiting.sound.settled.then(() => {
        this.#running--;
        this.#start();
      });
    }
    this.#wake();
  }

  async *#inOrder(): AsyncGenerator<{ clause: Clause; sound: Ahead | undefined }> {
    for (;;) {
      const head = this.#line[0];
      if (this.#options.signal.aborted || (!head && this.#complete)) return;
      if (head && (head.sound || !head.clause.spoken)) {
        this.#line.shift();
        yield { clause: head.clause, sound: head.sound };
        continue;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /**
   * Frames of 20 ms, the last one marked: it is filled up with silence. Nothing after an abort.
   * @throws {APIError} when the reply failed before anything of it was heard.
   */
  async *frames(): AsyncGenerator<{ samples: Int16Array; final: boolean }> {
    const framer = new Framer();
    const trim = new LeadTrim();
    let heard = false;
    for await (const { clause, sound } of this.#inOrder()) {
      this.account.begin(clause.text);
      try {
        for await (const samples of sound ?? []) {
          if (this.#options.signal.aborted) return;
          const audible = trim.push(samples);
          if (audible.length === 0) continue;
          if (!heard) this.#options.onFirstSound?.(trim.silenceMs);
          heard = true;
          this.account.add(audible.length / SAMPLES_PER_MS);
          for (const frame of framer.push(audible)) yield { samples: frame, final: false };
        }
      } catch (error) {
        if (this.#options.signal.aborted) return;
        const failure = isAPIError(error)
          ? error
          : new APIConnectionError({ message: String(error), options: { retryable: false } });
        if (!heard) throw failure;
        this.#options.onLost(failure);
      }
    }
    this.account.end();
    if (this.#options.signal.aborted) return;
    for (const frame of framer.push(trim.end())) yield { samples: frame, final: false };
    if (heard) yield { samples: framer.end(), final: true };
  }
}
