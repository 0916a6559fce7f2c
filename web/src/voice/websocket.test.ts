// The WebSocket transport against a real server: order, barge-in, counting, loss.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, type Mock, test, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import type { ConnectionEvents, VoiceConnection } from './connection.ts';
import { connectWebSocket, socketAddress } from './websocket.ts';

/** A microphone that hands over one last frame while it is being shut, as the real one may. */
class ScriptedMicrophone {
  readonly track = undefined;
  onFrame: ((frame: ArrayBuffer) => void) | undefined;

  open(onFrame: (frame: ArrayBuffer) => void): void {
    this.onFrame = onFrame;
  }

  async shut(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 5));
    this.onFrame?.(new Uint8Array(640).fill(9).buffer);
    this.onFrame = undefined;
  }
}

class RecordingSpeaker {
  playing = false;
  level = 0;
  playedMs = 0;
  latencyMs = 0;
  readonly did: string[] = [];
  progress: (progress: { playedMs: number; playing: boolean }) => void = () => undefined;

  play(bytes: ArrayBuffer): void {
    this.playing = true;
    this.did.push(`play ${bytes.byteLength}`);
  }

  clear(): void {
    this.playing = false;
    this.did.push('clear');
  }

  nextAnswer(): void {
    this.did.push('next answer');
  }

  onProgress(listener: typeof this.progress): void {
    this.progress = listener;
  }
}

let server: WebSocketServer;
let butler: ServerSocket;
let received: string[];
let connection: VoiceConnection;
let microphone: ScriptedMicrophone;
let speaker: RecordingSpeaker;
let events: { [Name in keyof ConnectionEvents]: Mock<ConnectionEvents[Name]> };

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  received = [];
  microphone = new ScriptedMicrophone();
  speaker = new RecordingSpeaker();
  events = {
    ready: vi.fn<ConnectionEvents['ready']>(),
    message: vi.fn<ConnectionEvents['message']>(),
    interrupted: vi.fn<ConnectionEvents['interrupted']>(),
    lost: vi.fn<ConnectionEvents['lost']>(),
    soundBlocked: vi.fn<ConnectionEvents['soundBlocked']>(),
  };
  const { port } = server.address() as AddressInfo;
  connection = connectWebSocket({
    address: `ws://127.0.0.1:${port}/voice?ticket=t`,
    devices: { microphone, speaker },
    events,
  });
  [butler] = (await once(server, 'connection')) as [ServerSocket];
  butler.on('message', (data: Buffer, binary: boolean) => {
    received.push(binary ? `frame ${data.length}` : data.toString());
  });
  say({ type: 'ready', inputRate: 16_000, outputRate: 24_000 });
  await vi.waitFor(() => expect(events.ready).toHaveBeenCalledTimes(1));
});

afterEach(() => {
  connection.close();
  server.close();
});

const say = (message: object) => butler.send(JSON.stringify(message));
const speak = () => butler.send(Buffer.alloc(960));
const frame = () => microphone.onFrame?.(new ArrayBuffer(640));
const seen = (expected: string[]) => vi.waitFor(() => expect(received).toEqual(expected));
const message = (value: object) => JSON.stringify(value);

test('hold: down, every frame, the last one too, then up', async () => {
  await connection.startTalking('hold');
  frame();
  frame();
  await connection.stopTalking();
  const talk = (down: boolean) => message({ type: 'talk', down });
  await seen([talk(true), 'frame 640', 'frame 640', 'frame 640', talk(false)]);
});

test('a press right after a release waits for the release', async () => {
  await connection.startTalking('hold');
  void connection.stopTalking();
  await connection.startTalking('hold');
  const talk = (down: boolean) => message({ type: 'talk', down });
  await seen([talk(true), 'frame 640', talk(false), talk(true)]);
});

test('open microphone: frames without a press, and an end when it is closed', async () => {
  await connection.startTalking('open');
  frame();
  await connection.stopTalking();
  await seen(['frame 640', 'frame 640', message({ type: 'talk', down: false })]);
});

describe('barge-in', () => {
  beforeEach(async () => {
    say({ type: 'state', state: 'speaking' });
    speak();
    await vi.waitFor(() => expect(speaker.did).toEqual(['next answer', 'play 960']));
    speaker.did.length = 0;
  });

  test('a press is quiet at once, and the rest of the old answer is not played', async () => {
    await connection.startTalking('hold');
    expect(speaker.did).toEqual(['clear', 'next answer']);
    speak();
    say({ type: 'clear' });
    speak();
    await vi.waitFor(() => expect(speaker.did.at(-1)).toBe('play 960'));
    expect(speaker.did).toEqual(['clear', 'next answer', 'clear', 'play 960']);
  });

  test('stop is quiet at once and asks Butler to stop', async () => {
    speaker.playedMs = 740;
    connection.stop();
    expect(speaker.did).toEqual(['clear', 'next answer']);
    await seen([message({ type: 'played', ms: 740 }), message({ type: 'stop' })]);
  });

  test('a pause keeps the count: the same answer may go on', async () => {
    say({ type: 'clear' });
    say({ type: 'state', state: 'listening' });
    await vi.waitFor(() => expect(speaker.did.at(-1)).toBe('clear'));
    speaker.progress({ playedMs: 90, playing: false });
    await seen([message({ type: 'played', ms: 90 })]);
    say({ type: 'state', state: 'speaking' });
    speak();
    await vi.waitFor(() => expect(speaker.did).toEqual(['clear', 'play 960']));
    say({ type: 'state', state: 'thinking' });
    await vi.waitFor(() => expect(speaker.did.at(-1)).toBe('next answer'));
  });

  test('a server that has nothing to clear does not silence the next answer', async () => {
    connection.stop();
    say({ type: 'state', state: 'thinking' });
    speak();
    await vi.waitFor(() => expect(speaker.did.at(-1)).toBe('play 960'));
  });
});

test('what was heard is reported every 200 ms, at the end once, then from 0 again', async () => {
  say({ type: 'state', state: 'speaking' });
  await vi.waitFor(() => expect(speaker.did).toEqual(['next answer']));
  for (const playedMs of [3, 40, 80]) speaker.progress({ playedMs, playing: true });
  speaker.progress({ playedMs: 120, playing: false });
  speaker.progress({ playedMs: 120, playing: false });
  const played = (ms: number) => message({ type: 'played', ms });
  await seen([played(3), played(120)]);
  say({ type: 'state', state: 'listening' });
  await vi.waitFor(() => expect(speaker.did).toEqual(['next answer', 'next answer']));
  speaker.progress({ playedMs: 120, playing: false });
  await seen([played(3), played(120), played(120)]);
});

test('text goes as text; messages come through, unknown ones do not', async () => {
  connection.sendText('Good evening');
  await seen([message({ type: 'text', text: 'Good evening' })]);
  butler.send('{"type":"weather"}');
  butler.send('not json');
  say({ type: 'error', code: 'stt', title: 'Not heard', detail: 'Say it again.' });
  await vi.waitFor(() => expect(events.message).toHaveBeenCalledTimes(2));
  expect(events.message).toHaveBeenLastCalledWith({
    type: 'error',
    code: 'stt',
    title: 'Not heard',
    detail: 'Say it again.',
  });
});

test('a loss is told once, and a closed connection tells nothing', async () => {
  butler.terminate();
  await vi.waitFor(() => expect(events.lost).toHaveBeenCalledTimes(1));
  connection.close();
  await connection.startTalking('hold');
  expect(microphone.onFrame).toBeUndefined();
  expect(events.lost).toHaveBeenCalledTimes(1);
});

test.each([
  ['/voice', 'http://localhost:8000/', 'ws://localhost:8000/voice?ticket=a%2Bb'],
  [
    'ws://10.0.0.5:8000/voice',
    'https://butler.example/',
    'wss://butler.example/voice?ticket=a%2Bb',
  ],
  ['ws://butler/voice', 'http://house:8123/?x=1#y', 'ws://house:8123/voice?ticket=a%2Bb'],
])('the address %s seen from %s', (url, href, expected) => {
  const session = { transport: 'websocket' as const, url, ticket: 'a+b' };
  expect(socketAddress(session, { href })).toBe(expected);
});
