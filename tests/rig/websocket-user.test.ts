/** A person at a small WebSocket door of our own: what is said, heard, cleared and reported. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { rms, voice } from './wav.ts';
import { joinByWebSocket, type WebSocketUser } from './websocket-user.ts';

const server = new WebSocketServer({
  port: 0,
  host: '127.0.0.1',
  verifyClient: ({ req }: { req: IncomingMessage }) => req.url?.includes('ticket=good') === true,
});
await once(server, 'listening');
const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/voice`;

const users: WebSocketUser[] = [];
afterEach(async () => {
  await Promise.all(users.splice(0).map((user) => user.leave()));
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

interface Door {
  socket: WebSocket;
  frames: Buffer[];
  told: Record<string, unknown>[];
  send(message: object): void;
  speak(ms: number): void;
}

async function meet(): Promise<{ user: WebSocketUser; door: Door }> {
  const connection = once(server, 'connection');
  const joining = joinByWebSocket({ url, ticket: 'good' });
  const [socket] = (await connection) as [WebSocket];
  const door: Door = {
    socket,
    frames: [],
    told: [],
    send: (message) => socket.send(JSON.stringify(message)),
    speak: (ms) => {
      const samples = voice(ms, 24_000);
      socket.send(Buffer.from(samples.buffer));
    },
  };
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) door.frames.push(data);
    else door.told.push(JSON.parse(data.toString('utf8')));
  });
  door.send({ type: 'ready', inputRate: 16_000, outputRate: 24_000 });
  const user = await joining;
  users.push(user);
  return { user, door };
}

test('sends 20 ms frames of 16 kHz all the time, and its clip among them', async () => {
  const { user, door } = await meet();
  const spoken = await user.say(voice(300, 16_000));
  expect(spoken.endedAtMs - spoken.startedAtMs).toBeGreaterThan(250);
  const level = (frame: Buffer) => rms(new Int16Array(Uint8Array.from(frame).buffer));
  await expect.poll(() => door.frames.filter((frame) => level(frame) > 250)).toHaveLength(15);
  await expect.poll(() => door.frames.map(level).at(-1)).toBeLessThan(12);
  expect(door.frames.every(({ length }) => length === 640)).toBe(true);
});

test('hears 40 ms after arrival, reports what was played, and drops it on clear', async () => {
  const { user, door } = await meet();
  door.send({ type: 'state', state: 'thinking' });
  const sentAtMs = performance.now();
  door.speak(2_000);
  const heardAtMs = await user.ear.waitForSound(sentAtMs);
  expect(heardAtMs - sentAtMs).toBeGreaterThanOrEqual(40);
  expect(heardAtMs - sentAtMs).toBeLessThan(90);
  await expect.poll(() => door.told.filter(({ type }) => type === 'played').length).toBe(2);
  door.send({ type: 'clear' });
  await user.waitFor('clear');
  const lastMs = await user.ear.waitQuiet(100);
  expect((lastMs ?? 0) - heardAtMs).toBeLessThan(700);
  await expect.poll(() => door.told.filter(({ type }) => type === 'played').length).toBe(3);
  const { ms } = door.told.at(-1) as { ms: number };
  expect(Math.abs(ms - ((lastMs ?? 0) - heardAtMs))).toBeLessThan(15);
});

test('played counts within one answer: a pause goes on, a new answer begins at 0', async () => {
  const { user, door } = await meet();
  const last = () => door.told.findLast(({ type }) => type === 'played')?.ms;
  door.send({ type: 'state', state: 'speaking' });
  door.speak(100);
  await expect.poll(last).toBe(100);
  door.send({ type: 'clear' });
  door.send({ type: 'state', state: 'listening' });
  door.send({ type: 'state', state: 'speaking' });
  door.speak(60);
  await expect.poll(last).toBe(160);
  door.send({ type: 'state', state: 'thinking' });
  door.speak(30);
  await expect.poll(last).toBe(30);
  expect(user.loudspeaker.playedMs).toBe(30);
});

test('talks by button and text', async () => {
  const { user, door } = await meet();
  user.talk(true);
  user.talk(false);
  user.text('hello');
  user.stop();
  await expect.poll(() => door.told).toHaveLength(4);
  expect(door.told).toEqual([
    { type: 'talk', down: true },
    { type: 'talk', down: false },
    { type: 'text', text: 'hello' },
    { type: 'stop' },
  ]);
});

test('a closed connection fails what is being said and waited for', async () => {
  const { user, door } = await meet();
  const saying = expect(user.say(voice(2_000, 16_000))).rejects.toThrow(/closed/);
  const waiting = expect(user.waitFor('turn')).rejects.toThrow(/closed \(4000 too long\)/);
  door.socket.close(4000, 'too long');
  await Promise.all([saying, waiting]);
  expect(user.closed()).toEqual({ code: 4000, reason: 'too long' });
});

test('a refused ticket is an error at once', async () => {
  await expect(joinByWebSocket({ url, ticket: 'bad' })).rejects.toThrow(/401/);
});
