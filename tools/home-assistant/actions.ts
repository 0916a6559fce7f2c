/** Home Assistant's script syntax read as the calls and events it may come to. Pure. */
import type { Call } from './leaves.ts';

export type Config = Readonly<Record<string, unknown>>;

export type Action =
  | { kind: 'call'; call: Call }
  | { kind: 'event'; event: string }
  | { kind: 'unknown'; why: string };

const isObject = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asList = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** Steps that wait, ask or remember, and touch nothing. */
const idle = new Set(
  (
    'delay wait_template wait_for_trigger condition variables stop set_conversation_response ' +
    'and or not'
  ).split(' '),
);

const object = (value: unknown): Config => (isObject(value) ? value : {});

const callOf = (name: unknown, step: Config): Action => {
  if (typeof name !== 'string') return { kind: 'unknown', why: 'a service that cannot be read' };
  const dot = name.indexOf('.');
  // A template stays whole: the walk knows it as one.
  const [domain, service] =
    dot < 0 || name.includes('{') ? [name, name] : [name.slice(0, dot), name.slice(dot + 1)];
  const data = { ...object(step.data_template), ...object(step.data) };
  const unreadable = [step.data, step.data_template].some(
    (value) => typeof value === 'string' && value.includes('{'),
  );
  const entityId = step.entity_id;
  const target = typeof step.target === 'string' ? { entity_id: step.target } : object(step.target);
  const all = {
    ...(unreadable && { entity_id: '{{ }}' }),
    ...(entityId !== undefined && { entity_id: entityId }),
    ...target,
  };
  return { kind: 'call', call: { domain, service, data, target: all } };
};

/** Device actions name services in their own way. */
const deviceServices: Readonly<Record<string, string>> = {
  open: 'open_cover',
  close: 'close_cover',
  stop: 'stop_cover',
  set_position: 'set_cover_position',
  brightness_increase: 'turn_on',
  brightness_decrease: 'turn_on',
  flash: 'turn_on',
  press: 'press',
};

const deviceAction = (step: Config): Action => {
  const { domain, type, device_id, entity_id, position } = step;
  if (typeof domain !== 'string' || typeof type !== 'string') {
    return { kind: 'unknown', why: 'a device action that cannot be read' };
  }
  const opensLock = domain === 'lock' && type === 'open';
  const service = opensLock ? 'open' : (deviceServices[type] ?? type);
  const target = entity_id === undefined ? { device_id } : { entity_id };
  return { kind: 'call', call: { domain, service, target, data: { position } } };
};

const branches = (step: Config): unknown[] | undefined => {
  if ('choose' in step) {
    const options = asList(step.choose).flatMap((option) => asList(object(option).sequence));
    return [...options, ...asList(step.default)];
  }
  if ('if' in step) return [...asList(step.then), ...asList(step.else)];
  if ('repeat' in step) return asList(object(step.repeat).sequence);
  if ('parallel' in step) return asList(step.parallel);
  if ('sequence' in step) return asList(step.sequence);
  return undefined;
};

function* stepActions(step: unknown, depth: number): Generator<Action> {
  if (typeof step === 'string') return; // a condition in short form
  if (Array.isArray(step)) {
    for (const one of step) yield* stepActions(one, depth + 1);
    return;
  }
  if (!isObject(step) || depth > 60) {
    yield { kind: 'unknown', why: 'a step that cannot be read' };
    return;
  }
  if (step.enabled === false) return;
  const inner = branches(step);
  if (inner) {
    for (const one of inner) yield* stepActions(one, depth + 1);
    return;
  }
  yield* plainStep(step);
}

function* plainStep(step: Config): Generator<Action> {
  const service = step.action ?? step.service ?? step.service_template;
  if (service !== undefined) yield callOf(service, step);
  else if ('scene' in step) yield callOf('scene.turn_on', { entity_id: step.scene });
  else if ('event' in step || 'event_template' in step) {
    const event = step.event ?? step.event_template;
    yield typeof event === 'string'
      ? { kind: 'event', event }
      : { kind: 'unknown', why: 'an event that cannot be read' };
  } else if ('device_id' in step && !('condition' in step)) yield deviceAction(step);
  else if (!Object.keys(step).some((key) => idle.has(key))) {
    yield { kind: 'unknown', why: `a step of ${Object.keys(step).join(', ') || 'nothing'}` };
  }
}

/** @returns everything that a script or automation may do, whichever way it branches. */
export const actionsOf = (config: Config): Action[] => {
  if ('use_blueprint' in config) return [{ kind: 'unknown', why: 'a blueprint' }];
  const steps = config.sequence ?? config.actions ?? config.action;
  if (steps === undefined) return [{ kind: 'unknown', why: 'no steps that can be read' }];
  return asList(steps).flatMap((step) => [...stepActions(step, 0)]);
};
