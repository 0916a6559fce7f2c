/** The ear with a worker that is made by hand. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEar, type EarFault, type EarWorker, type Heard } from './ear.ts';
import type { WakeCommand, WakeReport } from './wake-port.ts';

class FakeWorker implements EarWorker {
  readonly told: WakeCommand[] = [];
  ended = false;
  onmessage: EarWorker['onmessage'] = null;
  onerror: EarWorker['onerror'] = null;
  postMessage(command: WakeCommand): void {
    this.told.push(command);
  }
  terminate(): void {
    this.ended = true;
  }
  report(report: WakeReport): void {
    this.onmessage?.({ data: report } as MessageEvent<WakeReport>);
  }
}

const heardReport: WakeReport = {
  ...{ type: 'heard', word: 'hey_butler', score: 0.9, loudness: 0.1, atMs: 5 },
  preroll: new ArrayBuffer(8),
};
const loudFrame = () => new Int16Array(320).fill(3_000).buffer;

const newEar = (butlerLevel = () => 0) => {
  const worker = new FakeWorker();
  const heard: Heard[] = [];
  const faults: EarFault[] = [];
  const ear = createEar(
    {
      ...{ word: 'hey_butler', sensitivity: 0.5, butlerLevel },
      onHeard: (one) => heard.push(one),
      onFault: (fault) => faults.push(fault),
    },
    () => worker,
  );
  return { ear, worker, heard, faults };
};

describe('the ear', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('gives copies of frames to the worker once it is ready, and tells what it heard', () => {
    const { ear, worker, heard } = newEar();
    expect(worker.told).toEqual([{ type: 'start', words: ['hey_butler'], sensitivity: 0.5 }]);
    ear.hear(loudFrame());
    expect(worker.told).toHaveLength(1);
    worker.report({ type: 'ready' });
    const frame = loudFrame();
    ear.hear(frame);
    const sent = worker.told.at(-1);
    expect(sent?.type === 'frame' && sent.frame).toEqual(frame);
    expect(sent?.type === 'frame' && sent.frame).not.toBe(frame);
    worker.report(heardReport);
    expect(heard).toMatchObject([{ word: 'hey_butler', score: 0.9, loudness: 0.1 }]);
  });

  it('knows when the word was said, also where it hears late', () => {
    const { ear, worker, heard } = newEar();
    worker.report({ type: 'ready' });
    for (let count = 0; count < 100; count += 1) ear.hear(loudFrame());
    worker.report({ ...heardReport, atMs: 1_600 });
    ear.listenFor({ word: 'hey_butler', sensitivity: 0.7 });
    for (let count = 0; count < 10; count += 1) ear.hear(loudFrame());
    worker.report({ ...heardReport, atMs: 200 });
    const now = performance.now();
    expect(heard.map(({ atMs }) => now - atMs)).toEqual([400, 0]);
  });

  it('is not woken by Butler’s own voice', () => {
    const { ear, worker, heard } = newEar(() => 0.2);
    worker.report({ type: 'ready' });
    for (let count = 0; count < 50; count += 1) ear.hear(loudFrame());
    worker.report(heardReport);
    expect(heard).toEqual([]);
    worker.report({ ...heardReport, loudness: 0.4 });
    expect(heard).toHaveLength(1);
  });

  it.each([
    ['models', 'models'],
    ['no-webassembly', 'no-webassembly'],
    ['unknown-word', 'broken'],
  ] as const)('ends with a reason where the worker cannot go on: %s', (code, fault) => {
    const { worker, faults } = newEar();
    worker.report({ type: 'fault', code });
    expect([faults, worker.ended]).toEqual([[fault], true]);
    worker.report(heardReport);
    expect(faults).toHaveLength(1);
  });

  it('does not wait for ever for models that do not come', () => {
    const { faults } = newEar();
    vi.advanceTimersByTime(60_000);
    expect(faults).toEqual(['models']);
  });

  it('takes a script that does not load for models that do not come', () => {
    const { worker, faults } = newEar();
    worker.onerror?.({} as ErrorEvent);
    expect(faults).toEqual(['models']);
  });
});
