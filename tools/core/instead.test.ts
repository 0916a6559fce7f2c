/** A tool that another one does better: judged and run as that one, once, and never in circles. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { portsInProcess } from '../../tests/fakes/ports.ts';
import { Breakers } from './breaker.ts';
import { type AnyTool, ToolError } from './define.ts';
import type { Yes } from './gate.ts';
import type { LoadedTool } from './load.ts';
import { runTool, type ToolCall, type ToolEvent } from './run.ts';

let ran: [string, unknown][];
beforeEach(() => {
  ran = [];
});

const tools = new Map<string, LoadedTool>();
const add = (name: string, more: Partial<AnyTool>): void => {
  const usual: AnyTool = {
    ...{ about: 'x', effect: 'write', confirm: 'never', says: [] },
    input: z.object({ item: z.string().optional() }).strict(),
    run: async (input) => {
      ran.push([name, input]);
      return { say: `${name} did it.`, receipt: 1 };
    },
  };
  tools.set(name, { ...usual, ...more, name, integration: name, client: async () => undefined });
};
const to =
  (tool: string, input: Record<string, unknown> = {}): NonNullable<AnyTool['instead']> =>
  () => ({ tool, input });

const owner = { personId: 'anna', name: 'Anna', role: 'owner', sure: 1, door: 'app' } as const;
const call = (name: string, more: Partial<ToolCall> = {}) =>
  runTool({
    ...{ ...portsInProcess(), toolbox: { tools }, name, input: {}, breakers: new Breakers() },
    ...{ caller: { ...owner, language: 'en' }, timeZone: 'UTC', now: () => new Date(0) },
    signal: new AbortController().signal,
    ...more,
  });

add('shared', {});
add('door', { effect: 'danger', confirm: 'always', asks: { en: 'Open the {item} door?' } });
add('finance', { permission: 'finance' });
add('own', { instead: async ({ item }) => ({ tool: 'shared', input: { item } }) });

test('the other tool runs, with the input it was given', async () => {
  const outcome = await call('own', { input: { item: 'milk' } });
  expect(outcome).toMatchObject({ ok: true, say: 'shared did it.', verified: true });
  expect(ran).toEqual([['shared', { item: 'milk' }]]);
});

test('where none is better it runs itself, as where that one is not there', async () => {
  add('stays', { instead: () => undefined });
  add('lost', { instead: to('nobody') });
  expect((await call('stays')).say).toBe('stays did it.');
  expect((await call('lost')).say).toBe('lost did it.');
});

test('its own permission does not count then: it is judged as the other one', async () => {
  add('guarded', { permission: 'lists', role: 'owner', instead: to('finance') });
  const adult = { ...owner, role: 'adult', language: 'en' } as const;
  expect((await call('guarded', { caller: adult })).say).toBe('finance did it.');
  const poor = { ...adult, role: 'owner', permissions: ['lists'] } as const;
  expect((await call('guarded', { caller: poor })).error?.code).toBe('refused');
  expect(ran).toHaveLength(1);
});

test('what the other one would not take is told, and nothing runs', async () => {
  add('wrong', { instead: to('shared', { thing: 1 }) });
  const outcome = await call('wrong');
  expect(outcome).toMatchObject({ ok: false, error: { code: 'wrong-arguments' } });
  expect(ran).toEqual([]);
});

describe('a question', () => {
  test('is that of the other tool, and a yes runs it', async () => {
    add('leave', { instead: to('door', { item: 'back' }) });
    const { ask } = await call('leave');
    expect(ask).toMatchObject({ tool: 'door', question: 'Open the back door?' });
    expect(ran).toEqual([]);
    const yes = (digest: string): Yes | undefined =>
      digest === ask?.digest ? { by: 'yes', personId: 'anna', digest, ageMs: 900 } : undefined;
    const done = await call(ask?.tool ?? '', { input: ask?.input, yes });
    expect(done).toMatchObject({ ok: true, say: 'door did it.' });
    // The same yes counts for the call that led to it, and for no other door.
    expect((await call('leave', { yes })).ok).toBe(true);
    add('leave', { instead: to('door', { item: 'front' }) });
    expect((await call('leave', { yes })).error?.code).toBe('needs-yes');
    expect(ran).toHaveLength(2);
  });
});

describe('circles', () => {
  test.each([
    ['itself', [['self', 'self']]],
    [
      'one another',
      [
        ['one', 'two'],
        ['two', 'one'],
      ],
    ],
  ])('%s: it runs itself', async (_name, pairs) => {
    for (const [name = '', other = ''] of pairs) add(name, { instead: to(other) });
    const first = pairs[0]?.[0] ?? '';
    expect((await call(first)).say).toBe(`${first} did it.`);
  });
});

describe('what goes wrong while it is looked up', () => {
  test('a sentence of its own is heard, and nothing runs', async () => {
    const instead = () => {
      throw new ToolError('The list is away.', 'unreachable');
    };
    add('throws', { instead });
    expect(await call('throws')).toMatchObject({ ok: false, say: 'The list is away.' });
    add('rejects', { instead: () => Promise.reject(new Error('socket closed')) });
    const outcome = await call('rejects');
    expect(outcome).toMatchObject({ ok: false, error: { code: 'failed' } });
    expect(outcome.say).not.toContain('socket');
    expect(ran).toEqual([]);
  });

  test('it is given up after two seconds', async () => {
    add('slow', { instead: () => new Promise(() => {}) });
    const startedMs = performance.now();
    expect((await call('slow')).ok).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(3_500);
    expect(ran).toEqual([]);
  });

  test('an interruption ends it', async () => {
    add('slow', { instead: () => new Promise(() => {}) });
    const person = new AbortController();
    const running = call('slow', { signal: person.signal });
    await sleep(10);
    person.abort();
    expect((await running).error?.code).toBe('aborted');
  });
});

test('who listens hears of one call, by the name that was called', async () => {
  const events: ToolEvent[] = [];
  await call('own', { emit: (event) => events.push(event) });
  expect(events.map(({ type, tool }) => [type, tool])).toEqual([
    ['tool-start', 'own'],
    ['tool-end', 'own'],
  ]);
});

test('both tools are counted, so that no detour goes round the limit', async () => {
  const few = new Map(tools);
  for (const name of ['own', 'shared']) {
    const tool = few.get(name);
    if (tool) few.set(name, { ...tool, callsPerMinute: name === 'shared' ? 1 : 5 });
  }
  expect((await call('own', { toolbox: { tools: few } })).ok).toBe(true);
  expect((await call('own', { toolbox: { tools: few } })).error?.code).toBe('too-often');
});
