/** The vectors of LoCoMo's texts by the house's own models server, kept for the next time. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmbedder } from '../../memory/embed.ts';
import { findPython } from '../../models/python.ts';
import { startModelsServer } from '../../models/supervise.ts';
import { silent } from '../rig/database-folder.ts';
import { testDataFolder } from '../servers/livekit-build.ts';
import { preparedModels } from '../speech/models.ts';

export type VectorOf = (text: string) => Float32Array;

const kept = fileURLToPath(new URL('../../.butler/bench/', import.meta.url));
const textsAtOnce = 256;

/** Starts the server, has the texts embedded, stops it. */
const embedded = async (texts: readonly string[]): Promise<Float32Array[]> => {
  const { pythonPath } = await preparedModels();
  const dataFolder = testDataFolder();
  const parts = ['embeddings'] as const;
  const server = startModelsServer({ dataFolder, pythonPath, language: 'en', parts });
  try {
    await server.ready;
    const { url: origin, key } = server;
    const embedder = createEmbedder({ url: () => ({ origin, key }), log: silent });
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += textsAtOnce) {
      const some = texts.slice(start, start + textsAtOnce);
      vectors.push(...(await embedder.embed(some, 'document')));
    }
    return vectors;
  } finally {
    await server.stop();
  }
};

const lookUp = (texts: readonly string[], vectors: readonly Float32Array[]): VectorOf => {
  const byText = new Map(texts.map((text, at) => [text, vectors[at] as Float32Array]));
  return (text) => {
    const vector = byText.get(text);
    if (!vector) throw new Error('This text of LoCoMo was not embedded.');
    return vector;
  };
};

/** By text, or a sentence that says why there are none. */
export const locomoVectors = async (
  all: readonly string[],
): Promise<{ vectorOf: VectorOf } | { unavailable: string }> => {
  const texts = [...new Set(all)].sort((a, b) => a.length - b.length);
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
  const file = path.join(kept, `locomo-${hash}.f32`);
  if (!existsSync(file)) {
    const python = await findPython();
    if (!python.ok) return { unavailable: `Skipped: ${python.why}` };
    // A benchmark fetches no gigabyte: the tests and the first start do.
    if (!existsSync(path.join(testDataFolder(), 'models', 'stamp.json'))) {
      return { unavailable: 'Skipped: the models are not set up for tests; run npm test once.' };
    }
    console.log(`Embedding ${texts.length} texts once; this takes some minutes.`);
    const vectors = await embedded(texts);
    mkdirSync(kept, { recursive: true });
    const bytes = vectors.map((one) => new Uint8Array(Float32Array.from(one).buffer));
    writeFileSync(file, Buffer.concat(bytes));
  }
  const read = readFileSync(file);
  const numbers = new Float32Array(read.buffer, read.byteOffset, read.length / 4);
  const length = numbers.length / texts.length;
  const vectors = texts.map((_, at) => numbers.slice(at * length, (at + 1) * length));
  return { vectorOf: lookUp(texts, vectors) };
};
