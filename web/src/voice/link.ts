/** Keeps one voice connection alive: opens it, notices its loss, and calls again with patience. */
import { Problem } from '../api/api.ts';
import type { ConnectionEvents, VoiceConnection } from './connection.ts';
import type { ServerMessage } from './messages.ts';

/** `off`: the house cannot give a voice connection; waiting would not help. */
export type LinkState = 'connecting' | 'connected' | 'reconnecting' | 'off';

const waitsMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

export interface LinkDependencies {
  /** Throws `Problem` when the house refuses. */
  connect(events: ConnectionEvents): Promise<VoiceConnection>;
  changed(state: LinkState, reason?: string): void;
  message(message: ServerMessage): void;
  soundBlocked(blocked: boolean): void;
  signedOut(): void;
  random(): number;
}

export class Link {
  readonly #dependencies: LinkDependencies;
  #connection: VoiceConnection | undefined;
  #attempt = 0;
  #failures = 0;
  #readyEarly = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  state: LinkState = 'connecting';

  constructor(dependencies: LinkDependencies) {
    this.#dependencies = dependencies;
  }

  /** Present while Butler listens. */
  get connection(): VoiceConnection | undefined {
    return this.state === 'connected' ? this.#connection : undefined;
  }

  /** Also while connecting: its element must be on the page from the start. */
  get anyConnection(): VoiceConnection | undefined {
    return this.#connection;
  }

  open(): void {
    this.#timer = undefined;
    this.#readyEarly = false;
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#dependencies.connect(this.#events(attempt)).then(
      (connection) => this.#keep(attempt, connection),
      (error: unknown) => this.#fail(attempt, error),
    );
  }

  /** The network came back, or the person asks: no reason to wait any longer. */
  retryNow(): void {
    if (this.state === 'off') this.#become('connecting');
    else if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.open();
  }

  /** The page stood still: a connection may be dead though nobody has said so. */
  renew(): boolean {
    if (this.state !== 'connected') return false;
    this.close();
    this.#become('connecting');
    this.open();
    return true;
  }

  close(): void {
    this.#attempt += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#connection?.close();
    this.#connection = undefined;
  }

  #keep(attempt: number, connection: VoiceConnection): void {
    if (attempt !== this.#attempt) {
      connection.close();
      return;
    }
    this.#connection = connection;
    if (this.#readyEarly) this.#beReady();
    else this.#dependencies.changed(this.state);
  }

  #beReady(): void {
    this.#failures = 0;
    this.#become('connected');
  }

  #events(attempt: number): ConnectionEvents {
    const ifCurrent =
      <Arguments extends unknown[]>(act: (...values: Arguments) => void) =>
      (...values: Arguments) => {
        if (attempt === this.#attempt) act(...values);
      };
    return {
      ready: ifCurrent(() => {
        // Butler may be in the room before we have finished entering it.
        if (this.#connection) this.#beReady();
        else this.#readyEarly = true;
      }),
      message: ifCurrent((message: ServerMessage) => this.#dependencies.message(message)),
      interrupted: ifCurrent(() => {
        if (this.state === 'connected') this.#become('reconnecting');
      }),
      lost: ifCurrent((reason?: string) => this.#fail(attempt, reason)),
      soundBlocked: ifCurrent((blocked: boolean) => this.#dependencies.soundBlocked(blocked)),
    };
  }

  #fail(attempt: number, reason: unknown): void {
    if (attempt !== this.#attempt) return;
    this.#attempt += 1;
    this.#connection = undefined;
    if (reason instanceof Problem && reason.status === 401) {
      this.#dependencies.signedOut();
      return;
    }
    if (reason instanceof Problem && reason.lasting) {
      this.#become('off', reason.detail);
      return;
    }
    this.#become('reconnecting', sentence(reason));
    const waitMs = waitsMs[Math.min(this.#failures, waitsMs.length - 1)] as number;
    this.#failures += 1;
    // Spread, so that the pages of a house do not all call in the same moment after a restart.
    const spread = 0.75 + this.#dependencies.random() / 2;
    this.#timer = setTimeout(() => this.open(), waitMs * spread);
  }

  #become(state: LinkState, reason?: string): void {
    this.state = state;
    this.#dependencies.changed(state, reason);
  }
}

function sentence(reason: unknown): string | undefined {
  if (reason instanceof Problem) return reason.status === 0 ? undefined : reason.detail;
  return typeof reason === 'string' && reason !== '' ? reason : undefined;
}
