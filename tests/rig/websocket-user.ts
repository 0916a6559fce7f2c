/** A person at the WebSocket door: a microphone, a loudspeaker with a real buffer, and messages. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Ear } from './ear.ts';
import { Loudspeaker } from './loudspeaker.ts';
import { Messages } from './messages.ts';
import { Microphone } from './microphone.ts';
import { CLIP_SAMPLE_RATE_HZ, type User } from './user.ts';
import { resample } from './wav.ts';

export interface WebSocketUser extends User {
  readonly socket: WebSocket;
  readonly loudspeaker: Loudspeaker;
  /** How the server closed the connection; undefined while it is open. */
  closed(): { code: number; reason: string } | undefined;
}

interface Connecting {
  /** As `/api/v1/voice/session` answers it: the ticket is added where the address has none. */
  url: string;
  ticket?: string;
  /** How long after its arrival sound leaves the loudspeaker. */
  preBufferMs?: number;
  withinMs?: number;
}

const PLAYED_EVERY_MS = 200;

function samplesOf(data: Buffer): Int16Array {
  const samples = new Int16Array(data.length >> 1);
  for (let index = 0; index < samples.length; index++) samples[index] = data.readInt16LE(index * 2);
  return samples;
}

function bytesOf(samples: Int16Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => {
    bytes.writeInt16LE(sample, index * 2);
  });
  return bytes;
}

/** Connects, waits for `ready`, and opens the microphone at the rate that the server names. */
export async function joinByWebSocket(connecting: Connecting): Promise<WebSocketUser> {
  const { withinMs = 5_000 } = connecting;
  const address = new URL(connecting.url.replace(/^http/, 'ws'));
  if (connecting.ticket) address.searchParams.set('ticket', connecting.ticket);
  const socket = new WebSocket(address);
  const messages = new Messages();
  const early: Buffer[] = [];
  let hear = (data: Buffer): void => {
    early.push(data);
  };
  let told = (_type: string, _state: unknown) => {};
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) return hear(data);
    const message = messages.receive(data.toString('utf8'));
    told(message.type, message.state);
  });
  let closed: { code: number; reason: string } | undefined;
  socket.on('close', (code, reason) => {
    closed = { code, reason: reason.toString('utf8') };
    messages.end(`The connection is closed (${code} ${closed.reason}).`);
  });
  // A refused upgrade says why in its status; without a listener it would end the process.
  socket.on('error', (error) => messages.end(`The connection failed: ${error.message}`));
  const ready = await messages.waitFor('ready', undefined, { withinMs }).catch((error) => {
    socket.terminate();
    throw error;
  });
  const parts = furnish(socket, { ready, messages, preBufferMs: connecting.preBufferMs ?? 40 });
  hear = parts.hear;
  told = parts.told;
  for (const data of early) hear(data);
  return { ...parts.user, closed: () => closed };
}

interface Furnishing {
  ready: { [field: string]: unknown };
  messages: Messages;
  preBufferMs: number;
}

function furnish(socket: WebSocket, { ready, messages, preBufferMs }: Furnishing) {
  const inputRateHz = Number(ready.inputRate);
  const ear = new Ear({ sampleRateHz: Number(ready.outputRate) });
  const loudspeaker = new Loudspeaker({ ear, preBufferMs });
  const send = (message: Record<string, unknown>) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const microphone = new Microphone({
    sampleRateHz: inputRateHz,
    frameMs: 20,
    send: (frame) => {
      if (socket.readyState !== WebSocket.OPEN) throw new Error('The connection is closed.');
      socket.send(bytesOf(frame));
    },
  });
  const report = () => send({ type: 'played', ms: loudspeaker.playedExactlyMs });
  loudspeaker.onStart = report;
  loudspeaker.onDrain = report;
  const reports = setInterval(() => {
    if (loudspeaker.playing) report();
  }, PLAYED_EVERY_MS);
  const told = whatIsPlayed(loudspeaker, report);
  microphone.open();
  const close = () => {
    clearInterval(reports);
    microphone.close();
    loudspeaker.close();
  };
  socket.on('close', close);
  const user = {
    socket,
    ear,
    microphone,
    loudspeaker,
    messages,
    say: (clip: Int16Array) => microphone.say(resample(clip, CLIP_SAMPLE_RATE_HZ, inputRateHz)),
    talk: (down: boolean) => send({ type: 'talk', down }),
    text: (text: string) => send({ type: 'text', text }),
    stop: () => send({ type: 'stop' }),
    waitFor: messages.waitFor.bind(messages),
    leave: async () => {
      close();
      if (socket.readyState === WebSocket.CLOSED) return;
      socket.close();
      await once(socket, 'close');
    },
  };
  return { user, told, hear: (data: Buffer) => loudspeaker.play(samplesOf(data)) };
}

/**
 * `played` counts within one answer. A new answer begins with `thinking`, or with `speaking` after
 * everything before had been played; a `clear` alone may be a pause within an answer.
 */
function whatIsPlayed(loudspeaker: Loudspeaker, report: () => void) {
  let cleared = false;
  return (type: string, state: unknown) => {
    if (type === 'clear') {
      loudspeaker.clear();
      report();
      cleared = true;
    }
    if (type !== 'state') return;
    const afterDrain = state === 'speaking' && !cleared && !loudspeaker.playing;
    if (state !== 'thinking' && !afterDrain) return;
    loudspeaker.resetPlayed();
    cleared = false;
  };
}
