/** What the house lends to tools: its timers, memory, shelves and people, and what it has done. */
import type { Memory } from '../memory/memory.ts';
import type { Timers } from '../schedule/timers.ts';
import type { Coordinates, Ports } from '../tools/core/ports.ts';
import type { Settings } from './config.ts';
import { createMemoryPort } from './memory-port.ts';
import type { Watching } from './monitor/open.ts';
import { createPeople } from './people-port.ts';
import { createDeeds } from './reasons/port.ts';
import type { Reasons } from './reasons.ts';
import { createShelves } from './shelf-port.ts';

interface Lenders {
  memory: Memory;
  timers: Timers;
  reasons: Reasons;
  clock: () => Date;
  watching: Pick<Watching, 'health'>;
}

const placeOf = (location: string | undefined): Coordinates | undefined => {
  const [latitude, longitude] = location?.split(',').map(Number) ?? [];
  if (latitude === undefined || longitude === undefined) return undefined;
  return { latitude, longitude };
};

export const lentBy = (
  settings: Pick<Settings, 'BUTLER_LOCATION'>,
  { memory, timers, reasons, clock, watching }: Lenders,
): Ports => ({
  ...{ timers, memory: createMemoryPort(memory, clock), shelves: createShelves(memory.shelf) },
  ...{ people: createPeople(memory.users), deeds: createDeeds(reasons) },
  health: watching.health,
  /** As of now: the household may move while the house is open. */
  get household() {
    return placeOf(settings.BUTLER_LOCATION);
  },
});
