/** Things on a screen: how they are now, and commands that the same tools take as words do. */
import { expect, it } from 'vitest';
import { cardSchema } from '../core/card.ts';
import { thingsCard } from './card.ts';
import integration from './index.ts';
import { buildHome, type State } from './model.ts';

const state = (entity_id: string, value: string, attributes: object = {}): State => ({
  ...{ entity_id, state: value, attributes: { friendly_name: entity_id, ...attributes } },
});

const homeOf = (states: readonly State[], fahrenheit = false) =>
  buildHome(Object.fromEntries(states.map((one) => [one.entity_id, one])), {
    entities: states.map(({ entity_id }) => ({ entity_id, id: entity_id, area_id: 'hall' })),
    areas: [{ area_id: 'hall', name: 'Hall' }],
    ...{ devices: [], floors: [], sources: {}, configs: new Map(), fahrenheit },
  });

const states = [
  state('light.dim', 'on', { brightness: 128, supported_color_modes: ['brightness'] }),
  state('light.plain', 'off', { supported_color_modes: ['onoff'] }),
  state('lock.front', 'locked'),
  state('cover.blind', 'open', { current_position: 40 }),
  state('climate.heating', 'heat', {
    ...{ temperature: 21, current_temperature: 19.46, min_temp: 7, max_temp: 30 },
  }),
  state('sensor.outside', '-3.25', { device_class: 'temperature', unit_of_measurement: '°C' }),
  state('switch.gone', 'unavailable'),
];
const home = homeOf(states);
const card = thingsCard([...home.entities.values()], home);
const thing = (id: string) => card?.things.find(({ entityId }) => entityId === id);
const names = (id: string) => thing(id)?.commands.map(({ name }) => name);

it('tells how each thing is', () => {
  expect(cardSchema.parse(card)).toEqual(card);
  expect(thing('light.dim')).toMatchObject({ area: 'Hall', on: true, brightness: 50 });
  expect(thing('light.plain')).toMatchObject({ on: false });
  expect(thing('lock.front')).toMatchObject({ locked: true });
  expect(thing('cover.blind')).toMatchObject({ position: 40, state: 'open' });
  expect(thing('climate.heating')).toMatchObject({ targetC: 21, temperatureC: 19.5 });
  expect(thing('sensor.outside')).toMatchObject({ temperatureC: -3.2 });
  expect(thing('switch.gone')).toMatchObject({ state: 'unavailable', commands: [] });
});

it('offers what can be done with each', () => {
  expect(names('light.dim')).toEqual(['on', 'off', 'brightness']);
  expect(names('light.plain')).toEqual(['on', 'off']);
  expect(names('lock.front')).toEqual(['lock', 'unlock']);
  expect(names('cover.blind')).toEqual(['open', 'close', 'stop', 'position']);
  expect(names('climate.heating')).toEqual(['on', 'off', 'target']);
  expect(names('sensor.outside')).toEqual([]);
});

it('offers only commands that a tool takes', () => {
  const commands = card?.things.flatMap((one) => one.commands) ?? [];
  expect(commands.length).toBeGreaterThan(10);
  for (const { tool, input, takes } of commands) {
    const filled = Object.entries(input).map(([key, value]) => [
      key,
      value === '{value}' ? takes?.max : value,
    ]);
    const { input: schema } = integration.tools[tool.replace('home_assistant_', '')] ?? {};
    expect([tool, schema?.safeParse(Object.fromEntries(filled)).error]).toEqual([tool, undefined]);
  }
});

it('shows a home in Fahrenheit in Celsius, and sets it in its own degrees', () => {
  const attributes = { temperature: 70, current_temperature: 66, min_temp: 45, max_temp: 95 };
  const warm = homeOf([state('climate.heating', 'heat', attributes)], true);
  const [one] = thingsCard([...warm.entities.values()], warm)?.things ?? [];
  expect(one).toMatchObject({ targetC: 21.1, temperatureC: 18.9 });
  const target = one?.commands.find(({ name }) => name === 'target');
  expect(target?.takes).toEqual({ min: 45, max: 95, unit: '°F' });
});

it('is none where nothing is left of them', () => {
  expect(thingsCard([...home.entities.values()], homeOf([]))).toBeUndefined();
});
