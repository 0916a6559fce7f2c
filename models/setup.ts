/** Sets the models server up: a Python environment, weights, and sizes chosen by measurement. */
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, stat, statfs, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { withLock } from './lock.ts';
import { type FoundPython, findPython } from './python.ts';
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
  onProgress?: (progress: SetupProgress) => void;
  signal?: AbortSignal;
  /** Replaced in tests. */
  find?: () => Promise<FoundPython>;
  freeBytes?: (folder: string) => Promise<number>;
};

type Stamp = { packages?: string; sizes?: string };

const HERE = import.meta.dirname;
/** The environment (490 MB) and, for a while, its wheels (140 MB). */
const PACKAGES_BYTES = 650_000_000;
/** The weights (360 MB) and, for a while, the archives they are taken from. */
const WEIGHTS_BYTES = 550_000_000;
const NO_SPACE = /No space left|ENOSPC/;

/**
 * Brings everything the models server needs. A second call finds the stamp and returns at once;
 * a call after a broken one goes on where that stopped. Rejects only when `signal` aborts.
 */
export async function setUpModels(options: SetUpOptions): Promise<SetUpResult> {
  const folder = join(options.dataFolder, 'models');
  const wanted = await wantedStamp(options.language);
  const ready: SetUpResult = { ok: true, pythonPath: pythonIn(folder), folder };
  if (await isInPlace(folder, wanted)) return ready;
  try {
    await mkdir(folder, { recursive: true });
    const onWait = () => options.onProgress?.({ step: 'waiting' });
    const lock = { path: join(folder, 'setup.lock'), onWait, signal: options.signal };
    return await withLock(lock, async () => {
      if (await isInPlace(folder, wanted)) return ready;
      const why = await install(folder, wanted, options);
      return why === undefined ? ready : { ok: false, why };
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    return { ok: false, why: sentenceFor(error, folder) };
  }
}

/** Runs the steps that the stamp does not show as done. A string is the reason it stopped. */
async function install(folder: string, wanted: Required<Stamp>, options: SetUpOptions) {
  const stamp = await readStamp(folder);
  if (stamp.packages !== wanted.packages || !(await exists(pythonIn(folder)))) {
    const why = await installPackages(folder, options);
    if (why !== undefined) return why;
    stamp.packages = wanted.packages;
    await writeStamp(folder, stamp);
  }
  const step = await run(options, 'measure', [
    pythonIn(folder),
    join(HERE, 'measure.py'),
    '--with-parent',
    ...['--data', folder],
    ...['--language', options.language],
    ...['--hardware', hardware()],
  ]);
  if (step.exitCode !== 0) return step.sentence ?? measureFailed(step, folder);
  await writeStamp(folder, { packages: wanted.packages, sizes: wanted.sizes });
  return undefined;
}

async function installPackages(folder: string, options: SetUpOptions): Promise<string | undefined> {
  options.onProgress?.({ step: 'python' });
  const found = await (options.find ?? findPython)();
  if (!found.ok) return found.why;
  const free = await (options.freeBytes ?? freeBytesIn)(folder);
  const hasWeights = await exists(join(folder, 'weights'));
  const needed = PACKAGES_BYTES + (hasWeights ? 0 : WEIGHTS_BYTES);
  if (free < needed) return noSpace(folder, needed, free);
  const venv = join(folder, 'venv');
  options.onProgress?.({ step: 'venv' });
  const made = await run(options, 'venv', [found.path, '-m', 'venv', '--clear', venv]);
  if (made.exitCode !== 0) return venvFailed(made);
  for (const file of ['pip.txt', 'requirements.txt']) {
    const bar = file === 'pip.txt' ? [] : ['--progress-bar', 'raw', '--resume-retries', '5'];
    const pip = ['-m', 'pip', 'install', '--require-hashes', '--only-binary=:all:', ...bar];
    const installed = await run(options, 'packages', [
      pythonIn(folder),
      ...pip,
      ...['-r', join(HERE, file)],
    ]);
    if (installed.exitCode !== 0) return packagesFailed(installed, folder);
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

/** The Python of the environment below BUTLER_DATA/models. */
function pythonIn(folder: string): string {
  return process.platform === 'win32'
    ? join(folder, 'venv', 'Scripts', 'python.exe')
    : join(folder, 'venv', 'bin', 'python');
}

function hardware(): string {
  return `${cpus()[0]?.model.trim() ?? 'unknown'} x ${availableParallelism()}`;
}

async function wantedStamp(language: string): Promise<Required<Stamp>> {
  const texts = await Promise.all(
    ['pip.txt', 'requirements.txt', 'weights.json'].map((file) => readFile(join(HERE, file))),
  );
  const system = `${platform()} ${arch()}`;
  const english = language.split('-')[0] === 'en' ? 'en' : 'other';
  return {
    packages: hashOf([texts[0], texts[1], system]),
    sizes: hashOf([texts[2], system, hardware(), english]),
  };
}

function hashOf(parts: (Buffer | string | undefined)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part ?? '').update('\0');
  return hash.digest('hex');
}

/** Stamp, Python, choice and every weight of the choice, by size: milliseconds. */
async function isInPlace(folder: string, wanted: Required<Stamp>): Promise<boolean> {
  const stamp = await readStamp(folder);
  if (stamp.packages !== wanted.packages || stamp.sizes !== wanted.sizes) return false;
  if (!(await exists(pythonIn(folder)))) return false;
  try {
    const chosen = JSON.parse(await readFile(join(folder, 'chosen.json'), 'utf8'));
    const { files } = JSON.parse(await readFile(join(HERE, 'weights.json'), 'utf8')) as {
      files: { group: string; path: string; bytes: number }[];
    };
    const groups = ['kokoro', 'minilm', chosen.transcription.model];
    const sizes = files
      .filter((file) => groups.includes(file.group))
      .map(async (file) => (await stat(join(folder, 'weights', file.path))).size === file.bytes);
    return (await Promise.all(sizes)).every((right) => right);
  } catch {
    return false;
  }
}

async function readStamp(folder: string): Promise<Stamp> {
  try {
    return JSON.parse(await readFile(join(folder, 'stamp.json'), 'utf8')) as Stamp;
  } catch {
    return {};
  }
}

async function writeStamp(folder: string, stamp: Stamp): Promise<void> {
  const partial = join(folder, 'stamp.json.partial');
  await writeFile(partial, JSON.stringify(stamp));
  await rename(partial, join(folder, 'stamp.json'));
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
    `The disk is full: the local voice needs ${megabytes(neededBytes)} MB in ${folder} and ` +
    `${megabytes(freeBytes)} MB are free. Make room and start Butler again.`
  );
}

function venvFailed({ tail }: StepResult): string {
  if (NO_SPACE.test(tail.join('\n'))) return 'The disk is full. Make room and start Butler again.';
  return (
    `Python could not make an environment for the local voice (${tail.at(-1) ?? 'no reason'}). ` +
    'Install its venv module (Debian and Ubuntu: sudo apt install python3-venv) and start again.'
  );
}

function packagesFailed({ tail }: StepResult, folder: string): string {
  const text = tail.join('\n');
  if (NO_SPACE.test(text)) {
    const megabytes = PACKAGES_BYTES / 1_000_000;
    return (
      `The disk filled up while the local voice's programs were installed in ${folder}: they ` +
      `need ${megabytes} MB. Make room and start Butler again.`
    );
  }
  const reason = tail.find((line) => line.includes('ERROR')) ?? tail.at(-1) ?? 'no reason given';
  if (/No matching distribution/.test(text) && !/from versions: none/.test(text)) {
    return (
      `A program of the local voice has no build for this machine (${reason}). It runs on Linux ` +
      'x86-64 and arm64 with glibc 2.28 or newer, macOS 14 on Apple silicon, and Windows x64.'
    );
  }
  return (
    `The local voice's programs could not be fetched (${reason}). Check the internet ` +
    'connection and start Butler again; what has arrived is kept.'
  );
}

function measureFailed({ tail }: StepResult, folder: string): string {
  return (
    `The local voice does not run on this machine (${tail.at(-1) ?? 'no reason given'}). ` +
    `Delete ${folder} and start Butler again, or set GROQ_API_KEY and KOKORO_URL instead.`
  );
}

function sentenceFor(error: unknown, folder: string): string {
  const reason = error instanceof Error ? error.message : String(error);
  if (NO_SPACE.test(reason)) return `The disk is full (${folder}). Make room and start again.`;
  return `The local voice could not be set up in ${folder} (${reason}). Mend that, start again.`;
}
