/** What the house lends to tools, by shape alone: tools import nothing of its makers. */
import type { DeedsPort } from './deeds-port.ts';
import type { HealthPort } from './health-port.ts';
import type { MemoryPort } from './memory-port.ts';
import type { PeoplePort } from './people-port.ts';
import type { Shelves } from './shelf-port.ts';

export interface Timer {
  id: string;
  ownerId: string;
  name?: string | undefined;
  /** Milliseconds since 1970 when it was set and when it is due. */
  setAtMs: number;
  dueAtMs: number;
}

/** The durable timers; `schedule/timers.ts` is the one behind it. */
export interface TimerPort {
  /** @throws an error with the code `too-many-timers` or `timer-length`. */
  set(timer: { ownerId: string; name?: string | undefined; durationMs: number }): Promise<Timer>;
  /** Soonest first. */
  list(ownerId: string): Promise<Timer[]>;
  /** @returns the timer as it was, or undefined when it is gone already. */
  cancel(id: string): Promise<Timer | undefined>;
  /** Moves the end by `byMs`, which may be negative. */
  extend(id: string, byMs: number): Promise<Timer | undefined>;
}

/** A place on the earth, in degrees. */
export interface Coordinates {
  latitude: number;
  longitude: number;
}

export interface Ports {
  timers: TimerPort;
  memory: MemoryPort;
  shelves: Shelves;
  people: PeoplePort;
  /** How the house is. */
  health: HealthPort;
  deeds: DeedsPort;
  /** Where the household is; undefined: nobody said. */
  household?: Coordinates | undefined;
}
