/** Finds a real Mosquitto, or unpacks Debian's into the test data: nothing is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDataFolder } from '../livekit-build.ts';
import { once } from '../once.ts';
import { run } from '../program.ts';

const INSTALL_WITHIN_MS = 5 * 60_000;

const without =
  'The tests need a real MQTT broker: put mosquitto on the PATH (`brew install mosquitto`), or ' +
  'run them on Debian or Ubuntu after `apt-get update`, where its package is fetched.';

/** Programs print their help here, with no status to count on. */
const runs = (program: string, libraries?: string): boolean => {
  const env = { ...process.env, ...(libraries && { LD_LIBRARY_PATH: libraries }) };
  const { stdout, error } = spawnSync(program, ['-h'], { encoding: 'utf8', timeout: 20_000, env });
  return error === undefined && stdout.includes('mosquitto');
};

const broker = ['mosquitto', 'libmosquitto1'];
/** What it is linked with and a machine may lack; the names are those of Debian 12 and 13. */
const libraries = [
  ...['libcjson1', 'libdlt2', 'libwrap0', 'libev4', 'libev4t64', 'libuv1', 'libuv1t64'],
  ...['libwebsockets17', 'libwebsockets19', 'libwebsockets19t64'],
];

/** Writes the package into the folder where it runs; takes no root, and installs nothing. */
const fetched = (folder: string, name: string): Promise<void> =>
  run('sh', ['-c', 'cd "$0" && apt-get download -q "$1"', folder, name]);

const install = async (folder: string): Promise<void> => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.log('Mosquitto: fetching its Debian package, once …');
  for (const name of broker) await fetched(folder, name);
  // A release has some of them only; what is really missing shows when the broker is started.
  for (const name of libraries) await fetched(folder, name).catch(() => {});
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.deb'))) {
    await run('dpkg', ['-x', join(folder, name), folder]);
    rmSync(join(folder, name));
  }
  writeFileSync(join(folder, 'installed'), '');
};

const librariesIn = (folder: string): string => {
  const base = join(folder, 'usr', 'lib');
  const triples = existsSync(base) ? readdirSync(base) : [];
  const own = triples.filter((name) => name.includes('-linux-')).map((name) => join(base, name));
  return [...own, ...own.map((path) => path.replace('/usr/lib/', '/lib/'))].join(':');
};

export interface Mosquitto {
  path: string;
  /** For LD_LIBRARY_PATH; undefined where the system has them. */
  libraries?: string;
}

/** The broker, unpacked first where it must be; `unavailable` says what would help. */
export const findMosquitto = async (): Promise<Mosquitto | { unavailable: string }> => {
  if (runs('mosquitto')) return { path: 'mosquitto' };
  const folder = join(testDataFolder(), 'mosquitto');
  const found = { path: join(folder, 'usr', 'sbin', 'mosquitto') };
  const isDone = () => existsSync(join(folder, 'installed'));
  if (!isDone() && spawnSync('apt-get', ['--version']).error) return { unavailable: without };
  try {
    const lock = join(testDataFolder(), 'mosquitto-installing');
    await once({ lock, isDone, work: () => install(folder), withinMs: INSTALL_WITHIN_MS });
  } catch (error) {
    return { unavailable: `${without}\n${error instanceof Error ? error.message : error}` };
  }
  const libraries = librariesIn(folder);
  return runs(found.path, libraries) ? { ...found, libraries } : { unavailable: without };
};
