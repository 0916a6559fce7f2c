/** The processes of this benchmark, each kept to one core where the system can do that. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Burst, BurstOrder } from './http-load.ts';

export type { Burst };

const upWithinMs = 20_000;
const fileOf = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url));

const canPin = (() => {
  try {
    execFileSync('taskset', ['-V'], { stdio: 'ignore' });
    return availableParallelism() > 1;
  } catch {
    return false;
  }
})();

const count = availableParallelism();
/** The core of what is measured; whoever loads it has the others. */
const measuredCore = 0;
const otherCores = `1-${count - 1}`;
export const cores = canPin ? `one core of ${count}` : `not kept to one of ${count} cores`;

/** All threads of a running process. */
export const pin = (pid: number): void => {
  if (canPin) execFileSync('taskset', ['-acp', String(measuredCore), String(pid)]);
};

/** Everything this process does from now on leaves the measured core alone. */
export const standAside = (): void => {
  if (canPin) execFileSync('taskset', ['-acp', otherCores, String(process.pid)]);
};

export interface Child {
  url: string;
  pid: number;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts a server of this folder, pinned, and waits until it prints where it is. */
export const startChild = async (name: string, argument = ''): Promise<Child> => {
  const child = spawn(process.execPath, [fileOf(name), argument], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${name} did not start.`)), upWithinMs);
    let text = '';
    child.stdout?.on('data', (data) => {
      text += data;
      const found = /Up at (http:\S+)/.exec(text)?.[1];
      if (!found) return;
      clearTimeout(late);
      resolve(found);
    });
  });
  pin(child.pid ?? 0);
  const stop = async (): Promise<void> => {
    child.kill();
    await exited;
  };
  return { url, pid: child.pid ?? 0, process: child, stop };
};

/** Loads an address for some seconds. */
export const burst = async (order: BurstOrder): Promise<Burst> => {
  const child = spawn(process.execPath, [fileOf('http-load.ts'), JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout.on('data', (data) => {
    text += data;
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`The load on ${order.url} ended with ${code}.`);
  return JSON.parse(text) as Burst;
};
