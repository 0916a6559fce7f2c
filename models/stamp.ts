/** What is installed already: a stamp for each step, and whether its files are still there. */
import { createHash } from 'node:crypto';
import { access, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { fetchedGroups, type ModelPart, requirementsFor } from './part.ts';

/** A hash of what each step was done for. */
type Stamp = { packages?: string; sizes?: string; weights?: Record<string, string> };

export type Wanted = {
  /** The packages of these parts; or more than those, which will do as well. */
  packages: string;
  morePackages: string;
  /** Undefined: nothing is measured without transcription. */
  sizes: string | undefined;
  /** For each group of weights that is fetched as it is. */
  weights: Record<string, string>;
};

type Weight = { group: string; path: string; bytes: number };

const HERE = import.meta.dirname;

/** The machine, as far as a measurement depends on it. */
export function hardware(): string {
  return `${cpus()[0]?.model.trim() ?? 'unknown'} x ${availableParallelism()}`;
}

/** The Python of the environment below BUTLER_DATA/models. */
export function pythonIn(folder: string): string {
  return process.platform === 'win32'
    ? join(folder, 'venv', 'Scripts', 'python.exe')
    : join(folder, 'venv', 'bin', 'python');
}

export async function wantedFor(parts: readonly ModelPart[], language: string): Promise<Wanted> {
  const read = (file: string) => readFile(join(HERE, file));
  const [pip, packages, all, weights] = await Promise.all([
    read('pip.txt'),
    read(requirementsFor(parts)),
    read('requirements.txt'),
    read('weights.json'),
  ]);
  const system = `${platform()} ${arch()}`;
  const english = language.split('-')[0] === 'en' ? 'en' : 'other';
  const { files } = JSON.parse(weights.toString()) as { files: Weight[] };
  const pinsOf = (group: string) => JSON.stringify(files.filter((file) => file.group === group));
  return {
    packages: hashOf([pip, packages, system]),
    morePackages: hashOf([pip, all, system]),
    sizes: parts.includes('transcription')
      ? hashOf([weights, system, hardware(), english])
      : undefined,
    weights: Object.fromEntries(
      fetchedGroups(parts).map((group) => [group, hashOf([pinsOf(group)])]),
    ),
  };
}

function hashOf(parts: (Buffer | string)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** Whether each step is done: milliseconds. `groups` are those that have to be fetched. */
export async function done(folder: string, wanted: Wanted) {
  const stamp = await readStamp(folder);
  const right = [wanted.packages, wanted.morePackages].includes(stamp.packages ?? '');
  const packages = right && (await exists(pythonIn(folder)));
  const sizes =
    wanted.sizes === undefined ||
    (stamp.sizes === wanted.sizes && (await chosenAreWhole(folder).catch(() => false)));
  const groups: string[] = [];
  for (const [group, hash] of Object.entries(wanted.weights)) {
    const here = stamp.weights?.[group] === hash && (await areWhole(folder, [group]));
    if (!here) groups.push(group);
  }
  return { all: packages && sizes && groups.length === 0, packages, sizes, groups, stamp };
}

/** The choice that was measured, and its weights. */
async function chosenAreWhole(folder: string): Promise<boolean> {
  const chosen = JSON.parse(await readFile(join(folder, 'chosen.json'), 'utf8'));
  return await areWhole(folder, ['kokoro', chosen.transcription.model]);
}

/** Every weight of the groups is there, by its size. */
async function areWhole(folder: string, groups: string[]): Promise<boolean> {
  const { files } = JSON.parse(await readFile(join(HERE, 'weights.json'), 'utf8')) as {
    files: Weight[];
  };
  const sizes = files
    .filter((file) => groups.includes(file.group))
    .map(async (file) => (await stat(join(folder, 'weights', file.path))).size === file.bytes);
  return await Promise.all(sizes).then(
    (right) => right.every((one) => one),
    () => false,
  );
}

async function readStamp(folder: string): Promise<Stamp> {
  try {
    return JSON.parse(await readFile(join(folder, 'stamp.json'), 'utf8')) as Stamp;
  } catch {
    return {};
  }
}

/** Adds to the stamp what was done, and keeps the rest. */
export async function addToStamp(folder: string, more: Stamp): Promise<void> {
  const stamp = await readStamp(folder);
  const weights = { ...stamp.weights, ...more.weights };
  const partial = join(folder, 'stamp.json.partial');
  await writeFile(partial, JSON.stringify({ ...stamp, ...more, weights }));
  await rename(partial, join(folder, 'stamp.json'));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
