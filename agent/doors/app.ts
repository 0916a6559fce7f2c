/** The app's own door: a conversation over one WebSocket, where no UDP gets through. */
import type { Caller } from '../caller.ts';
import type { House } from '../house.ts';
import { type Conversation, openConversation } from '../session.ts';
import { PacedOutput } from './paced-output.ts';
import {
  type ClientMessage,
  gestureOf,
  readClientMessage,
  type ServerMessage,
} from './protocol.ts';
import { PushedInput } from './pushed-input.ts';
import type { Socket } from './socket.ts';

export const inputRateHz = 16_000;
export const outputRateHz = 24_000;
/** A client that cannot keep up is cut off before it fills our memory. */
const unsentMax = 4 * 1024 * 1024;
/** One second of sound: no honest client sends more in one frame. */
const frameBytesMax = inputRateHz * 2;

/** Talks with one caller until the socket closes; surface.md describes the frames. */
export const talkOverWebSocket = async (
  house: House,
  caller: Caller,
  socket: Socket,
): Promise<void> => {
  const input = new PushedInput(inputRateHz);
  const send = (message: ServerMessage): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const output = new PacedOutput(outputRateHz, {
    send: (pcm) => sendSound(socket, pcm),
    clear: () => send({ type: 'clear' }),
  });
  const early: Parameters<typeof receive>[] = [];
  socket.on('message', (data, isBinary) => early.push([data, isBinary]));
  const conversation = await openConversation(house, caller, {
    transport: 'websocket',
    sound: true,
    releaseGraceMs: 0,
    onVoice: (spokenText) => output.useText(spokenText),
    start: async (session, butler) => {
      session.input.audio = input;
      session.output.audio = output;
      await session.start({ agent: butler });
    },
  });
  conversation.events.on(send);

  const receive = (data: Buffer, isBinary: boolean): void => {
    if (isBinary) receiveSound(data, input, send);
    else receiveText(data, { conversation, output, send });
  };
  socket.removeAllListeners('message');
  socket.on('message', (data, isBinary) => receive(data, isBinary));
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
    if (socket.readyState >= socket.CLOSING) resolve();
  });
  send({ type: 'ready', inputRate: inputRateHz, outputRate: outputRateHz });
  send({ type: 'state', state: 'listening' });
  for (const message of early) receive(...message);
  await closed;
  output.close();
  await conversation.close();
};

const sendSound = (socket: Socket, pcm: Int16Array): void => {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > unsentMax) {
    socket.close(1013, 'too slow');
    return;
  }
  socket.send(Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength), { binary: true });
};

const receiveSound = (
  data: Buffer,
  input: PushedInput,
  send: (message: ServerMessage) => void,
): void => {
  if (data.length % 2 === 1 || data.length > frameBytesMax) {
    send({
      type: 'error',
      code: 'audio-malformed',
      title: 'That sound was not understood',
      detail: `Send 16 kHz mono 16-bit PCM, an even number of bytes, at most ${frameBytesMax}.`,
    });
    return;
  }
  // A copy: the socket reuses its buffer, and samples must start on an even address.
  input.push(new Int16Array(Uint8Array.from(data).buffer));
};

const receiveText = (
  data: Buffer,
  door: {
    conversation: Conversation;
    output: PacedOutput;
    send: (message: ServerMessage) => void;
  },
): void => {
  const message = readClientMessage(data.toString('utf8'));
  if ('code' in message) {
    door.send({ type: 'error', ...message });
    return;
  }
  if (message.type === 'played') door.output.played(message.ms);
  obey(door.conversation, message, door.send);
};

/** The messages that mean the same over both doors. @param send for a button that is too late. */
export const obey = (
  conversation: Conversation,
  message: ClientMessage,
  send: (message: ServerMessage) => void,
): void => {
  const gesture = gestureOf(message);
  const fault = gesture && conversation.press(gesture);
  if (fault) send({ type: 'error', ...fault });
  if (message.type === 'talk') conversation.talk(message.down);
  if (message.type === 'text') conversation.typed(message.text);
  if (message.type === 'played') conversation.heard(message.ms);
  if (message.type === 'stop') conversation.stop();
};
