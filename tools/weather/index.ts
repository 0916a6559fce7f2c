/** The weather, by Open-Meteo: now, hours, days, a trip, dangers. https://open-meteo.com/en/docs */
import { z } from 'zod';
import { integration, type ToolResult } from '../core/define.ts';
import { timeOfDay } from '../core/slots.ts';
import { openMeteo, renew, type WeatherClient } from './client.ts';
import { nowAsked, tellNow } from './now.ts';
import { type Context, type Place, placeOf } from './places.ts';
import { alertSays, forecastSays, nowSays, tripSays } from './says.ts';
import { tellSun } from './sun.ts';
import { assertForecast, nowAt, type Telling, tellingOf, tellSpan } from './tell.ts';
import { tripWeather } from './trip.ts';
import { tellAlerts } from './warn.ts';
import { days, parts, spanOf, type Wanted } from './when.ts';

/** A sentence that ends in "p.m." has its full stop. */
const heard = (told: ToolResult, { outside }: Place): ToolResult => ({
  ...told,
  say: told.say.replace(/\.\.(?= |$)/g, '.'),
  ...(outside && { outside }),
});

const telling = async (spoken: string | undefined, context: Context): Promise<Telling> => {
  const place = await placeOf(spoken, context);
  return tellingOf(place, await context.client.forecast(place, context), context);
};

const asked = [
  ...(['weather', 'rain', 'umbrella', 'snow', 'frost', 'temperature', 'wind'] as const),
  ...(['sunrise', 'sunset'] as const),
] as const;

const forecast = async (
  wanted: Wanted & { asked: (typeof asked)[number]; place?: string | undefined },
  context: Context,
) => {
  const place = await placeOf(wanted.place, context);
  const local = nowAt(place, context);
  const span = spanOf(wanted, local);
  assertForecast(span, local.date, context);
  const told = tellingOf(place, await context.client.forecast(place, context), context);
  if (wanted.asked === 'sunrise' || wanted.asked === 'sunset') {
    const wholeDay = spanOf({ ...wanted, time: undefined, part: undefined }, local);
    const day = wholeDay.day === 'tonight' ? 'today' : wholeDay.day;
    return heard(tellSun({ ...wholeDay, day }, wanted.asked === 'sunrise', told), place);
  }
  return heard(tellSpan(span, wanted.asked, told), place);
};

/** "In the bathroom" asks the house, not the sky; some places have an article by name. */
const thing = /^(?:the|my|our|this|that|der|die|das|dem|den|mein\p{L}*|unser\p{L}*) /iu;
const articled = new RegExp(
  '^(?:the (?:netherlands|hague|uk|usa?|united|philippines|bahamas|maldives|alps|canar|azores)|' +
    'de[nr] (?:haag|schweiz|türkei|niederlande|usa|vereinigten|ukraine|slowakei|mongolei|toskana|' +
    'provence|bretagne|alpen|azoren|malediven|philippinen))',
  'i',
);

/** Not as a pattern: the mind's schema stays small. */
const place = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((name) => articled.test(name) || !thing.test(name), 'must be a town or a country')
  .optional();
/** A short schema for the mind, and all the same a day that there is. */
const date = z
  .string()
  .refine((text) => z.iso.date().safeParse(text).success, 'must be a date such as 2026-11-21')
  .describe('YYYY-MM-DD');
const common = {
  effect: 'read' as const,
  confirm: 'never' as const,
  asked: { en: 'the weather service', de: 'den Wetterdienst' },
};

export default integration({
  name: 'weather',
  about: 'The weather here and elsewhere.',
  doing: {
    read: { en: 'looking at the weather', de: 'sehe nach dem Wetter' },
  },
  renew,
  config: z.object({
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
      .optional()
      .describe("An Open-Meteo server of your own. Unset: Open-Meteo's, which needs no key."),
    geocodingUrl: z
      .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
      .optional()
      .describe('Where names of places are looked up. Unset: at Open-Meteo.'),
    key: z.string().min(1).optional().describe("Open-Meteo's key for commercial use."),
  }),
  connect: (config): WeatherClient => openMeteo(config),
  health: async (client, signal) => {
    await client.check(signal);
    return 'the forecast answers';
  },
  close: (client) => client.close(),
}).tools({
  now: {
    ...common,
    about: 'The weather now and for the rest of today, here or in a place.',
    input: z.object({
      place: place.describe('Town, with region or country if said; left out: here.'),
      asked: z.enum(['temperature', ...nowAsked]).optional(),
    }),
    says: nowSays,
    examples: [
      { says: "what's the weather like", input: {} },
      { says: 'how is the weather in Lisbon', input: { place: 'Lisbon' } },
      { says: 'is it windy outside', input: { asked: 'windy' } },
      { says: 'wie ist das Wetter', input: {}, language: 'de' },
    ],
    run: async ({ place: spoken, asked: about }, context) => {
      const told = await telling(spoken, context);
      return heard(tellNow(about, told), told.place);
    },
  },
  forecast: {
    ...common,
    about: 'Weather to come, up to 16 days: a day or its part or hour; rain, frost, sunset, ….',
    input: z.object({
      day: z.enum(days).optional().describe('week: the next seven days.'),
      date: date.optional(),
      part: z.enum(parts).optional(),
      time: timeOfDay().optional(),
      asked: z.enum(asked).default('weather'),
      place,
    }),
    says: forecastSays,
    examples: [
      { says: 'will it rain tomorrow', input: { day: 'tomorrow', asked: 'rain' } },
      { says: 'do I need an umbrella', input: { asked: 'umbrella' } },
      { says: 'will it freeze tonight', input: { day: 'tonight', asked: 'frost' } },
      {
        says: 'how warm will it be on Friday',
        input: { day: 'friday', asked: 'temperature' },
      },
      { says: 'when does the sun set', input: { asked: 'sunset' } },
      {
        says: 'wie wird das Wetter morgen in Wien',
        input: { day: 'tomorrow', place: 'Wien' },
        language: 'de',
      },
    ],
    run: forecast,
  },
  trip: {
    ...common,
    about: "The weather of a trip in the person's calendar, for its place and days.",
    input: z.object({ place: place.describe('Which trip, where it was said.') }),
    says: tripSays,
    examples: [
      { says: 'what is the weather like for my trip', input: {} },
      { says: "what's the weather for my trip to Lisbon", input: { place: 'Lisbon' } },
      { says: 'wie wird das Wetter auf meiner Reise', input: {}, language: 'de' },
    ],
    run: tripWeather,
  },
  alerts: {
    ...common,
    about: 'Storm, heavy rain, snow, ice, heat or frost in the next two days; not official.',
    input: z.object({ place }),
    says: alertSays,
    examples: [
      { says: 'are there any weather warnings', input: {} },
      { says: 'gibt es Unwetterwarnungen', input: {}, language: 'de' },
    ],
    run: async ({ place: spoken }, context) => {
      const told = await telling(spoken, context);
      return heard(tellAlerts(told), told.place);
    },
  },
});
