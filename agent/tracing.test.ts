/** Traces: a real exporter to a real socket, a span for each stage, and nothing that was said. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-base';
import { expect, it } from 'vitest';
import type { TurnRecord } from './events.ts';
import { openTracing } from './tracing.ts';

const turn: TurnRecord = {
  id: 'one',
  at: '2026-03-01T12:00:00.000Z',
  door: 'app',
  transport: 'livekit',
  personId: 'ada',
  clocks: {
    ...{ input: 'voice', path: 'mind', transcriptMs: 200, commitMs: 350, firstTokenMs: 500 },
    ...{ firstClauseMs: 560, firstSoundMs: 650, firstSentMs: 651, firstHeardMs: 700 },
    answerHeardMs: 700,
    tools: [{ tool: 'clock_time', ok: true, tookMs: 3, verdict: 'run' }],
  },
  faults: ['mind-broke-off'],
};

const newExporter = () => {
  const exporter = new InMemorySpanExporter();
  // What was exported is looked at after the end, which would empty it.
  exporter.shutdown = async () => {};
  return exporter;
};

it('makes one span of the turn, and one below it for every stage', async () => {
  const exporter = newExporter();
  const tracing = openTracing({ endpoint: 'http://unused', version: '1', exporter });
  tracing.observe(turn);
  await tracing.close();
  const spans = exporter.getFinishedSpans();
  const root = spans.find(({ name }) => name === 'turn');
  const below = spans.filter((span) => span !== root);
  expect(below.map(({ name }) => name)).toEqual([
    ...['hear', 'decide', 'think', 'clause', 'speak', 'send', 'carry'],
  ]);
  for (const span of below) {
    expect(span.parentSpanContext?.spanId).toBe(root?.spanContext().spanId);
  }
  const ms = ([seconds, nanoseconds]: [number, number]) => seconds * 1_000 + nanoseconds / 1e6;
  expect(ms(root?.startTime as [number, number])).toBe(Date.parse(turn.at));
  expect(ms(root?.endTime as [number, number])).toBe(Date.parse(turn.at) + 700);
  expect(root?.events.map(({ name }) => name)).toEqual(['tool', 'fault']);
  expect(root?.attributes['butler.transport']).toBe('livekit');
});

it('reaches a collector at its usual path, and ends though there is none', async () => {
  const asked: string[] = [];
  const collector = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => response.writeHead(200).end());
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const tracing = openTracing({ endpoint: `http://127.0.0.1:${port}/`, version: '1' });
  tracing.observe(turn);
  await tracing.close();
  expect(asked).toEqual(['POST /v1/traces']);
  collector.close();
  collector.closeAllConnections();
  await once(collector, 'close');
  const lost = openTracing({ endpoint: `http://127.0.0.1:${port}`, version: '1' });
  lost.observe(turn);
  await expect(Promise.race([lost.close().catch(() => 'gave up'), pause(8_000)])).resolves.not.toBe(
    'late',
  );
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(() => resolve('late'), ms));
