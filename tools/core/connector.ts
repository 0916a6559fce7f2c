/** The connection of one integration: made at the first use, once for all who wait. */
import type { Down } from './breaker.ts';
import type { AnyTool, Integration } from './define.ts';

const connectWithinMs = 10_000;
/** What must stay connected is tried again so often while it is away. */
const wakeEveryMs = 30_000;

type Discovered = (tools: Readonly<Record<string, AnyTool>>) => void;

/** Rejects when the signal aborts, whether or not the work minds it. */
export const orAborted = async <Value>(
  work: Promise<Value>,
  signal: AbortSignal,
): Promise<Value> => {
  let release = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    release = () => signal.removeEventListener('abort', onAbort);
  });
  return await Promise.race([work, aborted]).finally(release);
};

export class Connector {
  readonly found: Integration;
  readonly #config: Record<string, unknown>;
  readonly #closing = new AbortController();
  readonly #discovered: Discovered;
  #connecting: Promise<unknown> | undefined;
  #waking: NodeJS.Timeout | undefined;
  #failedAtMs: number | undefined;
  /** Counts the times that tools were asked for: only the latest answer counts. */
  #asked = 0;

  constructor(
    found: Integration,
    config: Record<string, unknown>,
    discovered: Discovered = () => {},
  ) {
    this.found = found;
    this.#config = config;
    this.#discovered = discovered;
  }

  /** The client; after a failure it is made anew. */
  get = (): Promise<unknown> => {
    this.#connecting ??= this.#connect();
    return this.#connecting;
  };

  /** Itself, while it cannot be connected. */
  get away(): Down[] {
    if (this.#failedAtMs === undefined) return [];
    return [{ integration: this.found.name, forMs: performance.now() - this.#failedAtMs }];
  }

  /** Connects now, and again and again until it is there. Never throws. */
  wake(): void {
    if (!this.found.awake || this.#closing.signal.aborted) return;
    this.get().catch(() => {
      this.#waking = setTimeout(() => this.wake(), wakeEveryMs);
      this.#waking.unref();
    });
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('The house is closing.'));
    const connecting = this.#connecting;
    if (connecting !== undefined) await this.found.close?.(await connecting);
    clearTimeout(this.#waking);
  }

  async #connect(): Promise<unknown> {
    const limit = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(connectWithinMs)]);
    // A connection is made at the earliest one step later: `get` knows of it by then.
    const connected = Promise.resolve().then(() => this.found.connect?.(this.#config, limit));
    try {
      const client = await orAborted(connected, limit);
      if (this.found.discover) await orAborted(this.#discover(client), limit);
      this.#failedAtMs = undefined;
      return client;
    } catch (error) {
      this.#connecting = undefined;
      this.#failedAtMs ??= performance.now();
      // Nobody will hold what comes too late, or cannot say its tools: it is let go of.
      connected.then((client) => this.found.close?.(client)).catch(() => {});
      throw error;
    }
  }

  async #discover(client: unknown): Promise<void> {
    const again = (): void => {
      if (this.#closing.signal.aborted) return;
      // A service that goes away meanwhile keeps the tools that were known of it.
      this.#discover(client).catch(() => {});
    };
    this.#asked += 1;
    const asked = this.#asked;
    const tools = await this.found.discover?.(client, again);
    if (tools && asked === this.#asked) this.#discovered(tools);
  }
}
