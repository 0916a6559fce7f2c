/** The ear around its networks: what it asks them, when it believes them, what it hands on. */
import { describe, expect, it } from 'vitest';
import { Ear } from './ear.ts';
import type { Embedding } from './embedding.ts';
import { bins, blockSamples, framesPerBlock } from './spectrogram.ts';

const blockNumbers = bins * framesPerBlock;
const seconds = (count: number): number => Math.ceil(count * 12.5) * blockSamples;
const loud = 8_000;

/** Counts the blocks that it is given; every embedding says how loud its block was. */
class Counted {
  blocks = 0;
  resets = 0;
  asked: number[] = [];

  reset(): void {
    this.resets++;
  }

  async next(frames: Float32Array): Promise<Float32Array[]> {
    const count = frames.length / blockNumbers;
    this.blocks += count;
    this.asked.push(count);
    return Array.from({ length: count }, (_, block) =>
      frames.slice(block * blockNumbers, block * blockNumbers + 1),
    );
  }
}

/** A word that counts as said at the blocks that a test names, counted over all scores. */
const earFor = (saidAt: (block: number) => boolean = () => false) => {
  const networks = new Counted();
  let blocks = 0;
  const seen: number[] = [];
  const ear = new Ear({
    embedding: networks as unknown as Embedding,
    words: [
      {
        threshold: 0.5,
        head: {
          word: 'hey_test',
          steps: 16,
          logit: (embeddings) => {
            seen.push(embeddings.length);
            return saidAt(blocks++) ? 2 : -2;
          },
        },
      },
    ],
    sensitivity: 0.5,
  });
  return { ear, networks, seen };
};

/** As loud as `level`, silent in every fourth block, so that no gate takes it as noise. */
const speech = (samples: number, level = loud): Int16Array =>
  Int16Array.from({ length: samples }, (_, at) =>
    Math.floor(at / blockSamples) % 4 === 3 ? 0 : Math.sin(at / 3) * level,
  );

describe('the ear', () => {
  it('leaves the networks alone in silence', async () => {
    const { ear, networks } = earFor(() => true);
    expect(await ear.hear(new Int16Array(seconds(60)))).toBeUndefined();
    expect(networks.blocks).toBe(0);
  });

  it('hears what begins after silence with the two seconds before it', async () => {
    const { ear, networks, seen } = earFor();
    await ear.hear(new Int16Array(seconds(30)));
    await ear.hear(speech(blockSamples * 2));
    expect(networks.asked).toEqual([25, 1]);
    expect(seen).toEqual([16, 16]);
  });

  it('gives the same for any length of frame', async () => {
    const sound = speech(seconds(6));
    const whole = earFor((block) => block > 40);
    const heard = await whole.ear.hear(sound);
    for (const length of [77, 320, 1_280, 5_000]) {
      const parted = earFor((block) => block > 40);
      let first: typeof heard;
      for (let at = 0; at < sound.length; at += length) {
        first = (await parted.ear.hear(sound.subarray(at, at + length))) ?? first;
      }
      expect(first).toEqual(heard);
    }
  });

  it('says what was heard, how loud, when, and hands on the last two seconds', async () => {
    const { ear } = earFor((block) => block >= 30);
    const sound = speech(blockSamples * 32);
    const heard = await ear.hear(sound);
    expect(heard).toMatchObject({ word: 'hey_test', atMs: 32 * 80 });
    expect(heard?.preroll).toEqual(sound.subarray(7 * blockSamples));
    expect(heard?.score).toBeCloseTo(0.661, 3);
    expect(heard?.loudness).toBeGreaterThan(0.1);
    expect(heard?.loudness).toBeLessThan(0.25);
  });

  it('hears a word once, and again after two seconds', async () => {
    const { ear } = earFor(() => true);
    const sound = speech(blockSamples * 125);
    let count = 0;
    for (let at = 0; at < sound.length; at += blockSamples) {
      if (await ear.hear(sound.subarray(at, at + blockSamples))) count++;
    }
    // 10 s, of which 1.84 s settle: every 2.16 s at most.
    expect(count).toBe(4);
  });

  it('takes nothing for a word within 1.84 s of a reset', async () => {
    const { ear, networks } = earFor(() => true);
    expect(await ear.hear(speech(blockSamples * 23))).toBeUndefined();
    expect(await ear.hear(speech(blockSamples * 3))).toBeDefined();
    ear.reset();
    const resets = networks.resets;
    expect(await ear.hear(speech(blockSamples * 23))).toBeUndefined();
    expect(networks.resets).toBe(resets + 1);
    expect(await ear.hear(speech(blockSamples * 3))).toBeDefined();
  });

  it('hands on nothing from before a reset', async () => {
    const { ear } = earFor(() => true);
    await ear.hear(speech(blockSamples * 40, 30_000));
    ear.reset();
    const heard = await ear.hear(speech(blockSamples * 25, 3_000));
    expect(Math.max(...(heard?.preroll ?? []))).toBeLessThanOrEqual(3_000);
  });

  it('takes an empty frame for nothing', async () => {
    const { ear, networks } = earFor();
    expect(await ear.hear(new Int16Array(0))).toBeUndefined();
    expect(networks.blocks).toBe(0);
  });
});
