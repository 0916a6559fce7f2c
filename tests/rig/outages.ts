/** What can fail behind Butler, and how: each part is broken and mended on command. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Providers } from './providers.ts';

export const outageParts = ['hearing', 'mind', 'voice', 'home'] as const;
export type OutagePart = (typeof outageParts)[number];

/** No connection; an answer that is an error; a connection and nothing after it. */
export const outageKinds = ['refuse', 'error', 'hang'] as const;
export type OutageKind = (typeof outageKinds)[number];

/** Home Assistant's place, with nobody at home: it refuses, fails or never answers. */
export interface BrokenHome {
  url: string;
  become(kind: OutageKind): Promise<void>;
  stop(): Promise<void>;
}

const shut = async (server: Server): Promise<void> => {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
};

export const startBrokenHome = async (): Promise<BrokenHome> => {
  let kind: OutageKind = 'refuse';
  const hanging = new Set<{ destroy(): void }>();
  const server = createServer((_request, response) => {
    if (kind === 'error') response.writeHead(500).end();
  });
  server.on('upgrade', (_request, socket) => {
    hanging.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => hanging.delete(socket));
    if (kind === 'error') socket.end('HTTP/1.1 500 Internal Server Error\r\n\r\n');
  });
  const open = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const stop = async (): Promise<void> => {
    for (const socket of hanging) socket.destroy();
    await shut(server);
  };
  const port = await open(0);
  await stop();
  return {
    url: `http://127.0.0.1:${port}`,
    become: async (next) => {
      kind = next;
      await stop();
      if (kind !== 'refuse') await open(port);
    },
    stop,
  };
};

const faultOf = (kind: OutageKind) => (kind === 'hang' ? ('hang' as const) : { status: 500 });

/** @returns a function that mends what was broken. */
export const breakPart = async (
  part: OutagePart,
  kind: OutageKind,
  { providers, home }: { providers: Providers; home: BrokenHome },
): Promise<() => Promise<void>> => {
  if (part === 'home') {
    await home.become(kind);
    return () => home.become('refuse');
  }
  const { hearing, mind, voice } = {
    hearing: providers.groq,
    mind: providers.claude,
    voice: providers.kokoro,
  };
  const fake = { hearing, mind, voice }[part];
  if (kind === 'refuse') {
    await fake.refuse();
    return () => fake.accept();
  }
  fake.always({ fault: faultOf(kind) });
  return async () => fake.reset();
};
