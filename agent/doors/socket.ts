/** What a door needs of a WebSocket: ws has it all, and so has every engine below our HTTP. */
export interface Socket {
  /** 0 connecting, 1 open, 2 closing, 3 closed, as a browser's. */
  readonly readyState: number;
  readonly OPEN: number;
  readonly CLOSING: number;
  /** Bytes that the client has not taken yet. */
  readonly bufferedAmount: number;
  /** `binary` false says that these bytes are text. Nothing happens once it is closing. */
  send(data: string | Uint8Array, options: { binary: boolean }): void;
  send(data: string | Uint8Array): void;
  close(code?: number, reason?: string): void;
  /** Cuts the connection without a goodbye. */
  terminate(): void;
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown;
  once(event: 'close', listener: () => void): unknown;
  removeAllListeners(event: 'message'): unknown;
}
