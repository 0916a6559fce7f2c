/** One process builds, the others wait: a lock file that a dead owner cannot hold. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process exists although we may not signal it.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Writes our process id with the `wx` flag, so that exactly one caller succeeds. */
function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function ownerOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

interface Once {
  lock: string;
  /** Whether the work is there already; asked again after every wait. */
  isDone(): boolean;
  work(): Promise<void>;
  withinMs: number;
}

/**
 * Runs `work` unless it is done, in one process at a time. Throws what `work` throws, or a
 * sentence when another process is still at it after `withinMs`.
 */
export async function once({ lock, isDone, work, withinMs }: Once): Promise<void> {
  mkdirSync(dirname(lock), { recursive: true });
  const giveUpAtMs = performance.now() + withinMs;
  while (!isDone()) {
    if (take(lock)) {
      try {
        if (!isDone()) await work();
        return;
      } finally {
        rmSync(lock, { force: true });
      }
    }
    const owner = ownerOf(lock);
    if (owner !== undefined && !alive(owner)) rmSync(lock, { force: true });
    if (performance.now() > giveUpAtMs) {
      throw new Error(`Process ${owner} has held ${lock} too long: end it, or remove the file.`);
    }
    await sleep(200);
  }
}
