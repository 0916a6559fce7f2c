/** Debian packages unpacked into the test data: they run from there, and nothing is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDataFolder } from './livekit-build.ts';
import { once } from './once.ts';
import { run } from './program.ts';

const installWithinMs = 5 * 60_000;

interface Wanted {
  /** As it is called while it is fetched; its folder in the test data is this in lower case. */
  name: string;
  packages: readonly string[];
  /** What it is linked with and a machine may lack; a release of Debian has some of them only. */
  libraries?: readonly string[];
}

/** Writes the package into the folder where it runs; takes no root. */
const fetched = (folder: string, name: string): Promise<void> =>
  run('sh', ['-c', 'cd "$0" && apt-get download -q "$1"', folder, name]);

const unpack = async (folder: string, { name, packages, libraries = [] }: Wanted) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.log(`${name}: fetching its Debian package, once …`);
  for (const each of packages) await fetched(folder, each);
  // What is really missing shows when the program is started.
  for (const each of libraries) await fetched(folder, each).catch(() => {});
  for (const file of readdirSync(folder).filter((one) => one.endsWith('.deb'))) {
    await run('dpkg', ['-x', join(folder, file), folder]);
    rmSync(join(folder, file));
  }
  writeFileSync(join(folder, 'installed'), '');
};

/**
 * The folder that holds the packages' files as `/` would (`usr/bin/…`), fetched where it must be.
 * @throws where they cannot be fetched.
 */
export const unpacked = async (wanted: Wanted): Promise<string> => {
  const folder = join(testDataFolder(), wanted.name.toLowerCase());
  const isDone = () => existsSync(join(folder, 'installed'));
  if (!isDone() && spawnSync('apt-get', ['--version']).error) {
    throw new Error('There is no apt-get on this machine.');
  }
  const work = () => unpack(folder, wanted);
  await once({ lock: `${folder}-installing`, isDone, work, withinMs: installWithinMs });
  return folder;
};

/** For LD_LIBRARY_PATH. */
export const librariesIn = (folder: string): string => {
  const base = join(folder, 'usr', 'lib');
  const triples = existsSync(base) ? readdirSync(base) : [];
  const own = triples.filter((name) => name.includes('-linux-')).map((name) => join(base, name));
  return [...own, ...own.map((path) => path.replace('/usr/lib/', '/lib/'))].join(':');
};
