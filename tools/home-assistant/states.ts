/** Questions about how the home is now; only fresh states are answered with. */
import { z } from 'zod';
import { type OtherCall, ToolError } from '../core/define.ts';
import { asking, type Context, type Targets, targetsFor } from './acting.ts';
import { thingsCard } from './card.ts';
import {
  type Condition,
  conditionSaid,
  conditions,
  isIn,
  stateSaid,
  valueSaid,
} from './conditions.ts';
import type { Entity, Home } from './model.ts';
import { resolve } from './names.ts';
import { placeOf } from './places.ts';
import { measureSays, stateSays, whichSays } from './says-asks.ts';
import { homeWords, subjectOf, tongueOf } from './words.ts';

const sentences = {
  en: {
    yes: (text: string, are: boolean, state: string) =>
      `Yes, ${text} ${are ? 'are' : 'is'} ${state}.`,
    no: (text: string, are: boolean, state: string) =>
      `No, ${text} ${are ? 'are' : 'is'} ${state}.`,
    not: (list: string, are: boolean, state: string) =>
      `No, ${list} ${are ? 'are' : 'is'} not ${state}.`,
    cannotTell: (is: string, condition: string) => `${is} Whether it is ${condition} I cannot see.`,
    none: (kind: string, state: string) => `No ${kind} are ${state}.`,
    these: (list: string, are: boolean, state: string) => `${list} ${are ? 'are' : 'is'} ${state}.`,
    more: (count: number) => `${count} more`,
    measured: (measure: string, where: string, value: string) =>
      `The ${measure} ${where} is ${value}.`,
    reads: (name: string, value: string) => `The ${name} is ${value}.`,
    inPlace: (place: string) => `in the ${place}`,
    of: (name: string) => `of the ${name}`,
    noMeasure: (measure: string) => `I have no sensor for the ${measure} there.`,
  },
  de: {
    yes: (text: string, are: boolean, state: string) =>
      `Ja, ${text} ${are ? 'sind' : 'ist'} ${state}.`,
    no: (text: string, are: boolean, state: string) =>
      `Nein, ${text} ${are ? 'sind' : 'ist'} ${state}.`,
    not: (list: string, are: boolean, state: string) =>
      `Nein, ${list} ${are ? 'sind' : 'ist'} nicht ${state}.`,
    cannotTell: (is: string, condition: string) => `${is} Ob ${condition}, sehe ich nicht.`,
    none: (kind: string, state: string) => `Nichts davon ist ${state}: ${kind}.`,
    these: (list: string, are: boolean, state: string) =>
      `${list} ${are ? 'sind' : 'ist'} ${state}.`,
    more: (count: number) => `${count} weitere`,
    measured: (measure: string, where: string, value: string) => `${measure} ${where}: ${value}.`,
    reads: (name: string, value: string) => `${name}: ${value}.`,
    inPlace: (place: string) => `in ${place}`,
    of: (name: string) => `bei ${name}`,
    noMeasure: (measure: string) => `Dafür habe ich dort keinen Sensor: ${measure}.`,
  },
};

const said = (language: string) => sentences[tongueOf(language)];
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const listedMax = 5;

/** Names with their article, the rest counted. */
const listed = (entities: readonly Entity[], { language }: Pick<Context, 'language'>): string => {
  const names = entities.map(({ name }) => subjectOf(name, tongueOf(language)).text);
  const shown = names.slice(0, listedMax);
  const rest = names.length - shown.length;
  return homeWords(language).list(rest > 0 ? [...shown, said(language).more(rest)] : shown);
};

const areMany = ([one, ...others]: readonly Entity[], language: string): boolean =>
  others.length > 0 || (one !== undefined && subjectOf(one.name, tongueOf(language)).plural);

const shownOf = (entities: readonly Entity[]) =>
  entities.map(({ id, name, state }) => ({ id, name, state }));

const plain = ({ entities, subject }: Targets, context: Pick<Context, 'language'>): string => {
  const { language } = context;
  const [one] = entities;
  if (one && entities.length === 1)
    return homeWords(language).is(subject, stateDeed(one, language));
  const parts = entities
    .slice(0, listedMax)
    .map((entity) => `${entity.name}: ${stateSaid(entity, language)}`);
  return `${capital(homeWords(language).list(parts))}.`;
};

const stateDeed = (entity: Entity, language: string) => ({
  ...{ past: '', infinitive: '' },
  state: stateSaid(entity, language),
});

const answer = (targets: Targets, condition: Condition, context: Pick<Context, 'language'>) => {
  const { language } = context;
  const words = said(language);
  const state = conditionSaid(condition, language);
  const { text, plural } = targets.subject;
  const [one] = targets.entities;
  const found = targets.entities.map((entity) => ({ entity, is: isIn(entity, condition) }));
  if (found.some(({ is }) => is === undefined)) {
    return words.cannotTell(plain(targets, context), state);
  }
  const others = found.filter(({ is }) => is === false).map(({ entity }) => entity);
  if (others.length === 0) return words.yes(text, plural, state);
  if (one && targets.entities.length === 1) return words.no(text, plural, stateSaid(one, language));
  return words.not(listed(others, context), others.length > 1, state);
};

const fitsCondition =
  (condition: Condition | undefined) =>
  (entity: Entity): boolean =>
    ['scene', 'automation', 'script', 'button', 'update', 'event'].includes(entity.domain)
      ? false
      : condition === undefined || isIn(entity, condition) !== undefined;

/** A door with a lock alone cannot say whether it is open, but is better than nothing. */
const targetsOf = (
  phrase: string,
  condition: Condition | undefined,
  { home, context }: { home: Home; context: Context },
) => {
  const able = resolve(phrase, { home, fits: fitsCondition(condition) });
  const fits = able.kind === 'none' ? fitsCondition(undefined) : fitsCondition(condition);
  return targetsFor({ phrase, home }, fits, context);
};

const what = z.string().min(1).max(80).describe('Name of a thing, or a group of them.');

export const state = asking({
  about: 'How something in the home is now, or whether it is on, open, locked and so on.',
  says: stateSays,
  input: z.object({ what, is: z.enum(conditions).optional() }),
  examples: [
    { says: 'is the front door locked', input: { what: 'the front door', is: 'locked' } },
    {
      says: 'ist das Küchenlicht an',
      input: { what: 'das Küchenlicht', is: 'on' },
      language: 'de',
    },
  ],
  run: async ({ what: phrase, is }, context) => {
    const home = context.client.home(context.language);
    const targets = targetsOf(phrase, is, { home, context });
    const say = is === undefined ? plain(targets, context) : answer(targets, is, context);
    const card = thingsCard(targets.entities, home);
    return { say: say.slice(0, 300), show: shownOf(targets.entities), card };
  },
});

export const which = asking({
  about: 'Which things of a kind are on, open, unlocked …: "which lights are on upstairs".',
  says: whichSays,
  input: z.object({
    kind: z.string().min(1).max(80).describe('A kind, perhaps with a place: "lights upstairs".'),
    is: z.enum(conditions),
  }),
  examples: [{ says: 'which lights are on', input: { kind: 'lights', is: 'on' } }],
  run: async ({ kind, is }, context) => {
    const { client, language } = context;
    const phrase = `all ${kind}`;
    const home = client.home(language);
    const targets = targetsFor({ phrase, home }, fitsCondition(is), context);
    const found = targets.entities.filter((entity) => isIn(entity, is));
    const words = said(language);
    const condition = conditionSaid(is, language);
    const say =
      found.length === 0
        ? words.none(kind, condition)
        : words.these(capital(listed(found, context)), areMany(found, language), condition);
    return { say, show: shownOf(found), card: thingsCard(found, home) };
  },
});

// biome-ignore format: one list
const measures = [
  'temperature', 'humidity', 'power', 'energy', 'battery', 'carbon_dioxide', 'carbon_monoxide',
  'illuminance', 'pressure', 'moisture',
] as const;
type Measure = (typeof measures)[number];

const germanMeasures: Readonly<Record<Measure, string>> = {
  temperature: 'Temperatur',
  humidity: 'Luftfeuchtigkeit',
  power: 'Leistung',
  energy: 'Energie',
  battery: 'Batterie',
  carbon_dioxide: 'Kohlendioxid',
  carbon_monoxide: 'Kohlenmonoxid',
  illuminance: 'Helligkeit',
  pressure: 'Luftdruck',
  moisture: 'Feuchte',
};

interface Reading {
  entity: Entity;
  value: string;
  unit: string;
}

/** Thermostats measure too; of the two, the sensor is preferred. */
const readingOf = (entity: Entity, measure: Measure): Reading | undefined => {
  const { domain, attributes, state: value } = entity;
  const unit = String(attributes.unit_of_measurement ?? '');
  const numeric = value !== '' && Number.isFinite(Number(value));
  if (domain === 'sensor' && attributes.device_class === measure && numeric) {
    return { entity, value, unit };
  }
  const key = measure === 'temperature' ? 'current_temperature' : 'current_humidity';
  const own = attributes[key];
  const measuring = measure === 'temperature' || measure === 'humidity';
  if (!measuring || domain !== 'climate' || typeof own !== 'number') return undefined;
  return { entity, value: String(own), unit: measure === 'humidity' ? '%' : '°C' };
};

const find = (
  { measure, where }: { measure: Measure; where?: string | undefined },
  home: Home,
  context: Context,
): { reading: Reading; place?: string } => {
  const all = [...home.entities.values()]
    .filter(({ hidden }) => !hidden)
    .flatMap((entity) => readingOf(entity, measure) ?? [])
    .sort((a, b) => Number(b.entity.domain === 'sensor') - Number(a.entity.domain === 'sensor'));
  const { language } = context;
  const words = homeWords(language);
  const name = measure.replace('_', ' ');
  const none = said(language).noMeasure(
    tongueOf(language) === 'de' ? germanMeasures[measure] : name,
  );
  if (where === undefined) {
    const [one, ...others] = all;
    if (!one) throw new ToolError(none, 'not-found', true);
    if (others.length === 0) return { reading: one };
    throw new ToolError(words.which(all.map(({ entity }) => entity.name)), 'which-one');
  }
  const bare = where.replace(/^(the|my|der|die|das|dem|den)\s+/i, '').toLowerCase();
  const place = placeOf(bare, home);
  const there = place && all.find(({ entity }) => place.holds(entity));
  if (there) return { reading: there, place: place.name };
  const fits = (entity: Entity) => all.some((one) => one.entity === entity);
  const named = [bare, `${bare} ${name}`].map((phrase) => resolve(phrase, { home, fits }));
  const found = named.flatMap((one) => (one.kind === 'found' ? one.entities : []))[0];
  const reading = all.find(({ entity }) => entity === found);
  if (!reading) throw new ToolError(none, 'not-found', true);
  return { reading };
};

/** No room and no thing of the home: the weather may know it. */
const weatherAt = (where: string | undefined): OtherCall => {
  const isHere = where === undefined || /\b(outside|outdoors|draußen|außen)\b/i.test(where);
  return { tool: 'weather_now', input: { ...(!isHere && { place: where }), asked: 'temperature' } };
};

export const measure = asking({
  about: 'What a sensor measures: temperature, humidity, power, battery and so on, in a room.',
  says: measureSays,
  input: z.object({
    measure: z.enum(measures),
    where: z.string().min(1).max(80).optional().describe('A room, "outside", or a thing.'),
  }),
  examples: [
    {
      says: 'what is the temperature in the bedroom',
      input: { measure: 'temperature', where: 'the bedroom' },
    },
  ],
  instead: ({ measure: wanted, where }, context) => {
    if (wanted !== 'temperature') return undefined;
    try {
      find({ measure: wanted, where }, context.client.home(context.language), context);
      return undefined;
    } catch (error) {
      const isElsewhere = error instanceof ToolError && error.code === 'not-found';
      return isElsewhere ? weatherAt(where) : undefined;
    }
  },
  run: async ({ measure: wanted, where }, context) => {
    const { client, language } = context;
    const tongue = tongueOf(language);
    const home = client.home(language);
    const { reading, place } = find({ measure: wanted, where }, home, context);
    const { entity, value, unit } = reading;
    const heard = valueSaid(value, unit, tongue);
    const name = tongue === 'de' ? germanMeasures[wanted] : wanted.replace('_', ' ');
    const words = said(language);
    const own = entity.name.toLowerCase().includes(wanted.replace('_', ' '));
    const say = place
      ? words.measured(name, words.inPlace(place), heard)
      : own
        ? words.reads(entity.name.toLowerCase(), heard)
        : words.measured(name, words.of(entity.name), heard);
    const card = thingsCard([entity], home);
    return { say, show: { entity: entity.id, value, unit }, card };
  },
});
