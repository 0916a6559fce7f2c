/** What of a person lies in files and in this process, not in the database: read, or forgotten. */
import type { Recall } from '../memory/recall.ts';
import type { Timer, Timers } from '../schedule/timers.ts';
import type { TurnRecord } from './events.ts';
import type { Unheard } from './reports.ts';
import type { Done } from './taking-back/done.ts';
import type { Turns } from './turns.ts';

export interface Belongings {
  of(personId: string): Promise<{
    /** Whether they have a PIN; not the PIN. */
    pin: boolean;
    timers: Timer[];
    /** Oldest first. */
    turns: AsyncIterable<TurnRecord>;
  }>;
  /** For good, of every process's files. @returns how much there was, by what it is. */
  forget(personId: string): Promise<{ pin: number; timers: number; turns: number }>;
}

interface Parts {
  turns: Pick<Turns, 'of' | 'forget'>;
  timers: Pick<Timers, 'all' | 'forget'>;
  pins: { has(personId: string): boolean };
  setPin(personId: string, digits: undefined): void;
  memory: { recall: Pick<Recall, 'drop'> };
  unheard: Pick<Unheard, 'take'>;
  done: Pick<Done, 'forget'>;
}

export const createBelongings = (parts: Parts): Belongings => {
  const { turns, timers, pins, setPin, memory, unheard, done } = parts;
  return {
    of: async (personId) => ({
      pin: pins.has(personId),
      timers: await timers.all(personId),
      turns: turns.of(personId),
    }),
    forget: async (personId) => {
      const pin = pins.has(personId) ? 1 : 0;
      if (pin > 0) setPin(personId, undefined);
      memory.recall.drop(personId);
      unheard.take(personId);
      done.forget(personId);
      const [gone, blanked] = [await timers.forget(personId), await turns.forget(personId)];
      return { pin, timers: gone, turns: blanked };
    },
  };
};
