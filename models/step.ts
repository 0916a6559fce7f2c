/** Runs one program of the set-up: passes on its progress, and turns its end into a sentence. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pythonEnvironment } from './python.ts';

/** One line of progress; `bytes` of `total` where a file is being fetched. */
export type SetupProgress = {
  step: 'python' | 'venv' | 'packages' | 'weights' | 'measure' | 'waiting';
  file?: string;
  bytes?: number;
  total?: number;
};

export type StepResult = {
  exitCode: number;
  /** What the step itself says about its failure. */
  sentence?: string;
  /** The last lines it printed, for a reason when it has no sentence. */
  tail: string[];
};

const TAIL_LINES = 12;

export type Step = {
  command: string;
  args: string[];
  step: SetupProgress['step'];
  onProgress: (progress: SetupProgress) => void;
  signal?: AbortSignal | undefined;
};

/** Run to the end. An abort kills the program with everything it started. */
export async function runStep({ command, args, step, onProgress, signal }: Step) {
  signal?.throwIfAborted();
  const ownGroup = process.platform !== 'win32';
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: ownGroup,
    windowsHide: true,
    env: pythonEnvironment({ PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' }),
  });
  const kill = () => killAll(child, ownGroup);
  signal?.addEventListener('abort', kill, { once: true });
  const result: StepResult = { exitCode: -1, tail: [] };
  const parser = lineParser(step, result, onProgress);
  createInterface({ input: child.stdout }).on('line', parser);
  createInterface({ input: child.stderr }).on('line', parser);
  child.stdin.on('error', () => undefined);
  try {
    result.exitCode = await new Promise<number>((resolve) => {
      child.once('error', (error) => {
        result.tail.push(error.message);
        resolve(127);
      });
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    signal?.removeEventListener('abort', kill);
  }
  signal?.throwIfAborted();
  return result;
}

function killAll(child: ChildProcess, ownGroup: boolean): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(ownGroup ? -child.pid : child.pid, 'SIGKILL');
  } catch {
    // it has just ended by itself
  }
}

/** Our own steps print JSON; pip prints `Progress 1 of 2` and `Downloading NAME`. */
function lineParser(
  step: SetupProgress['step'],
  result: StepResult,
  onProgress: (progress: SetupProgress) => void,
) {
  let file: string | undefined;
  return (line: string) => {
    if (line.startsWith('{')) {
      const said = JSON.parse(line) as SetupProgress & { sentence?: string };
      if (said.sentence !== undefined) result.sentence = said.sentence;
      else onProgress({ ...said, step: said.step ?? step });
      return;
    }
    const bytes = /^Progress (\d+) of (\d+)$/.exec(line);
    if (bytes !== null) {
      const progress: SetupProgress = { step, bytes: Number(bytes[1]), total: Number(bytes[2]) };
      onProgress(file === undefined ? progress : { ...progress, file });
      return;
    }
    const named = /^\s*(?:Downloading|Using cached) (\S+?)-\d/.exec(line);
    if (named?.[1] !== undefined) file = named[1];
    if (named !== null || line.startsWith('Installing collected')) {
      onProgress({ step, file: file !== undefined && named !== null ? file : 'all of them' });
    }
    result.tail = [...result.tail.slice(1 - TAIL_LINES), line];
  };
}
