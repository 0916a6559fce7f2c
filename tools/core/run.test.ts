/** Every way a call can go wrong comes back as a sentence; declarations are typed. */

import { beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { z } from 'zod';
import { portsInProcess } from '../../tests/fakes/ports.ts';
import { Breakers } from './breaker.ts';
import { integration, type ToolCaller, ToolError } from './define.ts';
import type { LoadedTool } from './load.ts';
import { runTool, type ToolCall, type ToolEvent } from './run.ts';
import { durationSeconds } from './slots.ts';

const caller: ToolCaller = {
  personId: 'anna',
  name: 'Anna',
  role: 'adult',
  sure: 1,
  door: 'app',
  language: 'en',
};
let begun: number;
let release: (() => void) | undefined;
const never = () => new Promise<never>(() => {});
const read = {
  about: 'x',
  effect: 'read',
  confirm: 'never',
  says: [],
  input: z.object({}),
} as const;

const lamp = integration({
  name: 'lamp',
  about: 'A lamp.',
  config: z.object({ url: z.url() }),
  connect: ({ url }) => ({ url, glow: (level: number) => level }),
}).tools({
  dim: {
    ...read,
    effect: 'write',
    role: 'adult',
    input: z.object({ level: z.int().min(0).max(100), after: durationSeconds().optional() }),
    unfit: { level: { en: 'A level is between 0 and 100.', de: 'Von 0 bis 100.' } },
    run: async ({ level, after }, { client, words }) => {
      expectTypeOf(level).toEqualTypeOf<number>();
      expectTypeOf(after).toEqualTypeOf<number | undefined>();
      expectTypeOf(client.glow).toEqualTypeOf<(level: number) => number>();
      return { say: `At ${words.list([String(client.glow(level))])}.`, receipt: { level } };
    },
  },
  hang: { ...read, timeoutMs: 60, run: never },
  hangingWrite: {
    ...read,
    effect: 'write',
    run: () =>
      new Promise((resolve) => {
        begun++;
        release = () => resolve({ say: 'Written.', receipt: 1 });
      }),
  },
  slowRead: { ...read, run: never },
  broken: { ...read, run: async () => Promise.reject(new Error('socket closed')) },
  throwing: {
    ...read,
    run: () => {
      throw new TypeError('not even a promise');
    },
  },
  honest: {
    ...read,
    run: async () => Promise.reject(new ToolError('I do not know that.', 'unknown-place', true)),
  },
  unlock: { ...read, effect: 'danger', confirm: 'with-pin', run: async () => ({ say: 'Open.' }) },
  quick: { ...read, run: async () => ({ say: 'Here.' }) },
});

integration({ name: 'wrong', about: '' }).tools({
  fields: {
    ...read,
    input: z.object({ level: z.number() }),
    // @ts-expect-error a field that the input does not have
    run: async ({ volume }) => ({ say: String(volume) }),
  },
  client: {
    ...read,
    // @ts-expect-error a client method where there is no client
    run: async (_, { client }) => ({ say: client.glow(1) }),
  },
  example: {
    ...read,
    input: z.object({ level: z.number() }),
    // @ts-expect-error an example that is no input
    examples: [{ says: 'x', input: { level: 'high' } }],
    run: async () => ({ say: 'x' }),
  },
});

const connect = vi.fn(async () => lamp.connect?.({ url: 'http://lamp' }, AbortSignal.abort()));
const loaded = new Map<string, LoadedTool>(
  Object.entries(lamp.tools).map(([name, tool]) => [
    name,
    { ...tool, name, integration: 'lamp', client: connect },
  ]),
);

let events: ToolEvent[];
let breakers: Breakers;
const call = (name: string, input: unknown = {}, more: Partial<ToolCall> = {}) =>
  runTool({
    ...{ ...portsInProcess(), toolbox: { tools: loaded }, name, input, caller },
    timeZone: 'UTC',
    ...{ signal: new AbortController().signal, now: () => new Date(0) },
    emit: (event) => events.push(event),
    breakers,
    ...more,
  });

beforeEach(() => {
  breakers = new Breakers();
  events = [];
  begun = 0;
});

test('runs, and tells when it began and ended', async () => {
  expect(await call('dim', { level: 5 }, { id: 'c1' })).toEqual({
    ok: true,
    say: 'At 5.',
    receipt: { level: 5 },
    effect: 'write',
    verdict: 'run',
    verified: true,
  });
  expect(events).toEqual([
    { type: 'tool-start', id: 'c1', tool: 'dim', doing: 'asking Lamp' },
    {
      ...{ type: 'tool-end', id: 'c1', tool: 'dim', ok: true, tookMs: expect.any(Number) },
      ...{ verdict: 'run', receipt: true },
    },
  ]);
});

describe('wrong calls', () => {
  test.each(['nothing', 'toString', '__proto__', 'constructor', '', 'x'.repeat(5000)])(
    'no such tool: %s',
    async (name) => {
      const outcome = await call(name);
      expect(outcome).toMatchObject({ ok: false, error: { code: 'unknown-tool' } });
      expect(outcome.error?.detail).toContain('Use one of');
      expect(events).toEqual([]);
    },
  );

  test.each([
    [{}, 'level'],
    [{ level: 'high' }, 'level'],
    [{ level: 101 }, 'level'],
    [{ level: 5, brightness: 3 }, 'brightness'],
    [{ level: 5, after: -1 }, 'after'],
    ['text', 'input'],
    [[], 'input'],
    [7, 'input'],
  ])('arguments %j', async (input, named) => {
    const outcome = await call('dim', input);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'wrong-arguments' } });
    expect(outcome.error?.detail).toContain(named);
    expect(outcome.error?.detail).toContain('level (a whole number)');
    expect(outcome.error?.detail).toContain('after (whole seconds, optional)');
    expect(outcome.say).toMatch(/\.$/);
  });

  test('the tool’s own sentence, in the language', async () => {
    expect((await call('dim', { level: 500 })).say).toBe('A level is between 0 and 100.');
    expect((await call('dim', { level: 500 }, { language: 'de-CH' })).say).toBe('Von 0 bis 100.');
  });
});

describe('who may', () => {
  test.each([
    ['guest', 'dim', false],
    ['child', 'dim', false],
    ['adult', 'dim', true],
    ['owner', 'dim', true],
    ['guest', 'quick', true],
  ] as const)('%s, %s: %s', async (role, name, ok) => {
    const outcome = await call(
      name,
      { ...(name === 'dim' && { level: 1 }) },
      { caller: { ...caller, role } },
    );
    expect(outcome.ok).toBe(ok);
    if (!ok) expect(outcome.error?.code).toBe('refused');
  });

  test('danger is asked about; what it says is the question, and nothing runs', async () => {
    const outcome = await call('unlock');
    expect(outcome).toMatchObject({ ok: false, error: { code: 'needs-yes' }, verdict: 'ask' });
    expect(outcome.say).toBe(outcome.ask?.question);
    expect(events.at(-1)).toMatchObject({ type: 'tool-end', ok: false, verdict: 'ask' });
  });
});

describe('what takes too long, breaks, or is interrupted', () => {
  test('a tool that ignores its signal is left behind in time', async () => {
    const startedAt = performance.now();
    const outcome = await call('hang');
    expect(outcome).toMatchObject({ ok: false, error: { code: 'timed-out' } });
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test.each(['broken', 'throwing'])('%s', async (name) => {
    const outcome = await call(name);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'failed' } });
    expect(outcome.say).not.toMatch(/socket|promise/);
    expect(events.at(-1)).toMatchObject({ type: 'tool-end', ok: false });
  });

  test('a client that cannot be reached is tried again, for a read at once', async () => {
    connect.mockRejectedValueOnce(new Error('refused'));
    expect((await call('quick')).ok).toBe(true);
    connect.mockRejectedValueOnce(new Error('refused'));
    expect((await call('dim', { level: 1 })).error?.code).toBe('failed');
    expect((await call('dim', { level: 1 })).ok).toBe(true);
  });

  test('a tool’s own reason is said, and may be handed to the mind', async () => {
    const outcome = await call('honest');
    expect(outcome.say).toBe('I do not know that.');
    expect(outcome.error).toMatchObject({ code: 'unknown-place', handOver: true });
  });

  test('an interruption ends a read at once, and starts nothing', async () => {
    const interruption = new AbortController();
    const running = call('slowRead', {}, { signal: interruption.signal });
    setTimeout(() => interruption.abort(), 10);
    expect((await running).error?.code).toBe('aborted');
    expect((await call('hangingWrite', {}, { signal: AbortSignal.abort() })).error?.code).toBe(
      'aborted',
    );
    expect(begun).toBe(0);
  });

  test('an effect that has begun is finished and reported', async () => {
    const interruption = new AbortController();
    const running = call('hangingWrite', {}, { signal: interruption.signal });
    await vi.waitFor(() => expect(begun).toBe(1));
    interruption.abort();
    setTimeout(() => release?.(), 10);
    expect(await running).toMatchObject({ ok: true, say: 'Written.' });
  });

  test('a listener that throws disturbs nothing', async () => {
    const emit = () => {
      throw new Error('listener');
    };
    expect((await call('quick', {}, { emit })).ok).toBe(true);
  });
});

test('own time around a call', async () => {
  for (let run = 0; run < 50; run++) await call('quick');
  const startedAt = performance.now();
  for (let run = 0; run < 200; run++) await call('quick');
  const eachMs = (performance.now() - startedAt) / 200;
  console.log(`own time around a tool call: ${eachMs.toFixed(3)} ms`);
  expect(eachMs).toBeLessThan(5);
});
