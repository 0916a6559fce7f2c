/** Memory goes on without vectors, and says so. */
import { expect, it } from 'vitest';
import { readConfiguration } from './config.ts';
import { noModels } from './local-models.ts';
import { memoryParts } from './memory-parts.ts';

type Given = Parameters<typeof memoryParts>[1];
type EmbedderState = ReturnType<Given['memory']['embedder']['state']>;

const works = { state: 'ready', sentence: 'It runs on this machine.' } as const;
const search = (
  environment: Record<string, string>,
  given: { models?: Given['models']; embedder?: EmbedderState['state'] } = {},
) => {
  const settings = readConfiguration(environment);
  const { models = noModels(settings), embedder: state = 'ready' } = given;
  const embedder = { state: () => ({ state, sentence: 'S.', model: 'nomic', dimension: 3 }) };
  const memory = { state: () => works, embedder };
  const parts = memoryParts(settings, { models, memory });
  expect(parts[0]).toEqual({ name: 'memory', ...works });
  return parts[1];
};

it('says what to set where local models are off, and what is done meanwhile', () => {
  const part = search({ BUTLER_LOCAL_MODELS: 'off' });
  expect(part).toMatchObject({ name: 'memory search', state: 'off' });
  expect(part?.sentence).toMatch(/EMBEDDINGS_URL\. Memories are found by their words/);
});

it('is as far as the local models are', () => {
  const sentence = 'It is being set up.';
  const models = { state: () => ({ state: 'starting' as const, sentence }) };
  expect(search({}, { models })).toMatchObject({ state: 'starting' });
  expect(search({}, { models: { state: () => works } })).toMatchObject(works);
});

it('is ready with another server, also before it was asked, until that one fails', () => {
  const elsewhere = { EMBEDDINGS_URL: 'http://ollama:11434', BUTLER_LOCAL_MODELS: 'off' };
  const ready = { state: 'ready', sentence: 'nomic compares meanings.' };
  expect(search(elsewhere, { embedder: 'starting' })).toMatchObject(ready);
  expect(search(elsewhere, { embedder: 'failed' })).toMatchObject({
    state: 'failed',
    sentence: 'S. Memories are found by their words meanwhile.',
  });
});
