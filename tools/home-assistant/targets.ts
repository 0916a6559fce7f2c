/** Which things a service call is aimed at: by id, device, room, floor or label. Pure. */
import type { Call } from './leaves.ts';
import type { Entity, Home } from './model.ts';

export const isTemplate = (value: unknown): boolean =>
  typeof value === 'string' && (value.includes('{{') || value.includes('{%'));

const keys = ['entity_id', 'device_id', 'area_id', 'floor_id', 'label_id'] as const;
type Key = (typeof keys)[number];

/** "light.a, light.b", a list, or one; anything else is not readable. */
const listOf = (value: unknown): string[] | 'unknown' => {
  if (value === undefined || value === null) return [];
  const values = Array.isArray(value) ? value : [value];
  if (values.some((one) => typeof one !== 'string' || isTemplate(one))) return 'unknown';
  return (values as string[]).flatMap((one) => one.split(',')).map((one) => one.trim());
};

const isIn = (entity: Entity, key: Exclude<Key, 'entity_id'>, { id, home }: Place): boolean => {
  if (key === 'device_id') return entity.deviceId === id;
  if (key === 'area_id') return entity.areaId === id;
  if (key === 'label_id') return entity.labels.includes(id);
  return entity.areaId !== undefined && home.areas.get(entity.areaId)?.floorId === id;
};

interface Place {
  id: string;
  home: Home;
}

/** A service of a domain reaches that domain's things alone; `homeassistant.turn_on` any. */
const reaches = (call: Call, entity: Entity): boolean =>
  call.domain === 'homeassistant' || entity.domain === call.domain;

const everything = (call: Call, home: Home): string[] =>
  [...home.entities.values()].filter((one) => reaches(call, one)).map(({ id }) => id);

const ofKey = (call: Call, key: Key, home: Home): string[] | 'unknown' => {
  const named = listOf(call.target?.[key] ?? call.data?.[key]);
  if (named === 'unknown') {
    const bounded = !['homeassistant', 'script', 'scene', 'automation'].includes(call.domain);
    return bounded ? everything(call, home) : 'unknown';
  }
  return named.flatMap((id) => {
    if (id === 'none') return [];
    if (id === 'all' && key === 'entity_id') return everything(call, home);
    if (key !== 'entity_id') {
      return [...home.entities.values()]
        .filter((one) => reaches(call, one) && isIn(one, key, { id, home }))
        .map((one) => one.id);
    }
    const registered = [...home.entities.values()].find((one) => one.registryId === id);
    return [registered?.id ?? id];
  });
};

/** @returns ids, or `unknown` where a template decides and the domain does not bound it. */
export const targetsOf = (call: Call, home: Home): string[] | 'unknown' => {
  const found = keys.map((key) => ofKey(call, key, home));
  return found.includes('unknown') ? 'unknown' : [...new Set((found as string[][]).flat())];
};
