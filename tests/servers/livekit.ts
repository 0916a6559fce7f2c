/** A real LiveKit server on loopback for one test or benchmark, gone without a trace afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { findLiveKit, testDataFolder } from './livekit-build.ts';
import { freePorts } from './ports.ts';

export interface LiveKitServer {
  /** `ws://127.0.0.1:PORT`. */
  url: string;
  apiKey: string;
  apiSecret: string;
  pid: number;
  ports: { http: number; tcp: number; udp: number };
  /** What the server has logged so far, for a failing test to show. */
  log(): string;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 20_000;
const STOP_WITHIN_MS = 3_000;
const LOG_CHARACTERS_MAX = 200_000;

type Ports = LiveKitServer['ports'];

/**
 * The settings that a test needs to be the same on a busy machine: jobs are never refused for
 * load, and a room ends soon after its last person.
 */
function configuration({ http, tcp, udp }: Ports, keys: Record<string, string>): string {
  return stringify({
    port: http,
    bind_addresses: ['127.0.0.1'],
    keys,
    rtc: {
      tcp_port: tcp,
      udp_port: udp,
      node_ip: '127.0.0.1',
      use_external_ip: false,
      enable_loopback_candidate: true,
    },
    agents: { target_load: 1 },
    room: { departure_timeout: 5 },
    logging: { level: 'info' },
  });
}

async function ready(url: string, child: ChildProcess): Promise<boolean> {
  const giveUpAtMs = performance.now() + READY_WITHIN_MS;
  while (performance.now() < giveUpAtMs && child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return true;
    await sleep(50);
  }
  return false;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  // With people in a room the server waits for them; a test does not.
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await gone;
  clearTimeout(force);
}

/** Starts the server, building it first where it must; `unavailable` says what would help. */
export async function startLiveKit({
  dataFolder = testDataFolder(),
} = {}): Promise<LiveKitServer | { unavailable: string }> {
  const found = await findLiveKit(dataFolder);
  if ('unavailable' in found) return found;
  const [http = 0, tcp = 0, udp = 0] = await freePorts(['tcp', 'tcp', 'udp']);
  const ports = { http, tcp, udp };
  const apiKey = 'butler-test';
  const apiSecret = randomBytes(24).toString('hex');
  const folder = mkdtempSync(join(tmpdir(), 'butler-livekit-'));
  const file = join(folder, 'livekit.yaml');
  writeFileSync(file, configuration(ports, { [apiKey]: apiSecret }), { mode: 0o600 });
  const child = spawn(found.path, ['--config', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let logged = '';
  const keep = (part: Buffer) => {
    logged = (logged + part).slice(-LOG_CHARACTERS_MAX);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.once('error', (error) => keep(Buffer.from(error.message)));
  // A test run that crashes takes its server with it.
  const atExit = () => void child.kill('SIGKILL');
  process.once('exit', atExit);
  const stop = async () => {
    await end(child);
    process.removeListener('exit', atExit);
    rmSync(folder, { recursive: true, force: true });
  };
  if (!(await ready(`http://127.0.0.1:${http}/`, child))) {
    await stop();
    const tail = logged.split('\n').slice(-5).join('\n');
    return { unavailable: `The LiveKit server did not start:\n${tail}` };
  }
  const url = `ws://127.0.0.1:${http}`;
  return { url, apiKey, apiSecret, pid: child.pid ?? 0, ports, log: () => logged, stop };
}
