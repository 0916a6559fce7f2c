/** How memory is: its database, and the search by meaning, without which words alone find it. */
import type { Memory } from '../memory/memory.ts';
import type { Settings } from './config.ts';
import type { LocalModels } from './local-models.ts';
import type { Part } from './parts.ts';

const meanwhile = 'Memories are found by their words meanwhile.';

interface Given {
  models: Pick<LocalModels, 'state'>;
  memory: { state: Memory['state']; embedder: Pick<Memory['embedder'], 'state'> };
}

/** Never throws and never waits. */
export const memoryParts = (settings: Settings, { models, memory }: Given): Part[] => [
  { name: 'memory', ...memory.state() },
  { name: 'memory search', ...searchState(settings, { models, memory }) },
];

const searchState = (settings: Settings, { models, memory }: Given): Omit<Part, 'name'> => {
  const local = settings.EMBEDDINGS_URL ? undefined : models.state('embeddings');
  if (local && local.state !== 'ready') {
    return { state: local.state, sentence: `${local.sentence} ${meanwhile}` };
  }
  const { state, sentence, model } = memory.embedder.state();
  if (state === 'failed') return { state, sentence: `${sentence} ${meanwhile}` };
  return { state: 'ready', sentence: local?.sentence ?? `${model} compares meanings.` };
};
