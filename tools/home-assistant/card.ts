/** Things of the home as a screen shows them, with what a person can do to each. */
import type { CardOf, ThingCommand } from '../core/card.ts';
import { type Entity, type Home, isThere } from './model.ts';

const shownMax = 50;

type Thing = CardOf<'things'>['things'][number];

const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const percentOf = (value: unknown, full: number): number | undefined => {
  const known = number(value);
  if (known === undefined) return undefined;
  return Math.min(100, Math.max(0, Math.round((known / full) * 100)));
};

const onOff: ReadonlySet<string> = new Set(
  'light switch fan input_boolean group humidifier siren media_player climate'.split(' '),
);

const isOn = ({ domain, state }: Entity): boolean | undefined =>
  onOff.has(domain) && state !== 'unknown' ? state !== 'off' && state !== 'standby' : undefined;

const celsius = (value: unknown, fahrenheit: boolean): number | undefined => {
  const known = number(value);
  if (known === undefined) return undefined;
  return Math.round((fahrenheit ? (known - 32) / 1.8 : known) * 10) / 10;
};

const measured = ({ domain, state, attributes }: Entity, home: Home): number | undefined => {
  if (domain === 'climate') return celsius(attributes.current_temperature, isFahrenheit(home));
  if (domain !== 'sensor' || attributes.device_class !== 'temperature') return undefined;
  const unit = attributes.unit_of_measurement;
  return state === '' ? undefined : celsius(Number(state), unit === '°F');
};

const isFahrenheit = ({ fahrenheit = false }: Home): boolean => fahrenheit;

const percent = { min: 0, max: 100, unit: '%' } as const;

/** Lights that cannot be dimmed say so by their modes. */
const isDimmable = ({ attributes }: Entity): boolean => {
  const modes = attributes.supported_color_modes;
  return Array.isArray(modes) ? modes.some((mode) => mode !== 'onoff') : 'brightness' in attributes;
};

const levelName = (entity: Entity): ThingCommand['name'] | undefined => {
  const { domain, attributes } = entity;
  if (domain === 'light' && isDimmable(entity)) return 'brightness';
  if (domain === 'fan' && 'percentage' in attributes) return 'speed';
  if (domain === 'media_player' && 'volume_level' in attributes) return 'volume';
  return domain === 'cover' && 'current_position' in attributes ? 'position' : undefined;
};

/** In the home's own degrees, as the tool takes them. */
const targetCommand = ({ id, attributes }: Entity, fahrenheit: boolean): ThingCommand => ({
  name: 'target',
  tool: 'home_assistant_temperature',
  input: { what: id, degrees: '{value}' },
  takes: {
    min: number(attributes.min_temp) ?? (fahrenheit ? 41 : 5),
    max: number(attributes.max_temp) ?? (fahrenheit ? 95 : 35),
    unit: fahrenheit ? '°F' : '°C',
  },
});

/** The same tools as for words: gate, receipt and record are theirs. */
const commandsOf = (entity: Entity, home: Home): ThingCommand[] => {
  const { id, domain } = entity;
  const run = (
    tool: string,
    name: 'on' | 'off' | 'open' | 'close' | 'stop' | 'lock' | 'unlock',
  ) => ({
    ...{ name, tool: `home_assistant_${tool}`, input: { what: id, to: name } },
  });
  const level = levelName(entity);
  const hasTarget = domain === 'climate' && number(entity.attributes.temperature) !== undefined;
  return [
    ...(onOff.has(domain) ? [run('turn', 'on'), run('turn', 'off')] : []),
    ...(domain === 'cover' || domain === 'valve'
      ? [run('move', 'open'), run('move', 'close'), run('move', 'stop')]
      : []),
    ...(domain === 'lock' ? [run('lock', 'lock'), run('lock', 'unlock')] : []),
    ...(level
      ? [
          {
            ...{ name: level, tool: 'home_assistant_level', takes: percent },
            input: { what: id, percent: '{value}' },
          },
        ]
      : []),
    ...(hasTarget ? [targetCommand(entity, isFahrenheit(home))] : []),
  ];
};

const defined = <Fields extends object>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<Fields>;

const thingOf = (entity: Entity, home: Home): Thing => {
  const { id: entityId, name, domain, state, attributes, areaId } = entity;
  const known = {
    area: areaId === undefined ? undefined : home.areas.get(areaId)?.names[0],
    on: isOn(entity),
    brightness: domain === 'light' ? percentOf(attributes.brightness, 255) : undefined,
    temperatureC: measured(entity, home),
    targetC: domain === 'climate' ? celsius(attributes.temperature, isFahrenheit(home)) : undefined,
    position: domain === 'cover' ? percentOf(attributes.current_position, 100) : undefined,
    locked: domain === 'lock' && isThere(entity) ? state === 'locked' : undefined,
  };
  const commands = isThere(entity) ? commandsOf(entity, home) : [];
  return { entityId, name, domain, state, ...defined(known), commands } as Thing;
};

/** As they are now in this home; undefined for none. */
export const thingsCard = (
  entities: readonly Entity[],
  home: Home,
): CardOf<'things'> | undefined => {
  const now = entities.map(({ id }) => home.entities.get(id)).filter((one) => one !== undefined);
  if (now.length === 0) return undefined;
  return { kind: 'things', things: now.slice(0, shownMax).map((one) => thingOf(one, home)) };
};
