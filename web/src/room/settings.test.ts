/** What a device remembers of how it stands in its room. */
import { describe, expect, it } from 'vitest';
import { firstSettings, readSettings, wordOf } from './settings.ts';

describe('settings of a device in a room', () => {
  it('come back as they were kept', () => {
    const kept = { word: 'hey_butler', sensitivity: 0.8, chime: false, explained: true };
    expect(readSettings(JSON.stringify(kept))).toEqual(kept);
  });

  it.each([null, '', '{', '7', '[]', '{"sensitivity":7,"chime":"no","word":4,"explained":1}'])(
    'begin anew where what was kept makes no sense: %s',
    (json) => expect(readSettings(json)).toEqual(firstSettings),
  );

  it('take the word of the device, else of the person, else the first', () => {
    const trained = [{ id: 'hey_butler' }, { id: 'computer' }];
    const word = (set: string, own: string | null) =>
      wordOf({ ...firstSettings, word: set }, { own, trained });
    expect(word('computer', null)).toBe('computer');
    expect(word('', 'computer')).toBe('computer');
    expect(word('alexa', 'jarvis')).toBe('hey_butler');
    expect(word('', null)).toBe('hey_butler');
  });
});
