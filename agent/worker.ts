/** Keeps the LiveKit worker running beside the server: restarted with back-off, never orphaned. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Logger } from './log.ts';

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;
/** A worker that ran this long had no trouble starting: the back-off begins anew. */
const settledMs = 60_000;
/** It drains for ten seconds; then it has had its time. */
const killedAfterMs = 12_000;

export interface WorkerProcess {
  /** Resolves when no process is left. */
  stop(): Promise<void>;
}

export const superviseWorker = (log: Logger): WorkerProcess => {
  let child: ChildProcess | undefined;
  let retryMs = firstRetryMs;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  const start = (): void => {
    const startedAtMs = performance.now();
    const program = fileURLToPath(new URL('./main.ts', import.meta.url));
    // The channel closes when this process dies, however it dies: the worker then goes too.
    child = spawn(process.execPath, [...process.execArgv, program, 'start'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('exit', (code, signal) => {
      child = undefined;
      if (stopping) return;
      if (performance.now() - startedAtMs > settledMs) retryMs = firstRetryMs;
      log.warn({ code, signal, retryMs }, 'the LiveKit worker stopped and is started again');
      timer = setTimeout(start, retryMs);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    });
  };
  start();
  return {
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      const running = child;
      if (running === undefined) return;
      const gone = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      running.kill('SIGTERM');
      const force = setTimeout(() => running.kill('SIGKILL'), killedAfterMs);
      await gone;
      clearTimeout(force);
    },
  };
};
