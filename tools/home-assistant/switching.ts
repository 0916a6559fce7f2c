/** On and off, how much, brighter and dimmer: everything that has a switch or a level. */
import { z } from 'zod';
import { ToolError } from '../core/define.ts';
import { plainName } from '../core/sounds.ts';
import { acting, type Context, callsFor, type Plan, type Targets, targetsFor } from './acting.ts';
import { coverPlan, coverState } from './covers.ts';
import { shiftTemperature } from './degrees.ts';
import type { Entity, Home } from './model.ts';
import { adjustSays, levelSays, turnSays } from './says.ts';
import { downstairs, upstairs, wholeHouse } from './vocabulary.ts';
import { type Deed, deed, homeWords } from './words.ts';

const what = z.string().min(1).max(80).describe('Name of a thing, or a group: "kitchen lights".');
const except = z.string().min(1).max(80).optional().describe('What to leave out: "the hall".');

const where = z.string().min(1).max(80).optional().describe('A room or floor, where said apart.');

const switchable = new Set(
  'light switch fan input_boolean group humidifier siren media_player climate water_heater'.split(
    ' ',
  ),
);

const idsOf = (entities: readonly Entity[]): string => entities.map(({ id }) => id).join(', ');

const isSwitchable = ({ domain }: Entity): boolean => switchable.has(domain);

const isOff = ({ state }: Entity): boolean => state === 'off' || state === 'standby';

/** Old groups belong to no domain that has services of its own. */
const switchCalls = (entities: readonly Entity[], service: string) =>
  callsFor(entities, service).map((call) =>
    call.domain === 'group' ? { ...call, domain: 'homeassistant' } : call,
  );

const onOff = {
  on: { en: ['on', 'turned on', 'turn on'], de: ['an', 'angeschaltet', 'anschalten'] },
  off: { en: ['off', 'turned off', 'turn off'], de: ['aus', 'ausgeschaltet', 'ausschalten'] },
} as const;

const turnPlan = (
  { entities, subject }: Targets,
  to: 'on' | 'off',
  { language }: Pick<Context, 'language'>,
): Plan => ({
  calls: switchCalls(entities, `turn_${to}`),
  expects: entities.map((entity) => ({ entity, wanted: (now) => isOff(now) === (to === 'off') })),
  ...{ subject, deed: deed(onOff[to], language) },
});

/** "the lights", "the kitchen": in it; "everything", "upstairs": as it is. */
const together = (named: string, place: string): string => {
  const bare = [...upstairs, ...downstairs, ...wholeHouse].includes(plainName(place));
  return bare ? `${named} ${place}` : `${named} in ${place}`;
};

export const turn = acting({
  about:
    'Turn things on or off: lights, switches, fans, players, heating, or groups of them by room ' +
    'or floor ("all lights but the hall"). Not for doors, covers and locks.',
  says: turnSays,
  input: z.object({ what, to: z.enum(['on', 'off']), where, except }),
  examples: [
    { says: 'turn on the kitchen lights', input: { what: 'the kitchen lights', to: 'on' } },
    {
      says: 'turn off all lights but the hall',
      input: { what: 'all lights', to: 'off', except: 'the hall' },
    },
    {
      says: 'mach das Küchenlicht an',
      input: { what: 'das Küchenlicht', to: 'on' },
      language: 'de',
    },
  ],
  plan: ({ what: named, to, where: place, except: without }, home, context) => {
    const phrase = place === undefined ? named : together(named, place);
    const targets = targetsFor({ phrase, without, home }, isSwitchable, context);
    const plan = turnPlan(targets, to, context);
    const tool = 'home_assistant_turn';
    const back = to === 'on' ? 'off' : 'on';
    return {
      ...plan,
      undo: ({ changed }) => ({ tool, input: { what: idsOf(changed), to: back } }),
    };
  },
});

const percentOf = (value: unknown, full: number): number | undefined =>
  typeof value === 'number' ? Math.round((value / full) * 100) : undefined;

/** How much it is now, 0 to 100; undefined where it cannot be told. */
const levelOf = ({ domain, state, attributes }: Entity): number | undefined => {
  if (domain === 'light') return state === 'off' ? 0 : percentOf(attributes.brightness, 255);
  if (domain === 'media_player') return percentOf(attributes.volume_level, 1);
  if (domain === 'fan') return state === 'off' ? 0 : percentOf(attributes.percentage, 100);
  if (domain === 'cover') return percentOf(attributes.current_position, 100);
  if (domain === 'humidifier') return percentOf(attributes.humidity, 100);
  return undefined;
};

const leveled = new Set(['light', 'media_player', 'fan', 'cover', 'humidifier']);
const hasLevel = ({ domain }: Entity): boolean => leveled.has(domain);

const levelService = (domain: string, percent: number): [string, Record<string, unknown>] => {
  if (domain === 'light') {
    return percent === 0 ? ['turn_off', {}] : ['turn_on', { brightness_pct: percent }];
  }
  if (domain === 'media_player') return ['volume_set', { volume_level: percent / 100 }];
  if (domain === 'fan') return ['set_percentage', { percentage: percent }];
  if (domain === 'cover') return ['set_cover_position', { position: percent }];
  return ['set_humidity', { humidity: percent }];
};

/** Lamps round to 255 steps, fans to as many as they have. */
const tolerance = ({ domain, attributes }: Entity): number => {
  const step = attributes.percentage_step;
  return domain === 'fan' && typeof step === 'number' ? step / 2 + 1 : 2;
};

const isAt = (entity: Entity, percent: number): boolean => {
  const level = levelOf(entity);
  return level !== undefined && Math.abs(level - percent) <= tolerance(entity);
};

const levelDeed = (percent: number, language: string): Deed =>
  deed(
    {
      en: ['at {} percent', 'set', 'set {} percent for'],
      de: ['auf {} Prozent', 'eingestellt', 'auf {} Prozent stellen'],
    },
    language,
    String(percent),
  );

const levelPlan = (
  { entities, subject }: Targets,
  percents: (entity: Entity) => number,
  { language }: Pick<Context, 'language'>,
): Plan => {
  const calls = entities.flatMap((entity) => {
    const [service, data] = levelService(entity.domain, percents(entity));
    return callsFor([entity], service, data);
  });
  const [first] = entities;
  return {
    ...{ calls, subject, deed: levelDeed(first ? percents(first) : 0, language) },
    expects: entities.map((entity) => ({
      entity,
      wanted: (now) => isAt(now, percents(entity)) || coverState(now, entity, percents(entity)),
    })),
  };
};

export const level = acting({
  about:
    'Set how much, in percent: brightness of lights, volume of players, speed of fans, how far ' +
    'blinds are open (100 is open).',
  says: levelSays,
  input: z.object({ what, percent: z.int().min(0).max(100), except }),
  unfit: {
    percent: {
      en: 'It goes from 0 to 100 percent.',
      de: 'Es geht von 0 bis 100 Prozent.',
    },
  },
  examples: [
    {
      says: 'set the bedside lamp to 40 percent',
      input: { what: 'the bedside lamp', percent: 40 },
    },
    {
      says: 'Küchenlicht auf 30 Prozent',
      input: { what: 'Küchenlicht', percent: 30 },
      language: 'de',
    },
  ],
  plan: ({ what: phrase, percent, except: without }, home, context) => {
    const targets = targetsFor({ phrase, without, home }, hasLevel, context);
    if (targets.entities.every(({ domain }) => domain === 'cover')) {
      return coverPlan(targets, percent, context);
    }
    const [first, ...others] = targets.entities;
    const before = first && others.length === 0 ? levelOf(first) : undefined;
    const tool = 'home_assistant_level';
    const undo = () =>
      first && before !== undefined
        ? { tool, input: { what: first.id, percent: before } }
        : undefined;
    return { ...levelPlan(targets, () => percent, context), undo };
  },
});

const shifted = (entity: Entity, by: number): number => {
  const now = levelOf(entity) ?? (entity.domain === 'light' ? 50 : 30);
  const least = entity.domain === 'light' ? 1 : 0;
  const step = entity.attributes.percentage_step;
  const size =
    typeof step === 'number' && entity.domain === 'fan'
      ? Math.max(step, Math.abs(by))
      : Math.abs(by);
  return Math.round(Math.min(100, Math.max(least, now + Math.sign(by) * size)));
};

const adjustable = new Set(['light', 'media_player', 'fan', 'climate']);

export const adjust = acting({
  about:
    'More or less of something, without a figure: brighter or dimmer lights, louder or quieter ' +
    'players, faster or slower fans, warmer or cooler heating (one degree).',
  says: adjustSays,
  input: z.object({
    what,
    to: z.enum(['more', 'less']),
    by: z.int().min(1).max(100).default(20).describe('Percent points; heating: always 1 degree.'),
  }),
  examples: [
    { says: 'dim the bedside lamp', input: { what: 'the bedside lamp', to: 'less' } },
    { says: 'make the kitchen lights brighter', input: { what: 'the kitchen lights', to: 'more' } },
  ],
  plan: ({ what: phrase, to, by }, home: Home, context) => {
    const fits = ({ domain }: Entity) => adjustable.has(domain);
    const targets = targetsFor({ phrase, home }, fits, context);
    const sign = to === 'more' ? 1 : -1;
    if (targets.entities.every(({ domain }) => domain === 'climate')) {
      return shiftTemperature(targets, sign, context);
    }
    const wanted = new Map(targets.entities.map((one) => [one.id, shifted(one, sign * by)]));
    if (targets.entities.some(({ domain }) => domain === 'climate')) {
      const words = homeWords(context.language);
      throw new ToolError(words.which(targets.entities.map(({ name }) => name)), 'which-one');
    }
    return levelPlan(targets, (entity) => wanted.get(entity.id) ?? 0, context);
  },
});
