/** Services are found by what they are called, what they do, and what one says to them. */
import { expect, it } from 'vitest';
import { found, type Integration, type Show, type UsableTool } from './integrations.ts';

const service = (name: string, given: Partial<Integration>): Integration => ({
  ...{ name, about: `About ${name}.`, on: false, state: 'off', latencyMs: null, since: null },
  ...{ tools: [], ...given },
});
const tool = (name: string, about: string) => ({
  ...{ name, about, effect: 'read' as const, permission: null },
});
const all = [
  service('weather', { on: true, state: 'ready', tools: [tool('weather_now', 'Rain and sun.')] }),
  service('home-assistant', { on: true, state: 'failed' }),
  service('mail', {}),
  service('calendar', { state: 'mistaken' }),
];
const usable: UsableTool[] = [
  { ...tool('weather_now', ''), integration: 'weather', examples: ['do I need an umbrella'] },
];
const names = (text: string, show: Show = 'all') =>
  found(all, usable, { text, show }).map(({ name }) => name);

it('puts what needs mending before what is on, and that before what is off', () => {
  expect(names('')).toEqual(['calendar', 'home-assistant', 'weather', 'mail']);
});

it('finds by name, by what it does, and by what people say', () => {
  expect(names('home ASSISTANT')).toEqual(['home-assistant']);
  expect(names('rain')).toEqual(['weather']);
  expect(names('umbrella need')).toEqual(['weather']);
  expect(names('umbrella mail')).toEqual([]);
});

it('shows those of one state', () => {
  expect(names('', 'on')).toEqual(['home-assistant', 'weather']);
  expect(names('', 'wrong')).toEqual(['calendar', 'home-assistant']);
  expect(names('', 'off')).toEqual(['mail']);
});
