/** The house's own models: set up once, supervised, and always able to say how they are. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type SetupProgress, setUpModels } from '../models/setup.ts';
import { type ModelsServer, startModelsServer } from '../models/supervise.ts';
import type { Settings } from './config.ts';
import type { Logger } from './log.ts';
import type { PartState } from './parts.ts';

/** Where the models answer, as the engines need it. */
export interface ModelsAddress {
  /** Without `/v1`. */
  origin: string;
  key: string;
}

export interface LocalModels {
  address(): ModelsAddress | undefined;
  state(): { state: PartState; sentence: string };
  stop(): Promise<void>;
}

const stepInWords: Record<SetupProgress['step'], string> = {
  python: 'looking for Python',
  venv: 'making a Python environment',
  packages: 'installing packages',
  weights: 'fetching the models',
  measure: 'measuring which size this machine can run',
  waiting: 'waiting for another set-up to finish',
};

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)}`;

const progressInWords = ({ step, file, bytes, total }: SetupProgress): string => {
  const what = file ? `${stepInWords[step]} (${file})` : stepInWords[step];
  return bytes !== undefined && total
    ? `${what}, ${megabytes(bytes)} of ${megabytes(total)} MB`
    : what;
};

/** Sets the models up in the background and keeps their server running until `stop`. */
export const startLocalModels = (settings: Settings, log: Logger): LocalModels => {
  const end = new AbortController();
  const dataFolder = path.resolve(settings.BUTLER_DATA);
  const language = settings.BUTLER_LANGUAGE;
  let doing = 'being set up';
  let why: string | undefined;
  let server: ModelsServer | undefined;
  const onProgress = (progress: SetupProgress): void => {
    const words = progressInWords(progress);
    if (words !== doing) log.info(`the local models are being set up: ${words}`);
    doing = words;
  };
  const ready = setUpModels({ dataFolder, language, onProgress, signal: end.signal }).then(
    (result) => {
      if (!result.ok) {
        why = result.why;
        log.warn(`there are no local models: ${why}`);
        return;
      }
      const { pythonPath } = result;
      server = startModelsServer({
        dataFolder,
        pythonPath,
        language,
        signal: end.signal,
        onEvent: (event) => log.info(event, `local models: ${event.type.slice('models-'.length)}`),
      });
      note(settings, { origin: new URL(server.url).origin, key: server.key });
      // Its own state tells how it went; here only the stop before the first start ends up.
      server.ready.catch(() => undefined);
    },
    (error: unknown) => {
      if (!end.signal.aborted) why = error instanceof Error ? error.message : String(error);
    },
  );
  return {
    address: () =>
      server?.state() === 'ready'
        ? { origin: new URL(server.url).origin, key: server.key }
        : undefined,
    state: () => {
      if (why !== undefined) return { state: 'off', sentence: why };
      if (server === undefined) return { state: 'starting', sentence: `It is ${doing}.` };
      return stateOf(server);
    },
    stop: async () => {
      end.abort();
      await ready;
      rmSync(noteFile(settings), { force: true });
      await server?.stop();
    },
  };
};

const stateOf = (server: ModelsServer): { state: PartState; sentence: string } => {
  const state = server.state();
  if (state === 'ready') return { state, sentence: 'It runs on this machine.' };
  if (state === 'starting') return { state, sentence: 'It is warming up.' };
  const sentence = server.lastError() ?? 'It stopped and is being started again.';
  return { state: state === 'restarting' ? 'starting' : 'failed', sentence };
};

/** The models that the server process runs, as its worker finds them: by a file in BUTLER_DATA. */
export const sharedModels = (settings: Settings): LocalModels => {
  const file = noteFile(settings);
  let readAtMs = Number.NEGATIVE_INFINITY;
  let address: ModelsAddress | undefined;
  const look = (): ModelsAddress | undefined => {
    if (performance.now() - readAtMs < noteFreshMs) return address;
    readAtMs = performance.now();
    try {
      address = noteSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      address = undefined;
    }
    return address;
  };
  return {
    address: look,
    state: () =>
      look()
        ? { state: 'ready', sentence: 'It runs on this machine.' }
        : { state: 'starting', sentence: 'The house is starting it.' },
    stop: async () => undefined,
  };
};

const noteFreshMs = 1_000;
const noteSchema = z.object({ origin: z.url(), key: z.string() });
const noteFile = (settings: Settings): string => path.resolve(settings.BUTLER_DATA, 'models.json');

const note = (settings: Settings, address: ModelsAddress): void => {
  const file = noteFile(settings);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(address), { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/** No local models, and why. */
export const noModels = (sentence: string): LocalModels => ({
  address: () => undefined,
  state: () => ({ state: 'off', sentence }),
  stop: async () => undefined,
});
