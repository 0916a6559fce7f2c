/** People, phones and zones for tools that ask where somebody is; no mind is offered it. */
import { z } from 'zod';
import type { Tool } from '../core/define.ts';
import type { HomeAssistant } from './connection.ts';
import type { Entity, Home } from './model.ts';

const hiddenInput = z.object({});

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

/** The phones that a person carries, and the one that Home Assistant believes now. */
const trackersOf = ({ attributes }: Entity): string[] => [
  ...strings(attributes.device_trackers),
  ...strings(attributes.source),
];

const plainStates: ReadonlySet<string> = new Set(['home', 'not_home', 'unknown', 'unavailable']);

/** `at` of a position is when it was reported; presence in a network is said of now. */
const timeOf = (source: Entity, { gps, nowMs }: { gps: boolean; nowMs: number }): string => {
  const isThere = source.state !== 'unavailable' && source.state !== 'unknown';
  const atMs = isThere && !gps ? nowMs : gps ? source.updatedAtMs : source.changedAtMs;
  return new Date(atMs ?? nowMs).toISOString();
};

const seen = (entity: Entity, { home, nowMs }: { home: Home; nowMs: number }) => {
  const [followed] = strings(entity.attributes.source);
  const source = (entity.domain === 'person' && home.entities.get(followed ?? '')) || entity;
  const latitude = numberOf(entity.attributes.latitude);
  const longitude = numberOf(entity.attributes.longitude);
  const accuracyM = numberOf(entity.attributes.gps_accuracy);
  const gps = source.attributes.source_type === 'gps';
  return {
    ...{ name: entity.name, entity: entity.id, state: entity.state },
    ...(!plainStates.has(entity.state) && { zone: entity.state }),
    ...(latitude !== undefined && { latitude }),
    ...(longitude !== undefined && { longitude }),
    ...(accuracyM !== undefined && { accuracyM }),
    gps,
    at: timeOf(source, { gps, nowMs }),
  };
};

const zone = ({ id, name, state, attributes }: Entity, nowMs: number) => ({
  ...{ name, entity: id, state, at: new Date(nowMs).toISOString() },
  latitude: numberOf(attributes.latitude),
  longitude: numberOf(attributes.longitude),
  radiusM: numberOf(attributes.radius),
});

/**
 * `show`: a list of { name, entity, state, zone?, latitude?, longitude?, accuracyM?, gps, at } for
 * every `person.*`, and every `device_tracker.*` that belongs to none; then the zones, with their
 * `radiusM` and a `state` that counts who is in them.
 */
export const trackers: Tool<HomeAssistant, typeof hiddenInput> = {
  about: 'People, phones and zones of Home Assistant, for other tools.',
  effect: 'read',
  permission: 'location',
  confirm: 'never',
  hidden: true,
  // Names there are written by whoever names a phone.
  outside: true,
  says: [],
  examples: [{ says: 'who is where', input: {} }],
  input: hiddenInput,
  run: async (_, { client, language, now }) => {
    const home = client.home(language);
    const nowMs = now().getTime();
    const all = [...home.entities.values()];
    const of = (domain: string) => all.filter((one) => one.domain === domain);
    const people = of('person');
    const carried = new Set(people.flatMap(trackersOf));
    const free = of('device_tracker').filter(({ id }) => !carried.has(id));
    const show = [
      ...[...people, ...free].map((one) => seen(one, { home, nowMs })),
      ...of('zone').map((one) => zone(one, nowMs)),
    ];
    return { say: `${people.length + free.length}`, show };
  },
};
