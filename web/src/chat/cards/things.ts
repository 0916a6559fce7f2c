/** What a command makes of a thing, and how a thing is in words. */
import { cardWords as words } from '../../words/cards.ts';
import type { CardOf } from '../card.ts';

export type Thing = CardOf<'things'>['things'][number];
export type Command = Thing['commands'][number];

/** Commands that take a number and are shown as sliders. */
export const scales = ['brightness', 'volume', 'speed', 'target', 'position'] as const;

/** How the thing will be once the command is done; nothing where that cannot be known. */
export function changeBy(command: Command['name'], value?: number): Partial<Thing> {
  switch (command) {
    case 'on':
      return { on: true, state: 'on' };
    case 'off':
      return { on: false, state: 'off' };
    case 'open':
      return { state: 'opening' };
    case 'close':
      return { state: 'closing' };
    case 'lock':
      return { locked: true, state: 'locking' };
    case 'unlock':
      return { state: 'unlocking' };
    case 'brightness':
      return value === undefined ? {} : { brightness: value, on: value > 0, state: onOff(value) };
    case 'target':
      return value === undefined ? {} : { targetC: value };
    case 'position':
      return value === undefined ? {} : { position: value };
    default:
      return {};
  }
}

function onOff(value: number): string {
  return value > 0 ? 'on' : 'off';
}

/** Where the slider stands; undefined where the card does not say it. */
export function shownValue(thing: Thing, scale: Command['name']): number | undefined {
  if (scale === 'brightness') return thing.on === false ? 0 : thing.brightness;
  if (scale === 'target') return thing.targetC;
  return scale === 'position' ? thing.position : undefined;
}

export function stateText(thing: Thing, language: string): string {
  const parts = [words.state(thing.state)];
  const percent = (value: number) => (value / 100).toLocaleString(language, { style: 'percent' });
  if (thing.brightness !== undefined && thing.on !== false) parts.push(percent(thing.brightness));
  if (thing.position !== undefined) parts.push(percent(thing.position));
  if (thing.temperatureC !== undefined) {
    parts.push(words.measured(`${thing.temperatureC.toLocaleString(language)} °C`));
  }
  return parts.join(' · ');
}
