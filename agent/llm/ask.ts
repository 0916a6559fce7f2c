/** One question to the mind outside of any conversation: text in, text out. */
import { llm } from '@livekit/agents';
import type { Tokens } from '../prices.ts';
import { tokensOf } from './used.ts';

const withinMs = 30_000;

/**
 * @param options.onUsed told what it took, where the mind tells.
 * @throws the signal's reason, or the mind's error when it gave no text.
 */
export const askMind = async (
  mind: llm.LLM,
  { system, user }: { system: string; user: string },
  { signal, onUsed }: { signal: AbortSignal; onUsed?: (tokens: Tokens) => void },
): Promise<string> => {
  const chatCtx = new llm.ChatContext([
    llm.ChatMessage.create({ role: 'system', content: system }),
    llm.ChatMessage.create({ role: 'user', content: user }),
  ]);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
  let failure: Error | undefined;
  const onError = (event: { error: Error }): void => {
    failure = event.error;
  };
  mind.on('error', onError);
  const stream = mind.chat({ chatCtx });
  const stop = (): void => stream.close();
  limit.addEventListener('abort', stop, { once: true });
  try {
    let text = '';
    for await (const { delta, usage } of stream) {
      text += delta?.content ?? '';
      if (usage) onUsed?.(tokensOf(usage));
    }
    limit.throwIfAborted();
    if (text === '') throw failure ?? new Error('The mind said nothing.');
    return text;
  } finally {
    limit.removeEventListener('abort', stop);
    mind.off('error', onError);
    stream.close();
  }
};
