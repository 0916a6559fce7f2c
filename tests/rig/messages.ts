/** What a door has told a client so far, and waiting for what it has yet to say. */

/** A JSON message of surface.md, with the time of its arrival. */
export interface Message {
  type: string;
  atMs: number;
  [field: string]: unknown;
}

interface Waiter {
  wants(message: Message): boolean;
  resolve(message: Message): void;
  reject(error: Error): void;
}

interface Wish {
  withinMs?: number;
  /** Messages before this time do not count. */
  sinceMs?: number;
}

export class Messages {
  readonly all: Message[] = [];
  readonly #waiters = new Set<Waiter>();
  #ended: string | undefined;

  /** Notes a JSON message; anything without a `type` is noted as `malformed`. */
  receive(text: string, atMs = performance.now()): Message {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      body = undefined;
    }
    const typed = typeof body === 'object' && body !== null && 'type' in body ? body : undefined;
    const message = { ...(typed ?? { type: 'malformed', text }), atMs } as Message;
    this.all.push(message);
    for (const waiter of this.#waiters) if (waiter.wants(message)) waiter.resolve(message);
    return message;
  }

  of(type: string): Message[] {
    return this.all.filter((message) => message.type === type);
  }

  /** The first message of the type that fits, come already or still to come. */
  waitFor(
    type: string,
    fits: (message: Message) => boolean = () => true,
    { withinMs = 5_000, sinceMs = 0 }: Wish = {},
  ): Promise<Message> {
    const wants = (message: Message) =>
      message.type === type && message.atMs >= sinceMs && fits(message);
    const there = this.all.find(wants);
    if (there) return Promise.resolve(there);
    if (this.#ended) return Promise.reject(new Error(this.#ended));
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        wants,
        resolve: (message) => {
          settle();
          resolve(message);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        const last = this.all.slice(-6).map((message) => JSON.stringify(message));
        const seen = last.length > 0 ? last.join(' ') : 'nothing at all';
        waiter.reject(new Error(`No such ${type} within ${withinMs} ms; last came: ${seen}`));
      }, withinMs);
      this.#waiters.add(waiter);
    });
  }

  /** Nothing more will come: whoever waits is told why. */
  end(reason: string): void {
    this.#ended ??= reason;
    for (const waiter of this.#waiters) waiter.reject(new Error(reason));
  }
}
