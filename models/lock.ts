/** One set-up at a time in a folder: a lock file that names its owner and dies with it. */
import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const LOOKS_AGAIN_AFTER_MS = 500;

export type Lock = { path: string; onWait: () => void; signal?: AbortSignal | undefined };

/** Run `work` while holding the lock; wait for another process that holds it. */
export async function withLock<T>(lock: Lock, work: () => Promise<T>): Promise<T> {
  while (!(await take(lock.path))) {
    if (await isStale(lock.path)) {
      await rm(lock.path, { force: true });
      continue;
    }
    lock.onWait();
    await wait(LOOKS_AGAIN_AFTER_MS, undefined, { signal: lock.signal });
  }
  try {
    return await work();
  } finally {
    await rm(lock.path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The owner is gone, or never came to write its number. */
async function isStale(path: string): Promise<boolean> {
  const owner = Number(await readFile(path, 'utf8').catch(() => '0'));
  if (owner === 0) {
    await wait(LOOKS_AGAIN_AFTER_MS);
    return Number(await readFile(path, 'utf8').catch(() => '0')) === 0;
  }
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
