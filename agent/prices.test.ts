/** Prices: cached and uncached tokens, long prompts, Groq's least length, and nothing guessed. */
import { describe, expect, it } from 'vitest';
import { groqCostUsd, mindCostUsd } from './prices.ts';

const tokens = {
  promptTokens: 3_000,
  cachedTokens: 2_000,
  cacheWriteTokens: 500,
  completionTokens: 100,
};

describe('the mind', () => {
  it('charges cached, written and fresh tokens each at its price', () => {
    // 500 fresh at $1, 500 written at $1.25, 2000 read at $0.10, 100 out at $5, by the million.
    const expected = (500 * 1 + 500 * 1.25 + 2_000 * 0.1 + 100 * 5) / 1e6;
    expect(mindCostUsd('claude-haiku-4-5', tokens)).toBeCloseTo(expected, 12);
    expect(mindCostUsd('claude-haiku-4-5-20251001', tokens)).toBeCloseTo(expected, 12);
  });

  it('charges a long prompt its own price, where the model has one', () => {
    const long = { promptTokens: 200_000, cachedTokens: 0, cacheWriteTokens: 0 };
    const asked = { ...long, completionTokens: 0 };
    expect(mindCostUsd('claude-haiku-5-5', asked)).toBeCloseTo(0.1, 9);
    expect(mindCostUsd('claude-haiku-4-5', asked)).toBeCloseTo(0.2, 9);
  });

  it('names no price for what it does not know', () => {
    expect(mindCostUsd('llama3.2', tokens)).toBeUndefined();
    expect(mindCostUsd('constructor', tokens)).toBeUndefined();
  });
});

describe('Groq', () => {
  it('charges ten seconds at least, for every request', () => {
    const one = groqCostUsd('whisper-large-v3-turbo', { audioMs: 1_500, requests: 1 });
    expect(one).toBeCloseTo((10 / 3_600) * 0.04, 12);
    const three = groqCostUsd('whisper-large-v3-turbo', { audioMs: 20_000, requests: 3 });
    expect(three).toBeCloseTo((60 / 3_600) * 0.04, 12);
    expect(groqCostUsd('whisper-of-tomorrow', { audioMs: 1, requests: 1 })).toBeUndefined();
  });
});
