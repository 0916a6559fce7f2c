/** The house's own models: set up once, supervised, and always able to say how they are. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { allParts, type ModelPart } from '../models/part.ts';
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
  /** What it can do; the rest it refuses. */
  parts: readonly ModelPart[];
}

interface ModelsState {
  state: PartState;
  sentence: string;
}

export interface LocalModels {
  /** Undefined while the models are not ready, and where they run without this part. */
  address(part: ModelPart): ModelsAddress | undefined;
  state(part: ModelPart): ModelsState;
  stop(): Promise<void>;
}

/** What does the same elsewhere. */
const elsewhere: Record<ModelPart, 'GROQ_API_KEY' | 'KOKORO_URL' | 'EMBEDDINGS_URL'> = {
  transcription: 'GROQ_API_KEY',
  speech: 'KOKORO_URL',
  embeddings: 'EMBEDDINGS_URL',
};

/**
 * The parts that this house runs itself. Where one of Groq and Kokoro is missing both local
 * parts run: the one stands in for what is missing, the other behind what is configured.
 */
export const localParts = (settings: Settings): ModelPart[] => {
  if (settings.BUTLER_LOCAL_MODELS === 'off') return [];
  const isMissing = (part: ModelPart): boolean => !settings[elsewhere[part]];
  const sound = isMissing('transcription') || isMissing('speech');
  return allParts.filter((part) => (part === 'embeddings' ? isMissing(part) : sound));
};

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

/** Sets `parts` up in the background and keeps their server running until `stop`. */
export const startLocalModels = (
  settings: Settings,
  { parts, log }: { parts: readonly ModelPart[]; log: Logger },
): LocalModels => {
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
  const ready = setUpModels({ dataFolder, language, parts, onProgress, signal: end.signal }).then(
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
        parts,
        signal: end.signal,
        onEvent: (event) => log.info(event, `local models: ${event.type.slice('models-'.length)}`),
      });
      note(settings, addressOf(server, parts));
      // Its own state tells how it went; here only the stop before the first start ends up.
      server.ready.catch(() => undefined);
    },
    (error: unknown) => {
      if (!end.signal.aborted) why = error instanceof Error ? error.message : String(error);
    },
  );
  return {
    address: (part) =>
      server?.state() === 'ready' && parts.includes(part) ? addressOf(server, parts) : undefined,
    state: (part) => {
      if (!parts.includes(part)) return notNeeded;
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

const addressOf = (server: ModelsServer, parts: readonly ModelPart[]): ModelsAddress => ({
  origin: new URL(server.url).origin,
  key: server.key,
  parts,
});

const notNeeded: ModelsState = { state: 'off', sentence: 'Not needed: another one is configured.' };

const stateOf = (server: ModelsServer): ModelsState => {
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
    address: (part) => (look()?.parts.includes(part) ? address : undefined),
    state: (part) => {
      const parts = look()?.parts;
      if (parts === undefined) return { state: 'starting', sentence: 'The house is starting it.' };
      if (!parts.includes(part)) return notNeeded;
      return { state: 'ready', sentence: 'It runs on this machine.' };
    },
    stop: async () => undefined,
  };
};

const noteFreshMs = 1_000;
const noteSchema = z.object({
  origin: z.url(),
  key: z.string(),
  parts: z.array(z.enum(['transcription', 'speech', 'embeddings'])),
});
const noteFile = (settings: Settings): string => path.resolve(settings.BUTLER_DATA, 'models.json');

const note = (settings: Settings, address: ModelsAddress): void => {
  const file = noteFile(settings);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(address), { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/** No local models: switched off, or everything is configured elsewhere. */
export const noModels = (settings: Settings): LocalModels => ({
  address: () => undefined,
  state: (part) => {
    if (settings.BUTLER_LOCAL_MODELS !== 'off' || settings[elsewhere[part]]) return notNeeded;
    const sentence = `Local models are off: unset BUTLER_LOCAL_MODELS, or set ${elsewhere[part]}.`;
    return { state: 'off', sentence };
  },
  stop: async () => undefined,
});
