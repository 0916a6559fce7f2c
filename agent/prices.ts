/** What a request costs, in US dollars; what is not in the table has no price, and no guess. */

/** US dollars for a million tokens. */
interface TokenPrice {
  uncached: number;
  /** Kept in the cache for five minutes: what `agent/llm/claude.ts` asks for. */
  cacheWrite: number;
  cacheRead: number;
  completion: number;
}

interface ModelPrice extends TokenPrice {
  /** A request whose whole prompt is longer than `aboveTokens` pays this instead. */
  long?: TokenPrice & { aboveTokens: number };
}

// The tables below were compared with their sources on 2026-11-21.

const opus: ModelPrice = { uncached: 5, cacheWrite: 6.25, cacheRead: 0.5, completion: 25 };
const sonnet4: ModelPrice = { uncached: 3, cacheWrite: 3.75, cacheRead: 0.3, completion: 15 };

/** Source: platform.claude.com/docs/en/about-claude/pricing, "Model pricing". */
const claude: Record<string, ModelPrice> = {
  'claude-haiku-4-5': { uncached: 1, cacheWrite: 1.25, cacheRead: 0.1, completion: 5 },
  'claude-haiku-5-5': {
    uncached: 0.1,
    cacheWrite: 0.125,
    cacheRead: 0.01,
    completion: 0.5,
    long: {
      aboveTokens: 100_000,
      uncached: 0.5,
      cacheWrite: 0.625,
      cacheRead: 0.05,
      completion: 2.5,
    },
  },
  'claude-sonnet-4-5': sonnet4,
  'claude-sonnet-4-6': sonnet4,
  'claude-sonnet-5': { uncached: 2, cacheWrite: 2.5, cacheRead: 0.2, completion: 10 },
  'claude-sonnet-5-5': { uncached: 2, cacheWrite: 2.5, cacheRead: 0.1, completion: 10 },
  'claude-opus-4-5': opus,
  'claude-opus-4-6': opus,
  'claude-opus-4-7': opus,
  'claude-opus-4-8': opus,
  'claude-opus-5': opus,
};

/** US dollars for an hour of sound. Source: console.groq.com/docs/speech-to-text. */
const groq: Record<string, number> = {
  'whisper-large-v3': 0.111,
  'whisper-large-v3-turbo': 0.04,
};
/** Groq charges every request as if it were at least this long (same page). */
const groqLeastMs = 10_000;

export interface Tokens {
  /** Of the prompt, all three together. */
  promptTokens: number;
  cachedTokens: number;
  cacheWriteTokens: number;
  completionTokens: number;
}

const perMillion = (price: TokenPrice, tokens: Tokens): number => {
  const { promptTokens, cachedTokens, cacheWriteTokens, completionTokens } = tokens;
  const uncached = Math.max(0, promptTokens - cachedTokens - cacheWriteTokens);
  const dollars =
    uncached * price.uncached +
    cacheWriteTokens * price.cacheWrite +
    cachedTokens * price.cacheRead +
    completionTokens * price.completion;
  return dollars / 1_000_000;
};

/**
 * @param model as the service knows it; a date behind it (`-20251001`) changes no price.
 * @returns undefined for a model whose price is not known.
 */
export const mindCostUsd = (model: string, tokens: Tokens): number | undefined => {
  const name = model.replace(/-\d{8}$/, '');
  const price = Object.hasOwn(claude, name) ? claude[name] : undefined;
  if (price === undefined) return undefined;
  const { long } = price;
  const isLong = long !== undefined && tokens.promptTokens > long.aboveTokens;
  return perMillion(isLong ? long : price, tokens);
};

/** One or more requests with the same sound; what was aborted is charged as well. */
export const groqCostUsd = (
  model: string,
  sound: { audioMs: number; requests: number },
): number | undefined => {
  const perHour = Object.hasOwn(groq, model) ? groq[model] : undefined;
  if (perHour === undefined) return undefined;
  const billedMs = Math.max(groqLeastMs, sound.audioMs) * sound.requests;
  return (billedMs / 3_600_000) * perHour;
};
