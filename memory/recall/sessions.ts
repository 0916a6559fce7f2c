/** Which messages belong to one conversation: at one door, without a long pause. */
import type { Message } from '../history.ts';

const pauseMs = 30 * 60_000;

export class Sessions {
  readonly #byTurn = new Map<string, string>();
  readonly #last = new Map<string, { name: string; atMs: number }>();
  #count = 0;

  /** The name of the message's conversation. Messages come in the order in which they were said. */
  of({ turn, door, at }: Pick<Message, 'turn' | 'door' | 'at'>): string {
    const known = this.#byTurn.get(turn);
    const name = known ?? this.#nameFor(door, at.getTime());
    this.#byTurn.set(turn, name);
    const last = this.#last.get(door);
    const atMs = Math.max(at.getTime(), last?.atMs ?? 0);
    if (!last || last.name === name || at.getTime() >= last.atMs)
      this.#last.set(door, { name, atMs });
    return name;
  }

  #nameFor(door: string, atMs: number): string {
    const last = this.#last.get(door);
    // One that was restored is older than the last: it stands alone.
    const goesOn = last && atMs >= last.atMs && atMs - last.atMs <= pauseMs;
    if (goesOn) return last.name;
    this.#count += 1;
    return `${door}/${this.#count}`;
  }
}
