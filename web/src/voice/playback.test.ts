// The playback queue starts after 40 ms, counts what was heard, and falls silent within 5 ms.
import { describe, expect, test } from 'vitest';
import { PlaybackQueue } from './playback.ts';

const rateHz = 48_000;
const milliseconds = (count: number) => (count * rateHz) / 1_000;
const sound = (durationMs: number) => new Float32Array(milliseconds(durationMs)).fill(0.5);

function pull(queue: PlaybackQueue, durationMs: number) {
  const output = new Float32Array(milliseconds(durationMs));
  return { output, ...queue.pull(output) };
}

describe('pre-buffer', () => {
  test('waits for 40 ms of sound', () => {
    const queue = new PlaybackQueue(rateHz);
    queue.push(sound(20));
    expect(pull(queue, 10).played).toBe(0);
    queue.push(sound(20));
    expect(pull(queue, 10).played).toBe(milliseconds(10));
  });

  test('a sound shorter than that is played after a moment', () => {
    const queue = new PlaybackQueue(rateHz);
    queue.push(sound(10));
    const blocks = Array.from({ length: 8 }, () => pull(queue, 10));
    const played = blocks.reduce((sum, block) => sum + block.played, 0);
    expect(played).toBe(milliseconds(10));
    expect(blocks.filter((block) => block.ranDry)).toHaveLength(1);
  });

  test('after running dry it waits again', () => {
    const queue = new PlaybackQueue(rateHz);
    queue.push(sound(40));
    expect(pull(queue, 40).ranDry).toBe(true);
    queue.push(sound(10));
    expect(pull(queue, 10).played).toBe(0);
  });
});

test('counts only the answer when the block is longer', () => {
  const queue = new PlaybackQueue(rateHz);
  queue.push(sound(45));
  const { played, ranDry, output } = pull(queue, 60);
  expect(played).toBe(milliseconds(45));
  expect(ranDry).toBe(true);
  expect(output.subarray(played).every((sample) => sample === 0)).toBe(true);
});

test('finds the first sound of each answer once', () => {
  const queue = new PlaybackQueue(rateHz);
  queue.push(new Float32Array(milliseconds(15)));
  queue.push(sound(100));
  expect(pull(queue, 10).firstSoundAt).toBeUndefined();
  expect(pull(queue, 10).firstSoundAt).toBe(milliseconds(5));
  expect(pull(queue, 10).firstSoundAt).toBeUndefined();
  queue.nextAnswer();
  expect(pull(queue, 10).firstSoundAt).toBe(0);
});

describe('clear', () => {
  test('fades out within 5 ms and counts nothing of it', () => {
    const queue = new PlaybackQueue(rateHz);
    queue.push(sound(500));
    pull(queue, 20);
    queue.clear();
    const { output, played, ranDry, firstSoundAt } = pull(queue, 20);
    const fade = output.subarray(0, milliseconds(5));
    expect(fade[0]).toBeGreaterThan(0.4);
    fade.slice(1).forEach((sample, index) => {
      expect(sample).toBeLessThan(fade[index] as number);
    });
    expect(output.subarray(milliseconds(5)).every((sample) => sample === 0)).toBe(true);
    expect({ played, ranDry, firstSoundAt }).toEqual({ played: 0, ranDry: false });
    expect(queue.queued).toBe(0);
  });

  test('before anything was heard it is silent at once', () => {
    const queue = new PlaybackQueue(rateHz);
    queue.push(sound(30));
    queue.clear();
    expect(pull(queue, 100).output.every((sample) => sample === 0)).toBe(true);
  });

  test('the next answer is counted from its own first sample', () => {
    const queue = new PlaybackQueue(rateHz);
    queue.push(sound(100));
    pull(queue, 20);
    queue.clear();
    queue.push(sound(50));
    const { played, firstSoundAt } = pull(queue, 100);
    expect(played).toBe(milliseconds(50));
    expect(firstSoundAt).toBe(milliseconds(5));
  });
});

test('a sender that never stops does not fill the memory', () => {
  const queue = new PlaybackQueue(rateHz);
  for (let second = 0; second < 300; second += 1) queue.push(sound(1_000));
  expect(queue.queued).toBeLessThanOrEqual(milliseconds(122_000));
});
