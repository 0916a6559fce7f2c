/** Installs the real CalDAV server Radicale from PyPI into a venv of its own, once. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDataFolder } from '../livekit-build.ts';
import { once } from '../once.ts';
import { run } from '../program.ts';

const VERSION = '3.9.0';
const INSTALL_WITHIN_MS = 5 * 60_000;

const withoutPython =
  'The calendar tests need Radicale, which comes from PyPI: install Python 3.10 or newer with ' +
  'venv (Debian and Ubuntu: `apt install python3-venv`).';

const findPython = (): string | undefined =>
  ['python3', 'python'].find((program) => {
    const words = ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'];
    return spawnSync(program, words, { stdio: 'ignore', timeout: 20_000 }).status === 0;
  });

const install = async (python: string, venv: string): Promise<void> => {
  rmSync(venv, { recursive: true, force: true });
  console.log(`Radicale ${VERSION}: installing it from PyPI, once (10 s) …`);
  await run(python, ['-m', 'venv', venv]);
  const inVenv = join(venv, 'bin', 'python');
  await run(inVenv, ['-m', 'pip', 'install', '--quiet', `radicale==${VERSION}`]);
  writeFileSync(join(venv, 'installed'), VERSION);
};

/** The Python that has Radicale; `unavailable` says what would help. */
export const findRadicale = async (): Promise<{ python: string } | { unavailable: string }> => {
  const folder = join(testDataFolder(), `radicale-${VERSION}`);
  const venv = join(folder, 'venv');
  const found = { python: join(venv, 'bin', 'python') };
  const isDone = () => existsSync(join(venv, 'installed'));
  if (isDone()) return found;
  const python = findPython();
  if (!python) return { unavailable: withoutPython };
  try {
    await once({
      lock: join(folder, 'installing'),
      isDone,
      work: () => install(python, venv),
      withinMs: INSTALL_WITHIN_MS,
    });
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
  return found;
};
