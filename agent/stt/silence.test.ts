/** Where speech ends, against sound whose end is known to the sample. */
import { describe, expect, it } from 'vitest';
import { rms, SpeechTracker } from './silence.ts';

const rateHz = 16_000;
const frameSamples = 320;

/** 20 ms of a tone or of noise at a level. */
const frame = (level: number, kind: 'tone' | 'noise', seed: number): Int16Array => {
  const samples = new Int16Array(frameSamples);
  let state = seed + 1;
  for (let index = 0; index < frameSamples; index++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const noise = (state / 1_073_741_824 - 1) * 1.7;
    const tone = Math.sin((2 * Math.PI * 180 * index) / rateHz) * Math.SQRT2;
    samples[index] = Math.round(level * (kind === 'tone' ? tone : noise));
  }
  return samples;
};

const feed = (
  tracker: SpeechTracker,
  options: { level: number; ms: number; probability: number },
) => {
  for (let at = 0; at < options.ms; at += 20) {
    tracker.window(options.probability);
    tracker.frame(frame(options.level, options.probability > 0.5 ? 'tone' : 'noise', at));
  }
};

describe('SpeechTracker', () => {
  it('measures a level', () => {
    expect(rms(frame(1_000, 'tone', 0))).toBeGreaterThan(950);
    expect(rms(new Int16Array(0))).toBe(0);
  });

  it('knows the end at once though the VAD lags', () => {
    const tracker = new SpeechTracker(rateHz);
    feed(tracker, { level: 8, ms: 400, probability: 0.02 });
    tracker.begin();
    feed(tracker, { level: 3_000, ms: 800, probability: 0.95 });
    expect(tracker.silenceMs).toBe(0);
    // Silero goes on saying "speech" over silence for about 110 ms.
    feed(tracker, { level: 8, ms: 100, probability: 0.8 });
    expect(tracker.silenceMs).toBe(100);
    expect(tracker.certainlySpeaking).toBe(true);
  });

  it('takes no noise for speech when the VAD hears none', () => {
    const tracker = new SpeechTracker(rateHz);
    feed(tracker, { level: 8, ms: 400, probability: 0.02 });
    tracker.begin();
    feed(tracker, { level: 2_000, ms: 600, probability: 0.05 });
    expect(tracker.silenceMs).toBe(600);
  });

  it('finds the end in a noisy room once it knows the noise', () => {
    const tracker = new SpeechTracker(rateHz);
    feed(tracker, { level: 300, ms: 6_000, probability: 0.02 });
    tracker.begin();
    feed(tracker, { level: 4_000, ms: 800, probability: 0.9 });
    feed(tracker, { level: 300, ms: 200, probability: 0.6 });
    expect(tracker.silenceMs).toBe(200);
  });
});
