/** Installs the real Home Assistant from PyPI, once: Python 3.13, a venv, pinned parts. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testDataFolder } from '../livekit-build.ts';
import { once } from '../once.ts';
import { run } from '../program.ts';

const VERSION = '2025.4.4';
const INSTALL_WITHIN_MS = 15 * 60_000;
const PROGRESS_EVERY_MS = 10_000;

const withoutPython =
  'The tests need a real Home Assistant, which runs on Python 3.13: install it ' +
  '(`uv python install 3.13`, or `pyenv install 3.13.0`), or put python3.13 on the PATH.';
const withoutCompiler =
  'The tests need a real Home Assistant, and a C compiler builds parts of it: install one ' +
  '(Debian and Ubuntu: `apt install build-essential`).';

export const own = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
export const dataFolder = (): string => join(testDataFolder(), `home-assistant-${VERSION}`);
export const say = (text: string): void => console.log(`Home Assistant ${VERSION}: ${text}`);

/** The sentence that a program prints, or undefined where it cannot be started. */
function printed(program: string, words: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, words, { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? stdout.trim() : undefined;
}

const isRight = (python: string): boolean =>
  printed(python, ['-c', 'import sys; print(sys.version_info[:2] == (3, 13))']) === 'True';

/** Pythons that pyenv and uv keep in folders of their own. */
function keptPythons(): string[] {
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const data = process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
  const uv = process.env.UV_PYTHON_INSTALL_DIR ?? join(data, 'uv', 'python');
  return [pyenv, uv].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => /(^|-)3\.13\./.test(name))
          .map((name) => join(folder, name, 'bin', 'python3.13'))
      : [],
  );
}

function findPython(): string | undefined {
  return ['python3.13', ...keptPythons()].find(isRight);
}

async function install(python: string, venv: string): Promise<void> {
  rmSync(venv, { recursive: true, force: true });
  const startedAtMs = performance.now();
  const seconds = () => Math.round((performance.now() - startedAtMs) / 1000);
  say('installing it from PyPI, once (1 to 5 minutes, 720 MB) …');
  const progress = setInterval(() => say(`still installing, ${seconds()} s …`), PROGRESS_EVERY_MS);
  const wanted = [`homeassistant==${VERSION}`, '-r', own('requirements.txt')];
  const inVenv = join(venv, 'bin', 'python');
  try {
    await run(python, ['-m', 'venv', venv]);
    await run(inVenv, ['-m', 'pip', 'install', '--quiet', 'uv']);
    const uv = join(venv, 'bin', 'uv');
    await run(uv, ['pip', 'install', '--python', inVenv, ...wanted]);
    writeFileSync(join(venv, 'installed'), VERSION);
    say(`installed in ${seconds()} s.`);
  } catch (error) {
    rmSync(venv, { recursive: true, force: true });
    throw error;
  } finally {
    clearInterval(progress);
  }
}

/** The path of `hass`, installed first where it must be; `unavailable` says what would help. */
export async function findHomeAssistant(): Promise<{ path: string } | { unavailable: string }> {
  const venv = join(dataFolder(), 'venv');
  const path = join(venv, 'bin', 'hass');
  // `hass` is there before all of its parts are: the mark is written last.
  const installed = join(venv, 'installed');
  if (existsSync(installed)) return { path };
  const python = findPython();
  if (!python) return { unavailable: withoutPython };
  if (printed('cc', ['--version']) === undefined) return { unavailable: withoutCompiler };
  try {
    await once({
      lock: join(dataFolder(), 'installing'),
      isDone: () => existsSync(installed),
      work: () => install(python, venv),
      withinMs: INSTALL_WITHIN_MS,
    });
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
  return { path };
}
