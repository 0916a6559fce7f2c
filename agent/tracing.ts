/** Each turn as an OpenTelemetry trace: one span for the turn, one for every stage, no words. */
import { randomUUID } from 'node:crypto';
import { context, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { TurnRecord } from './events.ts';
import { endOf, stagesOf } from './stages.ts';

export interface Tracing {
  observe(turn: TurnRecord): void;
  /** A span for as long as a part was down. */
  observeIncident(incident: { part: string; openedAt: Date; closedAt: Date }): void;
  /** Sends what is waiting; a collector that is away costs no more than a few seconds. */
  close(): Promise<void>;
}

const sendWithinMs = 3_000;

/** Flat facts of a turn; no words, and no name of a person. */
const factsOf = ({ clocks, door, transport, personId }: TurnRecord) => {
  const { input, path, interrupted, promptTokens, cachedTokens, completionTokens } = clocks;
  const facts = {
    'butler.door': door,
    'butler.transport': transport,
    'butler.person': personId,
    'butler.input': input,
    'butler.path': path,
    'butler.interrupted': interrupted,
    'butler.tokens.prompt': promptTokens,
    'butler.tokens.cached': cachedTokens,
    'butler.tokens.completion': completionTokens,
    'butler.cost.usd': clocks.cost?.totalUsd,
    'butler.transcriptions.thrown_away': clocks.transcriptionsThrownAway,
    'butler.answers.thrown_away': clocks.answersThrownAway,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
};

const addTools = (span: Span, { clocks }: TurnRecord, endAt: number): void => {
  for (const { tool, ok, tookMs, verdict, receipt } of clocks.tools ?? []) {
    const facts = { 'butler.tool': tool, 'butler.ok': ok, 'butler.took_ms': Math.round(tookMs) };
    const judged = {
      ...(verdict === undefined ? {} : { 'butler.verdict': verdict }),
      ...(receipt === undefined ? {} : { 'butler.receipt': receipt }),
    };
    span.addEvent('tool', { ...facts, ...judged }, endAt);
  }
};

/** @param collector.endpoint without the path: `/v1/traces` is added, as OpenTelemetry has it. */
export const openTracing = (collector: {
  endpoint: string;
  version: string;
  /** Instead of a collector, for tests. */
  exporter?: SpanExporter;
}): Tracing => {
  const url = `${collector.endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter =
    collector.exporter ?? new OTLPTraceExporter({ url, timeoutMillis: sendWithinMs });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'butler',
      'service.version': collector.version,
      // One for each process, so that two Butlers in one collector are told apart.
      'service.instance.id': randomUUID(),
    }),
    spanProcessors: [
      new BatchSpanProcessor(exporter, {
        scheduledDelayMillis: 1_000,
        exportTimeoutMillis: sendWithinMs,
      }),
    ],
  });
  const tracer = provider.getTracer('butler');
  const observe = (turn: TurnRecord): void => {
    const startedAt = Date.parse(turn.at);
    const endAt = startedAt + endOf(turn.clocks);
    const span = tracer.startSpan('turn', { startTime: startedAt, attributes: factsOf(turn) });
    const inTurn = trace.setSpan(context.active(), span);
    for (const { name, fromMs, toMs } of stagesOf(turn.clocks)) {
      const stage = tracer.startSpan(name, { startTime: startedAt + fromMs }, inTurn);
      stage.end(startedAt + toMs);
    }
    addTools(span, turn, endAt);
    for (const code of turn.faults) span.addEvent('fault', { 'butler.code': code }, endAt);
    const [message] = turn.faults;
    if (message !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message });
    span.end(endAt);
  };
  const observeIncident: Tracing['observeIncident'] = ({ part, openedAt, closedAt }) => {
    const attributes = { 'butler.part': part };
    const span = tracer.startSpan('incident', { startTime: openedAt, attributes, root: true });
    span.setStatus({ code: SpanStatusCode.ERROR, message: `${part} was down` });
    span.end(closedAt);
  };
  return { observe, observeIncident, close: () => provider.shutdown() };
};
