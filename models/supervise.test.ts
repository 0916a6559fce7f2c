/** The supervisor with a stand-in server: back-off, same port, hang, stop, nothing left behind. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelPart } from './part.ts';
import { type ModelsEvent, type ModelsServer, startModelsServer } from './supervise.ts';

/** Behaves as the file `mood` says at its start. Node stands in for Python. */
const STAND_IN = `
import { createServer } from 'node:http';
import { readFileSync, appendFileSync } from 'node:fs';
const value = (name) => process.argv[process.argv.indexOf(name) + 1];
const folder = value('--data');
const mood = readFileSync(folder + '/mood', 'utf8');
appendFileSync(folder + '/starts', value('--port') + ' ' + value('--parts') + '\\n');
if (mood === 'crash') { console.error('Traceback\\nMemoryError: too little'); process.exit(1); }
if (mood === 'sentence') { console.error('The model does not load. Mend it.'); process.exit(3); }
if (mood === 'stubborn') process.on('SIGTERM', () => {});
let hangs = false;
createServer((request, response) => {
  if (request.url === '/crash') process.exit(7);
  if (request.url === '/hang') { hangs = true; response.end(); return; }
  if (hangs) return request.socket.destroy();
  const knows = request.headers.authorization === 'Bearer ' + process.env.BUTLER_MODELS_KEY;
  response.statusCode = knows ? 200 : 401;
  const chosen = { transcription: { model: 'base' } };
  response.end(JSON.stringify({ ok: knows, rss_mb: 1, chosen }));
}).listen(Number(value('--port')), '127.0.0.1');
process.stdin.resume().on('end', () => process.exit(0));
`;

let dataFolder: string;
let events: ModelsEvent[];
let server: ModelsServer | undefined;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'butler-models-'));
  await mkdir(join(dataFolder, 'models'));
  await writeFile(join(dataFolder, 'server.mjs'), STAND_IN);
  events = [];
});
afterEach(async () => {
  await server?.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

const mood = (name: string) => writeFile(join(dataFolder, 'models', 'mood'), name);
const start = (timing: object = {}, signal?: AbortSignal, parts?: ModelPart[]) => {
  server = startModelsServer({
    ...(parts === undefined ? {} : { parts }),
    dataFolder,
    pythonPath: process.execPath,
    program: join(dataFolder, 'server.mjs'),
    language: 'en',
    onEvent: (event) => events.push(event),
    timing: { firstRetryMs: 20, looksMs: 20, watchMs: 50, killedAfterMs: 200, ...timing },
    ...(signal === undefined ? {} : { signal }),
  });
  return server;
};
const types = () => events.map(({ type }) => type);
const pidOf = (index: number) => {
  const started = events.filter((event) => event.type === 'models-starting')[index];
  if (started === undefined) throw new Error(`no start ${index}`);
  return started.pid;
};
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const provoke = (running: ModelsServer, path: string) =>
  fetch(new URL(path, running.url)).catch(() => undefined);

describe('startModelsServer', () => {
  it('gives address and key at once, and becomes ready', async () => {
    await mood('well');
    const running = start();
    expect(running.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    expect(running.state()).toBe('starting');
    await running.ready;
    expect(running.state()).toBe('ready');
    expect((await fetch(running.url)).status).toBe(401);
    const ready = events.find((event) => event.type === 'models-ready');
    expect(ready).toMatchObject({ transcription: 'base', rssMb: 1 });
  });

  it('serves the wanted parts alone, all of them when not told', async () => {
    await mood('well');
    await start({}, undefined, ['embeddings']).ready;
    const starts = () => readFile(join(dataFolder, 'models', 'starts'), 'utf8');
    expect(await starts()).toMatch(/^\d+ embeddings\n$/);
    const ready = events.find((event) => event.type === 'models-ready');
    expect(ready).not.toHaveProperty('transcription');
    await server?.stop();
    await start().ready;
    expect(await starts()).toMatch(/ transcription,speech,embeddings\n$/);
  });

  it('restarts on the same port after a crash', async () => {
    await mood('well');
    const running = start();
    await running.ready;
    await provoke(running, '/crash');
    await expect.poll(() => running.state()).toBe('restarting');
    expect(running.lastError()).toContain('exit code 7');
    await expect.poll(() => running.state(), { timeout: 5_000 }).toBe('ready');
    expect(running.lastError()).toBeUndefined();
    const ports = (await readFile(join(dataFolder, 'models', 'starts'), 'utf8')).trim().split('\n');
    expect(ports).toHaveLength(2);
    expect(new Set(ports).size).toBe(1);
  });

  it('waits longer after each crash, says failed with its last words, and recovers', async () => {
    await mood('crash');
    const running = start({ longestRetryMs: 100 });
    await expect.poll(() => running.state(), { timeout: 5_000 }).toBe('failed');
    expect(running.lastError()).toContain('MemoryError: too little');
    const waits = events.flatMap((one) => (one.type === 'models-crashed' ? [one.retryInMs] : []));
    expect(waits.slice(0, 4)).toEqual([20, 40, 80, 100]);
    expect(types().filter((type) => type === 'models-failed')).toHaveLength(1);
    await mood('well');
    await running.ready;
    expect(running.state()).toBe('ready');
  });

  it("passes on the server's own sentence", async () => {
    await mood('sentence');
    const running = start({ firstRetryMs: 60_000 });
    await expect.poll(() => running.lastError()).toBe('The model does not load. Mend it.');
  });

  it('says so when the program cannot be started at all', async () => {
    await mood('well');
    server = startModelsServer({
      dataFolder,
      pythonPath: join(dataFolder, 'no-python'),
      language: 'en',
      timing: { firstRetryMs: 60_000 },
    });
    const running = server;
    await expect.poll(() => running.lastError()).toContain('ENOENT');
  });

  it('restarts a server that hangs', async () => {
    await mood('well');
    const running = start();
    await running.ready;
    await provoke(running, '/hang');
    await expect
      .poll(() => types().filter((type) => type === 'models-ready').length, { timeout: 5_000 })
      .toBe(2);
    expect(isAlive(pidOf(0))).toBe(false);
  });

  it('leaves no process and no port when it is stopped', async () => {
    await mood('well');
    const running = start();
    await running.ready;
    await running.stop();
    expect(isAlive(pidOf(0))).toBe(false);
    await expect(fetch(running.url)).rejects.toThrow();
    expect(types().at(-1)).toBe('models-stopped');
    await running.stop();
    expect(types().filter((type) => type === 'models-stopped')).toHaveLength(1);
  });

  it('kills a server that does not listen to SIGTERM', async () => {
    await mood('stubborn');
    const running = start();
    await running.ready;
    await running.stop();
    expect(isAlive(pidOf(0))).toBe(false);
  });

  it('stops with its signal, before it is ready too, and while it waits to retry', async () => {
    await mood('crash');
    const stopping = new AbortController();
    const running = start({ firstRetryMs: 60_000 }, stopping.signal);
    await expect.poll(() => running.state()).toBe('restarting');
    stopping.abort();
    await expect(running.ready).rejects.toThrow('stopped');
    await running.stop();
    expect(types()).toEqual(['models-starting', 'models-crashed', 'models-stopped']);
  });
});
