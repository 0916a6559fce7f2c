/** A mail server that says what a real one would not say here: refusals, faults, garbage. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface RefusingServer {
  port: number;
  stop(): Promise<void>;
}

interface Refusing {
  /** The first line, before anything was asked. */
  greeting?: string;
  /**
   * Answers to commands, e.g. `{ LOGIN: 'NO [LIMIT] too many' }`; a line that begins with `*` is
   * sent before the usual answer. All else succeeds, as RFC 3501 has it.
   */
  answers?: Readonly<Record<string, string>>;
}

const usual: Readonly<Record<string, readonly string[]>> = {
  CAPABILITY: ['* CAPABILITY IMAP4rev1'],
  EXAMINE: ['* 1 EXISTS', '* 0 RECENT', '* OK [UIDVALIDITY 7] ', '* FLAGS (\\Seen)'],
  SEARCH: ['* SEARCH 1'],
};

/** `A1 UID SEARCH …` is a SEARCH. */
const answer = (line: string, answers: Readonly<Record<string, string>>): string[] => {
  const [tag = '*', ...words] = line.split(' ');
  const command = (words[0]?.toUpperCase() === 'UID' ? words[1] : words[0])?.toUpperCase() ?? '';
  const own = answers[command];
  if (own === 'BYE') return ['* BYE shutting down'];
  if (own?.startsWith('*')) return [own, `${tag} OK done`];
  if (own !== undefined) return [`${tag} ${own}`];
  return [...(usual[command] ?? []), `${tag} OK done`];
};

export const startRefusing = async ({
  greeting = '* OK ready',
  answers = {},
}: Refusing): Promise<RefusingServer> => {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    socket.write(`${greeting}\r\n`);
    if (greeting.startsWith('* BYE')) socket.end();
    let buffered = '';
    socket.on('data', (bytes) => {
      buffered += bytes.toString('latin1');
      const lines = buffered.split('\r\n');
      buffered = lines.pop() ?? '';
      for (const line of lines) {
        const said = answer(line, answers);
        socket.write(`${said.join('\r\n')}\r\n`);
        if (said[0]?.startsWith('* BYE')) socket.end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
