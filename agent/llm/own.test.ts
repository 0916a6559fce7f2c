/** Only what runs at home without a key is free. */
import { expect, test } from 'vitest';
import { isOwnMind } from './own.ts';

test.each([
  ['http://localhost:11434/v1', true],
  ['http://127.0.0.1:11434/v1', true],
  ['http://[::1]:11434/v1', true],
  ['http://192.168.1.20:8080/v1', true],
  ['http://ollama:11434/v1', true],
  ['http://box.local/v1', true],
  ['http://172.32.0.1/v1', false],
  ['https://openrouter.ai/api/v1', false],
  ['http://8.8.8.8/v1', false],
  ['http://[2606:4700::1111]/v1', false],
])('%s costs nothing: %s', (BUTLER_LLM_URL, free) => {
  expect(isOwnMind({ BUTLER_LLM_URL, BUTLER_LLM_KEY: undefined })).toBe(free);
  expect(isOwnMind({ BUTLER_LLM_URL, BUTLER_LLM_KEY: 'sk-of-a-gateway' })).toBe(false);
});
