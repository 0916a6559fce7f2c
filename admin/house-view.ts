/** What the HTTP surface sees of the house: the few members it uses, nothing more. */
import type { WebSocket } from 'ws';
import type { Caller } from '../agent/caller.ts';
import type { Settings } from '../agent/config.ts';
import type { Fault } from '../agent/events.ts';
import type { Logger } from '../agent/log.ts';
import type { Part } from '../agent/parts.ts';

export type { Part };

export interface House {
  readonly settings: Settings;
  readonly log: Logger;
  readonly version: string;
  /** Never throws and never waits: `/health` answers from it. */
  parts(): Part[];
}

export type ChatEvent =
  | { type: 'delta'; text: string }
  | { type: 'done'; text: string }
  | ({ type: 'error' } & Fault);

export interface Doors {
  /** One written turn; ends when `signal` aborts. `done` carries the whole answer. */
  chat(turn: { caller: Caller; text: string; signal: AbortSignal }): AsyncIterable<ChatEvent>;
  /** Serves one spoken conversation until the socket closes; returns at once or when it ends. */
  voice(arrival: { socket: WebSocket; caller: Caller }): void | Promise<void>;
}
