/** One WebSocket kept alive: topics of many watchers, commands with their answers, reconnection. */

export interface CommandAnswer {
  ok: boolean;
  /** For the person. */
  say: string;
  code?: string;
}

export interface LineParts {
  /** Where to go, with a ticket that works once. */
  address(): Promise<string>;
  open(address: string): WebSocket;
  random(): number;
  /** What a command answers that got no answer. */
  sentences: { lost: string; slow: string; away: string };
}

interface Watcher {
  topics: readonly string[];
  event(event: { type: string }): void;
  back(): void;
}

interface Pending {
  finish(answer: CommandAnswer): void;
  timer: ReturnType<typeof setTimeout>;
}

const waitsMs = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
const pingEveryMs = 25_000;
const pongWithinMs = 10_000;
const commandWithinMs = 20_000;
/** Pages come and go: the socket stays for the next one. */
const lingerMs = 5_000;
const openState = 1;

export class Line {
  readonly #parts: LineParts;
  readonly #watchers = new Set<Watcher>();
  readonly #listeners = new Set<() => void>();
  readonly #pending = new Map<number, Pending>();
  #socket: WebSocket | undefined;
  #connecting = false;
  #closed = false;
  #failures = 0;
  #commands = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #linger: ReturnType<typeof setTimeout> | undefined;
  #heart: ReturnType<typeof setTimeout> | undefined;
  #opened: (() => void)[] = [];

  constructor(parts: LineParts) {
    this.#parts = parts;
    globalThis.window?.addEventListener('online', this.#wake);
    globalThis.document?.addEventListener('visibilitychange', this.#wake);
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === openState;
  }

  /** For `useSyncExternalStore`. */
  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @returns a function that ends the watching. */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    clearTimeout(this.#linger);
    if (this.isOpen) this.#subscribe();
    else this.#connect();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0 && this.isOpen) this.#subscribe();
      else this.#leaveLater();
    };
  }

  async command(tool: string, input: Record<string, unknown>): Promise<CommandAnswer> {
    if (!this.isOpen && !(await this.#ready())) {
      return { ok: false, say: this.#parts.sentences.away, code: 'line-away' };
    }
    this.#commands += 1;
    const id = this.#commands;
    return await new Promise((resolve) => {
      const finish = (answer: CommandAnswer): void => {
        clearTimeout(this.#pending.get(id)?.timer);
        this.#pending.delete(id);
        resolve(answer);
        if (this.#watchers.size === 0) this.#leaveLater();
      };
      const slow = { ok: false, say: this.#parts.sentences.slow, code: 'line-slow' };
      const timer = setTimeout(() => finish(slow), commandWithinMs);
      this.#pending.set(id, { finish, timer });
      this.#send({ type: 'command', id, tool, input });
    });
  }

  close(): void {
    this.#closed = true;
    globalThis.window?.removeEventListener('online', this.#wake);
    globalThis.document?.removeEventListener('visibilitychange', this.#wake);
    clearTimeout(this.#retry);
    this.#hangUp();
  }

  /** Whether the line opens within one try. */
  async #ready(): Promise<boolean> {
    if (this.#closed) return false;
    await new Promise<void>((resolve) => {
      this.#opened.push(resolve);
      clearTimeout(this.#linger);
      clearTimeout(this.#retry);
      this.#connect();
    });
    return this.isOpen;
  }

  #connect(): void {
    if (this.#closed || this.#connecting || this.#socket) return;
    clearTimeout(this.#retry);
    this.#connecting = true;
    this.#parts.address().then(
      (address) => this.#open(address),
      () => this.#lost(),
    );
  }

  #open(address: string): void {
    if (this.#closed) {
      this.#lost();
      return;
    }
    const socket = this.#parts.open(address);
    this.#socket = socket;
    socket.onopen = () => {
      this.#connecting = false;
      this.#failures = 0;
      this.#subscribe();
      this.#beat();
      this.#settled();
      for (const watcher of this.#watchers) watcher.back();
      if (this.#watchers.size === 0) this.#leaveLater();
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    socket.onclose = () => this.#lost();
  }

  #receive(data: unknown): void {
    const message = readObject(data);
    if (!message) return;
    if (message.type === 'pong') this.#beat();
    else if (message.type === 'ack') this.#acknowledge(message);
    else if (message.type !== 'subscribed' && message.type !== 'error') {
      for (const watcher of this.#watchers) watcher.event(message);
    }
  }

  #acknowledge({ id, ok, say, code }: Record<string, unknown>): void {
    const answer = { ok: ok === true, say: typeof say === 'string' ? say : '' };
    const known = typeof id === 'number' ? this.#pending.get(id) : undefined;
    known?.finish(typeof code === 'string' ? { ...answer, code } : answer);
  }

  #subscribe(): void {
    const topics = [...new Set([...this.#watchers].flatMap((watcher) => watcher.topics))];
    this.#send({ type: 'subscribe', topics });
  }

  /** A network that is gone without a word is noticed by the silence after a ping. */
  #beat(): void {
    clearTimeout(this.#heart);
    this.#heart = setTimeout(() => {
      this.#send({ type: 'ping' });
      this.#heart = setTimeout(() => this.#lost(), pongWithinMs);
    }, pingEveryMs);
  }

  #lost(): void {
    this.#connecting = false;
    this.#hangUp();
    if (this.#closed || this.#watchers.size === 0) return;
    const waitMs = waitsMs[Math.min(this.#failures, waitsMs.length - 1)] ?? 0;
    this.#failures += 1;
    clearTimeout(this.#retry);
    // Spread, so that the pages of a house do not all call in the same moment after a restart.
    this.#retry = setTimeout(() => this.#connect(), waitMs * (0.75 + this.#parts.random() / 2));
  }

  #leaveLater(): void {
    clearTimeout(this.#linger);
    this.#linger = setTimeout(() => {
      if (this.#watchers.size === 0 && this.#pending.size === 0) this.#hangUp();
    }, lingerMs);
  }

  #hangUp(): void {
    clearTimeout(this.#heart);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    }
    const lost = { ok: false, say: this.#parts.sentences.lost, code: 'line-lost' };
    for (const { finish } of [...this.#pending.values()]) finish(lost);
    this.#settled();
  }

  #settled(): void {
    for (const opened of this.#opened.splice(0)) opened();
    for (const listener of this.#listeners) listener();
  }

  /** The network is back, or the page is looked at again: no reason to wait any longer. */
  readonly #wake = (): void => {
    if (this.#watchers.size === 0 || globalThis.document?.hidden) return;
    this.#failures = 0;
    this.#connect();
  };

  #send(message: object): void {
    if (this.isOpen) this.#socket?.send(JSON.stringify(message));
  }
}

function readObject(data: unknown): ({ type: string } & Record<string, unknown>) | undefined {
  try {
    const value: unknown = JSON.parse(String(data));
    if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
    return typeof value.type === 'string' ? { ...value, type: value.type } : undefined;
  } catch {
    return undefined;
  }
}
