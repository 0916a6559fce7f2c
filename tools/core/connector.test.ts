/** Connections: made once, kept awake, tried again, given up in time, closed; tools found there. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { Connector } from './connector.ts';
import type { AnyTool, Integration } from './define.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const tool: AnyTool = {
  ...{ about: 'x', effect: 'read', confirm: 'never', says: [], input: z.object({}) },
  run: async () => ({ say: 'x' }),
};

const closed: unknown[] = [];
beforeEach(() => void closed.splice(0));
const service = (more: Partial<Integration>): Integration => ({
  ...{ kind: 'integration', name: 'post', about: 'x', tools: {} },
  close: (client) => void closed.push(client),
  ...more,
});

/** Lets everything that is ready run, without moving the clock. */
const settled = async (): Promise<void> => {
  for (let at = 0; at < 20; at++) await Promise.resolve();
};

describe('connecting', () => {
  test('happens at the first use, once for all who wait', async () => {
    const connect = vi.fn(async () => 'client');
    const connector = new Connector(service({ connect }), { url: 'x' });
    expect(connect).not.toHaveBeenCalled();
    expect(await Promise.all([connector.get(), connector.get()])).toEqual(['client', 'client']);
    expect(await connector.get()).toBe('client');
    expect(connect).toHaveBeenCalledExactlyOnceWith({ url: 'x' }, expect.any(AbortSignal));
  });

  test('after a failure, also one that is thrown at once, it is made anew', async () => {
    let tries = 0;
    const connect = () => {
      if (++tries === 1) throw new Error('not yet');
      return 'client';
    };
    const connector = new Connector(service({ connect }), {});
    await expect(connector.get()).rejects.toThrow('not yet');
    expect(await connector.get()).toBe('client');
  });

  test('that never ends is given up when the house closes, and does not hold it up', async () => {
    const connector = new Connector(service({ connect: () => new Promise(() => {}) }), {});
    const waiting = connector.get();
    waiting.catch(() => {});
    await expect(connector.close()).rejects.toThrow('closing');
    await expect(waiting).rejects.toThrow('closing');
    expect(closed).toEqual([]);
  });

  test('that comes too late is let go of', async () => {
    let arrive: (client: string) => void = () => {};
    const connect = () => new Promise((resolve) => (arrive = resolve));
    const connector = new Connector(service({ connect }), {});
    connector.get().catch(() => {});
    await settled();
    await connector.close().catch(() => {});
    arrive('late');
    await settled();
    expect(closed).toEqual(['late']);
  });

  test('is limited, also where the service minds no signal', async () => {
    const limit = new AbortController();
    const spy = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    let tries = 0;
    const connect = () => (++tries === 1 ? new Promise(() => {}) : 'client');
    const connector = new Connector(service({ connect }), {});
    const first = connector.get();
    expect(spy).toHaveBeenCalledWith(10_000);
    spy.mockRestore();
    limit.abort(new Error('ten seconds are over'));
    await expect(first).rejects.toThrow('ten seconds');
    expect(await connector.get()).toBe('client');
  });

  test('is closed once it was made, and only then', async () => {
    const connector = new Connector(service({ connect: () => 'client' }), {});
    await connector.close();
    expect(closed).toEqual([]);
    const used = new Connector(service({ connect: () => 'client' }), {});
    await used.get();
    await used.close();
    expect(closed).toEqual(['client']);
  });
});

describe('staying awake', () => {
  test('only what asks for it is connected unasked', async () => {
    const connect = vi.fn(() => 'client');
    new Connector(service({ connect }), {}).wake();
    await settled();
    expect(connect).not.toHaveBeenCalled();
    new Connector(service({ connect, awake: true }), {}).wake();
    await settled();
    expect(connect).toHaveBeenCalledOnce();
  });

  test('what is away is tried again every half minute until it is there', async () => {
    let tries = 0;
    const connect = () => {
      if (++tries < 3) throw new Error('away');
      return 'client';
    };
    const connector = new Connector(service({ connect, awake: true }), {});
    connector.wake();
    await settled();
    for (const expected of [1, 2, 3, 3, 3]) {
      expect(tries).toBe(expected);
      await vi.advanceTimersByTimeAsync(30_000);
    }
    await connector.close();
  });

  test('a closed house wakes nobody', async () => {
    let tries = 0;
    const connect = () => {
      tries += 1;
      throw new Error('away');
    };
    const connector = new Connector(service({ connect, awake: true }), {});
    connector.wake();
    await settled();
    await connector.close();
    await vi.advanceTimersByTimeAsync(120_000);
    connector.wake();
    await settled();
    expect(tries).toBe(1);
  });
});

describe('tools found at the service', () => {
  const names = (found: Readonly<Record<string, AnyTool>>[]) =>
    found.map((one) => Object.keys(one));

  test('are told when it is connected, and again when they change', async () => {
    const told: Readonly<Record<string, AnyTool>>[] = [];
    let changed = (): void => {};
    let there: Record<string, AnyTool> = { add: tool };
    const discover = async (_: unknown, again: () => void) => {
      changed = again;
      return there;
    };
    const found = service({ connect: () => 'client', discover });
    const connector = new Connector(found, {}, (tools) => told.push(tools));
    await connector.get();
    there = { add: tool, take: tool };
    changed();
    await settled();
    expect(names(told)).toEqual([['add'], ['add', 'take']]);
    await connector.close();
    changed();
    await settled();
    expect(told).toHaveLength(2);
  });

  test('an answer that was overtaken does not count', async () => {
    vi.useRealTimers();
    const told: Readonly<Record<string, AnyTool>>[] = [];
    let changed = (): void => {};
    let asked = 0;
    const discover = async (_: unknown, again: () => void) => {
      changed = again;
      asked += 1;
      if (asked === 2) {
        await sleep(30);
        return { old: tool };
      }
      return asked === 1 ? {} : { newest: tool };
    };
    const connector = new Connector(service({ discover }), {}, (tools) => told.push(tools));
    await connector.get();
    changed();
    changed();
    await sleep(60);
    expect(names(told)).toEqual([[], ['newest']]);
  });

  test('a service that breaks while it is asked is closed, and connected anew', async () => {
    let asked = 0;
    const discover = async () => {
      if (++asked === 1) throw new Error('broken');
      return { add: tool };
    };
    const told: Readonly<Record<string, AnyTool>>[] = [];
    const connect = vi.fn(() => `client ${asked}`);
    const found = service({ connect, discover });
    const connector = new Connector(found, {}, (tools) => told.push(tools));
    await expect(connector.get()).rejects.toThrow('broken');
    await settled();
    expect(closed).toEqual(['client 0']);
    expect(await connector.get()).toBe('client 1');
    expect(names(told)).toEqual([['add']]);
  });

  test('what was known stays where a later question fails', async () => {
    const told: Readonly<Record<string, AnyTool>>[] = [];
    let changed = (): void => {};
    let asked = 0;
    const discover = async (_: unknown, again: () => void) => {
      changed = again;
      if (++asked > 1) throw new Error('away');
      return { add: tool };
    };
    const connector = new Connector(service({ discover }), {}, (tools) => told.push(tools));
    await connector.get();
    changed();
    await settled();
    expect(names(told)).toEqual([['add']]);
  });
});
