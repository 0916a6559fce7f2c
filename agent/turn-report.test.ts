/** When a turn is over: at the silence after its own answer, once, also when it is interrupted. */
import { expect, it, vi } from 'vitest';
import type { Caller } from './caller.ts';
import { Clocks } from './clocks.ts';
import { TurnEvents, type TurnRecord } from './events.ts';
import { TurnReport } from './turn-report.ts';

const caller: Caller = {
  ...{ personId: 'ada', name: 'Ada', role: 'owner', sure: 1, door: 'app', language: 'en' },
};

const newReport = () => {
  const time = { ms: 10_000 };
  const clocks = new Clocks(() => time.ms);
  const events = new TurnEvents();
  const added: TurnRecord[] = [];
  const told: TurnRecord[] = [];
  events.on((event) => {
    if (event.type === 'turn') told.push(event);
  });
  const tools = { busy: undefined as Promise<void> | undefined };
  const report = new TurnReport({
    ...{ clocks, events, caller, transport: 'websocket', busy: () => tools.busy },
    turns: { add: (record) => added.push(record) },
    now: () => new Date(Date.UTC(2026, 2, 1) + time.ms),
  });
  const speak = (): void => {
    report.begin();
    clocks.committed({ lastSampleAtMs: time.ms - 400, transcriptAtMs: time.ms - 200, hold: false });
  };
  return { time, clocks, events, added, told, report, speak, tools };
};

it('is not over while a tool runs behind words that were said', async () => {
  vi.useFakeTimers();
  const { told, report, speak, tools } = newReport();
  const running = Promise.withResolvers<void>();
  tools.busy = running.promise;
  speak();
  report.follow('speaking');
  report.follow('listening');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toHaveLength(0);
  tools.busy = undefined;
  running.resolve();
  await vi.advanceTimersByTimeAsync(100);
  report.follow('thinking');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told).toHaveLength(0);
  report.follow('listening');
  expect(told).toHaveLength(1);
  vi.useRealTimers();
});

it('is over soon after its tool where nothing follows', async () => {
  vi.useFakeTimers();
  const { told, report, speak, tools } = newReport();
  tools.busy = Promise.resolve();
  speak();
  report.follow('speaking');
  report.follow('listening');
  await vi.advanceTimersByTimeAsync(1_400);
  expect(told).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toHaveLength(1);
  vi.useRealTimers();
});

it('ends with the silence after its answer, and says when it began', () => {
  const { time, events, added, told, report, speak } = newReport();
  speak();
  report.follow('listening');
  expect(added).toHaveLength(0);
  report.follow('thinking');
  events.emit({
    type: 'tool-end',
    id: 'a',
    tool: 'clock_time',
    ok: true,
    tookMs: 2,
    verdict: 'run',
  });
  events.emit({ type: 'error', code: 'voice-failed', title: '', detail: '' });
  report.follow('speaking');
  time.ms += 2_000;
  report.follow('listening');
  report.follow('listening');
  expect(added).toHaveLength(1);
  expect(added[0]).toMatchObject({
    ...{ at: new Date(Date.UTC(2026, 2, 1) + 9_600).toISOString(), faults: ['voice-failed'] },
    clocks: { commitMs: 400, tools: [{ tool: 'clock_time', ok: true, verdict: 'run' }] },
  });
  expect(told[0]).toMatchObject({ ...added[0] });
});

it('is interrupted by the next one, whose end is not the silence in between', () => {
  const { added, report, speak } = newReport();
  speak();
  report.follow('thinking');
  report.follow('speaking');
  speak();
  expect(added.map(({ clocks }) => clocks.interrupted)).toEqual([true]);
  report.follow('listening');
  expect(added).toHaveLength(1);
  report.follow('speaking');
  report.follow('listening');
  expect(added[1]?.clocks).not.toHaveProperty('interrupted');
});

it('ends without a sound where the answer has none, and with the conversation', () => {
  const { added, report, speak } = newReport();
  report.follow('thinking');
  speak();
  report.follow('listening');
  expect(added).toHaveLength(1);
  speak();
  report.close();
  report.close();
  expect(added).toHaveLength(2);
});
