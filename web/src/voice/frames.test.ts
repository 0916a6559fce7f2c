// Frames have the size the protocol names, and PCM survives the way there and back.
import { expect, test } from 'vitest';
import { Framer, frameSamples, fromPcm16, loudness, toPcm16 } from './frames.ts';

test('blocks of any size become frames of 640 bytes, in order', () => {
  const framer = new Framer();
  const ramp = Float32Array.from({ length: 1_000 }, (_, index) => index / 1_000);
  const frames = [ramp.subarray(0, 128), ramp.subarray(128, 900), ramp.subarray(900)].flatMap(
    (block) => framer.push(block),
  );
  const rest = framer.flush();
  expect(frames.map((frame) => frame.byteLength)).toEqual([640, 640, 640]);
  expect(rest?.byteLength).toBe(640);
  const samples = [...frames, rest as ArrayBuffer].flatMap((frame) => [...fromPcm16(frame)]);
  samples.slice(0, 1_000).forEach((sample, index) => {
    expect(sample).toBeCloseTo(index / 1_000, 3);
  });
  expect(samples.slice(1_000).every((sample) => sample === 0)).toBe(true);
  expect(samples.length).toBe(4 * frameSamples);
});

test('nothing pending: nothing to flush', () => {
  const framer = new Framer();
  framer.push(new Float32Array(frameSamples));
  expect(framer.flush()).toBeUndefined();
});

test('PCM is little-endian and limited instead of wrapped', () => {
  const bytes = new Uint8Array(toPcm16(Float32Array.from([2, -2, 0, 1 / 32_767])));
  expect([...bytes]).toEqual([0xff, 0x7f, 0x00, 0x80, 0, 0, 1, 0]);
});

test('an odd last byte is dropped', () => {
  expect(fromPcm16(new Uint8Array([0, 64, 7]).buffer)).toEqual(Float32Array.from([0.5]));
});

test('loudness is the root mean square', () => {
  expect(loudness(Float32Array.from([0.5, -0.5]))).toBeCloseTo(0.5);
  expect(loudness(new Float32Array())).toBe(0);
});
