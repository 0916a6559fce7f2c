/** The clocks of a turn: from the last sample of speech, first marks only, guesses forgotten. */
import { describe, expect, it } from 'vitest';
import { Clocks } from './clocks.ts';

const clocksAt = () => {
  const time = { ms: 1_000 };
  return { time, clocks: new Clocks(() => time.ms) };
};

describe('Clocks', () => {
  it('counts from the last sample of speech', () => {
    const { time, clocks } = clocksAt();
    clocks.begin('mind');
    time.ms = 1_300;
    clocks.mark('firstToken');
    clocks.committed({ lastSampleAtMs: 900, transcriptAtMs: 1_000, hold: false });
    time.ms = 1_400;
    clocks.mark('firstSent');
    time.ms = 2_000;
    clocks.mark('firstSent');
    expect(clocks.read()).toEqual({
      input: 'voice',
      path: 'mind',
      transcriptMs: 100,
      commitMs: 400,
      firstTokenMs: 400,
      firstSentMs: 500,
    });
  });

  it('forgets an early answer that was thrown away', () => {
    const { time, clocks } = clocksAt();
    clocks.begin('mind');
    clocks.mark('firstToken');
    clocks.note({ interrupted: true });
    time.ms = 3_000;
    clocks.begin('fast');
    clocks.committed({ lastSampleAtMs: 2_900, transcriptAtMs: 2_950, hold: true });
    expect(clocks.read()).toEqual({ input: 'hold', path: 'fast', transcriptMs: 50, commitMs: 100 });
  });

  it('has no times before anybody spoke', () => {
    const { clocks } = clocksAt();
    clocks.mark('firstSent');
    expect(clocks.read()).toEqual({ input: 'text' });
  });
});
