/** The microphone keeps time, even when its process is starved. */
import { afterEach, expect, test } from 'vitest';
import { Microphone } from './microphone.ts';
import { rms, voice } from './wav.ts';

const open: Microphone[] = [];

afterEach(() => {
  for (const microphone of open.splice(0)) microphone.close();
});

function microphoneWith(send: (frame: Int16Array) => void | Promise<void>, frameMs = 20) {
  const microphone = new Microphone({ sampleRateHz: 16_000, frameMs, send });
  open.push(microphone);
  microphone.open();
  return microphone;
}

const block = (ms: number) => {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
};

test('plays clips in real time, with quiet noise around them', async () => {
  const frames: { atMs: number; level: number; length: number }[] = [];
  const microphone = microphoneWith((frame) => {
    frames.push({ atMs: performance.now(), level: rms(frame), length: frame.length });
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const spoken = await microphone.say(voice(410, 16_000));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(frames.every(({ length }) => length === 320)).toBe(true);
  const loud = frames.filter(({ level }) => level > 250);
  expect(loud).toHaveLength(21);
  // 21 frames are 20 intervals.
  const tookMs = spoken.endedAtMs - spoken.startedAtMs;
  expect(tookMs).toBeGreaterThan(350);
  expect(tookMs).toBeLessThan(470);
  expect((loud.at(-1)?.atMs ?? 0) - spoken.endedAtMs).toBeLessThan(20);
  const calm = frames.filter(({ level }) => level <= 250);
  expect(calm.every(({ level }) => level > 0 && level < 12)).toBe(true);
  expect(calm.length).toBeGreaterThan(6);
});

test('two clips follow each other without mixing', async () => {
  let loud = 0;
  const microphone = microphoneWith((frame) => {
    if (rms(frame) > 250) loud++;
  });
  const [first, second] = await Promise.all([
    microphone.say(voice(100, 16_000)),
    microphone.say(voice(60, 16_000)),
  ]);
  expect(second.startedAtMs).toBeGreaterThan(first.endedAtMs);
  expect(loud).toBe(8);
});

test('makes up for a short stall, skips a long one instead of bursting', async () => {
  const times: number[] = [];
  const microphone = microphoneWith(() => void times.push(performance.now()));
  const startedAtMs = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 60));
  block(40);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const due = (performance.now() - startedAtMs - microphone.skippedMs) / 20;
  expect(Math.abs(times.length - due)).toBeLessThan(2);
  const before = microphone.skippedMs;
  block(300);
  const seen = times.length;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(times.length - seen).toBeLessThan(5);
  expect(microphone.skippedMs - before).toBeGreaterThan(200);
});

test('a lost connection fails what is being said; a closed microphone says so', async () => {
  let frames = 0;
  const microphone = microphoneWith(() => {
    if (++frames > 3) throw new Error('The connection is closed.');
  });
  await expect(microphone.say(voice(500, 16_000))).rejects.toThrow('The connection is closed.');
  await expect(microphone.say(voice(10, 16_000))).rejects.toThrow(/open it first/);
  const hushed = microphoneWith(() => {});
  const saying = hushed.say(voice(500, 16_000));
  hushed.hush();
  await expect(saying).rejects.toThrow(/hushed/);
  await expect(hushed.say(new Int16Array())).rejects.toThrow(/nothing in this clip/);
});
