/** What an answer took, in the words of the price table. Pure. */
import type { llm } from '@livekit/agents';
import type { Tokens } from '../prices.ts';

export const tokensOf = (usage: llm.CompletionUsage): Tokens => ({
  promptTokens: usage.promptTokens,
  cachedTokens: usage.promptCachedTokens,
  cacheWriteTokens: usage.cacheCreationTokens ?? 0,
  completionTokens: usage.completionTokens,
});
