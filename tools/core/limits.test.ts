/** What stands around a running tool: receipts, a second try, circuits, fillers, the background. */

import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { portsInProcess } from '../../tests/fakes/ports.ts';
import { Breakers } from './breaker.ts';
import { type AnyTool, ToolError, type ToolResult } from './define.ts';
import type { LoadedTool } from './load.ts';
import type { ToolOutcome } from './outcome.ts';
import { proofOf, receiptOf } from './receipt.ts';
import { runTool, type ToolCall } from './run.ts';

const caller = { personId: 'anna', name: 'Anna', role: 'adult', sure: 1, door: 'app' } as const;
const nobody = async () => undefined;
let nowMs: number;
let breakers: Breakers;
let tried: number;
let late: ToolOutcome[];

beforeEach(() => {
  nowMs = 0;
  tried = 0;
  late = [];
  breakers = new Breakers(() => nowMs);
});

const toolOf = (traits: Partial<AnyTool>, run: AnyTool['run']): LoadedTool => ({
  ...{ about: 'x', effect: 'write', confirm: 'never', says: [], input: z.object({}) },
  ...traits,
  ...{ run, name: 'only', integration: 'the-heating', client: nobody },
});

const call = (tool: LoadedTool, more: Partial<ToolCall> = {}): Promise<ToolOutcome> =>
  runTool({
    ...{
      ...portsInProcess(),
      toolbox: { tools: new Map([['only', tool]]) },
      name: 'only',
      input: {},
    },
    ...{ caller: { ...caller, language: 'en' }, timeZone: 'UTC', now: () => new Date(0) },
    ...{ signal: new AbortController().signal, breakers, random: () => 0 },
    ...more,
  });

describe('receipts', () => {
  test.each([
    [undefined, 'missing'],
    [null, 'missing'],
    [false, 'missing'],
    ['', 'missing'],
    [{}, 'missing'],
    [0, 'nothing'],
    [[], 'nothing'],
    [receiptOf([]), 'nothing'],
    [receiptOf([{ name: 'Hall', asWanted: false }]), 'nothing'],
    [
      receiptOf([
        { name: 'Hall', asWanted: false, state: 'off' },
        { name: 'Kitchen', asWanted: true, state: 'on' },
      ]),
      'partly',
    ],
    [receiptOf([{ name: 'Kitchen', asWanted: true, state: 'on' }]), 'whole'],
    [{ running: 0 }, 'whole'],
    ['on', 'whole'],
    [true, 'whole'],
  ])('%j proves: %s', (receipt, proof) => expect(proofOf(receipt)).toBe(proof));

  const claims = (receipt?: unknown): Promise<ToolOutcome> =>
    call(toolOf({}, async () => ({ say: 'The light is on.', receipt })));

  test('without one, Butler says that it asked and could not check', async () => {
    expect(await claims()).toMatchObject({ ok: true, verified: false });
    expect((await claims()).say).toContain('could not check');
    const german = await call(
      toolOf({}, async () => ({ say: 'An.' })),
      { language: 'de' },
    );
    expect(german.say).toContain('nicht prüfen');
  });

  test('an empty one is no success', async () => {
    const outcome = await claims(receiptOf([{ name: 'Hall', asWanted: false }]));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'nothing-changed' } });
    expect(outcome.say).not.toContain('is on');
  });

  test('half a success names what is missing', async () => {
    const things = [
      { name: 'Hall', asWanted: false },
      { name: 'Kitchen', asWanted: true },
    ];
    const outcome = await claims(receiptOf(things));
    expect(outcome).toMatchObject({ verified: false });
    expect(outcome.say).toContain('Hall');
    expect((await claims(receiptOf(things.slice(1)))).say).toBe('The light is on.');
  });
});

describe('a second try', () => {
  const failsOnce = async (): Promise<ToolResult> => {
    if (++tried === 1) throw new Error('socket closed');
    return { say: 'Here.', receipt: 'on' };
  };
  test.each([
    [{ effect: 'read' }, true, 2],
    [{ effect: 'write' }, false, 1],
    [{ effect: 'write', idempotent: true }, true, 2],
    [{ effect: 'read', idempotent: false }, false, 1],
    [{ effect: 'read', timeoutMs: 900 }, false, 1],
  ] as const)('%j: ok %s after %d', async (traits, ok, tries) => {
    expect((await call(toolOf(traits, failsOnce))).ok).toBe(ok);
    expect(tried).toBe(tries);
  });

  test('not where the tool itself knows why', async () => {
    const refuses = async () => {
      tried++;
      throw new ToolError('There is no such room.', 'no-room');
    };
    await call(toolOf({ effect: 'read' }, refuses));
    expect(tried).toBe(1);
  });

  test('a failed effect is unclear, and that is said', async () => {
    const outcome = await call(toolOf({}, failsOnce));
    expect(outcome.say).toContain('I do not know whether it happened');
  });
});

describe('circuits', () => {
  const broken = toolOf({}, async () => {
    tried++;
    throw new ToolError('The heating does not answer.', 'unreachable');
  });
  const codes = async (count: number): Promise<(string | undefined)[]> => {
    const seen = [];
    for (let at = 0; at < count; at++) seen.push((await call(broken)).error?.code);
    return seen;
  };

  test('three failures in a minute leave the service alone, and say for how long', async () => {
    expect(await codes(4)).toEqual(['unreachable', 'unreachable', 'unreachable', 'resting']);
    expect(tried).toBe(3);
    expect((await call(broken)).say).toMatch(/^The Heating does not answer.*20 seconds\.$/);
    nowMs = 20_001;
    expect(await codes(2)).toEqual(['unreachable', 'resting']);
    nowMs += 20_001;
    const works = toolOf({}, async () => ({ say: 'Warm.', receipt: 21 }));
    expect((await call(works)).ok).toBe(true);
    expect((await codes(1))[0]).toBe('unreachable');
  });

  test('failures far apart, and what the person got wrong, do not count', async () => {
    for (let at = 0; at < 5; at++) {
      expect((await codes(1))[0]).toBe('unreachable');
      nowMs += 40_000;
    }
    const refuses = toolOf({}, async () => {
      throw new ToolError('There is no such room.', 'no-room');
    });
    for (let at = 0; at < 5; at++) expect((await call(refuses)).error?.code).toBe('no-room');
  });
});

describe('waiting', () => {
  const takes = (ms: number, traits: Partial<AnyTool> = {}) =>
    toolOf(traits, async () => {
      await sleep(ms);
      return { say: 'It is warm.', receipt: 21 };
    });

  test('a slow tool is bridged once, by a sentence that is true', async () => {
    const fillers: string[] = [];
    const onSlow = (sentence: string): void => void fillers.push(sentence);
    await call(takes(300), { onSlow });
    expect(fillers).toEqual([]);
    await call(takes(900, { asked: { en: 'the heating' } }), { onSlow });
    expect(fillers).toEqual(['One moment, I am asking the heating.']);
  });

  test('long work answers at once and reports later', async () => {
    const laterOf = (outcome: ToolOutcome): void => void late.push(outcome);
    const first = await call(takes(80, { background: true }), { later: laterOf });
    expect(first).toMatchObject({ ok: true, pending: true, verified: false });
    expect(first.say).toContain("I'll tell you when it is done");
    expect(late).toEqual([]);
    await sleep(150);
    expect(late).toMatchObject([{ ok: true, say: 'It is warm.', verified: true }]);
    expect((await call(takes(80, { background: true }))).say).toBe('It is warm.');
  });

  test('an effect that comes true after it was given up is reported', async () => {
    const outcome = await call(takes(150, { timeoutMs: 60 }), { later: (one) => late.push(one) });
    expect(outcome.error?.code).toBe('timed-out');
    expect(outcome.say).toContain('I do not know whether it happened');
    await sleep(150);
    expect(late).toMatchObject([{ ok: true, verified: true }]);
  });
});

describe('what a call would touch', () => {
  const opens = (effectOf: NonNullable<AnyTool['effectOf']>) =>
    toolOf({ effectOf }, async () => {
      tried++;
      return { say: 'Open.', receipt: 'open' };
    });

  test('raises its effect, and is what the question says', async () => {
    const scene = opens(async () => ({ effect: 'danger', what: 'open the garage door' }));
    const outcome = await call(scene);
    expect(outcome.ask).toMatchObject({ question: 'Shall I open the garage door?', by: 'yes' });
    const { digest = '' } = outcome.ask ?? {};
    const yes = { by: 'yes', personId: 'anna', digest, ageMs: 1_000 } as const;
    const other = opens(() => ({ effect: 'danger', what: 'open the front door' }));
    expect((await call(other, { yes: () => yes })).error?.code).toBe('needs-yes');
    expect(tried).toBe(0);
    expect((await call(scene, { yes: () => yes })).ok).toBe(true);
  });

  test('never lowers it, and where it cannot be found out nothing runs', async () => {
    const danger = toolOf({ effect: 'danger', effectOf: () => 'read' }, async () => ({ say: '' }));
    expect((await call(danger)).error?.code).toBe('needs-yes');
    const unknown = opens(async () => Promise.reject(new Error('closed')));
    const outcome = await call(unknown);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'failed' } });
    expect(outcome.say).toContain('left it alone');
    expect(tried).toBe(0);
  });
});
