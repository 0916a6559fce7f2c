/** The home as Home Assistant describes it: things, rooms, floors, scripts. Pure. */

/** One state, as Home Assistant gives it. */
export interface State {
  entity_id: string;
  state: string;
  attributes: Readonly<Record<string, unknown>>;
  /** ISO 8601; when `state` last became what it is. */
  last_changed?: string;
  /** ISO 8601; when anything of it, such as an attribute, last became what it is. */
  last_updated?: string;
}

export interface Entity {
  id: string;
  domain: string;
  name: string;
  /** Every way to say it, the name first. */
  names: readonly string[];
  state: string;
  attributes: Readonly<Record<string, unknown>>;
  changedAtMs: number | undefined;
  /** Milliseconds since 1970; also when only an attribute changed. */
  updatedAtMs?: number | undefined;
  areaId: string | undefined;
  deviceId: string | undefined;
  deviceName: string | undefined;
  /** Id in the entity registry, by which device actions name it. */
  registryId: string | undefined;
  /** The integration behind it, e.g. `hue`, `template`, `group`. */
  platform: string | undefined;
  /** Of itself, its device and its area. */
  labels: readonly string[];
  /** Hidden, a setting or diagnosis of a device, or a person: never meant by a name. */
  hidden: boolean;
  /** What a group, or a scene, is made of. */
  members: readonly string[];
}

export interface Area {
  id: string;
  names: readonly string[];
  floorId: string | undefined;
  labels: readonly string[];
}

export interface Floor {
  id: string;
  names: readonly string[];
  level: number | undefined;
}

export interface Home {
  entities: ReadonlyMap<string, Entity>;
  areas: ReadonlyMap<string, Area>;
  floors: ReadonlyMap<string, Floor>;
  /** Scripts and automations by entity id; what is missing here could not be read. */
  configs: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Thermostats are told in °F; sensors say their own unit. */
  fahrenheit?: boolean | undefined;
}

interface RegisteredEntity {
  entity_id: string;
  id: string;
  name?: string | null;
  original_name?: string | null;
  aliases?: string[];
  area_id?: string | null;
  device_id?: string | null;
  platform?: string;
  labels?: string[];
  hidden_by?: string | null;
  entity_category?: string | null;
}

interface RegisteredDevice {
  id: string;
  name?: string | null;
  name_by_user?: string | null;
  area_id?: string | null;
  labels?: string[];
}

interface RegisteredArea {
  area_id: string;
  name: string;
  aliases?: string[];
  floor_id?: string | null;
  labels?: string[];
}

interface RegisteredFloor {
  floor_id: string;
  name: string;
  aliases?: string[];
  level?: number | null;
}

/** The registries as WebSocket commands return them. */
export interface Registries {
  entities: readonly RegisteredEntity[];
  devices: readonly RegisteredDevice[];
  areas: readonly RegisteredArea[];
  floors: readonly RegisteredFloor[];
  /** `entity/source`: the integration of every entity, registered or not. */
  sources: Readonly<Record<string, { domain: string }>>;
  fahrenheit?: boolean | undefined;
  configs: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export const domainOf = (entityId: string): string => entityId.split('.', 1)[0] ?? '';

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** Groups and scenes list their parts as `entity_id`, players as `group_members`. */
const membersOf = (attributes: State['attributes']): string[] => [
  ...strings(attributes.entity_id),
  ...strings(attributes.group_members),
];

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

const personal: ReadonlySet<string> = new Set(['person', 'device_tracker', 'zone']);

/** Where people are is told by `location` alone, which asks them who may know. */
export const tellsWhereabouts = ({ domain }: Pick<Entity, 'domain'>): boolean =>
  personal.has(domain);

const timeOf = (iso: string | undefined): number | undefined => {
  const ms = Date.parse(iso ?? '');
  return Number.isNaN(ms) ? undefined : ms;
};

/** `0_Ground_floor` is heard as "0 Ground floor". */
const spokenName = (name: string): string => name.replaceAll('_', ' ').trim();

interface Found {
  registered: RegisteredEntity | undefined;
  device: RegisteredDevice | undefined;
  area: RegisteredArea | undefined;
  platform: string | undefined;
}

const entityOf = (state: State, { registered, device, area, platform }: Found): Entity => {
  const id = state.entity_id;
  const given = text(registered?.name) ?? text(state.attributes.friendly_name);
  const name = spokenName(given ?? id.slice(id.indexOf('.') + 1));
  const names = [name, ...(registered?.aliases ?? [])].filter((one) => one.trim() !== '');
  const [changedAtMs, updatedAtMs] = [timeOf(state.last_changed), timeOf(state.last_updated)];
  return {
    ...{ id, name, domain: domainOf(id), state: state.state, attributes: state.attributes },
    names: [...new Set(names)],
    ...{ changedAtMs, updatedAtMs: updatedAtMs ?? changedAtMs },
    areaId: area?.area_id,
    deviceId: device?.id,
    deviceName: text(device?.name_by_user) ?? text(device?.name),
    registryId: registered?.id,
    platform: registered?.platform ?? platform,
    labels: [registered, device, area].flatMap((one) => one?.labels ?? []),
    hidden:
      tellsWhereabouts({ domain: domainOf(id) }) ||
      Boolean(registered?.hidden_by ?? registered?.entity_category),
    members: membersOf(state.attributes),
  };
};

const namesOf = (one: { name: string; aliases?: string[] }): string[] => [
  one.name,
  ...(one.aliases ?? []),
];

/** @param states by entity id, as `subscribeEntities` keeps them. */
export const buildHome = (
  states: Readonly<Record<string, State>>,
  registries: Registries,
): Home => {
  const registered = new Map(registries.entities.map((one) => [one.entity_id, one]));
  const devices = new Map(registries.devices.map((one) => [one.id, one]));
  const areas = new Map(registries.areas.map((one) => [one.area_id, one]));
  const entities = Object.values(states).map((state) => {
    const entry = registered.get(state.entity_id);
    const device = devices.get(entry?.device_id ?? '');
    const area = areas.get(entry?.area_id ?? device?.area_id ?? '');
    const platform = registries.sources[state.entity_id]?.domain;
    return entityOf(state, { registered: entry, device, area, platform });
  });
  return {
    entities: new Map(entities.map((one) => [one.id, one])),
    areas: new Map(
      registries.areas.map(({ area_id: id, floor_id, labels = [], ...one }) => [
        id,
        { id, names: namesOf(one), floorId: floor_id ?? undefined, labels },
      ]),
    ),
    floors: new Map(
      registries.floors.map(({ floor_id: id, level, ...one }) => [
        id,
        { id, names: namesOf(one), level: level ?? undefined },
      ]),
    ),
    configs: registries.configs,
    fahrenheit: registries.fahrenheit,
  };
};

/** Whether the thing can be reached; `unknown` is a state like any other (scenes, buttons). */
export const isThere = ({ state }: Entity): boolean => state !== 'unavailable';
