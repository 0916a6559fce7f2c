/** The main thread's end of a connection to the backend in its worker thread. */
import { Duplex } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';

const lastingMs = 30;

/** postgres.js takes it for a socket: it asks for `readyState` and `setKeepAlive`. */
export class PortStream extends Duplex {
  readyState: 'open' | 'closed' = 'open';
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super({ autoDestroy: false });
    this.#port = port;
    port.on('message', (bytes: Uint8Array) => this.push(Buffer.from(bytes)));
    port.on('close', () => this.#end());
  }

  /** In two steps, for the reason that lasting-socket.ts gives. */
  #end(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    const error = new Error('The embedded database closed the connection.');
    this.emit('error', Object.assign(error, { code: 'CONNECTION_CLOSED' }));
    setTimeout(() => this.destroy(), lastingMs);
  }

  setKeepAlive(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    // Behind the end nobody reads it; the error has been told.
    if (this.readyState === 'open') this.#port.postMessage(new Uint8Array(chunk));
    done();
  }

  override _final(done: () => void): void {
    done();
    this.destroy();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.readyState = 'closed';
    this.#port.close();
    done(error);
  }
}

/** A connection that breaks at once: postgres.js forgets one for good whose making throws. */
export const brokenStream = (error: unknown): Duplex => {
  const stream = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  setImmediate(() => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  return stream;
};
