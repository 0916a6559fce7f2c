/** "Hey Butler" by voices that were never trained on, in rooms and noise; and other talk. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAdpcm } from './bench/wake-adpcm.ts';
import { earsOf, hearAll } from './bench/wake-ear.ts';
import { inRoom, randomFrom, sampleRateHz } from './bench/wake-rooms.ts';

interface Clip {
  engine: string;
  voice: string;
  text: string;
  from: number;
  length: number;
}

const speech = new URL('./speech/', import.meta.url);
const index = JSON.parse(readFileSync(new URL('wake.json', speech), 'utf8')) as {
  calls: Clip[];
  talk: Clip[];
};
const calls = readAdpcm(readFileSync(new URL('wake-calls.wav', speech)));
const talk = readAdpcm(readFileSync(new URL('wake-talk.wav', speech)));
const lead = 2.2 * sampleRateHz;
const tail = 0.8 * sampleRateHz;

/** Every eighth line is a near miss, which no evening of television is. */
const falseMax = 8;

let ears: Awaited<ReturnType<typeof earsOf>>;

/** 5 to 20 dB over the noise, evenly. */
const signalToNoiseDb = (at: number): number => 5 + ((at * 7) % 16);

const call = ({ from, length }: Clip, at: number): Int16Array => {
  const sound = new Float32Array(lead + length + tail);
  sound.set(calls.subarray(from, from + length), lead);
  return inRoom(sound, { seed: at + 1, signalToNoiseDb: signalToNoiseDb(at), talk });
};

/** All of the talk in another order, each piece with a pause behind it, in one room. */
const conversation = (seed: number): Int16Array => {
  const random = randomFrom(seed);
  const order = [...index.talk].sort(() => random() - 0.5);
  const pauses = order.map(() => Math.round((0.1 + random()) * sampleRateHz));
  const length = order.reduce((sum, one, at) => sum + one.length + (pauses[at] as number), lead);
  const sound = new Float32Array(length);
  let from = lead;
  order.forEach((one, at) => {
    sound.set(talk.subarray(one.from, one.from + one.length), from);
    from += one.length + (pauses[at] as number);
  });
  return inRoom(sound, { seed, signalToNoiseDb: 8 + 4 * seed, talk });
};

beforeAll(async () => {
  ears = await earsOf();
});

describe('the wake word', () => {
  // The goal is 95; what is reached, and where, is in docs/decisions/2026-11-22-wake-word.md.
  it('is heard in at least 80 of 100 calls of strangers in noise', async () => {
    expect(index.calls).toHaveLength(100);
    const missed: string[] = [];
    for (const [at, clip] of index.calls.entries()) {
      const heard = await hearAll(ears(), call(clip, at));
      if (heard.length !== 1) missed.push(`${clip.engine} ${clip.voice} (${heard.length} times)`);
    }
    console.log(`wake word: ${100 - missed.length} of 100 calls heard`);
    expect(missed.length, missed.join(', ')).toBeLessThanOrEqual(20);
  });

  it('is seldom heard in minutes made of near misses and talk', async () => {
    let samples = 0;
    let taken = 0;
    for (const seed of [1, 2, 3]) {
      const sound = conversation(seed);
      samples += sound.length;
      taken += (await hearAll(ears(), sound)).length;
    }
    const minutes = samples / sampleRateHz / 60;
    console.log(`wake word: ${taken} false in ${minutes.toFixed(1)} minutes of near misses`);
    expect(minutes).toBeGreaterThan(4);
    expect(taken).toBeLessThanOrEqual(falseMax);
  });

  it('is heard by whom is said to be heard, with the words behind it still in hand', async () => {
    let heard: Awaited<ReturnType<typeof hearAll>>[number] | undefined;
    let sound: Int16Array = new Int16Array();
    let clip = index.calls[0] as Clip;
    for (let number = 0; number < 10 && !heard; number++) {
      clip = index.calls[number] as Clip;
      sound = call(clip, number);
      heard = (await hearAll(ears(), sound))[0];
    }
    const at = ((heard?.atMs ?? 0) / 1_000) * sampleRateHz;
    const end = lead + clip.length;
    expect(heard?.word).toBe('hey_butler');
    expect(at).toBeGreaterThan(end - 0.4 * sampleRateHz);
    expect(at).toBeLessThan(end + 0.6 * sampleRateHz);
    expect(heard?.preroll).toEqual(sound.slice(at - 2 * sampleRateHz, at));
  });
});
