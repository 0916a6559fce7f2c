/** The house in numbers, for Prometheus: every clock by door and path, tools, faults, money. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { TurnClocks, TurnRecord } from './events.ts';
import { type HouseNumbers, watchHouse } from './metrics/house.ts';
import { countHttp, type HttpNumbers } from './metrics/http.ts';

const clockNames = [
  'transcript',
  'commit',
  'firstToken',
  'firstClause',
  'firstSound',
  'firstSent',
  'firstHeard',
  'answerHeard',
] as const;
/** Seconds; close together where a person notices. */
const clockBuckets = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.25, 1.5, 2, 3, 5, 10];
const toolBuckets = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8];

const counters = {
  turns: ['butler_turns_total', 'Turns that are over.', 'door', 'transport', 'input', 'path'],
  interrupted: ['butler_turns_interrupted_total', 'Turns that were cut off.', 'door', 'transport'],
  tools: ['butler_tool_calls_total', 'Tool calls.', 'tool', 'verdict', 'receipt', 'ok'],
  faults: ['butler_faults_total', 'What went wrong, by code.', 'code'],
  tokens: ['butler_tokens_total', 'Tokens of the mind.', 'kind'],
  cost: ['butler_cost_usd_total', 'US dollars, where prices are known.', 'service'],
  unpriced: ['butler_turns_unpriced_total', 'Turns with a part whose price is not known.'],
  thrownAway: ['butler_thrown_away_total', 'Work on guesses that nobody heard.', 'kind'],
} as const;

type CounterName = keyof typeof counters;

export interface Metrics {
  /** Counts a turn that is over. */
  observe(turn: TurnRecord): void;
  readonly http: HttpNumbers;
  /** Once: from then on each reading says how the house is. */
  watch(house: HouseNumbers): void;
  /** Prometheus' text format, and its content type. */
  read(): Promise<{ text: string; contentType: string }>;
  close(): void;
}

const makeCounters = (registers: Registry[]): Record<CounterName, Counter> => {
  const made = Object.entries(counters).map(([key, [name, help, ...labelNames]]) => [
    key,
    new Counter({ name, help, labelNames, registers }),
  ]);
  return Object.fromEntries(made) as Record<CounterName, Counter>;
};

const countMoney = (made: Record<CounterName, Counter>, clocks: TurnClocks): void => {
  const { cost, cachedTokens, uncachedTokens, completionTokens } = clocks;
  const tokens = { cached: cachedTokens, uncached: uncachedTokens, completion: completionTokens };
  for (const [kind, count] of Object.entries(tokens)) made.tokens.inc({ kind }, count ?? 0);
  if (cost === undefined) return;
  const services = { mind: cost.mindUsd, hearing: cost.hearingUsd, voice: cost.voiceUsd };
  for (const [service, usd] of Object.entries(services)) made.cost.inc({ service }, usd ?? 0);
  if (cost.totalUsd === undefined) made.unpriced.inc();
};

/** One for each process that serves `/metrics`. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const made = makeCounters(registers);
  const clock = new Histogram({
    name: 'butler_turn_clock_seconds',
    help: 'From the last sample of speech to each stage of the turn.',
    labelNames: ['clock', 'door', 'transport', 'path'],
    buckets: clockBuckets,
    registers,
  });
  const toolTime = new Histogram({
    name: 'butler_tool_seconds',
    help: 'How long a tool call took.',
    labelNames: ['tool'],
    buckets: toolBuckets,
    registers,
  });
  const observe = ({ clocks, door, transport, faults }: TurnRecord): void => {
    const path = clocks.path ?? 'none';
    made.turns.inc({ door, transport, input: clocks.input, path });
    if (clocks.interrupted) made.interrupted.inc({ door, transport });
    for (const name of clockNames) {
      const ms = clocks[`${name}Ms`];
      if (ms !== undefined) clock.observe({ clock: name, door, transport, path }, ms / 1000);
    }
    for (const { tool, ok, tookMs, verdict = 'none', receipt } of clocks.tools ?? []) {
      const read = receipt === undefined ? 'none' : String(receipt);
      made.tools.inc({ tool, verdict, receipt: read, ok: String(ok) });
      toolTime.observe({ tool }, tookMs / 1000);
    }
    for (const code of faults) made.faults.inc({ code });
    countMoney(made, clocks);
    const { transcriptionsThrownAway = 0, answersThrownAway = 0 } = clocks;
    made.thrownAway.inc({ kind: 'transcription' }, transcriptionsThrownAway);
    made.thrownAway.inc({ kind: 'answer' }, answersThrownAway);
  };
  return {
    observe,
    http: countHttp(registry),
    watch: (house) => watchHouse(house, registry),
    read: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
    close: () => registry.clear(),
  };
};
