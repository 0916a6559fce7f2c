/** Installs WsgiDAV, a real WebDAV server, from PyPI into a venv of the tests, once. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testDataFolder } from '../livekit-build.ts';
import { once } from '../once.ts';
import { run } from '../program.ts';

const VERSION = '4.3.3';
const INSTALL_WITHIN_MS = 5 * 60_000;

const withoutPython =
  'A real WebDAV server for the tests comes from PyPI: install Python 3.9 or newer with venv ' +
  '(Debian and Ubuntu: `apt install python3-venv`).';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

const findPython = (): string | undefined =>
  ['python3', 'python'].find(
    (program) =>
      spawnSync(program, ['-c', 'import venv, ensurepip'], { stdio: 'ignore', timeout: 20_000 })
        .status === 0,
  );

const install = async (python: string, venv: string): Promise<void> => {
  rmSync(venv, { recursive: true, force: true });
  console.log(`WsgiDAV ${VERSION}: installing it from PyPI, once (10 MB) …`);
  await run(python, ['-m', 'venv', venv]);
  const inVenv = join(venv, 'bin', 'python');
  await run(inVenv, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  writeFileSync(join(venv, 'installed'), VERSION);
};

/** The path of `wsgidav`, installed first where it must be; `unavailable` says what would help. */
export const findWsgiDav = async (): Promise<{ path: string } | { unavailable: string }> => {
  const folder = join(testDataFolder(), `wsgidav-${VERSION}`);
  const venv = join(folder, 'venv');
  const path = join(venv, 'bin', 'wsgidav');
  const isDone = () => existsSync(join(venv, 'installed'));
  if (isDone()) return { path };
  const python = findPython();
  if (!python) return { unavailable: withoutPython };
  try {
    await once({
      ...{ lock: join(folder, 'installing'), isDone, withinMs: INSTALL_WITHIN_MS },
      work: () => install(python, venv),
    });
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
  return { path };
};
