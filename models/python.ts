/** Finds a Python that can run the models server, or says which one to install. */
import { type ExecFileException, execFile } from 'node:child_process';

/** The versions every pinned package has wheels for: kokoro-onnx ends before 3.14. */
const NEWEST = 13;
const OLDEST = 11;
const ANSWERS_WITHIN_MS = 10_000;

const PROBE = `
import json, struct, sys
missing = ""
try:
    import ensurepip, venv
except ImportError as error:
    missing = str(error.name)
print(json.dumps({"minor": sys.version_info[1] if sys.version_info[0] == 3 else 0,
    "version": sys.version.split()[0], "path": sys.executable,
    "bits": 8 * struct.calcsize("P"), "missing": missing}))
`;

type Probe = { minor: number; version: string; path: string; bits: number; missing: string };

export type Run = (command: string, args: string[]) => Promise<string>;

export type FoundPython = { ok: true; path: string } | { ok: false; why: string };

const WITHOUT = 'Until then Butler goes on without them.';

/** The first suitable Python on the PATH. `run` and `platform` can be replaced in a test. */
export async function findPython(
  run: Run = runOnPath,
  platform: NodeJS.Platform = process.platform,
): Promise<FoundPython> {
  const unsuitable: string[] = [];
  for (const [command, ...args] of candidates(platform)) {
    const probe = await probePython(run, command, args);
    if (probe === undefined) continue;
    const reason = whyUnsuitable(probe);
    if (reason === undefined) return { ok: true, path: probe.path };
    if (!unsuitable.includes(reason)) unsuitable.push(reason);
  }
  const found = unsuitable.length === 0 ? 'no Python was found' : unsuitable.join('; ');
  const why =
    `The local models need Python 3.${OLDEST} to 3.${NEWEST} with venv; ${found}. ` +
    `${howToGetPython(platform)} and start Butler again. ${WITHOUT}`;
  return { ok: false, why };
}

function candidates(platform: NodeJS.Platform): [string, ...string[]][] {
  const versions = [13, 12, 11].map((minor) => `3.${minor}`);
  if (platform === 'win32') {
    return [...versions.map((one): [string, string] => ['py', `-${one}`]), ['python']];
  }
  return [['python3'], ...versions.map((one): [string] => [`python${one}`]), ['python']];
}

async function probePython(run: Run, command: string, args: string[]): Promise<Probe | undefined> {
  try {
    return JSON.parse(await run(command, [...args, '-c', PROBE])) as Probe;
  } catch {
    return undefined; // not installed, or a launcher that stands for nothing
  }
}

function whyUnsuitable(probe: Probe): string | undefined {
  if (probe.minor < OLDEST) return `Python ${probe.version} is too old`;
  if (probe.minor > NEWEST) return `Python ${probe.version} is newer than its packages know`;
  if (probe.bits !== 64) return `Python ${probe.version} is a 32-bit build`;
  if (probe.missing !== '') return `Python ${probe.version} has no ${probe.missing} module`;
  return undefined;
}

function howToGetPython(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Install it (brew install python@3.13)';
  if (platform === 'win32') return 'Install it (winget install Python.Python.3.13)';
  return 'Install it (Debian and Ubuntu: sudo apt install python3 python3-venv)';
}

function runOnPath(command: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: ANSWERS_WITHIN_MS, env: pythonEnvironment(), windowsHide: true };
    execFile(command, args, options, (error: ExecFileException | null, stdout: string) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });
}

/** The environment without what would make our Python load another one's packages. */
export function pythonEnvironment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  // biome-ignore lint/style/noProcessEnv: a child inherits the environment; nothing is read here
  const { PYTHONPATH: _path, PYTHONHOME: _home, VIRTUAL_ENV: _venv, ...rest } = process.env;
  return { ...rest, PYTHONNOUSERSITE: '1', PYTHONUNBUFFERED: '1', ...more };
}
