/** Tells the truth about the database: fails at once while it is away, and notices its return. */
import { DatabaseError, messageOf } from './error.ts';

export interface State {
  state: 'ready' | 'starting' | 'failed' | 'off';
  sentence: string;
}

/** Pino's shape. */
export interface MemoryLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
  debug(about: object, message: string): void;
}

const probeEveryMs = 1_000;

/** SQLSTATE classes 08 and 57P, and what the socket or postgres.js says. */
const lostCodes =
  /^(08...|57P0.|53300|E[A-Z]+|CONNECT_TIMEOUT|CONNECTION_(CLOSED|DESTROYED|ENDED))$/;

/** Whether an error means that the database cannot be reached, not that a query is wrong. */
export const isLost = (error: unknown): boolean =>
  lostCodes.test((error as { code?: string } | undefined)?.code ?? '') ||
  (error instanceof DatabaseError && error.code === 'database-unreachable');

export class Health {
  #state: State;
  #probing: NodeJS.Timeout | undefined;
  #closed = false;
  #ready = Promise.withResolvers<void>();
  readonly #probe: () => Promise<void>;
  readonly #log: MemoryLog;

  /** @param probe asks the database something; resolves when it can be used. */
  constructor(first: State, probe: () => Promise<void>, log: MemoryLog) {
    this.#state = first;
    this.#probe = probe;
    this.#log = log;
    if (first.state === 'ready') this.#ready.resolve();
    else this.#again(0);
  }

  state(): State {
    return { ...this.#state };
  }

  /** A connection broke or a query was not answered: asks again until there is an answer. */
  suspect(error: unknown): void {
    // While it starts or is away, it is being asked already.
    if (this.#closed || this.#state.state !== 'ready') return;
    this.#ready = Promise.withResolvers();
    this.#state = { state: 'failed', sentence: 'The database does not answer: asking again.' };
    this.#log.warn({ error: messageOf(error) }, 'the database does not answer');
    this.#again(0);
  }

  /** @throws DatabaseError at once when the database is away; waits a little while it starts. */
  async usable(waitMs: number): Promise<void> {
    if (this.#state.state === 'ready') return;
    if (this.#state.state === 'starting') {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, waitMs);
      await Promise.race([this.#ready.promise, promise]);
      clearTimeout(timer);
      if (this.state().state === 'ready') return;
    }
    throw new DatabaseError({ code: 'database-unreachable' }, this.#state.sentence);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#probing);
    this.#state = { state: 'off', sentence: 'The database is closed.' };
  }

  #again(afterMs: number): void {
    clearTimeout(this.#probing);
    this.#probing = setTimeout(() => void this.#ask(), afterMs);
    this.#probing.unref();
  }

  async #ask(): Promise<void> {
    try {
      await this.#probe();
    } catch (error) {
      if (this.#closed) return;
      this.#state = {
        ...this.#state,
        sentence: `The database does not answer: ${messageOf(error).replace(/\.?$/, '.')}`,
      };
      return this.#again(probeEveryMs);
    }
    if (this.#closed) return;
    if (this.#state.state === 'failed') this.#log.info({}, 'the database answers again');
    this.#state = { state: 'ready', sentence: 'The database answers.' };
    this.#ready.resolve();
  }
}
