/** Vectors for the hygiene benchmark: of the local models where they are set up, else none. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createEmbedder, type Embedder } from '../../memory/embed.ts';
import { setUpModels } from '../../models/setup.ts';
import { startModelsServer } from '../../models/supervise.ts';
import { silent } from '../rig/database-folder.ts';
import { testDataFolder } from '../servers/livekit-build.ts';

/** Without a models server words alone decide what is near. */
export const noEmbedder: Embedder = {
  model: 'none',
  dimension: () => undefined,
  embed: () => Promise.reject(new Error('There is no models server.')),
  state: () => ({ state: 'off', sentence: '', model: 'none', dimension: undefined }),
};

interface Vectors {
  embedder: Embedder;
  note: string;
  stop: () => Promise<void>;
}

const none = (why: string): Vectors => ({
  ...{ embedder: noEmbedder, note: `Without vectors: ${why}`, stop: async () => undefined },
});

/** @param origin - of a server that is running; undefined: the local models, where set up. */
export const embedderHere = async (origin: string | undefined): Promise<Vectors> => {
  if (origin !== undefined) {
    const embedder = createEmbedder({ url: () => ({ origin, key: '' }), log: silent });
    return { embedder, note: `Vectors by ${embedder.model}.`, stop: async () => undefined };
  }
  const dataFolder = testDataFolder();
  if (!existsSync(join(dataFolder, 'models', 'stamp.json'))) {
    return none('the local models are not set up here.');
  }
  const parts = ['embeddings'] as const;
  const set = await setUpModels({ dataFolder, language: 'en', parts });
  if (!set.ok) return none(set.why);
  const { pythonPath } = set;
  const server = startModelsServer({ dataFolder, pythonPath, language: 'en', parts });
  await server.ready;
  const url = () => ({ origin: new URL(server.url).origin, key: server.key });
  const embedder = createEmbedder({ url, log: silent });
  return { embedder, note: `Vectors by ${embedder.model}.`, stop: () => server.stop() };
};
