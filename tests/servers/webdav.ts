/** A real WebDAV server over a folder, where Nextcloud has its files, on loopback for one test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, listens } from './ports.ts';
import { findWsgiDav } from './webdav/install.ts';

export interface WebDavServer {
  port: number;
  /** What it serves; put files there. */
  folder: string;
  username: string;
  password: string;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;
const SAID_CHARACTERS_MAX = 8_000;
const login = { username: 'maria', password: 'app-password-of-maria' };

const settings = (port: number, folder: string) => ({
  ...{ host: '127.0.0.1', port, server: 'cheroot', verbose: 1 },
  provider_mapping: { [`/remote.php/dav/files/${login.username}`]: folder },
  simple_dc: { user_mapping: { '*': { [login.username]: { password: login.password } } } },
  http_authenticator: { accept_basic: true, accept_digest: false, default_to_digest: false },
  dir_browser: { enable: false },
});

const launch = async (path: string, config: string, port: number): Promise<ChildProcess> => {
  const child = spawn(path, ['--config', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const keep = (part: Buffer) => {
    said = (said + part).slice(-SAID_CHARACTERS_MAX);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.once('error', (error) => keep(Buffer.from(error.message)));
  const atExit = () => void child.kill('SIGKILL');
  process.once('exit', atExit);
  child.once('exit', () => process.removeListener('exit', atExit));
  const giveUpAtMs = performance.now() + READY_WITHIN_MS;
  while (!(await listens(port))) {
    if (child.exitCode !== null || performance.now() > giveUpAtMs) {
      child.kill('SIGKILL');
      throw new Error(`WsgiDAV did not start:\n${said}`);
    }
    await sleep(100);
  }
  return child;
};

export const startWebDav = async (): Promise<WebDavServer | { unavailable: string }> => {
  const found = await findWsgiDav();
  if ('unavailable' in found) return found;
  const home = mkdtempSync(join(tmpdir(), 'butler-webdav-'));
  const folder = mkdtempSync(join(tmpdir(), 'butler-webdav-files-'));
  const [port = 0] = await freePorts(['tcp']);
  const config = join(home, 'wsgidav.json');
  writeFileSync(config, JSON.stringify(settings(port, folder)));
  const child = await launch(found.path, config, port);
  return {
    ...{ port, folder, ...login },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      for (const one of [home, folder]) rmSync(one, { recursive: true, force: true });
    },
  };
};
