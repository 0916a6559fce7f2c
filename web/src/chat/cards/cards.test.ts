// Cards: what a command makes of a thing, what goes into it, and how measures are read.
import { describe, expect, test } from 'vitest';
import { durationText, leftText, sizeText } from './measures.ts';
import { filledIn } from './ordering.tsx';
import { changeBy, shownValue, stateText, type Thing } from './things.ts';

const light: Thing = {
  ...{ entityId: 'light.kitchen', name: 'Kitchen', domain: 'light', state: 'on' },
  ...{ on: true, brightness: 60, commands: [] },
};

describe('things', () => {
  test('look at once as they will be', () => {
    expect({ ...light, ...changeBy('off') }).toMatchObject({ on: false, state: 'off' });
    expect({ ...light, ...changeBy('brightness', 0) }).toMatchObject({ on: false, brightness: 0 });
    expect({ ...light, ...changeBy('brightness', 30) }).toMatchObject({ on: true, brightness: 30 });
    expect(changeBy('target', 21.5)).toEqual({ targetC: 21.5 });
    expect(changeBy('stop')).toEqual({});
  });

  test('a lock is never shown as open before the house has said so', () => {
    expect(changeBy('unlock')).not.toHaveProperty('locked');
    expect(changeBy('lock')).toEqual({ locked: true, state: 'locking' });
  });

  test('say how they are', () => {
    expect(stateText(light, 'en')).toBe('on · 60%');
    expect(stateText({ ...light, on: false, state: 'off' }, 'en')).toBe('off');
    const heating = { ...light, domain: 'climate', state: 'heat', temperatureC: 20.5 };
    expect(stateText({ ...heating, on: false }, 'de')).toBe('heating · 20,5 °C now');
    expect(shownValue({ ...light, on: false }, 'brightness')).toBe(0);
    expect(shownValue(light, 'volume')).toBeUndefined();
  });
});

test('what was chosen goes into its place and nowhere else', () => {
  const input = { name: 'kitchen {value}', value: '{value}', deep: { value: '{value}' } };
  expect(filledIn(input, '{value}', 40)).toEqual({ ...input, value: 40 });
  expect(filledIn({ items: '{text}' }, '{text}', '2 l milk')).toEqual({ items: '2 l milk' });
});

test.each([
  [0, '0:00'],
  [1, '0:01'],
  [59_001, '1:00'],
  [245_000, '4:05'],
  [3_599_000, '59:59'],
  [3_909_000, '1:05:09'],
])('%i ms are left as %s', (ms, text) => {
  expect(leftText(ms)).toBe(text);
});

test.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [1_000, '1 kB'],
  [1_440_000, '1.4 MB'],
  [2e15, '2,000 TB'],
])('%i bytes are %s', (bytes, text) => {
  expect(sizeText(bytes, 'en')).toBe(text);
});

test('the time of a download is told in the unit that fits', () => {
  expect(durationText(0, 'en')).toBe('1 second');
  expect(durationText(60, 'en')).toBe('60 seconds');
  expect(durationText(1_500, 'de')).toBe('25 Minuten');
  expect(durationText(7_200, 'en')).toBe('2 hours');
});
