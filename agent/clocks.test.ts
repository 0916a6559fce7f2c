/** The clocks of a turn: from the last sample to what was heard; guesses, fillers and money. */
import { describe, expect, it } from 'vitest';
import { Clocks } from './clocks.ts';

const clocksAt = () => {
  const time = { ms: 1_000 };
  return { time, clocks: new Clocks(() => time.ms) };
};
const atOnce = () => 0;
const usage = { promptTokens: 1_000, cachedTokens: 800, cacheWriteTokens: 0, completionTokens: 40 };

describe('Clocks', () => {
  it('counts from the last sample of speech, first marks only', () => {
    const { time, clocks } = clocksAt();
    clocks.guessed();
    clocks.begin('mind');
    time.ms = 1_300;
    clocks.mark('firstToken');
    clocks.committed({ lastSampleAtMs: 900, transcriptAtMs: 1_000, hold: false });
    clocks.used('claude-haiku-4-5', usage);
    time.ms = 1_400;
    clocks.sounds(atOnce);
    time.ms = 1_410;
    clocks.sent();
    time.ms = 2_000;
    clocks.sent();
    expect(clocks.read()).toMatchObject({
      ...{ input: 'voice', path: 'mind', transcriptMs: 100, commitMs: 400, firstTokenMs: 400 },
      ...{ firstSoundMs: 500, firstSentMs: 510, answers: 1, answersThrownAway: 0 },
    });
    expect(clocks.read()).not.toHaveProperty('firstHeardMs');
  });

  it('takes the time of the first sample from what the client has played', () => {
    const { time, clocks } = clocksAt();
    clocks.typed();
    clocks.begin('fast');
    clocks.heard(500);
    time.ms = 1_200;
    clocks.sounds(atOnce);
    clocks.sent();
    time.ms = 1_265;
    clocks.heard(15);
    expect(clocks.read()).toMatchObject({
      firstSentMs: 200,
      firstHeardMs: 250,
      answerHeardMs: 250,
    });
  });

  it('tells a filler from the answer, within one sound and in two', () => {
    const { time, clocks } = clocksAt();
    clocks.typed();
    clocks.begin('mind');
    let answerFromMs: number | undefined;
    clocks.sounds(() => answerFromMs);
    clocks.sent();
    time.ms = 1_050;
    clocks.heard(0);
    time.ms = 1_950;
    clocks.heard(900);
    expect(clocks.read()).not.toHaveProperty('answerHeardMs');
    answerFromMs = 1_100;
    time.ms = 2_250;
    clocks.heard(1_200);
    expect(clocks.read()).toMatchObject({ firstHeardMs: 50, answerHeardMs: 1_150 });

    clocks.typed();
    clocks.begin('mind');
    clocks.sounds(() => undefined);
    clocks.sent();
    time.ms = 2_300;
    clocks.heard(0);
    clocks.sounds(atOnce);
    time.ms = 3_000;
    // The filler still sounds: what is heard now is not yet the answer that has just been made.
    clocks.heard(700);
    clocks.sent();
    expect(clocks.read()).toMatchObject({ firstHeardMs: 50, answerHeardMs: 800 });
  });

  it('counts what was thrown away, and keeps its marks out of the turn', () => {
    const { time, clocks } = clocksAt();
    const asked = { groqModel: 'whisper-large-v3-turbo', audioMs: 2_000, requests: 1 };
    clocks.transcribed(asked);
    clocks.guessed();
    clocks.begin('mind');
    clocks.mark('firstToken');
    time.ms = 3_000;
    clocks.transcribed(asked);
    clocks.guessed();
    clocks.begin('fast');
    clocks.committed({ lastSampleAtMs: 2_900, transcriptAtMs: 2_950, hold: true });
    const { cost, ...clear } = clocks.read();
    expect(clear).toEqual({
      ...{ input: 'hold', path: 'fast', transcriptMs: 50, commitMs: 100 },
      ...{ transcriptions: 2, transcriptionsThrownAway: 1, answers: 2, answersThrownAway: 1 },
    });
    expect(cost?.hearingUsd).toBeCloseTo((20 / 3_600) * 0.04, 12);
    expect(cost?.totalUsd).toBe(cost?.hearingUsd);
  });

  it('leaves the turn that still sounds alone while a guess is answered', () => {
    const { time, clocks } = clocksAt();
    clocks.typed();
    clocks.begin('mind');
    clocks.sounds(atOnce);
    clocks.sent();
    time.ms = 2_000;
    clocks.guessed();
    clocks.begin('fast');
    expect(clocks.read()).toMatchObject({ input: 'text', path: 'mind', firstSentMs: 0 });
    clocks.committed({ lastSampleAtMs: 1_900, transcriptAtMs: 1_950, hold: false });
    clocks.heard(900);
    expect(clocks.read()).toMatchObject({ input: 'voice', path: 'fast' });
    expect(clocks.read()).not.toHaveProperty('firstHeardMs');
  });

  it('adds up tokens and money, and shows no money that is not known', () => {
    const { clocks } = clocksAt();
    clocks.typed();
    clocks.begin('mind');
    clocks.mark('firstToken');
    expect(clocks.read().cost).toEqual({ hearingUsd: 0, voiceUsd: 0 });
    clocks.used('claude-haiku-4-5', usage);
    clocks.used('claude-haiku-4-5', usage);
    const { cost, ...rest } = clocks.read();
    expect(rest).toMatchObject({ promptTokens: 2_000, uncachedTokens: 400, completionTokens: 80 });
    expect(cost?.totalUsd).toBeCloseTo((2 * (200 + 80 + 200)) / 1e6, 12);
    clocks.used('a model of our own', usage);
    expect(clocks.read().cost).toEqual({ hearingUsd: 0, voiceUsd: 0 });
  });

  it('has no times before anybody spoke', () => {
    const { clocks } = clocksAt();
    clocks.sent();
    expect(clocks.read()).toEqual({ input: 'text' });
  });
});
