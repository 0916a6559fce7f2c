/** The browser's voice reads what has no sound, once, and nothing else. */
import { describe, expect, it } from 'vitest';
import { BrowserVoice } from './browser-voice.ts';

const fault = (code: string) => ({ type: 'error', code, title: '', detail: '' }) as const;
const said = (text: string, final = true, who: 'butler' | 'person' = 'butler') =>
  ({ type: 'transcript', who, id: 'one', text, final }) as const;

const newVoice = () => {
  const spoken: string[] = [];
  let cancelled = 0;
  const voice = new BrowserVoice({
    speak: (text) => spoken.push(text),
    cancel: () => {
      cancelled += 1;
    },
  });
  return { voice, spoken, cancelled: () => cancelled };
};

describe('BrowserVoice', () => {
  it('reads an answer whose voice is off or failed', () => {
    const { voice, spoken } = newVoice();
    for (const code of ['voice-off', 'voice-failed']) {
      voice.follow(fault(code));
      voice.follow(said('It is', false));
      voice.follow(said('It is noon.'));
    }
    expect(spoken).toEqual(['It is noon.', 'It is noon.']);
  });

  it('leaves everything else to Butler', () => {
    const { voice, spoken } = newVoice();
    voice.follow(said('It is noon.'));
    voice.follow(fault('mind-busy'));
    voice.follow(said('What time is it?', true, 'person'));
    voice.follow(said('I am busy.'));
    expect(spoken).toEqual([]);
  });

  it('falls silent, and does not read what was cut off', () => {
    const { voice, spoken, cancelled } = newVoice();
    voice.follow(fault('voice-off'));
    voice.hush();
    voice.follow(said('It is noon.'));
    expect(spoken).toEqual([]);
    expect(cancelled()).toBe(1);
  });
});
