/** Metrics: every clock by door and path, tools by verdict, faults by code, tokens and money. */
import { expect, it } from 'vitest';
import type { TurnRecord } from './events.ts';
import { createMetrics } from './metrics.ts';

const turn: TurnRecord = {
  id: 'one',
  at: '2026-03-01T12:00:00.000Z',
  door: 'app',
  transport: 'websocket',
  personId: 'ada',
  clocks: {
    ...{ input: 'voice', path: 'mind', commitMs: 350, firstHeardMs: 720, interrupted: true },
    ...{ cachedTokens: 800, uncachedTokens: 200, completionTokens: 40, answersThrownAway: 2 },
    cost: { mindUsd: 0.001, hearingUsd: 0.0001, voiceUsd: 0, totalUsd: 0.0011 },
    tools: [{ tool: 'lights_turn_on', ok: true, tookMs: 80, verdict: 'run', receipt: true }],
  },
  faults: ['voice-failed'],
};

it('counts a turn once in everything that it was', async () => {
  const metrics = createMetrics();
  metrics.observe(turn);
  metrics.observe({ ...turn, clocks: { input: 'text', cost: { hearingUsd: 0 } }, faults: [] });
  const { text, contentType } = await metrics.read();
  expect(contentType).toContain('text/plain');
  const labels = 'door="app",transport="websocket"';
  for (const line of [
    `butler_turns_total{${labels},input="voice",path="mind"} 1`,
    `butler_turns_total{${labels},input="text",path="none"} 1`,
    `butler_turns_interrupted_total{${labels}} 1`,
    `butler_turn_clock_seconds_sum{clock="firstHeard",${labels},path="mind"} 0.72`,
    'butler_tool_calls_total{tool="lights_turn_on",verdict="run",receipt="true",ok="true"} 1',
    'butler_faults_total{code="voice-failed"} 1',
    'butler_tokens_total{kind="cached"} 800',
    'butler_cost_usd_total{service="mind"} 0.001',
    'butler_turns_unpriced_total 1',
    'butler_thrown_away_total{kind="answer"} 2',
  ]) {
    expect(text).toContain(line);
  }
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).not.toContain('ada');
  metrics.close();
});
