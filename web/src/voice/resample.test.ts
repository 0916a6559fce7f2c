// The resampler keeps what can be kept, removes what would alias, and has no seams.
import { describe, expect, test } from 'vitest';
import { loudness } from './frames.ts';
import { Resampler } from './resample.ts';

function tone(frequencyHz: number, rateHz: number, samples: number): Float32Array {
  return Float32Array.from({ length: samples }, (_, index) =>
    Math.sin((2 * Math.PI * frequencyHz * index) / rateHz),
  );
}

function inPieces(resampler: Resampler, samples: Float32Array, piece: number): Float32Array {
  const output: number[] = [];
  for (let start = 0; start < samples.length; start += piece) {
    output.push(...resampler.process(samples.subarray(start, start + piece)));
  }
  return Float32Array.from(output);
}

describe.each([
  [48_000, 16_000],
  [44_100, 16_000],
  [24_000, 48_000],
  [24_000, 44_100],
  [16_000, 16_000],
])('%i Hz to %i Hz', (from, to) => {
  test('a second stays a second', () => {
    const output = inPieces(new Resampler(from, to), tone(440, from, from), 128);
    expect(Math.abs(output.length - to)).toBeLessThanOrEqual(1);
  });

  test('a tone of 1 kHz keeps its loudness and its pitch', () => {
    const output = inPieces(new Resampler(from, to), tone(1_000, from, from), 128);
    const middle = output.subarray(to / 4, (3 * to) / 4);
    expect(loudness(middle)).toBeCloseTo(Math.SQRT1_2, 2);
    let rises = 0;
    for (let index = 1; index < middle.length; index += 1) {
      if ((middle[index - 1] as number) < 0 && (middle[index] as number) >= 0) rises += 1;
    }
    expect(Math.abs(rises - 500)).toBeLessThanOrEqual(1);
  });

  test('the pieces it comes in make no difference', () => {
    const samples = tone(700, from, 4_000);
    const whole = new Resampler(from, to).process(samples);
    const pieces = inPieces(new Resampler(from, to), samples, 37);
    expect(pieces.length).toBe(whole.length);
    whole.forEach((sample, index) => {
      expect(pieces[index]).toBeCloseTo(sample, 5);
    });
  });
});

test.each([48_000, 44_100])('what 16 kHz cannot carry is removed from %i Hz', (from) => {
  const output = inPieces(new Resampler(from, 16_000), tone(11_000, from, from), 128);
  expect(loudness(output.subarray(1_000, 15_000))).toBeLessThan(0.002);
});

test('after a reset nothing of the old sound is left', () => {
  const resampler = new Resampler(48_000, 16_000);
  resampler.process(tone(440, 48_000, 4_800));
  resampler.reset();
  expect(loudness(resampler.process(new Float32Array(4_800)))).toBe(0);
});

test('a rate of nothing is refused', () => {
  expect(() => new Resampler(0, 16_000)).toThrow('Sample rates must be positive');
});
