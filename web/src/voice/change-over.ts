/** When LiveKit does not carry the voice, the WebSocket does, until the page is loaded again. */
import type { ConnectionEvents, VoiceConnection } from './connection.ts';

type Transport = VoiceConnection['transport'];

/** Two losses within this time are no accident. */
const lossesWithinMs = 60_000;
const lossesMax = 2;

export class ChangeOver {
  readonly #now: () => number;
  readonly #changed: () => void;
  #losses: number[] = [];
  #over = false;
  /** Something on this page needs the WebSocket, whatever LiveKit can do. */
  socketWanted = false;

  /** @param now milliseconds. */
  constructor(now: () => number, changed: () => void) {
    this.#now = now;
    this.#changed = changed;
  }

  /** What to ask of the house: empty where it may choose. */
  get wish(): { transport?: 'websocket' } {
    return this.#over || this.socketWanted ? { transport: 'websocket' } : {};
  }

  get over(): boolean {
    return this.#over;
  }

  /** The house offered this transport, and it could not be opened. */
  failed(transport: Transport): void {
    if (transport === 'livekit') this.#go();
  }

  /** The same events; on the way it sees whether the transport came up and how often it broke. */
  watch(transport: Transport, events: ConnectionEvents): ConnectionEvents {
    if (transport !== 'livekit') return events;
    let wasReady = false;
    return {
      ...events,
      ready: () => {
        wasReady = true;
        events.ready();
      },
      lost: (reason) => {
        if (wasReady) this.#lost();
        else this.#go();
        events.lost(reason);
      },
    };
  }

  #lost(): void {
    const now = this.#now();
    this.#losses = [...this.#losses.filter((at) => now - at < lossesWithinMs), now];
    if (this.#losses.length >= lossesMax) this.#go();
  }

  #go(): void {
    if (this.#over) return;
    this.#over = true;
    this.#changed();
  }
}
