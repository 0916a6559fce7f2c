/** The waterfall as data: bars to one scale, facts in words, a sentence for a screen reader. */
import { expect, it } from 'vitest';
import { type Turn, turnRows } from './turns.ts';

const turn = (facts: Partial<Turn['clocks']>, toMs: number): Turn => ({
  id: String(toMs),
  at: '2026-03-01T12:00:00.000Z',
  transport: 'livekit',
  clocks: { input: 'voice', path: 'mind', ...facts },
  stages: [
    { name: 'hear', fromMs: 0, toMs: toMs / 2 },
    { name: 'carry', fromMs: toMs / 2, toMs },
  ],
  faults: [],
});

it('draws all turns to the scale of the longest', () => {
  const [short, long] = turnRows([turn({}, 500), turn({}, 1_000)]);
  expect(short?.bars.map(({ left, width }) => [left, width])).toEqual([
    [0, 25],
    [25, 25],
  ]);
  expect(long?.bars.map(({ left, width }) => [left, width])).toEqual([
    [0, 50],
    [50, 50],
  ]);
});

it('says what the gate said, what was checked, what it cost, and what went wrong', () => {
  const [row] = turnRows([
    {
      ...turn(
        {
          answerHeardMs: 812,
          interrupted: true,
          tools: [
            { tool: 'lights_on', ok: true, verdict: 'run', receipt: true },
            { tool: 'lock_open', ok: false, verdict: 'ask' },
            { tool: 'fan_on', ok: false, verdict: 'run', receipt: false },
          ],
          promptTokens: 900,
          cachedTokens: 800,
          cost: { totalUsd: 0.0123 },
          answersThrownAway: 1,
        },
        812,
      ),
      faults: ['voice-failed'],
    },
  ]);
  expect(row?.totalMs).toBe(812);
  expect(row?.facts).toEqual([
    ...['spoken', 'LiveKit', 'mind', 'interrupted', 'lights_on (checked)'],
    ...['lock_open asked first', 'fan_on failed (not checked)'],
    ...['900 tokens in, 800 of them cached', '1.23 ¢', 'one guess thrown away', 'voice-failed'],
  ]);
  expect(row?.sentence).toContain('heard after 812 ms');
  expect(row?.sentence).toContain('transcript 406 ms');
});

it('shows no money that is not known, and a turn that nobody heard', () => {
  const [row] = turnRows([{ ...turn({ input: 'text' }, 100), stages: [] }]);
  expect(row?.totalMs).toBeUndefined();
  expect(row?.facts.join()).not.toContain('¢');
  expect(row?.sentence).toContain('nothing heard');
});
