/** The three services a production Butler talks to, as protocol fakes with scripted delays. */
import { startAnthropic } from '../fakes/anthropic.ts';
import { startGroq } from '../fakes/groq.ts';
import { startKokoro } from '../fakes/kokoro.ts';

export interface Providers {
  groq: Awaited<ReturnType<typeof startGroq>>;
  claude: Awaited<ReturnType<typeof startAnthropic>>;
  kokoro: Awaited<ReturnType<typeof startKokoro>>;
  /** What Butler must be told to use them. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** Delays of the peers' harness: with the same ones the figures can be compared. */
export const benchDelays = {
  transcriptionMs: 120,
  firstTokenMs: 300,
  tokensPerSecond: 80,
  speechFirstByteMs: 90,
  speechRealTimeFactor: 5,
};

export const startProviders = async (
  delays: Partial<typeof benchDelays> = {},
): Promise<Providers> => {
  const groq = await startGroq(delays);
  const claude = await startAnthropic(delays);
  const kokoro = await startKokoro(delays);
  return {
    groq,
    claude,
    kokoro,
    environment: {
      GROQ_API_KEY: 'gsk_of_a_test',
      GROQ_BASE_URL: groq.url,
      ANTHROPIC_API_KEY: 'sk-ant-of-a-test',
      ANTHROPIC_BASE_URL: claude.url,
      KOKORO_URL: kokoro.url,
      // Search by meaning would start Python; a test that wants it says `auto`.
      BUTLER_LOCAL_MODELS: 'off',
      // A mind that is asked in the background would take answers that a test has laid ready.
      BUTLER_LEARNING: 'off',
    },
    stop: async () => {
      await Promise.all([groq.stop(), claude.stop(), kokoro.stop()]);
    },
  };
};
