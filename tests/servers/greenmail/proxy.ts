/** A wire between a mail client and its server that counts, and can be cut or held. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Wire {
  port: number;
  /** Connections that were made, ever. */
  connections(): number;
  /** Bytes that came from the server, ever. */
  received(): number;
  /** Ends all connections with no word, as a provider or a router does. */
  cut(): void;
  /** From now on nothing arrives any more, until it is released. */
  hold(): void;
  release(): void;
  stop(): Promise<void>;
}

export const startWire = async (serverPort: number): Promise<Wire> => {
  let connections = 0;
  let received = 0;
  let held = false;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    connections++;
    const upstream = connect(serverPort, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      if (held) from.pause();
      from.on('data', (bytes) => {
        if (from === upstream) received += bytes.length;
        to.write(bytes);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const each = (act: (socket: Socket) => void) => {
    for (const socket of open) act(socket);
  };
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    received: () => received,
    cut: () => each((socket) => socket.destroy()),
    hold: () => {
      held = true;
      each((socket) => socket.pause());
    },
    release: () => {
      held = false;
      each((socket) => socket.resume());
    },
    stop: async () => {
      each((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
};
