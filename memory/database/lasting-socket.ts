/** A connection to Postgres that outlives its end by a moment, because postgres.js needs that. */
import { createConnection, isIP, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/**
 * postgres.js 3.4.9 drops its socket at `close`; the rollback of a transaction that was running
 * then is written to nothing, which ends the process (its issues 1154 and 1208). So the end is told
 * in two steps: first an error, which refuses what was asked, and after this long the close.
 */
const lastingMs = 30;

/** "SSLRequest" of the frontend/backend protocol: its length and its code. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const sslAccepted = 'S'.charCodeAt(0);

export class LastingSocket extends Duplex {
  /** Read by postgres.js. */
  readyState: 'open' | 'closed' = 'open';
  readonly #inner: Socket;
  #ended = false;

  constructor(inner: Socket) {
    super({ autoDestroy: false });
    this.#inner = inner;
    inner.on('data', (bytes: Buffer) => {
      if (!this.push(bytes)) inner.pause();
    });
    inner.on('error', (error) => this.#end(error));
    inner.on('close', () => this.#end(closedError()));
  }

  setKeepAlive(on: boolean, delayMs: number): void {
    this.#inner.setKeepAlive(on, delayMs);
  }

  override _read(): void {
    this.#inner.resume();
  }

  override _write(bytes: Buffer, _: string, done: () => void): void {
    // Behind the end nobody reads it; the error has been told.
    if (this.#ended) done();
    else this.#inner.write(bytes, () => done());
  }

  override _final(done: () => void): void {
    this.#inner.end(done);
  }

  override _destroy(_: Error | null, done: (error?: Error) => void): void {
    this.readyState = 'closed';
    // What the inner socket says from here on is heard by nobody.
    this.#ended = true;
    this.#inner.destroy();
    done();
  }

  #end(error: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.readyState = 'closed';
    if (!this.writableEnded) this.emit('error', error);
    setTimeout(() => this.destroy(), lastingMs);
  }
}

const closedError = (): Error =>
  Object.assign(new Error('The database closed the connection.'), { code: 'CONNECTION_CLOSED' });

/** How a connection is to be protected, as `sslmode` and `ssl` of the address say. */
type Protection = 'none' | 'if-offered' | 'unchecked' | 'checked';

const protectionOf = (address: URL): Protection => {
  const mode = address.searchParams.get('sslmode') ?? address.searchParams.get('ssl') ?? 'disable';
  if (mode === 'prefer' || mode === 'allow') return 'if-offered';
  if (mode === 'require' || mode === 'true') return 'unchecked';
  return mode === 'disable' || mode === 'false' ? 'none' : 'checked';
};

/** Resolves when `event` comes; rejects with the socket's error, or when it closes before. */
const first = <T>(socket: Socket, event: string): Promise<T> =>
  new Promise((resolve, reject) => {
    const settle = (): void => {
      socket.off('error', reject);
      socket.off('close', closed);
    };
    const closed = (): void => reject(closedError());
    socket.once(event, (value: T) => {
      settle();
      resolve(value);
    });
    socket.once('error', reject);
    socket.once('close', closed);
  });

const protect = async (socket: Socket, host: string, how: Protection): Promise<Socket> => {
  socket.write(sslRequest);
  const [answer] = await first<Buffer>(socket, 'data');
  if (answer !== sslAccepted) {
    if (how === 'if-offered') return socket;
    throw Object.assign(new Error('The database offers no TLS.'), { code: 'NO_TLS' });
  }
  const servername = isIP(host) ? {} : { servername: host };
  const safe = connectTls({ socket, rejectUnauthorized: how === 'checked', ...servername });
  await first(safe, 'secureConnect');
  return safe;
};

/**
 * The `socket` option of postgres.js for a server: connected, and behind TLS where the address asks
 * for it (so postgres.js is told of none).
 */
export const lastingSocket =
  (url: string, withinMs: number): (() => Promise<LastingSocket>) =>
  async () => {
    const address = new URL(url);
    const host = decodeURIComponent(address.hostname).replace(/^\[|\]$/g, '') || '127.0.0.1';
    const socket = createConnection({ host, port: Number(address.port || 5432) });
    const late = setTimeout(
      () => socket.destroy(Object.assign(new Error('no answer'), { code: 'CONNECT_TIMEOUT' })),
      withinMs,
    );
    try {
      await first(socket, 'connect');
      const how = protectionOf(address);
      return new LastingSocket(how === 'none' ? socket : await protect(socket, host, how));
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(late);
    }
  };
