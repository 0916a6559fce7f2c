/** A real Caddy with the Caddyfile of production, on free ports, before a Butler of a test. */
import { type ChildProcess, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpacked } from './debian.ts';
import { freePorts, listens } from './ports.ts';
import { end, launch } from './program.ts';

const caddyfile = fileURLToPath(new URL('../../admin/proxy/Caddyfile', import.meta.url));
const readyWithinMs = 20_000;

const without =
  'The tests of the way in need a real Caddy: put caddy on the PATH, or run them on Debian or ' +
  'Ubuntu after `apt-get update`, where its package is fetched.';

export interface CaddyServer {
  /** The name that its certificates are for; it resolves nowhere. */
  hostname: string;
  ports: { http: number; https: number; liveKit: number };
  /** PEM of the authority that its certificates come from. */
  authority(): string;
  stop(): Promise<void>;
}

const find = async (): Promise<string | undefined> => {
  const runs = (path: string) => spawnSync(path, ['version']).status === 0;
  if (runs('caddy')) return 'caddy';
  const folder = await unpacked({ name: 'Caddy', packages: ['caddy'] }).catch(() => undefined);
  const path = folder && join(folder, 'usr', 'bin', 'caddy');
  return path && runs(path) ? path : undefined;
};

/** @param upstreams `host:port` of a Butler and of what stands for LiveKit. */
export const startCaddy = async (upstreams: {
  butler: string;
  liveKit: string;
}): Promise<CaddyServer | { unavailable: string }> => {
  const program = await find();
  if (!program) return { unavailable: without };
  const folder = mkdtempSync(join(tmpdir(), 'butler-caddy-'));
  const [http = 0, https = 0, liveKit = 0] = await freePorts(['tcp', 'tcp', 'tcp']);
  const hostname = 'butler.home.arpa';
  const authority = join(folder, 'caddy', 'pki', 'authorities', 'local');
  const certificate = join(authority, 'root.crt');
  const child: ChildProcess = await launch({
    name: 'Caddy',
    program,
    words: ['run', '--config', caddyfile, '--adapter', 'caddyfile'],
    environment: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
      BUTLER_HOSTNAME: hostname,
      PROXY_HTTP_PORT: String(http),
      PROXY_HTTPS_PORT: String(https),
      PROXY_LIVEKIT_PORT: String(liveKit),
      PROXY_AUTHORITY: authority,
      PROXY_BUTLER: upstreams.butler,
      PROXY_LIVEKIT: upstreams.liveKit,
    },
    isReady: async () => existsSync(certificate) && (await listens(https)),
    withinMs: readyWithinMs,
  });
  return {
    hostname,
    ports: { http, https, liveKit },
    authority: () => readFileSync(certificate, 'utf8'),
    stop: async () => {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
