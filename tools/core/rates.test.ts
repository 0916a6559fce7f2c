/** How often a person may call a tool: counted by person and tool, over the last minute. */
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { portsInProcess } from '../../tests/fakes/ports.ts';
import type { LoadedTool } from './load.ts';
import { type Rated, Rates } from './rates.ts';
import { runTool } from './run.ts';

let nowMs: number;
let rates: Rates;
beforeEach(() => {
  nowMs = 0;
  rates = new Rates(() => nowMs);
});

/** How many calls in a row pass. */
const passes = (tool: Rated, personId = 'anna', tries = 200): number => {
  let passed = 0;
  while (passed < tries && rates.take(personId, tool) === 0) passed += 1;
  return passed;
};

describe('usually', () => {
  test.each([
    ['read', undefined, 60],
    ['write', undefined, 20],
    ['danger', undefined, 10],
    ['read', 3, 3],
    ['write', 100, 100],
  ] as const)('%s, own limit %s: %d in a minute', (effect, callsPerMinute, most) => {
    const own = callsPerMinute === undefined ? {} : { callsPerMinute };
    expect(passes({ name: 'x', effect, ...own })).toBe(most);
  });
});

test('each person and each tool is counted alone', () => {
  const tool: Rated = { name: 'x', effect: 'write' };
  expect(passes(tool)).toBe(20);
  expect(passes(tool, 'ben')).toBe(20);
  expect(passes({ ...tool, name: 'y' })).toBe(20);
  expect(passes(tool)).toBe(0);
});

test('the wait is until the oldest call of the minute is out of it', () => {
  const tool: Rated = { name: 'x', effect: 'read', callsPerMinute: 2 };
  rates.take('anna', tool);
  nowMs = 20_000;
  rates.take('anna', tool);
  nowMs = 30_000;
  expect(rates.take('anna', tool)).toBe(30_000);
  nowMs = 59_999;
  expect(rates.take('anna', tool)).toBe(1);
  nowMs = 60_000;
  expect(rates.take('anna', tool)).toBe(0);
  expect(rates.take('anna', tool)).toBe(20_000);
});

test('a call that is refused for it does not lengthen the wait', () => {
  const tool: Rated = { name: 'x', effect: 'read', callsPerMinute: 1 };
  for (nowMs = 0; nowMs < 60_000; nowMs += 5_000) rates.take('anna', tool);
  nowMs = 60_000;
  expect(rates.take('anna', tool)).toBe(0);
});

describe('as it is heard', () => {
  let ran = 0;
  const tool: LoadedTool = {
    ...{ about: 'x', effect: 'write', confirm: 'never', says: [], input: z.object({}) },
    ...{ callsPerMinute: 2, name: 'only', integration: 'post', client: async () => undefined },
    run: async () => ({ say: 'Sent.', receipt: ++ran }),
  };
  const tools = new Map([['only', tool]]);
  const call = (personId: string, language: string) =>
    runTool({
      ...{ ...portsInProcess(), toolbox: { tools }, name: 'only', input: {}, language },
      caller: { personId, name: 'x', role: 'adult', sure: 1, door: 'app', language },
      ...{ timeZone: 'UTC', now: () => new Date(0), signal: new AbortController().signal },
    });

  test('one call too many runs nothing and says when it may be asked again', async () => {
    for (let at = 0; at < 2; at++) expect((await call('anna', 'en')).ok).toBe(true);
    const outcome = await call('anna', 'en');
    expect(outcome).toMatchObject({ ok: false, error: { code: 'too-often' } });
    expect(outcome.say).toMatch(/Ask me again in (60|59) seconds\.$/);
    expect((await call('anna', 'de')).say).toMatch(/in (60|59) Sekunden noch einmal\.$/);
    expect(ran).toBe(2);
    expect((await call('ben', 'en')).ok).toBe(true);
  });
});
