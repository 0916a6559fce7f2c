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

it('makes a span of an incident, as long as it lasted', async () => {
  const exporter = newExporter();
  const tracing = openTracing({ endpoint: 'http://unused', version: '1', exporter });
  const openedAt = new Date('2026-03-01T12:00:00Z');
  tracing.observeIncident({ part: 'mail', openedAt, closedAt: new Date(+openedAt + 90_000) });
  await tracing.close();
  const [span] = exporter.getFinishedSpans();
  expect(span).toMatchObject({ name: 'incident', attributes: { 'butler.part': 'mail' } });
  expect(span?.duration).toEqual([90, 0]);
});

it('reaches a collector at its usual path, and ends though there is none', async () => {
  const asked: string[] = [];
  let sent = '';
  const collector = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.on('data', (piece: Buffer) => {
      sent += piece.toString('latin1');
    });
    request.on('end', () => response.writeHead(200).end());
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const tracing = openTracing({ endpoint: `http://127.0.0.1:${port}/`, version: '7.6.5' });
  tracing.observe(turn);
  await tracing.close();
  expect(asked).toEqual(['POST /v1/traces']);
  // Protobuf holds text as it is.
  for (const text of ['turn', 'speak', 'butler.path', 'service.version', '7.6.5']) {
    expect(sent).toContain(text);
  }
  expect(sent).toMatch(/service\.instance\.id[\s\S]{1,8}[0-9a-f]{8}-[0-9a-f]{4}-4/);
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
