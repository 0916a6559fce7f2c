/** Colours of lights by name, and white from warm to cool. */
import { z } from 'zod';
import { ToolError } from '../core/define.ts';
import { acting, callsFor, targetsFor } from './acting.ts';
import type { Entity } from './model.ts';
import { colourSays } from './says.ts';
import { deed, homeWords } from './words.ts';

type Rgb = readonly [number, number, number];

/** CSS colours, some moved to where lamps show them as people expect. */
const colours: Readonly<Record<string, Rgb>> = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  orange: [255, 128, 0],
  purple: [160, 32, 240],
  violet: [138, 43, 226],
  pink: [255, 105, 180],
  magenta: [255, 0, 255],
  cyan: [0, 255, 255],
  turquoise: [64, 224, 208],
  lime: [128, 255, 0],
  gold: [255, 200, 0],
};

/** Kelvin. */
const whites: Readonly<Record<string, number>> = {
  candlelight: 2000,
  'warm white': 2700,
  warm: 2700,
  neutral: 4000,
  white: 4000,
  'cool white': 5500,
  cool: 5500,
  'cold white': 6000,
  daylight: 6000,
};

const names = [...Object.keys(colours), ...Object.keys(whites)] as [string, ...string[]];

/** Hue 0 to 360 and saturation 0 to 1, of HSV. */
const hueOf = ([red, green, blue]: Rgb): { hue: number; saturation: number } => {
  const most = Math.max(red, green, blue);
  const span = most - Math.min(red, green, blue);
  const sector =
    most === red
      ? ((green - blue) / (span || 1)) % 6
      : most === green
        ? (blue - red) / span + 2
        : (red - green) / span + 4;
  return { hue: (sector * 60 + 360) % 360, saturation: most === 0 ? 0 : span / most };
};

const hueTolerance = 15;

const isColour = ({ state, attributes }: Entity, wanted: Rgb): boolean => {
  const [hue, saturation] = (attributes.hs_color ?? []) as [number?, number?];
  if (state !== 'on' || hue === undefined || saturation === undefined) return false;
  const goal = hueOf(wanted);
  const apart = Math.abs(hue - goal.hue);
  const near = Math.min(apart, 360 - apart) <= hueTolerance;
  return near && Math.abs(saturation / 100 - goal.saturation) <= 0.2;
};

const isWhite = ({ state, attributes }: Entity, kelvin: number): boolean => {
  const read = attributes.color_temp_kelvin;
  // Lamps count in mireds, and stop at their own ends.
  const [least, most] = [attributes.min_color_temp_kelvin, attributes.max_color_temp_kelvin];
  const low = typeof least === 'number' ? least : kelvin;
  const high = typeof most === 'number' ? most : kelvin;
  const goal = Math.min(high, Math.max(low, kelvin));
  return state === 'on' && typeof read === 'number' && Math.abs(read - goal) <= goal * 0.04;
};

const modesOf = ({ attributes }: Entity): string[] =>
  Array.isArray(attributes.supported_color_modes) ? attributes.supported_color_modes : [];

const hasColour = (entity: Entity): boolean =>
  modesOf(entity).some((mode) => ['hs', 'rgb', 'rgbw', 'rgbww', 'xy'].includes(mode));
const hasWhites = (entity: Entity): boolean => modesOf(entity).includes('color_temp');

interface Shade {
  data: Record<string, unknown>;
  shows: (now: Entity) => boolean;
  can: (entity: Entity) => boolean;
  said: string;
}

/** White of lamps without a colour temperature is made of their colours. */
const nearWhite: Rgb = [255, 244, 229];

const shadeOf = (colour: string | undefined, kelvin: number | undefined): Shade => {
  const rgb = colour === undefined ? undefined : colours[colour];
  if (rgb) {
    const said = colour ?? '';
    return { data: { rgb_color: rgb }, shows: (now) => isColour(now, rgb), can: hasColour, said };
  }
  const goal = kelvin ?? whites[colour ?? ''] ?? 4000;
  return {
    data: { color_temp_kelvin: goal },
    shows: (now) => isWhite(now, goal) || (!hasWhites(now) && isColour(now, nearWhite)),
    can: (entity) => hasWhites(entity) || hasColour(entity),
    said: colour ?? `at ${goal} kelvin`,
  };
};

const germanNames: Readonly<Record<string, string>> = {
  red: 'rot',
  green: 'grün',
  blue: 'blau',
  yellow: 'gelb',
  purple: 'lila',
  violet: 'violett',
  pink: 'rosa',
  turquoise: 'türkis',
  white: 'weiß',
  warm: 'warmweiß',
  'warm white': 'warmweiß',
  cool: 'kaltweiß',
  'cool white': 'kaltweiß',
};

export const colour = acting({
  about: 'Set the colour of lights by name, or their white from warm to cool, or in kelvin.',
  says: colourSays,
  input: z.object({
    what: z.string().min(1).max(80).describe('Name of a light, or a group of them.'),
    colour: z.enum(names).optional(),
    kelvin: z.int().min(1000).max(12_000).optional(),
  }),
  examples: [
    { says: 'make the desk lamp red', input: { what: 'the desk lamp', colour: 'red' } },
    {
      says: 'set the kitchen lights to 3000 kelvin',
      input: { what: 'the kitchen lights', kelvin: 3000 },
    },
  ],
  plan: ({ what, colour: name, kelvin }, home, context) => {
    const { language } = context;
    const words = homeWords(language);
    const { entities, subject } = targetsFor(
      { phrase: what, home },
      ({ domain }) => domain === 'light',
      context,
    );
    const shade = shadeOf(name, kelvin);
    const able = entities.filter(shade.can);
    if (able.length === 0) {
      const why = language.startsWith('de') ? 'keine Farben' : 'it has no colours';
      throw new ToolError(words.cannot(entities[0]?.name ?? what, why), 'out-of-range');
    }
    const said = language.startsWith('de')
      ? (germanNames[shade.said] ?? shade.said.replace(/^at /, 'auf '))
      : shade.said;
    const forms = {
      en: ['{}', 'set', 'set {} for'],
      de: ['{}', 'eingestellt', 'auf {} stellen'],
    } as const;
    return {
      calls: callsFor(able, 'turn_on', shade.data),
      expects: entities.map((entity) => ({ entity, wanted: (now) => shade.shows(now) })),
      ...{ subject, deed: deed(forms, language, said) },
    };
  },
});
