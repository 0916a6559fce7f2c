/** The paced output: pacing, pause without loss, barge-in, and what counts as heard. */
import { initializeLogger } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { PacedOutput } from './paced-output.ts';

const rateHz = 24_000;
const frameOf = (mark: number): AudioFrame =>
  new AudioFrame(new Int16Array(480).fill(mark), rateHz, 1, 480);
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const newOutput = () => {
  const sent: number[] = [];
  const finished: { playbackPosition: number; interrupted: boolean; heard?: string }[] = [];
  let clears = 0;
  const output = new PacedOutput(rateHz, {
    send: (pcm) => sent.push(pcm[0] ?? 0),
    clear: () => {
      clears += 1;
    },
  });
  output.on('playbackFinished', (event) => finished.push(event));
  return { output, sent, finished, clears: () => clears };
};

const pushFrom = async (output: PacedOutput, from: number, count: number): Promise<void> => {
  for (let mark = from; mark < from + count; mark++) await output.captureFrame(frameOf(mark));
};

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

describe('PacedOutput', () => {
  it('runs at most 200 ms ahead, and ends once', async () => {
    const { output, sent, finished } = newOutput();
    const startedAt = performance.now();
    await pushFrom(output, 1, 25);
    expect(performance.now() - startedAt).toBeGreaterThan(240);
    output.flush();
    await output.waitForPlayout();
    expect(sent).toHaveLength(25);
    expect(finished).toHaveLength(1);
    expect(finished[0]?.interrupted).toBe(false);
    expect(finished[0]?.playbackPosition).toBeCloseTo(0.5, 1);
  });

  it('loses nothing over a pause', async () => {
    const { output, sent, clears } = newOutput();
    const pushing = pushFrom(output, 1, 20).then(() => output.flush());
    await wait(100);
    output.pause();
    const before = sent.length;
    await wait(150);
    expect(sent).toHaveLength(before);
    expect(clears()).toBe(1);
    output.resume();
    await pushing;
    await output.waitForPlayout();
    const again = sent.slice(before);
    // What lay unplayed at the client is sent once more, then the rest in order.
    expect(again[0]).toBeLessThanOrEqual(before);
    expect(again).toEqual([...again].sort((a, b) => a - b));
    expect(new Set(sent).size).toBe(20);
  });

  it('resumes an answer that was already sent whole', async () => {
    const { output, finished } = newOutput();
    await pushFrom(output, 1, 8);
    output.flush();
    output.pause();
    await wait(250);
    expect(finished).toHaveLength(0);
    output.resume();
    await output.waitForPlayout();
    expect(finished[0]?.interrupted).toBe(false);
  });

  it('says what was heard when it is interrupted, by the word of the client', async () => {
    const { output, finished, clears } = newOutput();
    output.useText((playedMs) => `${Math.round(playedMs / 50) * 50} ms of words`);
    await pushFrom(output, 1, 12);
    output.played(100);
    output.clearBuffer();
    expect(clears()).toBe(1);
    expect(finished).toEqual([
      expect.objectContaining({ interrupted: true, synchronizedTranscript: '100 ms of words' }),
    ]);
    await pushFrom(output, 50, 2);
    output.flush();
    await output.waitForPlayout();
    expect(finished).toHaveLength(2);
  });

  it('keeps the words of what sounds while the next answer is made ready', async () => {
    const { output, finished } = newOutput();
    output.useText(() => 'this answer');
    await pushFrom(output, 1, 12);
    output.useText(() => 'the next answer');
    output.clearBuffer();
    await pushFrom(output, 50, 12);
    output.clearBuffer();
    const heard = finished.map((event) => Object(event).synchronizedTranscript);
    expect(heard).toEqual(['this answer', 'the next answer']);
  });

  it('takes back nothing that was heard when a client counts anew too early', async () => {
    const { output, finished } = newOutput();
    output.useText((playedMs) => `${Math.round(playedMs / 50) * 50} ms of words`);
    await pushFrom(output, 1, 12);
    output.played(100);
    output.pause();
    output.played(100);
    output.played(0);
    output.clearBuffer();
    expect(Object(finished[0]).synchronizedTranscript).toBe('100 ms of words');
  });

  it('lets a blocked writer go when it is interrupted while paused', async () => {
    const { output, sent } = newOutput();
    await pushFrom(output, 1, 2);
    output.pause();
    const blocked = output.captureFrame(frameOf(3));
    output.clearBuffer();
    await blocked;
    expect(sent).not.toContain(3);
  });
});
