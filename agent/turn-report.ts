/** When a turn of a conversation is over, and what is said about it then: once, without words. */
import { randomUUID } from 'node:crypto';
import type { Caller } from './caller.ts';
import type { Clocks } from './clocks.ts';
import type { ButlerState, Transport, TurnEvents } from './events.ts';
import type { Turns } from './turns.ts';

interface ReportParts {
  clocks: Clocks;
  events: TurnEvents;
  turns: Pick<Turns, 'add'>;
  caller: Caller;
  transport: Transport;
  /** Wall clock. */
  now: () => Date;
  /** Tools are under way: resolves when none is any more. */
  busy: () => Promise<void> | undefined;
}

/** After its tools the mind goes on; where it does not within this, the turn is over. */
const goesOnWithinMs = 1_500;

/** Follows one conversation; a turn is open from its words to the end of its answer. */
export class TurnReport {
  readonly #parts: ReportParts;
  #open = false;
  /** The answer has begun: the next silence is its end, not that of the answer before. */
  #answering = false;
  #state: ButlerState = 'listening';
  #faults: string[] = [];
  #id: string = randomUUID();

  constructor(parts: ReportParts) {
    this.#parts = parts;
    parts.events.on((event) => {
      if (event.type === 'error') this.#faults.push(event.code);
      if (event.type !== 'tool-end') return;
      const { type: _type, id: _id, ...mark } = event;
      parts.clocks.tool(mark);
    });
  }

  /** Of the turn that is open; undefined while none is. */
  get openId(): string | undefined {
    return this.#open ? this.#id : undefined;
  }

  /** Of the turn that is open, or was last. */
  get turnId(): string {
    return this.#id;
  }

  /**
   * A new turn begins, and ends the one before; to be called before the clocks turn to it.
   * @param speaks the answer may already be on its way.
   */
  begin(): void {
    if (this.#open) {
      this.#parts.clocks.interrupted();
      this.#finish();
    }
    this.#faults = [];
    this.#id = randomUUID();
    this.#open = true;
    this.#answering = this.#state === 'thinking';
  }

  follow(state: ButlerState): void {
    this.#state = state;
    if (state !== 'listening') this.#answering = true;
    else if (this.#open && this.#answering) this.#fallSilent();
  }

  /** Silent after "I am looking": while its tool runs, the answer is not over. */
  #fallSilent(): void {
    const busy = this.#parts.busy();
    if (!busy) {
      this.#finish();
      return;
    }
    const id = this.#id;
    const end = (): void => {
      if (this.#open && this.#id === id && this.#state === 'listening') this.#finish();
    };
    void busy.then(() => setTimeout(end, goesOnWithinMs).unref());
  }

  /** The conversation ends: what is open is over. */
  close(): void {
    if (this.#open) this.#finish();
  }

  #finish(): void {
    this.#open = false;
    const { clocks, events, turns, caller, transport, now } = this.#parts;
    const spokenAtMs = now().getTime() - clocks.sinceLastSampleMs;
    const record = {
      id: this.#id,
      at: new Date(spokenAtMs).toISOString(),
      door: caller.door,
      transport,
      personId: caller.personId,
      clocks: clocks.read(),
      faults: [...new Set(this.#faults)],
    };
    turns.add(record);
    events.emit({ type: 'turn', ...record });
  }
}
