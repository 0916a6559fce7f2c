/** Starts processes that use the database, and hears what they say. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ClientTask } from './database-client.ts';

export interface DatabaseProcess {
  child: ChildProcess;
  lines: string[];
  /** Resolves with the line; throws when the process ends without having said it. */
  says(start: string): Promise<string>;
  ended: Promise<void>;
}

const program = fileURLToPath(new URL('database-client.ts', import.meta.url));

export const startProcess = (task: ClientTask): DatabaseProcess => {
  const child = spawn(process.execPath, [program, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  let rest = '';
  let errors = '';
  child.stdout.on('data', (part: Buffer) => {
    const all = (rest + part).split('\n');
    rest = all.pop() ?? '';
    lines.push(...all);
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (part: Buffer) => {
    errors += part;
  });
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      isOver = true;
      resolve();
      for (const listener of listeners) listener();
    });
  });
  const says = (start: string): Promise<string> => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const look = () => {
      const line = lines.find((one) => one.startsWith(start));
      if (line === undefined && !isOver) return;
      listeners.delete(look);
      if (line !== undefined) resolve(line);
      else reject(new Error(`It ended without "${start}":\n${lines.join('\n')}\n${errors}`));
    };
    listeners.add(look);
    look();
    return promise;
  };
  return { child, lines, says, ended };
};
