/** A small home, and what a person's words mean in it. */
import { describe, expect, test } from 'vitest';
import { buildHome, type Registries, type State } from './model.ts';
import { resolve } from './names.ts';

const floors = [
  { floor_id: 'down', name: 'Ground floor', level: 0 },
  { floor_id: 'up', name: 'First floor', level: 1 },
];
const areas = [
  { area_id: 'kitchen', name: 'Kitchen', aliases: ['Küche'], floor_id: 'down' },
  { area_id: 'hall', name: 'Hall', aliases: ['Flur'], floor_id: 'down' },
  { area_id: 'bedroom', name: 'Bedroom', aliases: ['Schlafzimmer'], floor_id: 'up' },
  { area_id: 'office', name: 'Office', floor_id: 'up' },
];

const things: [id: string, name: string, area: string | undefined, ...aliases: string[]][] = [
  ['light.ceiling', 'Kitchen Ceiling', 'kitchen'],
  ['light.counter', 'Counter', 'kitchen', 'worktop lamp'],
  ['light.hall', 'Hall Light', 'hall'],
  ['light.bed', 'Bedside Lamp', 'bedroom', 'lamp by the bed'],
  ['light.sofa', 'Floor Lamp', 'office', 'lamp by the sofa'],
  ['switch.coffee', 'Coffee Machine', 'kitchen'],
  ['fan.bedroom', 'Bedroom Fan', 'bedroom'],
  ['lock.front', 'Front Door', undefined],
  ['lock.back', 'Back Door', undefined],
  ['cover.kitchen', 'Kitchen Blind', 'kitchen'],
  ['light.hidden', 'Hidden Lamp', 'hall'],
];

const states: Record<string, State> = Object.fromEntries(
  things.map(([id, name]) => [
    id,
    { entity_id: id, state: 'off', attributes: { friendly_name: name } },
  ]),
);

const registries: Registries = {
  entities: things.map(([entity_id, , area_id, ...aliases]) => ({
    ...{ entity_id, id: `uuid-${entity_id}`, aliases, area_id: area_id ?? null },
    hidden_by: entity_id === 'light.hidden' ? 'user' : null,
  })),
  ...{ devices: [], areas, floors, sources: {}, configs: new Map() },
};

const home = buildHome(states, registries);
const lights = new Set(['light', 'switch', 'fan']);

const find = (phrase: string, without?: string, fits = lights) =>
  resolve(phrase, { home, fits: ({ domain }) => fits.has(domain) }, without);

const idsOf = (phrase: string, without?: string): string[] => {
  const found = find(phrase, without);
  return found.kind === 'found' ? found.entities.map(({ id }) => id).sort() : [found.kind];
};

describe('what is meant by', () => {
  test.each<[string, string[]]>([
    ['the hall light', ['light.hall']],
    ['bedside lamp', ['light.bed']],
    ['my bedside lamps', ['light.bed']],
    ['the lamp by the sofa', ['light.sofa']],
    ['the worktop lamp', ['light.counter']],
    ['kitchen lights', ['light.ceiling', 'light.counter']],
    ['the lights in the kitchen', ['light.ceiling', 'light.counter']],
    ['all the lights', ['light.bed', 'light.ceiling', 'light.counter', 'light.hall', 'light.sofa']],
    ['all lights but the hall', ['light.bed', 'light.ceiling', 'light.counter', 'light.sofa']],
    ['all lights except the kitchen and the hall', ['light.bed', 'light.sofa']],
    ['everything upstairs', ['fan.bedroom', 'light.bed', 'light.sofa']],
    ['lights upstairs', ['light.bed', 'light.sofa']],
    ['all the lights downstairs', ['light.ceiling', 'light.counter', 'light.hall']],
    ['everything in the kitchen', ['light.ceiling', 'light.counter', 'switch.coffee']],
    ['the bedroom fan', ['fan.bedroom']],
    ['the fan in the bedroom', ['fan.bedroom']],
    ['coffee machine', ['switch.coffee']],
    ['coffee', ['switch.coffee']],
    ['the coffee machine and the hall light', ['light.hall', 'switch.coffee']],
    // As speech to text may spell them.
    ['the cofee mashine', ['switch.coffee']],
    ['bed side lamp', ['light.bed']],
    ['the kitchin lights', ['light.ceiling', 'light.counter']],
    ['the haul light', ['light.hall']],
    // German, with the room glued to the thing.
    ['das Küchenlicht', ['light.ceiling', 'light.counter']],
    ['die Lichter in der Küche', ['light.ceiling', 'light.counter']],
    ['alle Lichter außer Flur', ['light.bed', 'light.ceiling', 'light.counter', 'light.sofa']],
    ['light.bed, light.hall', ['light.bed', 'light.hall']],
  ])('%s', (phrase, ids) => {
    expect(idsOf(phrase)).toEqual(ids);
  });

  test('what is left out apart', () => {
    expect(idsOf('all lights', 'the hall')).not.toContain('light.hall');
    expect(idsOf('all lights', 'the bedside lamp')).not.toContain('light.bed');
    // To leave out what is not known would be to switch it.
    expect(find('all lights', 'the greenhouse')).toMatchObject({ kind: 'none' });
  });
});

describe('what cannot be told is asked, or said', () => {
  test('several', () => {
    expect(find('the lights')).toMatchObject({ kind: 'several' });
    const doors = find('the door', undefined, new Set(['lock']));
    expect(doors).toMatchObject({ kind: 'several', names: ['Front Door', 'Back Door'] });
  });

  test('none, and what is near', () => {
    expect(find('the flux capacitor')).toEqual({ kind: 'none', near: [] });
    expect(find('the reading lamp')).toMatchObject({
      kind: 'none',
      near: ['Counter', 'Bedside Lamp', 'Floor Lamp'],
    });
  });

  test('hidden things, and those of another kind, are never meant', () => {
    expect(find('hidden lamp')).toMatchObject({ kind: 'none' });
    expect(find('front door')).toMatchObject({ kind: 'none' });
  });

  test('a thing without a room is in the room of its name', () => {
    const found = find('all doors', undefined, new Set(['lock']));
    expect(found).toMatchObject({
      kind: 'found',
      entities: [{ id: 'lock.front' }, { id: 'lock.back' }],
    });
  });
});

describe('said in a room', () => {
  const inRoom = (phrase: string, here: string): string[] => {
    const fits = ({ domain }: { domain: string }) => domain === 'light';
    const found = resolve(phrase, { home, fits, here });
    return found.kind === 'found' ? found.entities.map(({ id }) => id).sort() : [found.kind];
  };

  test.each<[string, string, string[]]>([
    ['the light', 'Kitchen', ['light.ceiling', 'light.counter']],
    ['das Licht', 'Küche', ['light.ceiling', 'light.counter']],
    ['the lights', 'bedroom', ['light.bed']],
    // What is named, or placed, or all of it, is meant wherever it is said.
    ['the hall light', 'Kitchen', ['light.hall']],
    ['the lights in the hall', 'Kitchen', ['light.hall']],
    [
      'all lights',
      'bedroom',
      ['light.bed', 'light.ceiling', 'light.counter', 'light.hall', 'light.sofa'],
    ],
    // A room that Home Assistant does not know is no help.
    ['the light', 'Garage', ['several']],
  ])('%s, in the %s', (phrase, here, wanted) => {
    expect(inRoom(phrase, here)).toEqual(wanted);
  });
});
