/** WAV files survive the trip, and resampling keeps pitch, level and length. */
import { describe, expect, test } from 'vitest';
import { concatenate, quiet, readWav, resample, rms, voice, voicedMs, writeWav } from './wav.ts';

const tone = (hz: number, sampleRateHz: number) =>
  Int16Array.from({ length: sampleRateHz / 2 }, (_, index) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * hz * index) / sampleRateHz)),
  );

/** Upward zero crossings a second, away from the ends. */
function pitchOf(samples: Int16Array, sampleRateHz: number): number {
  let crossings = 0;
  for (let index = 1; index < samples.length; index++) {
    if ((samples[index - 1] as number) < 0 && (samples[index] as number) >= 0) crossings++;
  }
  return (crossings * sampleRateHz) / samples.length;
}

describe('files', () => {
  test('are read as they were written', () => {
    const samples = voice(100, 16_000);
    expect(readWav(writeWav(samples, 16_000))).toEqual({
      samples,
      sampleRateHz: 16_000,
      channels: 1,
    });
  });

  test('other chunks are stepped over, the first of two channels is read', () => {
    const file = writeWav(Int16Array.from([1, 2, 3, 4]), 8_000);
    const view = new DataView(file.buffer);
    view.setUint16(22, 2, true);
    const list = new TextEncoder().encode('LIST\u0003\u0000\u0000\u0000abc\u0000');
    const mixed = new Uint8Array([...file.subarray(0, 36), ...list, ...file.subarray(36)]);
    expect(readWav(mixed)).toMatchObject({ channels: 2, samples: Int16Array.from([1, 3]) });
  });

  test('a stream of unknown length is read to its end', () => {
    const file = writeWav(Int16Array.from([1, 2, 3]), 8_000);
    new DataView(file.buffer).setUint32(40, 0xffffffff, true);
    expect(readWav(file).samples).toHaveLength(3);
  });

  test.each([
    ['no WAV', new Uint8Array(60), /not a WAV file/],
    ['a cut file', writeWav(voice(50, 8_000), 8_000).subarray(0, 200), /shorter than its header/],
    ['no data', writeWav(new Int16Array(0), 8_000).subarray(0, 36), /no data chunk/],
    ['8 bits', eightBits(), /Only 16-bit PCM/],
  ])('%s is an error in a sentence', (_what, file, reason) => {
    expect(() => readWav(file)).toThrow(reason);
  });
});

function eightBits() {
  const file = writeWav(new Int16Array(4), 8_000);
  new DataView(file.buffer).setUint16(34, 8, true);
  return file;
}

describe('resampling', () => {
  test.each([
    [16_000, 48_000],
    [48_000, 16_000],
    [24_000, 16_000],
    [16_000, 24_000],
    [22_050, 16_000],
  ])('%i to %i Hz keeps pitch, level and length', (from, to) => {
    const samples = tone(440, from);
    const changed = resample(samples, from, to);
    expect(changed).toHaveLength(Math.round((samples.length * to) / from));
    expect(pitchOf(changed, to)).toBeCloseTo(440, -1);
    const middle = (part: Int16Array) => rms(part.subarray(part.length >> 2, part.length >> 1));
    expect(middle(changed) / middle(samples)).toBeCloseTo(1, 2);
  });

  test('what the lower rate cannot carry is filtered, not folded', () => {
    const folded = resample(tone(11_000, 48_000), 48_000, 16_000);
    expect(rms(folded.subarray(500, -500))).toBeLessThan(60);
  });

  test('there and back is the same sound', () => {
    const samples = tone(1_000, 16_000);
    const back = resample(resample(samples, 16_000, 48_000), 48_000, 16_000);
    const error = samples.map((sample, index) => sample - (back[index] as number));
    expect(rms(error.subarray(200, -200))).toBeLessThan(60);
  });
});

test('a voice is loud from its first 10 ms, a quiet room is not', () => {
  const clip = concatenate([quiet(500, 16_000), voice(400, 16_000), quiet(300, 16_000)]);
  expect(clip).toHaveLength(1_200 * 16);
  expect(rms(voice(400, 16_000).subarray(0, 160))).toBeGreaterThan(1_000);
  expect(rms(quiet(500, 16_000))).toBeLessThan(10);
  expect(voicedMs(clip, 16_000)).toBe(400);
});
