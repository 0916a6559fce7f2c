/** Every port that tools are lent, in this process: for tests that run a tool alone. */
import type { PeoplePort } from '../../tools/core/people-port.ts';
import type { Ports, TimerPort } from '../../tools/core/ports.ts';
import type { Shelf, ShelfOwner, Shelves } from '../../tools/core/shelf-port.ts';
import { memoryInProcess } from './memory-port.ts';

const noTimers: TimerPort = {
  set: () => Promise.reject(new Error('This test lends no timers.')),
  list: async () => [],
  cancel: async () => undefined,
  extend: async () => undefined,
};

/** Documents as the database keeps them: copied on the way in and out, by space and owner. */
const shelvesInProcess = (now: () => Date = () => new Date(0)): Shelves => {
  const spaces = new Map<string, Map<string, { json: string; updatedAt: Date }>>();
  const spaceOf = (integration: string, { owner = '' }: ShelfOwner = {}) => {
    const name = `${integration}/${owner}`;
    const space = spaces.get(name) ?? new Map();
    spaces.set(name, space);
    return space as Map<string, { json: string; updatedAt: Date }>;
  };
  const of = (integration: string): Shelf => ({
    all: async (owner) =>
      [...spaceOf(integration, owner)]
        .map(([key, { json, updatedAt }]) => ({ key, value: JSON.parse(json), updatedAt }))
        .sort((left, right) => (left.key < right.key ? -1 : 1)),
    get: async (key, owner) => {
      const found = spaceOf(integration, owner).get(key);
      return found && JSON.parse(found.json);
    },
    put: async (key, value, owner) => {
      spaceOf(integration, owner).set(key, { json: JSON.stringify(value), updatedAt: now() });
    },
    remove: async (key, owner) => spaceOf(integration, owner).delete(key),
    change: async (key, change, owner) => {
      const space = spaceOf(integration, owner);
      const found = space.get(key);
      const value = change(found && JSON.parse(found.json));
      if (value === undefined) space.delete(key);
      else space.set(key, { json: JSON.stringify(value), updatedAt: now() });
      return value;
    },
  });
  return { of };
};

/** @param more takes the place of what is lent otherwise. */
export const portsInProcess = (more: Partial<Ports> = {}): Ports => {
  const people: PeoplePort = {
    all: async () => [
      { id: 'anna', name: 'Anna', username: 'anna', role: 'owner' },
      { id: 'ben', name: 'Ben', username: 'ben', role: 'adult' },
      { id: 'cleo', name: 'Cleo', username: 'cleo', role: 'child' },
    ],
  };
  return {
    ...{ timers: noTimers, memory: memoryInProcess(), shelves: shelvesInProcess(), people },
    deeds: { of: async () => [] },
    health: { parts: () => [], incidentsSince: () => [] },
    ...more,
  };
};
