/** Programs that tests run: installers to their end, and servers until they are ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const SAID_CHARACTERS_MAX = 8_000;
const LOOK_EVERY_MS = 50;

/** The last of what a program says, on both its outputs. */
const listenTo = (child: ChildProcess): (() => string) => {
  let said = '';
  const keep = (part: Buffer | string) => {
    said = (said + part).slice(-SAID_CHARACTERS_MAX);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.once('error', (error) => keep(error.message));
  return () => said;
};

/** Runs a program to its end; throws with the last of what it said when it fails. */
export function run(program: string, words: readonly string[]): Promise<void> {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = listenTo(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(new Error(`${program} ${words.slice(0, 3).join(' ')} failed (${code}):\n${said()}`));
    });
  });
}

interface Launch {
  /** As it is called where it does not start. */
  name: string;
  program: string;
  words: readonly string[];
  environment?: NodeJS.ProcessEnv;
  isReady(): Promise<boolean>;
  withinMs: number;
}

/** Starts a server; it does not outlive this process. Throws with what it said last. */
export async function launch(server: Launch): Promise<ChildProcess> {
  const { name, program, words, environment: env = process.env, isReady, withinMs } = server;
  const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = listenTo(child);
  // A test run that crashes takes its server with it.
  const atExit = () => void child.kill('SIGKILL');
  process.once('exit', atExit);
  child.once('exit', () => process.removeListener('exit', atExit));
  const giveUpAtMs = performance.now() + withinMs;
  while (!(await isReady())) {
    if (child.exitCode !== null || performance.now() > giveUpAtMs) {
      child.kill('SIGKILL');
      throw new Error(`${name} did not start:\n${said()}`);
    }
    await sleep(LOOK_EVERY_MS);
  }
  return child;
}

/** Ends a server with no grace; nothing where it has ended. */
export async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
