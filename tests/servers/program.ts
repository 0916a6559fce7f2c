/** Runs a program that installs something for the tests. */
import { spawn } from 'node:child_process';

const SAID_CHARACTERS_MAX = 4_000;

/** Runs a program to its end; throws with the last of what it said when it fails. */
export function run(program: string, words: readonly string[]): Promise<void> {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const keep = (part: Buffer) => {
    said = (said + part).slice(-SAID_CHARACTERS_MAX);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(new Error(`${program} ${words.slice(0, 3).join(' ')} failed (${code}):\n${said}`));
    });
  });
}
