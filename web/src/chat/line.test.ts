// The page's line to the house against a real server: topics, commands, loss, reconnection.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { Line } from './line.ts';

const sentences = { lost: 'Lost.', slow: 'Slow.', away: 'Away.' };

let server: WebSocketServer;
let line: Line;
let sockets: ServerSocket[];
let received: Record<string, unknown>[];
let addresses: number;
let away: boolean;

beforeEach(async () => {
  [sockets, received, addresses, away] = [[], [], 0, false];
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data) => received.push(JSON.parse(String(data))));
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  line = new Line({
    address: async () => {
      addresses += 1;
      if (away) throw new Error('nobody there');
      return `ws://127.0.0.1:${port}/ws?ticket=${addresses}`;
    },
    open: (address) => new WebSocket(address),
    random: () => 0.5,
    sentences,
  });
});

afterEach(async () => {
  line.close();
  for (const socket of server.clients) socket.terminate();
  await new Promise((resolve) => server.close(resolve));
});

const watcher = (topics: string[]) => ({ topics, event: vi.fn(), back: vi.fn() });
const soon = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 10 });
const topics = () => received.filter(({ type }) => type === 'subscribe').at(-1)?.topics;
const commands = () => received.filter(({ type }) => type === 'command');
const newest = () => sockets.at(-1) as ServerSocket;

test('many watchers share one socket and the sum of their topics', async () => {
  const one = watcher(['devices', 'health']);
  const two = watcher(['health', 'turns']);
  line.watch(one);
  const leave = line.watch(two);
  await soon(() => expect(topics()).toEqual(['devices', 'health', 'turns']));
  expect(sockets).toHaveLength(1);
  expect(one.back).toHaveBeenCalledTimes(1);
  newest().send('{"type":"health","parts":[]}');
  newest().send('not json');
  newest().send('{"type":"subscribed","topics":[]}');
  newest().send('{"type":"turn","turn":{}}');
  await soon(() => expect(one.event).toHaveBeenCalledTimes(2));
  expect(one.event).toHaveBeenCalledWith({ type: 'health', parts: [] });
  leave();
  await soon(() => expect(topics()).toEqual(['devices', 'health']));
});

test('each command gets its own answer, in whatever order they come', async () => {
  line.watch(watcher([]));
  const first = line.command('light_on', { name: 'kitchen' });
  const second = line.command('lock_open', {});
  await soon(() => expect(commands()).toHaveLength(2));
  expect(commands()[0]).toMatchObject({ tool: 'light_on', input: { name: 'kitchen' } });
  const [{ id: one }, { id: other }] = commands() as [{ id: number }, { id: number }];
  newest().send(JSON.stringify({ type: 'ack', id: other, ok: false, say: 'Sure?', code: 'ask' }));
  newest().send(JSON.stringify({ type: 'ack', id: 99, ok: true, say: 'Whose?' }));
  newest().send(JSON.stringify({ type: 'ack', id: one, ok: true, say: 'It is on.' }));
  expect(await second).toEqual({ ok: false, say: 'Sure?', code: 'ask' });
  expect(await first).toEqual({ ok: true, say: 'It is on.' });
});

test('a lost line comes back by itself and tells so; what was ordered is not known', async () => {
  const one = watcher(['devices']);
  line.watch(one);
  await soon(() => expect(line.isOpen).toBe(true));
  const ordered = line.command('light_on', {});
  await soon(() => expect(commands()).toHaveLength(1));
  const seen: boolean[] = [];
  line.onChange(() => seen.push(line.isOpen));
  newest().terminate();
  expect(await ordered).toEqual({ ok: false, say: 'Lost.', code: 'line-lost' });
  await soon(() => expect(one.back).toHaveBeenCalledTimes(2));
  expect(sockets).toHaveLength(2);
  expect(addresses).toBe(2);
  expect(seen).toEqual([false, true]);
  expect(topics()).toEqual(['devices']);
});

test('without a house a command says so at once, and with it works again', async () => {
  away = true;
  expect(await line.command('light_on', {})).toMatchObject({ ok: false, say: 'Away.' });
  away = false;
  const ordered = line.command('light_on', {});
  await soon(() => expect(commands()).toHaveLength(1));
  newest().send(JSON.stringify({ type: 'ack', id: commands()[0]?.id, ok: true, say: 'On.' }));
  expect(await ordered).toMatchObject({ ok: true });
});

test('nobody who listens: the socket is left after a while, not at once', async () => {
  const leave = line.watch(watcher(['devices']));
  await soon(() => expect(line.isOpen).toBe(true));
  leave();
  line.watch(watcher(['turns']))();
  expect(line.isOpen).toBe(true);
  const closed = once(newest(), 'close');
  await closed;
  expect(sockets).toHaveLength(1);
}, 10_000);

test('after its end it opens nothing any more', async () => {
  line.watch(watcher(['devices']));
  line.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(sockets.filter((socket) => socket.readyState === 1)).toEqual([]);
  expect(await line.command('light_on', {})).toMatchObject({ ok: false, say: 'Away.' });
});
