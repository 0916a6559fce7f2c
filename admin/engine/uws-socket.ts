/** A WebSocket of uWebSockets.js with the members of ws that Butler's doors use. */
import { EventEmitter } from 'node:events';
import type { Socket } from '../../agent/doors/socket.ts';
import type { NativeSocket } from './uws-native.ts';

export class UwsSocket extends EventEmitter implements Socket {
  readonly OPEN = 1;
  readonly CLOSING = 2;
  /** Undefined from the moment it closes: touching it then would throw. */
  #native: NativeSocket | undefined;

  constructor(native: NativeSocket) {
    super();
    this.#native = native;
  }

  get readyState(): number {
    return this.#native ? this.OPEN : 3;
  }

  get bufferedAmount(): number {
    return this.#native?.getBufferedAmount() ?? 0;
  }

  send(data: string | Uint8Array, options?: { binary: boolean }): void {
    this.#native?.send(data, options?.binary ?? typeof data !== 'string');
  }

  /** The rest of the goodbye is uWebSockets.js's: it cuts the connection once that is sent. */
  close(code = 1000, reason = ''): void {
    this.#native?.end(code, reason);
  }

  terminate(): void {
    this.#native?.close();
  }

  ping(): void {
    this.#native?.ping();
  }

  /** The engine says that it is over, whoever ended it. */
  closed(code: number): void {
    this.#native = undefined;
    this.emit('close', code);
  }
}
