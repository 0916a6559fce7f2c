// LiveKit that never comes up, or breaks twice in a minute, gives way to the WebSocket.
import { beforeEach, expect, test, vi } from 'vitest';
import { ChangeOver } from './change-over.ts';
import type { ConnectionEvents } from './connection.ts';

let nowMs: number;
let changed: ReturnType<typeof vi.fn<() => void>>;
let ways: ChangeOver;

const events = (): ConnectionEvents => ({
  ready: vi.fn(),
  message: vi.fn(),
  interrupted: vi.fn(),
  lost: vi.fn(),
  soundBlocked: vi.fn(),
});

const loseOne = () => {
  const watched = ways.watch('livekit', events());
  watched.ready();
  watched.lost();
};

beforeEach(() => {
  nowMs = 0;
  changed = vi.fn<() => void>();
  ways = new ChangeOver(() => nowMs, changed);
});

test('the house chooses, until LiveKit could not be opened', () => {
  expect(ways.wish).toEqual({});
  ways.failed('livekit');
  expect(ways.wish).toEqual({ transport: 'websocket' });
  ways.failed('livekit');
  expect(changed).toHaveBeenCalledTimes(1);
});

test('where the WebSocket is wanted it is asked for, and nothing has failed', () => {
  ways.socketWanted = true;
  expect(ways.wish).toEqual({ transport: 'websocket' });
  expect(ways.over).toBe(false);
  expect(changed).not.toHaveBeenCalled();
});

test('a WebSocket that fails or breaks changes nothing', () => {
  ways.failed('websocket');
  const inner = events();
  ways.watch('websocket', inner).lost('gone');
  expect(inner.lost).toHaveBeenCalledWith('gone');
  expect(ways.over).toBe(false);
});

test('a room in which Butler never arrived counts at once, and the reason is passed on', () => {
  const inner = events();
  ways.watch('livekit', inner).lost('nobody came');
  expect(inner.lost).toHaveBeenCalledWith('nobody came');
  expect(ways.over).toBe(true);
});

test('one loss is an accident, two in a minute are not', () => {
  loseOne();
  nowMs = 59_000;
  expect(ways.over).toBe(false);
  loseOne();
  expect(ways.over).toBe(true);
});

test('two losses far apart are two accidents', () => {
  loseOne();
  nowMs = 60_000;
  loseOne();
  expect(ways.over).toBe(false);
  nowMs = 90_000;
  loseOne();
  expect(ways.over).toBe(true);
});
