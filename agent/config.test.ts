/** The configuration: every mistake at once, groups whole or absent, defaults that work. */
import { describe, expect, it } from 'vitest';
import { ConfigurationError, readConfiguration } from './config.ts';

const mistakesOf = (environment: NodeJS.ProcessEnv): string[] => {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
  return [];
};

describe('readConfiguration', () => {
  it('needs nothing', () => {
    const settings = readConfiguration({});
    expect(settings.BUTLER_PORT).toBe(8000);
    expect(settings.BUTLER_HOST).toBe('127.0.0.1');
    expect(settings.GROQ_STT_MODEL).toBe('whisper-large-v3-turbo');
    expect(settings.BUTLER_TIMEZONE).not.toBe('');
  });

  it('takes an empty value as unset', () => {
    expect(readConfiguration({ GROQ_API_KEY: '  ' }).GROQ_API_KEY).toBeUndefined();
  });

  it('reports every mistake at once', () => {
    const mistakes = mistakesOf({
      BUTLER_PORT: 'eighty',
      BUTLER_TIMEZONE: 'Mars/Olympus',
      LIVEKIT_URL: 'ws://localhost:7880',
      KOKORO_URL: 'localhost:8880',
      BUTLER_LLM_KEY: 'secret',
    });
    expect(mistakes.join('\n')).toMatch(/BUTLER_PORT/);
    expect(mistakes.join('\n')).toMatch(/BUTLER_TIMEZONE.*Europe\/Oslo/);
    expect(mistakes.join('\n')).toMatch(/LIVEKIT_API_KEY and LIVEKIT_API_SECRET are missing/);
    expect(mistakes.join('\n')).toMatch(/KOKORO_URL/);
    expect(mistakes.join('\n')).toMatch(/BUTLER_LLM_KEY is set but BUTLER_LLM_URL is not/);
    expect(mistakes).toHaveLength(5);
  });

  it('never repeats a secret in a message', () => {
    const message = mistakesOf({ JWT_SECRET: 'hunter2-hunter2' }).join('\n');
    expect(message).toMatch(/JWT_SECRET must be at least 32 characters/);
    expect(message).not.toContain('hunter2');
  });

  it.each(['http://x', 'ftp://x', 'x'])('refuses %s as a LiveKit address', (address) => {
    const secret = 'x'.repeat(32);
    const mistakes = mistakesOf({
      LIVEKIT_URL: address,
      LIVEKIT_API_KEY: 'key',
      LIVEKIT_API_SECRET: secret,
    });
    expect(mistakes).toEqual(['LIVEKIT_URL must be a ws:// or wss:// address.']);
  });
});
