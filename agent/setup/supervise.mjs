/** Runs one child in a process group of its own and leaves nothing of it behind. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const grouped = process.platform !== 'win32';
/** Longer than what agent/start.ts allows itself, so that it ends in its own way. */
const graceMs = 15_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const signalGroup = (child, signal) => {
  if (child.pid === undefined) return;
  try {
    process.kill(grouped ? -child.pid : child.pid, signal);
  } catch {
    // Everything of the group is gone already.
  }
};

/** Asks the child to stop once; a second request, or time running out, ends its whole group. */
const stopper = (child) => {
  let asked = false;
  let timer;
  const ask = (signal) => {
    if (asked) {
      signalGroup(child, 'SIGKILL');
      return;
    }
    asked = true;
    // A closed terminal is a plain request to stop for a program that may not know SIGHUP.
    child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    timer = setTimeout(() => {
      console.error(`It did not stop within ${graceMs / 1000} s and was ended.`);
      signalGroup(child, 'SIGKILL');
    }, graceMs);
  };
  return { ask, done: () => clearTimeout(timer), asked: () => asked };
};

/** npm may be killed without a word; its script must not live on alone. */
const watchParent = (ask) => {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return undefined;
  return setInterval(() => process.ppid !== parent && ask('SIGTERM'), 1_000).unref();
};

/**
 * Waits for a child. Signals that reach this process are passed on once: the child is in a group of
 * its own, so that Ctrl-C does not reach it, and its own children, a second time from the terminal.
 * @returns its exit code (128 + the number of the signal that ended it) and whether it was stopped.
 */
const waitFor = (child) =>
  new Promise((resolve, reject) => {
    const stop = stopper(child);
    const parentWatch = watchParent(stop.ask);
    const handlers = signals.map((signal) => [signal, () => stop.ask(signal)]);
    for (const [signal, handler] of handlers) process.on(signal, handler);
    const finish = () => {
      stop.done();
      clearInterval(parentWatch);
      for (const [signal, handler] of handlers) process.off(signal, handler);
      signalGroup(child, 'SIGKILL');
    };
    child.once('error', (error) => {
      finish();
      reject(error);
    });
    child.once('close', (code, signal) => {
      finish();
      resolve({ code: code ?? 128 + constants.signals[signal], stopped: stop.asked() });
    });
  });

// A terminal that closed while we were still writing must not end the stop half-way.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/**
 * Runs a program on this terminal.
 * @param {{cwd: string, leash?: boolean, env?: NodeJS.ProcessEnv}} options `leash`: a Node child
 * that stops by itself when this process dies without a word (leash.mjs).
 * @returns {Promise<number>} its exit code.
 */
export const runChild = async (program, args, { cwd, leash = false, env = process.env }) => {
  const leashed = leash ? ['--import', new URL('./leash.mjs', import.meta.url).href] : [];
  const child = spawn(program, [...leashed, ...args], {
    cwd,
    detached: grouped,
    env: leash ? { ...env, BUTLER_LEASH: '3' } : env,
    stdio: ['ignore', 'inherit', 'inherit', ...(leash ? ['pipe'] : [])],
  });
  if (leash) child.stdio[3].on('error', () => {});
  return (await waitFor(child)).code;
};

/**
 * Runs a program and keeps what it prints (the last 64 KiB).
 * @returns {Promise<{code: number, output: string}>}; a request to stop ends this process too.
 */
export const runQuietly = async (program, args, { cwd, env = process.env, shell = false }) => {
  const child = spawn(program, args, {
    cwd,
    env,
    shell,
    detached: grouped,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-65_536);
    });
  }
  const { code, stopped } = await waitFor(child);
  if (stopped) process.exit(130);
  return { code, output };
};
