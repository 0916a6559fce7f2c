/** Free loopback ports, and whether somebody listens on one. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

async function freeTcp() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

async function freeUdp() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { port: socket.address().port, close: () => socket.close() };
}

/** That many different free ports; all are held until all are known, then let go. */
export async function freePorts(kinds: readonly ('tcp' | 'udp')[]): Promise<number[]> {
  const held = await Promise.all(kinds.map((kind) => (kind === 'tcp' ? freeTcp() : freeUdp())));
  for (const { close } of held) close();
  return held.map(({ port }) => port);
}

/** Whether a TCP connection to the loopback port is accepted. */
export async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
