/** Offers the embedded database to Butler's other processes, on a socket only its user may use. */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import type { Backend } from './backend.ts';

const serveOne = (backend: Backend, socket: Socket): void => {
  const session = backend.join({
    send: (bytes) => void socket.write(bytes),
    cut: () => socket.destroySoon(),
  });
  socket.on('data', (chunk) => session.receive(chunk));
  socket.on('close', () => session.leave());
  // A killed client is an error here; `close` follows and does what is needed.
  socket.on('error', () => undefined);
};

/** @param path of a Unix socket in a private folder, or of a Windows named pipe. */
export const offer = async (backend: Backend, path: string): Promise<() => Promise<void>> => {
  const isPipe = path.startsWith('\\\\');
  // We hold the folder's lock: what lies there is a dead process's.
  if (!isPipe) rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serveOne(backend, socket);
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(path, resolve);
  await promise;
  if (!isPipe) chmodSync(path, 0o600);
  return () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((closed) => server.close(() => closed()));
  };
};
