/** Lets several clients use one Postgres backend, one transaction after the other. */
import { Cutter, closeStatement, fatal, query, StatusReader, sync, welcome } from './wire.ts';

export interface Client {
  send(bytes: Buffer): void;
  /** Ends the connection from our side. */
  cut(): void;
}

export interface Session {
  receive(chunk: Buffer): void;
  /** The client is gone: what it left open is rolled back. */
  leave(): void;
}

export interface BackendParts {
  /** Runs one batch on the backend and hands out its answer; throws when the backend is lost. */
  execute(batch: Buffer, answer: (bytes: Buffer) => void): Promise<void>;
  /** Of the server: server_version, client_encoding and so on. */
  parameters: Record<string, string>;
  /** How long a client may hold an open transaction and say nothing. */
  silentMs: number;
  /** The backend cannot go on. */
  lost(error: unknown): void;
}

interface Seat extends Session {
  batches: Buffer[];
  prepared: Set<string>;
  client: Client;
  gone: boolean;
}

/**
 * A seat owns the backend from its first batch until ReadyForQuery says idle: nobody's statements
 * come between another's, and an unnamed statement is bound by the one who parsed it. Whatever a
 * client had set for its session is undone before another one's turn.
 */
export class Backend {
  readonly #parts: BackendParts;
  #owner: Seat | undefined;
  #last: Seat | undefined;
  #waiting: Seat[] = [];
  #leaving: Seat[] = [];
  #busy = false;
  #silence: NodeJS.Timeout | undefined;

  constructor(parts: BackendParts) {
    this.#parts = parts;
  }

  join(client: Client): Session {
    const cutter = new Cutter();
    const seat: Seat = {
      batches: [],
      prepared: new Set(),
      client,
      gone: false,
      receive: (chunk) => this.#receive(seat, cutter, chunk),
      leave: () => {
        if (seat.gone) return;
        seat.gone = true;
        seat.batches = [];
        this.#leaving.push(seat);
        this.#next();
      },
    };
    return seat;
  }

  /** Runs work of our own while nobody is in a transaction. */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#own.push(async () => {
      await work().then(resolve, reject);
    });
    this.#next();
    return promise;
  }
  #own: (() => Promise<void>)[] = [];

  #receive(seat: Seat, cutter: Cutter, chunk: Buffer): void {
    if (seat.gone) return;
    try {
      for (const cut of cutter.take(chunk)) {
        if (cut.kind === 'encryption') seat.client.send(Buffer.from('N'));
        else if (cut.kind === 'startup') seat.client.send(welcome(this.#parts.parameters));
        else if (cut.kind === 'batch') {
          seat.batches.push(cut.bytes);
          for (const name of cut.prepared) seat.prepared.add(name);
        } else this.#cut(seat);
      }
    } catch {
      this.#cut(seat);
    }
    if (seat.batches.length > 0 && !this.#waiting.includes(seat)) this.#waiting.push(seat);
    this.#next();
  }

  #cut(seat: Seat): void {
    seat.client.cut();
    seat.leave();
  }

  /** The next thing to run, or nothing while the owner thinks. */
  #choose(): (() => Promise<void>) | undefined {
    const leaving = this.#leaving.findIndex((seat) => !this.#owner || this.#owner === seat);
    if (leaving >= 0) {
      const [seat] = this.#leaving.splice(leaving, 1);
      if (seat) return () => this.#tidyAfter(seat);
    }
    const own = this.#owner ? undefined : this.#own.shift();
    if (own) return own;
    const seat = this.#owner ?? this.#waiting.find(({ batches }) => batches.length > 0);
    const batch = seat?.batches.shift();
    if (!seat || !batch) return undefined;
    this.#waiting = this.#waiting.filter((other) => other !== seat);
    if (seat.batches.length > 0) this.#waiting.push(seat);
    return () => this.#run(seat, batch);
  }

  #next(): void {
    if (this.#busy) return;
    const work = this.#choose();
    if (!work) {
      this.#listenForSilence();
      return;
    }
    clearTimeout(this.#silence);
    this.#busy = true;
    void work()
      .catch((error) => this.#parts.lost(error))
      .finally(() => {
        this.#busy = false;
        this.#next();
      });
  }

  async #run(seat: Seat, batch: Buffer): Promise<void> {
    if (this.#last !== seat) {
      if (this.#last) await this.#quietly(query('reset role; reset all'));
      this.#last = seat;
    }
    this.#owner = seat;
    const reader = new StatusReader();
    await this.#parts.execute(batch, (bytes) => {
      reader.take(bytes);
      if (!seat.gone) seat.client.send(bytes);
    });
    if (reader.status === 'I') this.#owner = undefined;
  }

  /** Rolls back what a client left open and drops the statements that it had prepared. */
  async #tidyAfter(seat: Seat): Promise<void> {
    if (this.#owner === seat) {
      const status = await this.#quietly(sync());
      if (status !== 'I') await this.#quietly(query('rollback'));
      this.#owner = undefined;
    }
    if (seat.prepared.size > 0) {
      const names = [...seat.prepared].map(closeStatement);
      await this.#quietly(Buffer.concat([...names, sync()]));
    }
  }

  async #quietly(batch: Buffer): Promise<string | undefined> {
    const reader = new StatusReader();
    await this.#parts.execute(batch, (bytes) => reader.take(bytes));
    return reader.status;
  }

  #listenForSilence(): void {
    clearTimeout(this.#silence);
    const owner = this.#owner;
    if (!owner) return;
    this.#silence = setTimeout(() => {
      const sentence = `This client held a transaction for ${this.#parts.silentMs} ms in silence.`;
      owner.client.send(fatal('25P03', sentence));
      this.#cut(owner);
    }, this.#parts.silentMs);
  }
}
