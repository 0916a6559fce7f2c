/** Doctor's questions to this machine: programs, packages, disk, ports, what is built already. */
import { constants } from 'node:fs';
import { access, mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { hasSound } from '../../models/part.ts';
import { findPython } from '../../models/python.ts';
import type { Settings } from '../config.ts';
import { localParts } from '../local-models.ts';
import { fails, get, off, type Result, works } from './finding.ts';

const exists = (path: string): Promise<boolean> =>
  access(path, constants.F_OK).then(
    () => true,
    () => false,
  );

export const node = async (): Promise<Result> => works(`${process.version}, ${process.execPath}`);

export const packages = async (root: string): Promise<Result> =>
  (await exists(join(root, 'node_modules', '.butler-stamp')))
    ? works('those of package-lock.json')
    : fails('not those of package-lock.json', 'Run `npm start`: it installs them.');

export const page = async (root: string): Promise<Result> =>
  (await exists(join(root, 'web', 'dist', 'index.html')))
    ? works('built')
    : off('not built yet', '`npm start` builds it.');

/** Why there are no local models here; undefined where there are. */
const withoutModels = (settings: Settings): Result | undefined => {
  if (localParts(settings).length > 0) return undefined;
  return settings.BUTLER_LOCAL_MODELS === 'off'
    ? off('BUTLER_LOCAL_MODELS is off', 'Remove it to hear, speak and compare meanings locally.')
    : works('not needed: Groq, Kokoro and EMBEDDINGS_URL are configured');
};

export const python = async (settings: Settings): Promise<Result> => {
  const without = withoutModels(settings);
  if (without) return without;
  const found = await findPython();
  return found.ok ? works(found.path) : off('no suitable one', found.why);
};

/** The embedding model, below BUTLER_DATA/models. */
const minilm = join('weights', 'minilm', 'model.onnx');

/** What models/measure.py writes; every part may be missing in a broken or older file. */
interface Chosen {
  transcription?: { model?: string };
  speech?: { model?: string; voice?: string };
  hardware?: string;
  measured?: {
    transcription?: Record<string, { seconds?: number; clipSeconds?: number }>;
    speech?: { seconds?: number; audioSeconds?: number; realTimeFactor?: number };
  };
}

const chosenSizes = ({ transcription, speech, hardware, measured }: Chosen): string => {
  const model = transcription?.model ?? 'unknown';
  const heard = measured?.transcription?.[model];
  const spoken = measured?.speech;
  const hears = heard ? ` (${heard.clipSeconds} s of speech in ${heard.seconds} s)` : '';
  const speaks = spoken ? ` (${spoken.audioSeconds} s of speech in ${spoken.seconds} s)` : '';
  const voice = `${speech?.model ?? 'unknown'}${speaks}`;
  return `hears with ${model}${hears}, speaks with ${voice}, measured on ${hardware ?? 'unknown'}`;
};

export const localModels = async (settings: Settings): Promise<Result> => {
  const without = withoutModels(settings);
  if (without) return without;
  const folder = resolve(settings.BUTLER_DATA, 'models');
  if (!hasSound(localParts(settings))) {
    return (await exists(join(folder, minilm)))
      ? works('compares meanings with MiniLM; Groq hears and Kokoro speaks')
      : off('not installed', '`npm start` installs MiniLM for memory (about 240 MB).');
  }
  const file = join(folder, 'chosen.json');
  const install = '`npm start` installs them (about 1 GB) when they are needed.';
  if (!(await exists(file))) return off('not installed', install);
  try {
    return works(chosenSizes(JSON.parse(await readFile(file, 'utf8')) as Chosen));
  } catch {
    return fails(`${file} is damaged`, 'Delete it and run `npm start`: it measures again.');
  }
};

/** What a first start puts under BUTLER_DATA: the local models and room for what is said. */
const neededBytes = { sound: 1_500_000_000, embeddings: 500_000_000, none: 150_000_000 };
const roomFor = async (settings: Settings, models: string): Promise<number> => {
  const parts = localParts(settings);
  const kind = hasSound(parts) ? 'sound' : 'embeddings';
  const isInstalled = await exists(join(models, kind === 'sound' ? 'chosen.json' : minilm));
  return parts.length === 0 || isInstalled ? neededBytes.none : neededBytes[kind];
};

export const disk = async (settings: Settings): Promise<Result> => {
  const folder = resolve(settings.BUTLER_DATA);
  const trial = join(folder, `.doctor-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(trial, 'doctor');
    await rm(trial);
    const { bavail, bsize } = await statfs(folder);
    const free = `${((bavail * bsize) / 1e9).toFixed(1)} GB free in ${folder}`;
    const needed = await roomFor(settings, join(folder, 'models'));
    if (bavail * bsize < needed) {
      return fails(free, `Free some space: about ${needed / 1e9} GB are needed.`);
    }
    return works(free);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOSPC' ? 'the disk is full' : message;
    return fails(`${folder} cannot be written: ${why}`, 'Make it yours, or set BUTLER_DATA.');
  }
};

const isFree = ({ host, port }: { host: string; port: number }): Promise<string | undefined> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => done(undefined)));
  });

/** A taken port is right when it is Butler itself who listens there. */
export const portOf = async (place: {
  host: string;
  port: number;
  setting: string;
}): Promise<Result> => {
  const { host, port, setting } = place;
  const where = `${host}:${port}`;
  const refused = await isFree(place);
  if (refused === undefined) return works(`${where} is free`);
  if (refused === 'EACCES') return fails(`${where} needs root`, `Set ${setting} above 1023.`);
  if (refused === 'EADDRNOTAVAIL') {
    return fails(`this machine has no address ${host}`, 'Set BUTLER_HOST to one it has.');
  }
  const local = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  const answer = await get(`http://${local}:${port}/health`).catch(() => undefined);
  if (answer?.status === 200) return works(`Butler is running on ${where}`);
  return fails(`another program listens on ${where}`, `End it, or set ${setting} to a free one.`);
};
