/** Heating and cooling: temperature and mode. */
import { z } from 'zod';
import { ToolError } from '../core/define.ts';
import { acting, type Context, callsFor, type Plan, type Targets, targetsFor } from './acting.ts';
import type { Entity, Home } from './model.ts';
import { modeSays, temperatureSays } from './says.ts';
import { deed, homeWords } from './words.ts';

const isClimate = ({ domain }: Entity): boolean => domain === 'climate';
const number = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** Without a name: the only one there is, or the only one that runs; else it asks. */
const climateFor = (phrase: string | undefined, home: Home, context: Context): Targets => {
  if (phrase !== undefined) return targetsFor({ phrase, home }, isClimate, context);
  const all = [...home.entities.values()].filter((one) => isClimate(one) && !one.hidden);
  const running = all.filter(({ state }) => state !== 'off' && state !== 'unavailable');
  const one = all.length === 1 ? all : running.length === 1 ? running : undefined;
  const words = homeWords(context.language);
  if (all.length === 0) throw new ToolError(words.noneLike('thermostat', []), 'not-found');
  if (!one) throw new ToolError(words.which(all.map(({ name }) => name)), 'which-one');
  return targetsFor({ phrase: one[0]?.id ?? '', home }, isClimate, context);
};

const temperatureDeed = (degrees: number, language: string) =>
  deed(
    {
      en: ['set to {} degrees', 'set', 'set {} degrees for'],
      de: ['auf {} Grad gestellt', 'eingestellt', 'auf {} Grad stellen'],
    },
    language,
    String(degrees).replace('.', language.startsWith('de') ? ',' : '.'),
  );

/** Some devices keep a span instead of one figure, and say so by having no `temperature`. */
const dataFor = (entity: Entity, degrees: number): Record<string, unknown> => {
  const low = number(entity.attributes.target_temp_low);
  const high = number(entity.attributes.target_temp_high);
  const single = number(entity.attributes.temperature);
  if (single !== undefined || low === undefined || high === undefined) {
    return { temperature: degrees };
  }
  const half = (high - low) / 2;
  return { target_temp_low: degrees - half, target_temp_high: degrees + half };
};

const isAt = (now: Entity, wanted: Record<string, unknown>): boolean =>
  Object.entries(wanted).every(([key, value]) => {
    const read = number(now.attributes[key]);
    return read !== undefined && Math.abs(read - Number(value)) < 0.26;
  });

const temperaturePlan = (
  { entities, subject }: Targets,
  degreesOf: (entity: Entity) => number,
  context: Context,
): Plan => {
  for (const entity of entities) {
    const [least, most] = [number(entity.attributes.min_temp), number(entity.attributes.max_temp)];
    const degrees = degreesOf(entity);
    if (least !== undefined && most !== undefined && (degrees < least || degrees > most)) {
      const german = context.language.startsWith('de');
      const range = german ? `nur ${least} bis ${most} Grad` : `it goes from ${least} to ${most}`;
      throw new ToolError(homeWords(context.language).cannot(entity.name, range), 'out-of-range');
    }
  }
  const [first] = entities;
  const before = first && number(first.attributes.temperature);
  const undo =
    first && before !== undefined && entities.length === 1
      ? { tool: 'home_assistant_temperature', input: { what: first.id, degrees: before } }
      : undefined;
  return {
    calls: entities.flatMap((entity) =>
      callsFor([entity], 'set_temperature', dataFor(entity, degreesOf(entity))),
    ),
    expects: entities.map((entity) => {
      const wanted = dataFor(entity, degreesOf(entity));
      return { entity, wanted: (now) => isAt(now, wanted) };
    }),
    ...{ subject, undo: () => undo },
    deed: temperatureDeed(first ? degreesOf(first) : 0, context.language),
  };
};

/** One degree warmer or cooler. */
export const shiftTemperature = (targets: Targets, by: 1 | -1, context: Context): Plan => {
  const now = ({ attributes }: Entity): number => {
    const [low, high] = [number(attributes.target_temp_low), number(attributes.target_temp_high)];
    const middle = low !== undefined && high !== undefined ? (low + high) / 2 : undefined;
    return number(attributes.temperature) ?? middle ?? number(attributes.current_temperature) ?? 20;
  };
  return temperaturePlan(targets, (entity) => now(entity) + by, context);
};

const what = z
  .string()
  .min(1)
  .max(80)
  .optional()
  .describe('A thermostat or a room; left out: the only one.');

export const temperature = acting({
  about: 'Set the temperature that a thermostat, heating or air conditioner shall reach.',
  says: temperatureSays,
  input: z.object({ degrees: z.number().min(-30).max(120), what }),
  examples: [
    { says: 'set the heating to 21 degrees', input: { what: 'the heating', degrees: 21 } },
    {
      says: 'stell die Heizung auf 21 Grad',
      input: { what: 'die Heizung', degrees: 21 },
      language: 'de',
    },
  ],
  plan: ({ degrees, what: phrase }, home, context) =>
    temperaturePlan(climateFor(phrase, home, context), () => degrees, context),
});

const modes = ['heat', 'cool', 'heat_cool', 'auto', 'dry', 'fan_only', 'off'] as const;

export const mode = acting({
  about: 'Set the mode of heating or air conditioning: heat, cool, auto, dry, fan only, off.',
  says: modeSays,
  input: z.object({ mode: z.enum(modes), what }),
  examples: [{ says: 'set the hvac to heat mode', input: { what: 'the hvac', mode: 'heat' } }],
  plan: ({ mode: wanted, what: phrase }, home, context) => {
    const { entities, subject } = climateFor(phrase, home, context);
    for (const { name, attributes } of entities) {
      const can = attributes.hvac_modes;
      if (!Array.isArray(can) || can.includes(wanted)) continue;
      const said = homeWords(context.language).list(can.map((one) => String(one)));
      throw new ToolError(homeWords(context.language).cannot(name, said), 'out-of-range');
    }
    const said = wanted.replace('_', ' ');
    const forms = {
      en: ['set to {}', 'set', 'set {} mode for'],
      de: ['auf {} gestellt', 'eingestellt', 'auf {} stellen'],
    } as const;
    return {
      calls: callsFor(entities, 'set_hvac_mode', { hvac_mode: wanted }),
      expects: entities.map((entity) => ({ entity, wanted: ({ state }) => state === wanted })),
      ...{ subject, deed: deed(forms, context.language, said) },
    };
  },
});
