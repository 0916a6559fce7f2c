/** The waterfall as data: bars to one scale, facts in words, a sentence for a screen reader. */
import { expect, it } from 'vitest';
import { fitting, type Turn, turnRows } from './turns.ts';

const turn = (facts: Partial<Turn['clocks']>, toMs: number): Turn => ({
  id: String(toMs),
  at: '2026-03-01T12:00:00.000Z',
  door: 'app',
  personId: 'ada',
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
  expect(short?.bars.map(({ start, width }) => [start, width])).toEqual([
    [0, 25],
    [25, 25],
  ]);
  expect(long?.bars.map(({ start, width }) => [start, width])).toEqual([
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
            { tool: 'lights_on', ok: true, tookMs: 1, verdict: 'run', receipt: true },
            { tool: 'lock_open', ok: false, tookMs: 1, verdict: 'ask' },
            { tool: 'fan_on', ok: false, tookMs: 1, verdict: 'run', receipt: false },
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
    ...['900 tokens in, 800 of them cached', '$0.012', 'one guess thrown away', 'voice-failed'],
  ]);
  expect(row?.sentence).toContain('heard after 812 ms');
  expect(row?.sentence).toContain('transcript 406 ms');
});

it('shows no money that is not known, and a turn that nobody heard', () => {
  const [row] = turnRows([{ ...turn({ input: 'text' }, 100), stages: [] }]);
  expect(row?.totalMs).toBeUndefined();
  expect(row?.facts.join()).not.toContain('$');
  expect(row?.sentence).toContain('nothing heard');
});

it('keeps what fits person, door and filter', () => {
  const call = { tool: 'fan_on', ok: false, tookMs: 1, verdict: 'run' as const };
  const all = [
    turn({}, 1),
    { ...turn({ path: 'fast' }, 2), personId: 'ben' },
    { ...turn({ tools: [call] }, 3), door: 'room' as const },
    { ...turn({ tools: [{ ...call, verdict: 'ask' }] }, 4), faults: ['mind-slow'] },
  ];
  const ids = (wanted: Partial<Parameters<typeof fitting>[1]>) =>
    fitting(all, { personId: '', door: '', filter: 'all', ...wanted }).map(({ id }) => id);
  expect(ids({})).toEqual(['1', '2', '3', '4']);
  expect(ids({ personId: 'ben' })).toEqual(['2']);
  expect(ids({ door: 'room' })).toEqual(['3']);
  // A question is no fault; a call that failed is one.
  expect(ids({ filter: 'faults' })).toEqual(['3', '4']);
  expect(ids({ filter: 'mind', door: 'app' })).toEqual(['1', '4']);
  expect(ids({ filter: 'tools' })).toEqual(['3', '4']);
});
