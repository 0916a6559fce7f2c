/** A real WebDAV server over a folder, where Nextcloud has its files, on loopback for one test. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, listens } from './ports.ts';
import { end, launch } from './program.ts';
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
const login = { username: 'maria', password: 'app-password-of-maria' };

const settings = (port: number, folder: string) => ({
  ...{ host: '127.0.0.1', port, server: 'cheroot', verbose: 1 },
  provider_mapping: { [`/remote.php/dav/files/${login.username}`]: folder },
  simple_dc: { user_mapping: { '*': { [login.username]: { password: login.password } } } },
  http_authenticator: { accept_basic: true, accept_digest: false, default_to_digest: false },
  dir_browser: { enable: false },
});

export const startWebDav = async (): Promise<WebDavServer | { unavailable: string }> => {
  const found = await findWsgiDav();
  if ('unavailable' in found) return found;
  const home = mkdtempSync(join(tmpdir(), 'butler-webdav-'));
  const folder = mkdtempSync(join(tmpdir(), 'butler-webdav-files-'));
  const [port = 0] = await freePorts(['tcp']);
  const config = join(home, 'wsgidav.json');
  writeFileSync(config, JSON.stringify(settings(port, folder)));
  const child = await launch({
    ...{ name: 'WsgiDAV', program: found.path, words: ['--config', config] },
    isReady: () => listens(port),
    withinMs: READY_WITHIN_MS,
  });
  return {
    ...{ port, folder, ...login },
    stop: async () => {
      await end(child);
      for (const one of [home, folder]) rmSync(one, { recursive: true, force: true });
    },
  };
};
