// What was chosen is kept, broken storage is survived, and a device that went away is noticed.
import { expect, test } from 'vitest';
import { audioDevices, isGone, keepChoice, keptChoice, plainChoice } from './audio-choice.ts';

const keeper = (kept: string | null = null) => {
  const store = { text: kept };
  const storage = {
    getItem: () => store.text,
    setItem: (_key: string, value: string) => {
      store.text = value;
    },
  };
  return { store, get: () => storage };
};
const forbidden = (): never => {
  throw new Error('no storage here');
};

test('what was chosen is there at the next start', () => {
  const { get } = keeper();
  const choice = { microphone: 'm1', speaker: 's1', volume: 0.4, headset: true };
  keepChoice(get, choice);
  expect(keptChoice(get)).toEqual(choice);
});

test.each(['', 'null', '[]', '{', '{"volume":7,"microphone":3}', '"x"'])('%s is plain', (kept) => {
  expect(keptChoice(keeper(kept).get)).toEqual(plainChoice);
});

test('without storage the choice is plain, and choosing does not throw', () => {
  expect(keptChoice(forbidden)).toEqual(plainChoice);
  expect(() => keepChoice(forbidden, plainChoice)).not.toThrow();
});

test('the system’s own devices are the empty choice, not entries of the list', () => {
  const all = [
    { kind: 'audioinput', deviceId: 'default', label: 'Default - Desk' },
    { kind: 'audioinput', deviceId: 'communications', label: 'Communications - Desk' },
    { kind: 'audioinput', deviceId: 'a', label: 'Desk' },
    { kind: 'audiooutput', deviceId: 'b', label: 'Room' },
    { kind: 'videoinput', deviceId: 'c', label: 'Camera' },
    { kind: 'audiooutput', deviceId: '', label: '' },
  ] as const;
  expect(audioDevices(all)).toEqual({
    microphones: [{ id: 'a', name: 'Desk' }],
    speakers: [{ id: 'b', name: 'Room' }],
  });
});

test('gone is what was chosen and is missing; an empty list says nothing', () => {
  const devices = [{ id: 'a', name: 'Desk' }];
  expect(isGone('a', devices)).toBe(false);
  expect(isGone('b', devices)).toBe(true);
  expect(isGone('', devices)).toBe(false);
  expect(isGone('b', [])).toBe(false);
});
