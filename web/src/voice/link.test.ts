// The link calls again with growing patience, and stops where waiting cannot help.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../api/api.ts';
import type { ConnectionEvents, VoiceConnection } from './connection.ts';
import { Link } from './link.ts';

let attempts: ConnectionEvents[];
let outcome: (events: ConnectionEvents) => Promise<VoiceConnection>;
let states: string[];
let closed: number;
let signedOut: number;
let link: Link;

const problem = (status: number) =>
  new Problem({ status, code: 'x', title: 'Title', detail: 'Because.' });
const flush = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  attempts = [];
  states = [];
  closed = 0;
  signedOut = 0;
  outcome = async () => ({ close: () => (closed += 1) }) as unknown as VoiceConnection;
  link = new Link({
    connect: (events) => {
      attempts.push(events);
      return outcome(events);
    },
    changed: (state, reason) => states.push(reason ? `${state}: ${reason}` : state),
    message: () => undefined,
    soundBlocked: () => undefined,
    signedOut: () => (signedOut += 1),
    random: () => 0.5,
  });
  link.open();
});

afterEach(() => vi.useRealTimers());

test('connected, lost, and connected again', async () => {
  await flush();
  attempts[0]?.ready();
  expect(link.connection).toBeDefined();
  attempts[0]?.lost();
  expect(link.state).toBe('reconnecting');
  expect(link.connection).toBeUndefined();
  await vi.advanceTimersByTimeAsync(500);
  attempts[1]?.ready();
  expect(link.state).toBe('connected');
});

test('waits 0.5, 1, 2, 4, 8, then 15 seconds; the wait starts anew after success', async () => {
  outcome = async () => {
    throw problem(503);
  };
  await flush();
  attempts[0]?.lost();
  for (const [index, waitMs] of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000].entries()) {
    expect(attempts).toHaveLength(index + 1);
    await vi.advanceTimersByTimeAsync(waitMs - 1);
    expect(attempts).toHaveLength(index + 1);
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(states.at(-1)).toBe('reconnecting: Because.');
});

test('ready before the connection is handed over counts', async () => {
  link.close();
  outcome = async (events) => {
    events.ready();
    return { close: () => undefined } as unknown as VoiceConnection;
  };
  link.open();
  await flush();
  expect(link.connection).toBeDefined();
});

test('a refusal that lasts is not repeated until the person asks', async () => {
  link.close();
  outcome = async () => {
    throw problem(409);
  };
  link.open();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(attempts).toHaveLength(2);
  expect(states.at(-1)).toBe('off: Because.');
  link.retryNow();
  expect(attempts).toHaveLength(3);
});

test('a refused token ends the sign-in', async () => {
  link.close();
  outcome = async () => {
    throw problem(401);
  };
  link.open();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([signedOut, attempts.length]).toEqual([1, 2]);
});

test('the network is back: no more waiting', async () => {
  await flush();
  attempts[0]?.lost();
  link.retryNow();
  expect(attempts).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(attempts).toHaveLength(2);
});

test('closed while connecting: what arrives late is closed too, its events ignored', async () => {
  link.close();
  await flush();
  expect(closed).toBe(1);
  attempts[0]?.ready();
  expect(link.state).toBe('connecting');
});
