/** Sets the models server up: a Python environment, weights, and sizes chosen by measurement. */
import { access, mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.ts';
import { allParts, hasSound, type ModelPart, requirementsFor } from './part.ts';
import { type FoundPython, findPython } from './python.ts';
import { addToStamp, done, hardware, pythonIn, type Wanted, wantedFor } from './stamp.ts';
import { runStep, type SetupProgress, type StepResult } from './step.ts';

export type { SetupProgress } from './step.ts';

export type SetUpResult =
  | { ok: true; pythonPath: string; folder: string }
  /** `why` is a sentence: what is missing and how to get it. */
  | { ok: false; why: string };

export type SetUpOptions = {
  /** BUTLER_DATA; everything lies in its folder `models`. */
  dataFolder: string;
  /** The household's language: without English the English-only size is not chosen. */
  language: string;
  /** Only what these need is fetched; all of them when not given. More can follow later. */
  parts?: readonly ModelPart[];
  onProgress?: (progress: SetupProgress) => void;
  signal?: AbortSignal;
  /** Replaced in tests. */
  find?: () => Promise<FoundPython>;
  freeBytes?: (folder: string) => Promise<number>;
};

const HERE = import.meta.dirname;
/**
 * `packages`: the environment (490 MB; for embeddings alone 215 MB) and, for a while, its wheels.
 * `weights`: they (360 MB; 23 MB) and, for a while, the archives they are taken from.
 */
const ROOM_BYTES = {
  sound: { packages: 650_000_000, weights: 550_000_000, group: 'kokoro' },
  embeddings: { packages: 270_000_000, weights: 100_000_000, group: 'minilm' },
};
const NO_SPACE = /No space left|ENOSPC/;

const roomFor = (parts: readonly ModelPart[]) =>
  hasSound(parts) ? ROOM_BYTES.sound : ROOM_BYTES.embeddings;

/**
 * Brings everything the wanted parts need. A second call finds the stamp and returns at once;
 * a call after a broken one, or with more parts, goes on from what is there. Rejects only when
 * `signal` aborts.
 */
export async function setUpModels(options: SetUpOptions): Promise<SetUpResult> {
  const folder = join(options.dataFolder, 'models');
  const parts = options.parts ?? allParts;
  const wanted = await wantedFor(parts, options.language);
  const ready: SetUpResult = { ok: true, pythonPath: pythonIn(folder), folder };
  if ((await done(folder, wanted)).all) return ready;
  try {
    await mkdir(folder, { recursive: true });
    const onWait = () => options.onProgress?.({ step: 'waiting' });
    const lock = { path: join(folder, 'setup.lock'), onWait, signal: options.signal };
    return await withLock(lock, async () => {
      const why = await install(folder, wanted, { ...options, parts });
      return why === undefined ? ready : { ok: false, why };
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    return { ok: false, why: sentenceFor(error, folder) };
  }
}

type Options = SetUpOptions & { parts: readonly ModelPart[] };

/** Runs the steps that the stamp does not show as done. A string is the reason it stopped. */
async function install(folder: string, wanted: Wanted, options: Options) {
  const { packages, sizes, groups, stamp } = await done(folder, wanted);
  if (!packages) {
    const isNew = stamp.packages === undefined || !(await isGrowing(stamp.packages, folder));
    const why = await installPackages(folder, { ...options, isNew });
    if (why !== undefined) return why;
    await addToStamp(folder, { packages: wanted.packages });
  }
  if (groups.length > 0) {
    const args = ['--with-parent', ...['--data', folder], ...groups];
    const step = await run(options, 'weights', [pythonIn(folder), join(HERE, 'fetch.py'), ...args]);
    if (step.exitCode !== 0) return step.sentence ?? stepFailed(step, folder, options.parts);
    const weights = Object.fromEntries(groups.map((group) => [group, wanted.weights[group] ?? '']));
    await addToStamp(folder, { weights });
  }
  if (wanted.sizes !== undefined && !sizes) {
    const step = await run(options, 'measure', [
      pythonIn(folder),
      join(HERE, 'measure.py'),
      '--with-parent',
      ...['--data', folder],
      ...['--language', options.language],
      ...['--hardware', hardware()],
    ]);
    if (step.exitCode !== 0) return step.sentence ?? stepFailed(step, folder, options.parts);
    await addToStamp(folder, { sizes: wanted.sizes });
  }
  return undefined;
}

/** What is installed are the packages of fewer parts: the others are put beside them. */
async function isGrowing(installed: string, folder: string): Promise<boolean> {
  const { packages } = await wantedFor(['embeddings'], 'en');
  return installed === packages && (await exists(pythonIn(folder)));
}

async function installPackages(folder: string, options: Options & { isNew: boolean }) {
  const room = roomFor(options.parts);
  const hasWeights = await exists(join(folder, 'weights', room.group));
  const needed = room.packages + (hasWeights ? 0 : room.weights);
  options.onProgress?.({ step: 'python' });
  const found = await (options.find ?? findPython)();
  if (!found.ok) return found.why;
  const free = await (options.freeBytes ?? freeBytesIn)(folder);
  if (free < needed) return noSpace(folder, needed, free);
  if (options.isNew) {
    options.onProgress?.({ step: 'venv' });
    const venv = join(folder, 'venv');
    const made = await run(options, 'venv', [found.path, '-m', 'venv', '--clear', venv]);
    if (made.exitCode !== 0) return venvFailed(made);
  }
  for (const file of ['pip.txt', requirementsFor(options.parts)]) {
    const bar = file === 'pip.txt' ? [] : ['--progress-bar', 'raw', '--resume-retries', '5'];
    const pip = ['-m', 'pip', 'install', '--require-hashes', '--only-binary=:all:', ...bar];
    const installed = await run(options, 'packages', [
      pythonIn(folder),
      ...pip,
      ...['-r', join(HERE, file)],
    ]);
    if (installed.exitCode !== 0) return packagesFailed(installed, folder, room.packages);
  }
  return undefined;
}

function run(
  { onProgress = () => undefined, signal }: SetUpOptions,
  step: SetupProgress['step'],
  [command, ...args]: [string, ...string[]],
): Promise<StepResult> {
  return runStep({ command, args, step, onProgress, signal });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function freeBytesIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function noSpace(folder: string, neededBytes: number, freeBytes: number): string {
  const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000);
  return (
    `The disk is full: the local models need ${megabytes(neededBytes)} MB in ${folder} and ` +
    `${megabytes(freeBytes)} MB are free. Make room and start Butler again.`
  );
}

function venvFailed({ tail }: StepResult): string {
  if (NO_SPACE.test(tail.join('\n'))) return 'The disk is full. Make room and start Butler again.';
  return (
    `Python could not make an environment for the local models (${tail.at(-1) ?? 'no reason'}). ` +
    'Install its venv module (Debian and Ubuntu: sudo apt install python3-venv) and start again.'
  );
}

function packagesFailed({ tail }: StepResult, folder: string, roomBytes: number): string {
  const text = tail.join('\n');
  if (NO_SPACE.test(text)) {
    return (
      `The disk filled up while the local models' programs were installed in ${folder}: they ` +
      `need ${roomBytes / 1_000_000} MB. Make room and start Butler again.`
    );
  }
  const reason = tail.find((line) => line.includes('ERROR')) ?? tail.at(-1) ?? 'no reason given';
  if (/No matching distribution/.test(text) && !/from versions: none/.test(text)) {
    return (
      `A program of the local models has no build for this machine (${reason}). Linux ` +
      'x86-64 and arm64 (glibc 2.28 or newer), macOS 14 on Apple silicon and Windows x64 have one.'
    );
  }
  return (
    `The local models' programs could not be fetched (${reason}). Check the internet ` +
    'connection and start Butler again; what has arrived is kept.'
  );
}

function stepFailed({ tail }: StepResult, folder: string, parts: readonly ModelPart[]): string {
  const instead = hasSound(parts) ? 'GROQ_API_KEY and KOKORO_URL' : 'EMBEDDINGS_URL';
  return (
    `The local models do not run on this machine (${tail.at(-1) ?? 'no reason given'}). ` +
    `Delete ${folder} and start Butler again, or set ${instead} instead.`
  );
}

function sentenceFor(error: unknown, folder: string): string {
  const reason = error instanceof Error ? error.message : String(error);
  if (NO_SPACE.test(reason)) return `The disk is full (${folder}). Make room and start again.`;
  return `The local models could not be set up in ${folder} (${reason}). Mend that, start again.`;
}
