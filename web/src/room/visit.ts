/** One conversation in a room: from the house's permission until nobody has anything to say. */
import type { Session } from '../api/api.ts';
import type { ConnectionEvents, VoiceConnection } from '../voice/connection.ts';
import type { ServerMessage } from '../voice/messages.ts';
import { Patience } from './patience.ts';

const lookEveryMs = 150;
/** A house that had something to tell begins within this. */
const tellWithinMs = 8_000;

export interface VisitParts {
  connect(session: Session, events: ConnectionEvents): Promise<VoiceConnection>;
  /** How loud the microphone is, 0..1. */
  level(): number;
  /** Whether the person wants to go on without the word after an answer that asks. */
  followUp(): boolean;
  /** Butler waits for a yes, a no or a PIN. */
  isAsked(): boolean;
  /** Milliseconds from any origin. */
  now(): number;
}

export interface VisitEvents {
  /** Butler hears from now on. */
  hears(): void;
  /** He hears no more, but his question stays open. */
  paused(): void;
  message(message: ServerMessage): void;
  connected(connection: VoiceConnection): void;
  /** Called once. `lost`: not by our will; `heard`: it had come about before. */
  over(end: { lost: boolean; heard: boolean; reason?: string | undefined }): void;
}

export class Visit {
  readonly #parts: VisitParts;
  readonly #events: VisitEvents;
  #connection: VoiceConnection | undefined;
  #patience: Patience | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #butler = 'listening';
  #expects = false;
  #spoke = false;
  #heard = false;
  #hearing = false;
  #listens = true;
  #told = false;
  #until = 0;
  #ready = false;
  #over = false;

  constructor(parts: VisitParts, events: VisitEvents) {
    this.#parts = parts;
    this.#events = events;
  }

  get level(): number {
    return this.#connection?.level ?? 0;
  }

  get speaking(): boolean {
    return this.#butler === 'speaking' || this.#connection?.sounding === true;
  }

  get connection(): VoiceConnection | undefined {
    return this.#ready && !this.#over ? this.#connection : undefined;
  }

  /**
   * Throws what the connecting throws.
   * @param listens false: nothing is heard here; the house tells something, such as a timer.
   */
  async open(session: Session, { listens }: { listens: boolean }): Promise<void> {
    this.#listens = listens;
    const connection = await this.#parts.connect(session, this.#connectionEvents());
    if (this.#over) return connection.close();
    this.#connection = connection;
    this.#events.connected(connection);
    if (this.#ready) await this.#begin();
  }

  /** Butler listens: at the beginning, and after a pause when the word was said again. */
  async hear(): Promise<void> {
    if (this.#over || this.#hearing || !this.#connection) return;
    this.#hearing = true;
    this.#heard = true;
    this.#told = true;
    this.#patience = new Patience(this.#parts.now());
    this.#watch();
    await this.#connection.startTalking('open');
    if (!this.#over) this.#events.hears();
  }

  /** Butler falls silent; the person has the floor. */
  hush(): void {
    this.#connection?.stop();
    this.#butler = 'listening';
    this.#spoke = false;
    this.#patience = new Patience(this.#parts.now());
  }

  close(): void {
    this.#end({ lost: false });
  }

  async #begin(): Promise<void> {
    if (this.#listens) return this.hear();
    this.#until = this.#parts.now() + tellWithinMs;
    this.#watch();
  }

  #watch(): void {
    this.#timer ??= setInterval(() => this.#look(), lookEveryMs);
  }

  #connectionEvents(): ConnectionEvents {
    return {
      ready: () => {
        this.#ready = true;
        if (this.#connection) void this.#begin();
      },
      message: (message) => this.#receive(message),
      interrupted: () => this.#end({ lost: true }),
      lost: (reason) => this.#end({ lost: true, reason }),
      soundBlocked: () => undefined,
    };
  }

  #receive(message: ServerMessage): void {
    if (this.#over) return;
    if (message.type === 'state') {
      this.#butler = message.state;
      this.#expects = message.expects === true;
      if (message.state === 'speaking') this.#spoke = true;
    }
    const said = message.type === 'transcript' && message.who === 'person';
    if (said && message.text.trim() !== '') this.#patience?.said(this.#parts.now());
    this.#events.message(message);
  }

  #look(): void {
    const { now, level, isAsked } = this.#parts;
    const busy = this.#butler !== 'listening' || this.speaking;
    const nowMs = now();
    if (!busy && this.#spoke) this.#answered(nowMs);
    if (!this.#hearing) {
      const told = this.#told || nowMs > this.#until;
      if (!busy && told && !isAsked()) this.close();
      return;
    }
    if (!this.#patience?.over({ nowMs, busy, level: level() })) return;
    if (isAsked()) this.#pause();
    else this.close();
  }

  /** The answer was heard to its end. */
  #answered(nowMs: number): void {
    this.#spoke = false;
    this.#told = true;
    const asks = this.#expects || this.#parts.isAsked();
    this.#patience?.answered({ nowMs, waits: asks && this.#parts.followUp() });
  }

  /** Sound stays on the device again, but a yes may still come. */
  #pause(): void {
    this.#hearing = false;
    void this.#connection?.stopTalking();
    this.#events.paused();
  }

  #end({ lost, reason }: { lost: boolean; reason?: string | undefined }): void {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#timer);
    this.#connection?.close();
    this.#events.over({ lost, heard: this.#heard, reason });
  }
}
