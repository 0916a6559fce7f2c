/** Which words are believed while Butler speaks. */
import { describe, expect, it } from 'vitest';
import { OwnVoice } from './own-voice.ts';

const speaking = (voice: OwnVoice, { level, ms }: { level: number; ms: number }) => {
  for (let nowMs = 0; nowMs < ms; nowMs += 20) voice.follow({ nowMs, own: 0.2, level });
};

describe('Butler’s own voice', () => {
  it('believes every word while Butler is silent', () => {
    const voice = new OwnVoice();
    voice.follow({ nowMs: 0, own: 0, level: 0.3 });
    expect(voice.believes({ nowMs: 20, score: 0.5, loudness: 0.01 })).toBe(true);
  });

  it('takes a word as loud as the echo for its own, and one much louder for a person’s', () => {
    const voice = new OwnVoice();
    speaking(voice, { level: 0.04, ms: 2_000 });
    expect(voice.believes({ nowMs: 2_000, score: 0.99, loudness: 0.05 })).toBe(false);
    expect(voice.believes({ nowMs: 2_000, score: 0.99, loudness: 0.2 })).toBe(true);
    expect(voice.believes({ nowMs: 2_000, score: 0.6, loudness: 0.2 })).toBe(false);
  });

  it('does not take the caller’s own loudness for echo', () => {
    const voice = new OwnVoice();
    speaking(voice, { level: 0.02, ms: 2_000 });
    for (let nowMs = 2_000; nowMs < 2_600; nowMs += 20) {
      voice.follow({ nowMs, own: 0.2, level: 0.3 });
    }
    expect(voice.believes({ nowMs: 2_600, score: 0.95, loudness: 0.3 })).toBe(true);
  });

  it('waits for the echo to die away, then believes quiet words again', () => {
    const voice = new OwnVoice();
    speaking(voice, { level: 0.1, ms: 1_000 });
    expect(voice.believes({ nowMs: 1_500, score: 0.7, loudness: 0.05 })).toBe(false);
    expect(voice.believes({ nowMs: 1_950, score: 0.7, loudness: 0.05 })).toBe(true);
  });

  it('begins anew with each answer', () => {
    const voice = new OwnVoice();
    speaking(voice, { level: 0.3, ms: 1_000 });
    voice.follow({ nowMs: 9_000, own: 0.2, level: 0.01 });
    expect(voice.believes({ nowMs: 9_020, score: 0.9, loudness: 0.1 })).toBe(true);
  });
});
