/** Words for kinds of things and for places, in English and German. Pure data. */
import { plainName } from '../core/sounds.ts';
import type { Entity } from './model.ts';

export interface Kind {
  /** Plain words, as `plainName` makes them. */
  words: readonly string[];
  fits: (entity: Entity) => boolean;
  /** For a question: "Which lights: …?" */
  plural: { en: string; de: string };
}

const list = (text: string): string[] => text.split('|').map(plainName);
const classOf = ({ attributes }: Entity): string => String(attributes.device_class ?? '');
const covers =
  (...classes: string[]) =>
  (entity: Entity) =>
    entity.domain === 'cover' && (classes.length === 0 || classes.includes(classOf(entity)));

const named = (entity: Entity, pattern: RegExp): boolean =>
  entity.names.some((name) => pattern.test(name));

export const kinds: readonly Kind[] = [
  {
    words: list('light|lights|lamp|lamps|lighting|licht|lichter|lampe|lampen|beleuchtung'),
    fits: ({ domain }) => domain === 'light',
    plural: { en: 'lights', de: 'Lichter' },
  },
  {
    words: list(
      'switch|switches|socket|sockets|plug|plugs|outlet|outlets|schalter|steckdose|steckdosen',
    ),
    fits: ({ domain }) => domain === 'switch',
    plural: { en: 'switches', de: 'Schalter' },
  },
  {
    words: list('fan|fans|ventilator|ventilatoren|lüfter'),
    fits: ({ domain }) => domain === 'fan',
    plural: { en: 'fans', de: 'Ventilatoren' },
  },
  {
    words: list(
      'blind|blinds|shade|shades|shutter|shutters|curtain|curtains|cover|covers|' +
        'rollo|rollos|rollladen|rollläden|rolladen|jalousie|jalousien|vorhang|vorhänge',
    ),
    fits: (entity) =>
      covers('blind', 'shade', 'shutter', 'curtain', 'window', 'awning', '')(entity) &&
      !named(entity, /garage|gate|roof/i),
    plural: { en: 'blinds', de: 'Rollläden' },
  },
  {
    words: list('window|windows|fenster'),
    fits: (entity) =>
      covers('window')(entity) ||
      (entity.domain === 'binary_sensor' && classOf(entity) === 'window') ||
      (entity.domain === 'cover' && named(entity, /window|fenster/i)),
    plural: { en: 'windows', de: 'Fenster' },
  },
  {
    words: list('garage|garage door|garage doors|gate|gates|garagentor|tor|tore'),
    fits: (entity) =>
      covers('garage', 'gate')(entity) ||
      (entity.domain === 'cover' && named(entity, /garage|gate\b|garagentor/i)),
    plural: { en: 'garage doors', de: 'Garagentore' },
  },
  {
    words: list('lock|locks|door|doors|door lock|door locks|schloss|schlösser|tür|türen'),
    fits: (entity) =>
      entity.domain === 'lock' ||
      (entity.domain === 'binary_sensor' && ['door', 'lock'].includes(classOf(entity))),
    plural: { en: 'doors', de: 'Türen' },
  },
  {
    words: list(
      'heating|heater|heaters|thermostat|thermostats|radiator|radiators|air conditioning|' +
        'ac|climate|heizung|heizungen|klimaanlage',
    ),
    fits: ({ domain }) => domain === 'climate',
    plural: { en: 'thermostats', de: 'Heizungen' },
  },
  {
    words: list(
      'speaker|speakers|tv|tvs|television|music|player|players|media player|radio|' +
        'fernseher|musik|lautsprecher|medien',
    ),
    fits: ({ domain }) => domain === 'media_player',
    plural: { en: 'players', de: 'Player' },
  },
  {
    words: list('vacuum|vacuums|vacuum cleaner|robot|hoover|staubsauger|saugroboter|sauger'),
    fits: ({ domain }) => domain === 'vacuum',
    plural: { en: 'vacuum cleaners', de: 'Staubsauger' },
  },
  {
    words: list('alarm|alarm system|security system|alarmanlage'),
    fits: ({ domain }) => domain === 'alarm_control_panel',
    plural: { en: 'alarms', de: 'Alarmanlagen' },
  },
  {
    words: list('list|lists|to do list|to do|todo|liste|listen'),
    fits: ({ domain }) => domain === 'todo',
    plural: { en: 'lists', de: 'Listen' },
  },
];

/** "Everything": what a person would go round and switch. */
export const everythingWords = list('everything|all|every thing|all of it|alles');
export const isEverything = ({ domain }: Entity): boolean =>
  ['light', 'switch', 'fan', 'media_player'].includes(domain);

export const wholeHouse = list(
  'house|home|everywhere|whole house|entire house|haus|überall|ganzes haus|ganze haus|wohnung',
);
export const upstairs = list('upstairs|oben|upper floor|obergeschoss');
export const downstairs = list('downstairs|unten|ground floor|erdgeschoss');

/** Said before a name, and no part of it. */
export const leading = new Set(
  list(
    'the|my|our|all|every|each|both|any|of|a|an|those|these|der|die|das|den|dem|alle|alles|' +
      'allen|jede|jedes|meine|mein|meinen|unser|unsere|ein|eine|beide',
  ),
);

/** They say that all of a kind are meant. */
export const meansAll = new Set(
  list('all|every|each|both|everything|alle|alles|allen|jede|jedes|beide'),
);

/** Between a thing and its place. */
export const linking = list(
  'in the|in|on the|on|of the|of|at the|at|from the|from|im|in der|in dem|' +
    'in den|am|auf der|auf dem|vom|von der|aus der|aus dem|der|des',
);
export const exceptions = list(
  'but not|but|except for|except|apart from|other than|besides|außer|bis auf|ohne',
);
export const joining = list('and|und');

/** German glues a room to a thing: "Küchenlicht", "Schlafzimmerrollo". */
const heads =
  /^(\p{L}{3,}?)(lichter|licht|lampen|lampe|rollos|rollo|rollladen|heizung|fenster|ventilator)$/u;

/** @returns the words with glued ones taken apart, or as they were. */
export const decompounded = (words: readonly string[]): string[] =>
  words.flatMap((word) => {
    const [, room, head] = heads.exec(word) ?? [];
    return room && head ? [room, head] : [word];
  });
