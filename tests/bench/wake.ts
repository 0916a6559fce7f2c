/** The wake words: calls that are heard, television that is taken for one, and what it costs. */
/*
 * `npm run bench -- wake [hours=5] [seed=1]`; `wake train WORD FOLDER` makes a head anew,
 * FOLDER having the Python package onnx (pip install --target FOLDER onnx).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { wakeWords } from '../../web/src/wake/words.ts';
import { readWav } from '../rig/wav.ts';
import type { Benchmark } from './main.ts';
import { table } from './table.ts';
import { earsOf, frameSamples, hearAll } from './wake-ear.ts';
import { callers, prepare, television, train } from './wake-material.ts';

const sampleRateHz = 16_000;
const costSeconds = 120;

type Ears = Awaited<ReturnType<typeof earsOf>>;

interface Cost {
  audioSeconds: number;
  percentOfACore: number;
}

/** Processor time of this process while it does something with so many seconds of sound. */
const costOf = async (audioSeconds: number, work: () => Promise<unknown>): Promise<Cost> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { audioSeconds, percentOfACore: ((user + system) / 1e6 / audioSeconds) * 100 };
};

const heardCalls = async (ears: Ears, word: string) => {
  const { folder, all } = await callers(word);
  const missed: string[] = [];
  for (const one of all) {
    const { samples } = readWav(readFileSync(path.join(folder, one.file)));
    const heard = await hearAll(ears({ words: [word] }), samples);
    if (heard.length > 0) continue;
    missed.push(`${one.engine} ${one.voice}, ${one.kind}, ${one.signalToNoiseDb} dB`);
  }
  return { calls: all.length, heard: all.length - missed.length, missed };
};

const falselyHeard = async (ears: Ears, wish: { word: string; hours: number; seed: number }) => {
  const ear = ears({ words: [wish.word] });
  const at: { second: number; score: number }[] = [];
  let samples = 0;
  const cost = await costOf(wish.hours * 3_600, async () => {
    for await (const piece of television(wish)) {
      samples += piece.length;
      for (const { atMs, score } of await hearAll(ear, piece)) {
        at.push({ second: Math.round(atMs / 1_000), score });
      }
    }
  });
  const hours = samples / sampleRateHz / 3_600;
  return { hours, falseAccepts: at.length, at, cost };
};

/** Speech without a pause in which the gate could close, steady noise, and digital silence. */
const costs = async (ears: Ears, word: string) => {
  const { folder, all } = await callers(word);
  const speech = all.flatMap(({ file }) => [
    ...readWav(readFileSync(path.join(folder, file))).samples,
  ]);
  const length = costSeconds * sampleRateHz;
  const talk = Int16Array.from({ length }, (_, at) => speech[at % speech.length] as number);
  let seed = 1;
  const noise = Int16Array.from({ length }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return (seed / 2 ** 31 - 0.5) * 1_000;
  });
  const made: Record<string, Cost> = {};
  for (const [name, sound] of Object.entries({ talk, noise, silence: new Int16Array(length) })) {
    const ear = ears({ words: [word] });
    await hearAll(ear, sound.subarray(0, frameSamples * 500));
    made[name] = await costOf(costSeconds, () => hearAll(ear, sound));
  }
  return made;
};

const wake: Benchmark = async ([first = '5', second = '1', third]) => {
  if (first === 'train') {
    if (!third) throw new Error('Say: wake train WORD FOLDER, the folder having the package onnx.');
    return { trained: await train(second, third) };
  }
  const [hours, seed] = [Number(first), Number(second)];
  if (!(hours > 0) || !Number.isInteger(seed)) {
    throw new Error('Say: wake HOURS SEED, for example wake 5 1.');
  }
  const words = wakeWords.map(({ id }) => id);
  await prepare(words);
  const ears = await earsOf();
  const rows = [];
  for (const word of words) {
    const calls = await heardCalls(ears, word);
    const background = await falselyHeard(ears, { word, hours, seed });
    rows.push({ word, ...calls, ...background, costs: await costs(ears, word) });
  }
  console.log(
    table(
      rows.map(({ word, calls, heard, hours, falseAccepts, costs }) => ({
        word,
        heard: `${heard}/${calls}`,
        'false accepts': `${falseAccepts} in ${hours.toFixed(1)} h`,
        ...Object.fromEntries(
          Object.entries(costs).map(([name, one]) => [`${name} %`, one.percentOfACore]),
        ),
      })),
    ),
  );
  return { hours, seed, words: rows };
};

export default wake;
