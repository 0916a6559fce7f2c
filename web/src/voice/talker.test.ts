// From a press to an open microphone: in order, whatever happens meanwhile.
import { beforeEach, expect, test } from 'vitest';
import type { VoiceConnection } from './connection.ts';
import { Talker, type TalkState } from './talker.ts';

let did: string[];
let states: TalkState[];
let nowMs: number;
let connected: boolean;
let microphone: { ready: boolean; acquire(): Promise<void> };
let allow: () => void;
let refuse: (error: Error) => void;
let talker: Talker;

const connection = {
  startTalking: async (mode: string) => void did.push(`start ${mode}`),
  stopTalking: async () => void did.push('stop'),
} as unknown as VoiceConnection;

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  did = [];
  states = [];
  nowMs = 0;
  connected = true;
  microphone = {
    ready: true,
    acquire: () =>
      new Promise<void>((resolve, reject) => {
        allow = () => {
          microphone.ready = true;
          resolve();
        };
        refuse = reject;
      }),
  };
  talker = new Talker({
    microphone,
    sound: { turnOn: async () => true },
    connection: () => (connected ? connection : undefined),
    changed: (state) => states.push(state),
    opened: () => undefined,
    failed: (error) => did.push(`failed ${(error as Error).message}`),
    readyTooLate: () => did.push('too late'),
    now: () => nowMs,
  });
});

test('press and release', async () => {
  talker.press();
  await settled();
  talker.release();
  await settled();
  expect(did).toEqual(['start hold', 'stop']);
  expect(states).toEqual(['hold', 'closed']);
});

test('a release before the microphone has started still comes after the press', async () => {
  talker.press();
  talker.release();
  talker.press();
  await settled();
  talker.release();
  await settled();
  expect(did.filter((one) => one.startsWith('start'))).not.toHaveLength(0);
  expect(did.at(-1)).toBe('stop');
  expect(talker.state).toBe('closed');
});

test('the person lets go while the browser asks: nothing is recorded, and it is said', async () => {
  microphone.ready = false;
  talker.press();
  await settled();
  talker.release();
  nowMs = 3_000;
  allow();
  await settled();
  expect(did).toEqual(['too late', 'stop']);
  expect(states).toEqual(['opening', 'closed']);
});

test('a refusal is told, and the next press tries again', async () => {
  microphone.ready = false;
  talker.press();
  await settled();
  refuse(new Error('no'));
  await settled();
  expect(did).toEqual(['failed no']);
  expect(talker.state).toBe('closed');
  talker.press();
  await settled();
  allow();
  await settled();
  expect(did).toEqual(['failed no', 'start hold']);
});

test('an open microphone survives the loss of the connection', async () => {
  talker.toggle();
  await settled();
  connected = false;
  talker.connectionLost();
  expect(talker.state).toBe('opening');
  connected = true;
  talker.connectionReady();
  await settled();
  expect(talker.state).toBe('open');
  talker.toggle();
  await settled();
  expect(did).toEqual(['start open', 'start open', 'stop']);
});

test('a held press does not', async () => {
  talker.press();
  await settled();
  talker.connectionLost();
  expect(talker.state).toBe('closed');
  talker.connectionReady();
  await settled();
  expect(did).toEqual(['start hold']);
});

test('holding while the microphone is open ends the turn at release', async () => {
  talker.toggle();
  await settled();
  talker.press();
  await settled();
  talker.release();
  await settled();
  expect(did).toEqual(['start open', 'start hold', 'stop']);
  expect(states).toEqual(['open', 'hold', 'closed']);
});
