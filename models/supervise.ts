/** Keeps the models server running: starts it, waits until it is warm, restarts it, stops it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { allParts, hasSound, type ModelPart } from './part.ts';
import { pythonEnvironment } from './python.ts';

export type ModelsState = 'starting' | 'ready' | 'restarting' | 'failed';

export type ModelsEvent =
  | { type: 'models-starting'; pid: number; attempt: number }
  | { type: 'models-ready'; withinMs: number; rssMb: number; transcription?: string }
  | { type: 'models-crashed'; exitCode: number | null; signal: string | null; retryInMs: number }
  | { type: 'models-failed'; why: string }
  | { type: 'models-stopped' };

export type ModelsServer = {
  /** http://127.0.0.1:PORT/v1, the same over every restart. */
  url: string;
  /** Sent as `Authorization: Bearer`. */
  key: string;
  /** Resolves when the server is warm for the first time; rejects when it is stopped before. */
  ready: Promise<void>;
  state(): ModelsState;
  /** A sentence about the last failure, while it lasts. */
  lastError(): string | undefined;
  /** Ends the server; resolves when its process is gone. */
  stop(): Promise<void>;
};

export type SuperviseOptions = {
  dataFolder: string;
  pythonPath: string;
  language: string;
  /** What it serves; everything when not given. */
  parts?: readonly ModelPart[];
  onEvent?: (event: ModelsEvent) => void;
  signal?: AbortSignal;
  threads?: number;
  /** Replaced in tests. */
  program?: string;
  timing?: Partial<Timing>;
};

type Timing = {
  firstRetryMs: number;
  longestRetryMs: number;
  /** A server that ran this long had no start-up problem: the back-off begins anew. */
  settledMs: number;
  warmWithinMs: number;
  looksMs: number;
  killedAfterMs: number;
  watchMs: number;
};

const TIMING: Timing = {
  firstRetryMs: 500,
  longestRetryMs: 30_000,
  settledMs: 60_000,
  warmWithinMs: 120_000,
  looksMs: 100,
  killedAfterMs: 3_000,
  watchMs: 15_000,
};
const FAILED_AFTER_CRASHES = 4;
const MISSED_LOOKS_MAX = 3;
const LOOK_ANSWERS_WITHIN_MS = 5_000;
const LAST_WORDS_CHARACTERS = 300;

type Child = ChildProcessByStdio<Writable, null, Readable>;
type Health = {
  ok: boolean;
  rss_mb: number;
  chosen: { transcription?: { model: string } };
};

/** Start the server in the background. Nothing here waits for it. */
export function startModelsServer(options: SuperviseOptions): ModelsServer {
  return new Supervisor(options);
}

class Supervisor implements ModelsServer {
  readonly url: string;
  readonly key = randomBytes(24).toString('base64url');
  readonly ready: Promise<void>;
  readonly #options: SuperviseOptions;
  readonly #timing: Timing;
  readonly #port = freePort();
  readonly #stopping = new AbortController();
  readonly #life: Promise<void>;
  readonly #firstReady = Promise.withResolvers<void>();
  #state: ModelsState = 'starting';
  #lastError: string | undefined;
  #crashes = 0;

  constructor(options: SuperviseOptions) {
    this.#options = options;
    this.#timing = { ...TIMING, ...options.timing };
    this.url = `http://127.0.0.1:${this.#port}/v1`;
    this.ready = this.#firstReady.promise;
    this.ready.catch(() => undefined);
    const onAbort = () => this.#stopping.abort();
    if (options.signal?.aborted === true) onAbort();
    options.signal?.addEventListener('abort', onAbort, { once: true });
    this.#life = this.#keepRunning().finally(() => {
      options.signal?.removeEventListener('abort', onAbort);
      this.#firstReady.reject(new Error('The models server was stopped before it was ready.'));
      options.onEvent?.({ type: 'models-stopped' });
    });
  }

  state(): ModelsState {
    return this.#state;
  }

  lastError(): string | undefined {
    return this.#lastError;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#life;
  }

  async #keepRunning(): Promise<void> {
    for (let attempt = 1; !this.#stopping.signal.aborted; attempt += 1) {
      const startedAt = performance.now();
      const end = await this.#runOnce(attempt);
      if (this.#stopping.signal.aborted) return;
      const settled = performance.now() - startedAt >= this.#timing.settledMs;
      this.#crashes = settled && end.wasReady ? 1 : this.#crashes + 1;
      await this.#backOff(end);
    }
  }

  async #backOff(end: End): Promise<void> {
    const { firstRetryMs, longestRetryMs } = this.#timing;
    const retryInMs = Math.min(firstRetryMs * 2 ** (this.#crashes - 1), longestRetryMs);
    const { exitCode, signal } = end;
    this.#lastError = sentenceFor(end);
    const failed = this.#crashes >= FAILED_AFTER_CRASHES;
    this.#state = failed ? 'failed' : 'restarting';
    this.#options.onEvent?.({ type: 'models-crashed', exitCode, signal, retryInMs });
    if (this.#crashes === FAILED_AFTER_CRASHES) {
      this.#options.onEvent?.({ type: 'models-failed', why: this.#lastError });
    }
    await wait(retryInMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  /** From the start of a process to its end. */
  async #runOnce(attempt: number): Promise<End> {
    const child = this.#spawn();
    const lastWords = keepLastWords(child.stderr);
    const ended = Promise.withResolvers<{ exitCode: number | null; signal: string | null }>();
    child.once('error', (error) => {
      lastWords.add(error.message);
      if (child.pid === undefined) ended.resolve({ exitCode: 127, signal: null });
    });
    child.once('close', (exitCode, signal) => ended.resolve({ exitCode, signal }));
    if (child.pid !== undefined) {
      this.#options.onEvent?.({ type: 'models-starting', pid: child.pid, attempt });
    }
    const gone = new AbortController();
    const watching = this.#watch(child, gone.signal);
    const onStop = () => this.#end(child, gone.signal);
    if (this.#stopping.signal.aborted) onStop();
    this.#stopping.signal.addEventListener('abort', onStop, { once: true });
    const end = await ended.promise;
    gone.abort();
    this.#stopping.signal.removeEventListener('abort', onStop);
    return { ...end, ...(await watching), lastWords: lastWords.read() };
  }

  #spawn(): Child {
    const { dataFolder, pythonPath, language, parts, threads, program } = this.#options;
    const args = [
      program ?? join(import.meta.dirname, 'server.py'),
      '--with-parent',
      ...['--data', join(dataFolder, 'models')],
      ...['--port', String(this.#port)],
      ...['--language', language],
      ...['--parts', (parts ?? allParts).join(',')],
      ...(threads === undefined ? [] : ['--threads', String(threads)]),
    ];
    return spawn(pythonPath, args, {
      stdio: ['pipe', 'ignore', 'pipe'],
      windowsHide: true,
      env: pythonEnvironment({
        BUTLER_MODELS_KEY: this.key,
        // glibc gives every thread a heap of its own: 60 MB that nobody uses.
        MALLOC_ARENA_MAX: '2',
        // It keeps what loading a model took: for embeddings alone 60 MB of 250.
        ...(hasSound(parts ?? allParts) ? {} : { MALLOC_TRIM_THRESHOLD_: '131072' }),
      }),
    });
  }

  /** Look at its health until it is warm, then now and then; kill it when it hangs. */
  async #watch(child: Child, gone: AbortSignal): Promise<{ wasReady: boolean; hung: boolean }> {
    const startedAt = performance.now();
    let wasReady = false;
    let missed = 0;
    while (!gone.aborted) {
      const health = await this.#look(gone);
      if (gone.aborted) break;
      missed = health === undefined ? missed + 1 : 0;
      if (!wasReady && health?.ok === true) {
        wasReady = true;
        this.#becomeReady(health, Math.round(performance.now() - startedAt));
      }
      const tooLate = !wasReady && performance.now() - startedAt > this.#timing.warmWithinMs;
      if (tooLate || (wasReady && missed >= MISSED_LOOKS_MAX)) {
        child.kill('SIGKILL');
        return { wasReady, hung: true };
      }
      const pauseMs = wasReady ? this.#timing.watchMs : this.#timing.looksMs;
      await wait(pauseMs, undefined, { signal: gone, ref: false }).catch(() => undefined);
    }
    return { wasReady, hung: false };
  }

  #becomeReady(health: Health, withinMs: number): void {
    this.#state = 'ready';
    this.#lastError = undefined;
    this.#firstReady.resolve();
    const hears = (this.#options.parts ?? allParts).includes('transcription');
    const transcription = hears ? health.chosen.transcription?.model : undefined;
    const event = { type: 'models-ready', withinMs, rssMb: health.rss_mb } as const;
    this.#options.onEvent?.(transcription ? { ...event, transcription } : event);
  }

  async #look(gone: AbortSignal): Promise<Health | undefined> {
    const signal = AbortSignal.any([gone, AbortSignal.timeout(LOOK_ANSWERS_WITHIN_MS)]);
    const headers = { authorization: `Bearer ${this.key}` };
    try {
      const response = await fetch(new URL('/health', this.url), { signal, headers });
      return (await response.json()) as Health;
    } catch {
      return undefined;
    }
  }

  #end(child: Child, gone: AbortSignal): void {
    child.kill('SIGTERM');
    const kill = () => child.kill('SIGKILL');
    wait(this.#timing.killedAfterMs, undefined, { signal: gone }).then(kill, () => undefined);
  }
}

type End = {
  exitCode: number | null;
  signal: string | null;
  wasReady: boolean;
  hung: boolean;
  lastWords: string;
};

function sentenceFor({ exitCode, signal, hung, lastWords }: End): string {
  if (hung) return 'The local models did not answer in time and are started again.';
  if (exitCode === 3) return lastWords;
  const end = signal === null ? `exit code ${exitCode}` : signal;
  const said = lastWords === '' ? '' : `: ${lastWords}`;
  return `The local models ended unexpectedly (${end}${said}). They start again by themselves.`;
}

/** The last line a process wrote, cut short: its own sentence, or the end of a traceback. */
function keepLastWords(stream: Readable) {
  let text = '';
  const add = (more: string) => {
    text = (text + more).slice(-4 * LAST_WORDS_CHARACTERS);
  };
  stream.setEncoding('utf8').on('data', add);
  const read = () => (text.trim().split('\n').at(-1) ?? '').slice(-LAST_WORDS_CHARACTERS);
  return { add, read };
}

/**
 * A port nobody uses, found without waiting: `listen` without a host binds at once. The socket
 * is closed in the same tick and so never accepts a connection.
 */
function freePort(): number {
  const server = createServer().listen({ port: 0, exclusive: true });
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
