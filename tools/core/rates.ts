/** How often a person may call a tool: more than people ask is a loop, or somebody else. */
import type { Effect } from './define.ts';

const perMs = 60_000;
const usually: Record<Effect, number> = { read: 60, write: 20, danger: 10 };

export interface Rated {
  name: string;
  effect: Effect;
  callsPerMinute?: number;
}

/** Calls of the last minute, by person and tool; `now` in milliseconds, monotonic. */
export class Rates {
  readonly #now: () => number;
  readonly #calls = new Map<string, number[]>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @returns 0 and counts the call, else the milliseconds until there is room for one. */
  take(personId: string, { name, effect, callsPerMinute }: Rated): number {
    const most = callsPerMinute ?? usually[effect];
    const key = `${personId} ${name}`;
    const now = this.#now();
    const recent = (this.#calls.get(key) ?? []).filter((atMs) => atMs > now - perMs);
    const [first] = recent;
    this.#calls.set(key, recent);
    if (recent.length >= most && first !== undefined) return first + perMs - now;
    recent.push(now);
    return 0;
  }
}
