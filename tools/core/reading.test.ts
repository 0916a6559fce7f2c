/** One tool that asks another: only reads, for the same caller, not for ever, with its taint. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { portsInProcess } from '../../tests/fakes/ports.ts';
import { Breakers } from './breaker.ts';
import { type AnyTool, ToolError } from './define.ts';
import type { LoadedTool } from './load.ts';
import type { ToolOutcome } from './outcome.ts';
import { runTool, type ToolCall } from './run.ts';

let ran: string[];
let heard: (ToolOutcome | undefined)[];
let breakers: Breakers;
beforeEach(() => {
  ran = [];
  heard = [];
  breakers = new Breakers();
});

const tools = new Map<string, LoadedTool>();
const add = (name: string, tool: Partial<AnyTool>): void => {
  const usual: AnyTool = {
    ...{ about: 'x', effect: 'read', confirm: 'never', says: [], input: z.object({}) },
    run: async () => {
      ran.push(name);
      return { say: `${name}.`, show: { from: name }, receipt: name };
    },
  };
  const integration = `of-${name}`;
  tools.set(name, { ...usual, ...tool, name, integration, client: async () => undefined });
};

/** A tool that asks another one and says what it heard. */
const asks = (name: string, other: string, more: Partial<AnyTool> = {}): void =>
  add(name, {
    ...more,
    run: async (_, { read }) => {
      const outcome = await read(other, {});
      heard.push(outcome);
      return { say: outcome?.say ?? 'Nothing.', receipt: 1 };
    },
  });

const caller = { personId: 'ben', name: 'Ben', role: 'child', sure: 1, door: 'app' } as const;
const call = (name: string, more: Partial<ToolCall> = {}): Promise<ToolOutcome> =>
  runTool({
    ...{ ...portsInProcess(), toolbox: { tools }, name, input: {}, breakers },
    ...{ caller: { ...caller, language: 'en' }, timeZone: 'UTC', now: () => new Date(0) },
    signal: new AbortController().signal,
    ...more,
  });

add('plain', {});
add('letter', { outside: true });
add('sometimes', { run: async () => ({ say: 'From a mail.', outside: true }) });
add('writes', { effect: 'write' });
add('opens', { effectOf: () => ({ effect: 'danger', what: 'open the door' }) });
add('changes', { effectOf: () => 'write' });
add('turns', { instead: () => ({ tool: 'writes', input: {} }) });
add('bank', { permission: 'finance' });
add('grown', { role: 'adult' });
add('strict', { input: z.object({ day: z.string() }).strict() });
add('hidden', { hidden: true });
add('broken', { run: () => Promise.reject(new ToolError('It is away.', 'unreachable')) });
add('private', { confirm: 'always' });
for (const name of [...tools.keys()]) asks(`asks-${name}`, name);
asks('asks-itself', 'asks-itself');
asks('asks-nobody', 'nobody');

test('hears what the other heard, data included, as an outcome', async () => {
  expect(await call('asks-plain')).toMatchObject({ ok: true, say: 'plain.' });
  expect(heard).toMatchObject([{ ok: true, show: { from: 'plain' }, effect: 'read' }]);
  expect((await call('asks-hidden')).say).toBe('hidden.');
});

describe('nothing but reads', () => {
  test.each(['nobody', 'writes'])('%s is as if it were not there', async (other) => {
    expect((await call(`asks-${other}`)).say).toBe('Nothing.');
    expect(heard).toEqual([undefined]);
    expect(ran).toEqual([]);
  });

  test.each(['opens', 'changes', 'turns'])('%s turns out to do more: refused', async (other) => {
    await call(`asks-${other}`, { caller: { ...caller, role: 'owner', language: 'en' } });
    expect(heard).toMatchObject([{ ok: false, error: { code: 'refused' }, verdict: 'refuse' }]);
    expect(ran).toEqual([]);
  });
});

describe('for the same caller, through the same gate', () => {
  test.each(['bank', 'grown'])('%s is refused to a child', async (other) => {
    await call(`asks-${other}`);
    expect(heard).toMatchObject([{ ok: false, error: { code: 'refused' } }]);
    expect(ran).toEqual([]);
  });

  test('what wants a yes is not read, and the yes of the outer call is not its', async () => {
    const yes = () => ({ by: 'yes', personId: 'ben', digest: 'x', ageMs: 0 }) as const;
    const outcome = await call('asks-private', { yes });
    expect(heard).toMatchObject([{ ok: false, error: { code: 'needs-yes' } }]);
    expect(outcome.ask).toBeUndefined();
    expect(ran).toEqual([]);
  });

  test('arguments are checked', async () => {
    await call('asks-strict');
    expect(heard).toMatchObject([{ ok: false, error: { code: 'wrong-arguments' } }]);
  });

  test('a failure comes back as an outcome', async () => {
    expect(await call('asks-broken')).toMatchObject({ ok: true, say: 'It is away.' });
    expect(heard).toMatchObject([{ ok: false, error: { code: 'unreachable' } }]);
  });
});

describe('words from outside', () => {
  test.each([
    ['plain', undefined],
    ['letter', true],
    ['sometimes', true],
  ])('asking %s: %s', async (other, outside) => {
    expect((await call(`asks-${other}`)).outside).toBe(outside);
    expect((await call(other)).outside).toBe(outside);
  });

  test('taint goes on through a tool between', async () => {
    asks('asks-asks', 'asks-letter');
    expect((await call('asks-asks')).outside).toBe(true);
  });

  test('also where the asking tool fails afterwards', async () => {
    add('fails', {
      run: async (_, { read }) => {
        await read('letter', {});
        throw new ToolError('No.', 'no');
      },
    });
    expect(await call('fails')).toMatchObject({ ok: false, outside: true });
  });

  test('and where they were read for the question, or to choose the tool', async () => {
    const look: AnyTool['effectOf'] = async (_, { read }) => {
      const letter = await read('letter', {});
      return { effect: 'write', what: letter?.say ?? '', ask: true };
    };
    add('careful', { effect: 'write', effectOf: look });
    const asked = await call('careful');
    expect(asked).toMatchObject({ outside: true, ask: { question: 'Shall I letter.?' } });
    add('chooses', {
      instead: async (_, { read }) => {
        await read('letter', {});
        return { tool: 'plain', input: {} };
      },
    });
    expect(await call('chooses')).toMatchObject({ ok: true, say: 'plain.', outside: true });
  });
});

describe('an end', () => {
  test('a circle ends by itself', async () => {
    expect((await call('asks-itself')).say).toBe('Nothing.');
    expect(heard).toHaveLength(4);
  });

  const slow = (more: Partial<AnyTool> = {}) =>
    add('slow', {
      ...more,
      run: async (_, { signal }) => {
        await sleep(200, undefined, { signal });
        ran.push('slow');
        return { say: 'slow.' };
      },
    });

  test('an interruption ends both', async () => {
    slow();
    asks('waits', 'slow');
    const person = new AbortController();
    const running = call('waits', { signal: person.signal });
    await sleep(20);
    person.abort();
    expect((await running).error?.code).toBe('aborted');
    await sleep(250);
    expect(ran).toEqual([]);
  });

  test('an effect that has begun reads on, though the person interrupts', async () => {
    slow();
    asks('acts', 'slow', { effect: 'write' });
    const person = new AbortController();
    const running = call('acts', { signal: person.signal });
    await sleep(20);
    person.abort();
    expect(await running).toMatchObject({ ok: true, say: 'slow.' });
    expect(ran).toEqual(['slow']);
  });

  test('the time of the asking tool is the time of the asked one', async () => {
    slow();
    asks('hurries', 'slow', { timeoutMs: 50 });
    expect((await call('hurries')).error?.code).toBe('timed-out');
    await sleep(250);
    expect(ran).toEqual([]);
  });
});

test('nobody is told of what one tool asks another', async () => {
  const events: string[] = [];
  await call('asks-plain', { emit: ({ tool }) => events.push(tool) });
  expect(events).toEqual(['asks-plain', 'asks-plain']);
});
