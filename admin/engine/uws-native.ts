/** What Butler uses of uWebSockets.js, in types of our own: npm has no such package. */
import { presetVariable } from '../../agent/config.ts';
import { headerBytesMax } from './engine.ts';

/** Bytes of an event: they are gone when its handler returns. */
type Borrowed = ArrayBuffer;

export interface NativeRequest {
  getCaseSensitiveMethod(): string;
  getUrl(): string;
  /** Without the question mark; undefined or empty when there is none. */
  getQuery(): string | undefined;
  getHeader(lowerCaseName: string): string;
  forEach(each: (name: string, value: string) => void): void;
}

export interface NativeResponse {
  writeStatus(status: string): unknown;
  writeHeader(name: string, value: string | Uint8Array): unknown;
  /** False: it is kept until the client takes more (`onWritable`). */
  write(chunk: string | Uint8Array): boolean;
  end(body?: string | Uint8Array, closeConnection?: boolean): unknown;
  endWithoutBody(reportedLength?: number, closeConnection?: boolean): unknown;
  close(): unknown;
  pause(): void;
  resume(): void;
  /** One system call for all that is written inside. */
  cork(write: () => void): unknown;
  onAborted(handler: () => void): unknown;
  onData(handler: (chunk: Borrowed, isLast: boolean) => void): unknown;
  onWritable(handler: () => boolean): unknown;
  getRemoteAddressAsText(): Borrowed;
  upgrade(data: unknown, key: string, protocol: string, extensions: string, context: object): void;
}

export interface NativeSocket {
  send(message: string | Uint8Array, isBinary: boolean): number;
  getBufferedAmount(): number;
  end(code: number, reason: string): void;
  close(): void;
  ping(): number;
  getUserData(): unknown;
}

interface NativeSocketBehavior {
  maxPayloadLength: number;
  maxBackpressure: number;
  closeOnBackpressureLimit: boolean;
  /** Seconds; 0: never. */
  idleTimeout: number;
  sendPingsAutomatically: boolean;
  upgrade(response: NativeResponse, request: NativeRequest, context: object): void;
  open(socket: NativeSocket): void;
  message(socket: NativeSocket, message: Borrowed, isBinary: boolean): void;
  pong(socket: NativeSocket): void;
  close(socket: NativeSocket, code: number): void;
}

export interface NativeApp {
  any(pattern: string, handler: (response: NativeResponse, request: NativeRequest) => void): void;
  ws(pattern: string, behavior: NativeSocketBehavior): void;
  /** Hears of connections: 1 for one more, -1 for one less. */
  filter(handler: (response: NativeResponse, change: number) => undefined): void;
  listen(host: string, port: number, options: number, done: (socket: object | false) => void): void;
  close(): void;
}

export interface Native {
  App(): NativeApp;
  us_listen_socket_close(listenSocket: object): void;
}

/** Not a literal: no tool shall look for a package that is meant to be absent. */
const packageName: string = 'uWebSockets.js';

const glibcHere = (): string => {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime ?? 'none';
};

const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_MODULE_NOT_FOUND') return 'uWebSockets.js is not installed';
  const needed = /GLIBC_(\d+\.\d+)/.exec(message)?.[1];
  if (needed) return `uWebSockets.js needs glibc ${needed}, and this system has ${glibcHere()}`;
  return `uWebSockets.js has no build for Node ${process.versions.node} on this system`;
};

/** The package, or a clause that says why it cannot be had. */
export const loadNative = async (
  load: (name: string) => Promise<{ default: Native }> = (name) => import(name),
): Promise<Native | { unavailable: string }> => {
  presetVariable('UWS_HTTP_MAX_HEADERS_SIZE', String(headerBytesMax));
  try {
    return (await load(packageName)).default;
  } catch (error) {
    return { unavailable: reasonOf(error) };
  }
};
