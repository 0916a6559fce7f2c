/** A real Mosquitto on loopback for one test: tcp, WebSockets and TLS, with a password. */
import { type ChildProcess, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { findMosquitto, type Mosquitto } from './mosquitto/install.ts';
import { freePorts, listens } from './ports.ts';
import { end, launch, run } from './program.ts';

export interface MosquittoServer {
  /** `mqtt://127.0.0.1:PORT`. */
  url: string;
  /** `ws://127.0.0.1:PORT`. */
  webSocketUrl: string;
  /** `mqtts://127.0.0.1:PORT`, with a certificate that nobody knows. */
  tlsUrl: string;
  username: string;
  password: string;
  /** One message, as a phone sends it. */
  publish(topic: string, message: string | Buffer, options?: { retain?: boolean }): Promise<void>;
  /** Ends it at once; `start` brings it back on the same ports. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 15_000;

const configured = (folder: string, ports: readonly number[]): string => {
  const [tcp, webSockets, tls] = ports;
  return [
    'allow_anonymous false',
    `password_file ${join(folder, 'passwords')}`,
    'persistence false',
    'log_dest stderr',
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    `listener ${tcp} 127.0.0.1`,
    `listener ${webSockets} 127.0.0.1`,
    'protocol websockets',
    `listener ${tls} 127.0.0.1`,
    `certfile ${join(folder, 'certificate.pem')}`,
    `keyfile ${join(folder, 'key.pem')}`,
    '',
  ].join('\n');
};

const environmentOf = ({ libraries }: Mosquitto): NodeJS.ProcessEnv => ({
  ...process.env,
  ...(libraries && { LD_LIBRARY_PATH: libraries }),
});

const furnish = async (folder: string, login: { username: string; password: string }) => {
  const passwords = join(folder, 'passwords');
  writeFileSync(passwords, `${login.username}:${login.password}\n`);
  chmodSync(passwords, 0o600);
  const subject = ['-subj', '/CN=localhost', '-days', '2', '-nodes'];
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')];
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...files]);
};

/** Mosquitto takes hashed passwords only, and brings the program that makes them. */
const hash = (found: Mosquitto, folder: string): void => {
  const { path } = found;
  const program = path.replace(/sbin\/mosquitto$/, 'bin/mosquitto_passwd');
  const name = program === path ? 'mosquitto_passwd' : program;
  const { status, stderr } = spawnSync(name, ['-U', join(folder, 'passwords')], {
    env: environmentOf(found),
  });
  if (status !== 0) throw new Error(`mosquitto_passwd failed: ${stderr}`);
};

/** Starts it, unpacking it first where it must; or says what would help. */
export const startMosquitto = async (): Promise<MosquittoServer | { unavailable: string }> => {
  const found = await findMosquitto();
  if ('unavailable' in found) return found;
  const folder = mkdtempSync(join(tmpdir(), 'butler-mosquitto-'));
  const login = { username: 'butler', password: 'a broker for tests' };
  await furnish(folder, login);
  hash(found, folder);
  const ports = await freePorts(['tcp', 'tcp', 'tcp']);
  const [port = 0, webSockets, tls] = ports;
  writeFileSync(join(folder, 'mosquitto.conf'), configured(folder, ports));
  let child: ChildProcess | undefined;
  const start = async () => {
    child = await launch({
      ...{ name: 'Mosquitto', program: found.path, words: ['-c', join(folder, 'mosquitto.conf')] },
      ...{ environment: environmentOf(found), isReady: () => listens(port) },
      withinMs: READY_WITHIN_MS,
    });
  };
  await start();
  const url = `mqtt://127.0.0.1:${port}`;
  return {
    ...{ url, ...login, start },
    webSocketUrl: `ws://127.0.0.1:${webSockets}`,
    tlsUrl: `mqtts://127.0.0.1:${tls}`,
    publish: async (topic, message, { retain = true } = {}) => {
      const phone = await connectAsync(url, { ...login, clean: true });
      await phone.publishAsync(topic, message, { qos: 1, retain });
      await phone.endAsync();
    },
    kill: () => end(child),
    stop: async () => {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
