/** Which automations start of themselves when a thing changes or an event is fired. Pure. */
import type { Config } from './actions.ts';
import type { Entity, Home } from './model.ts';
import { isTemplate } from './targets.ts';

/** What may start one automation. */
interface Starts {
  id: string;
  /** It cannot be told: anything may. */
  anything: boolean;
  things: ReadonlySet<string>;
  devices: ReadonlySet<string>;
  events: ReadonlySet<string>;
}

const asList = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** These start by the clock, the sun or from outside: no call of ours sets them off. */
const outside = new Set(
  'time_pattern sun webhook tag homeassistant geo_location conversation mqtt calendar'.split(' '),
);

/** Events that Home Assistant fires for whatever is done. */
const general = new Set(
  'call_service state_changed state_reported automation_triggered script_started'.split(' '),
);

const looksAtStates =
  /states|state_attr|is_state|has_value|expand|area_|device_|label_|integration_/;
const entityInText = /\b[a-z_]+\.[a-z0-9_]+\b/g;

class Collector {
  anything = false;
  readonly things = new Set<string>();
  readonly devices = new Set<string>();
  readonly events = new Set<string>();

  #add(into: Set<string>, value: unknown): void {
    for (const one of asList(value)) {
      if (typeof one !== 'string' || isTemplate(one)) this.anything = true;
      else for (const part of one.split(',')) into.add(part.trim());
    }
  }

  #template(value: unknown): void {
    if (typeof value !== 'string') this.anything = true;
    else if (looksAtStates.test(value)) {
      const named = (value.match(entityInText) ?? []).filter((one) => !one.startsWith('states.'));
      const byDots = [...value.matchAll(/states\.([a-z_]+\.[a-z0-9_]+)/g)].map(([, id = '']) => id);
      for (const id of [...named, ...byDots]) this.things.add(id);
      if (named.length + byDots.length === 0) this.anything = true;
    }
  }

  trigger(trigger: Config): void {
    if (trigger.enabled === false) return;
    if (Array.isArray(trigger.triggers)) {
      for (const one of trigger.triggers) this.trigger(one as Config);
      return;
    }
    const kind = trigger.trigger ?? trigger.platform;
    if (kind === 'state' || kind === 'numeric_state' || kind === 'zone') {
      this.#add(this.things, trigger.entity_id);
    } else if (kind === 'time') this.#time(trigger.at);
    else if (kind === 'template') this.#template(trigger.value_template);
    else if (kind === 'device') {
      if (trigger.entity_id === undefined) this.#add(this.devices, trigger.device_id);
      else this.#add(this.things, trigger.entity_id);
    } else if (kind === 'event') this.#add(this.events, trigger.event_type);
    else if (kind === 'persistent_notification') this.events.add('persistent_notification');
    else if (!outside.has(String(kind))) this.anything = true;
  }

  /** A time may stand in a helper, which a call may move to now. */
  #time(at: unknown): void {
    for (const one of asList(at)) {
      const id = typeof one === 'object' && one !== null ? (one as Config).entity_id : one;
      if (typeof id === 'string' && /^[a-z_]+\.\w+$/.test(id)) this.things.add(id);
      else if (isTemplate(id)) this.anything = true;
    }
  }
}

const startsOf = (entity: Entity, config: Config | undefined): Starts => {
  const found = new Collector();
  if (!config || 'use_blueprint' in config) found.anything = true;
  for (const one of asList(config?.triggers ?? config?.trigger)) found.trigger(one as Config);
  const { anything, things, devices, events } = found;
  const all = anything || [...events].some((event) => general.has(event));
  return { id: entity.id, anything: all, things, devices, events };
};

const known = new WeakMap<Home, readonly Starts[]>();

/** Automations that are switched on. */
const automationsOf = (home: Home): readonly Starts[] => {
  const kept = known.get(home);
  if (kept) return kept;
  const found = [...home.entities.values()]
    .filter(({ domain, state }) => domain === 'automation' && state === 'on')
    .map((entity) => startsOf(entity, home.configs.get(entity.id)));
  known.set(home, found);
  return found;
};

const helpers = new Set(
  (
    'input_boolean input_button input_number input_select input_text input_datetime counter ' +
    'timer schedule group'
  ).split(' '),
);

/** Sensors that are worked out from other things, in a way that cannot be read. */
const derived = new Set('template threshold min_max trend bayesian statistics filter'.split(' '));

/** The thing, the groups it is in, and for a helper the sensors that may be made from it. */
const changedWith = (home: Home, id: string): Set<string> => {
  const changed = new Set([id]);
  for (let size = 0; size !== changed.size; ) {
    size = changed.size;
    for (const other of home.entities.values()) {
      if (other.domain === 'scene') continue;
      if (other.members.some((member) => changed.has(member))) changed.add(other.id);
    }
  }
  const helper = [...changed].some((one) => helpers.has(one.split('.', 1)[0] ?? ''));
  if (helper) {
    for (const { id: other, platform } of home.entities.values()) {
      if (derived.has(platform ?? '')) changed.add(other);
    }
  }
  return changed;
};

/** @returns the automations that may start when the thing changes. */
export const triggeredBy = (home: Home, id: string): string[] => {
  const automations = automationsOf(home);
  if (automations.length === 0) return [];
  const changed = changedWith(home, id);
  const entities = [...changed].flatMap((one) => home.entities.get(one) ?? []);
  const names = new Set([...changed, ...entities.flatMap(({ registryId }) => registryId ?? [])]);
  const timer = id.startsWith('timer.');
  return automations
    .filter(
      ({ anything, things, devices, events }) =>
        anything ||
        [...names].some((name) => things.has(name)) ||
        entities.some(({ deviceId }) => deviceId !== undefined && devices.has(deviceId)) ||
        (timer && [...events].some((event) => event.startsWith('timer.'))),
    )
    .map((one) => one.id);
};

/** @returns the automations that may start when the event is fired; a template may be any event. */
export const triggeredByEvent = (home: Home, event: string): string[] =>
  automationsOf(home)
    .filter(({ anything, events }) =>
      anything || isTemplate(event) ? anything || events.size > 0 : events.has(event),
    )
    .map(({ id }) => id);
