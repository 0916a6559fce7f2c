/** Makes node_modules match package-lock.json, and says in a sentence why it could not. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { withProgress } from './progress.mjs';
import { runQuietly } from './supervise.mjs';

/** Something a person has to mend; its message is shown alone, without a stack. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** What node_modules takes (750 MB) and what npm's cache takes beside it, measured. */
const neededBytes = 1_200_000_000;

const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;

const meanings = [
  [/ENOSPC/, `the disk is full; about ${gigabytes(neededBytes)} are needed here. Free some space`],
  [
    /EACCES|EPERM|EROFS/,
    'a file may not be written. Make this folder and ~/.npm your own (ls -la shows whose)',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONN(REFUSED|RESET)|ENETUNREACH|ETIMEDOUT|ERR_SOCKET|EIDLETIMEOUT/,
    'the package registry was not reached. Check the network (or the proxy in ~/.npmrc)',
  ],
  [/EINTEGRITY/, 'a download arrived damaged. Run `npm cache verify`'],
  [/EUSAGE/, 'package.json and package-lock.json disagree. Run `npm install`'],
  [/E404|ETARGET/, 'the registry does not have a package that package-lock.json names'],
  [/E401|E403/, 'the registry refused us. Check the registry and its login in ~/.npmrc'],
];

/**
 * What npm's output means, as one sentence that says what to do.
 * @param {string} output everything npm printed.
 */
export const meaningOf = (output) => {
  const codes = [...output.matchAll(/npm (?:error|ERR!) (?:code|errno) (\S+)/g)].map(([, c]) => c);
  const known = meanings.find(([pattern]) => pattern.test(codes.join(' ')));
  const spoken = known ?? meanings.find(([pattern]) => pattern.test(output));
  const cause = spoken?.[1] ?? `npm said: ${output.trim().split('\n').slice(-6).join('\n')}\n`;
  return `The packages could not be installed: ${cause}, then run this again; it goes on.`;
};

const fingerprint = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');

/** Whether somebody's own `npm ci` or `npm install` already put everything in its place. */
const isInstalled = (root) => {
  const written = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(written)) return false;
  const { packages: wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { packages: present } = JSON.parse(readFileSync(written, 'utf8'));
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === '' ||
      (present[path]?.version === version && existsSync(join(root, path))) ||
      (!present[path] && (optional === true || peer === true)),
  );
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** A lock older than any installation is one of a machine that was switched off meanwhile. */
const isForgotten = (path) => {
  try {
    return Date.now() - statSync(path).mtimeMs > 30 * 60_000;
  } catch {
    return false;
  }
};

const lockHolder = (path) => {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return undefined;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    // Gone again between the two calls: nobody holds it, so the next try will get it.
    return existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
  }
};

/** Two commands started at once on a fresh clone: the second waits for the first. */
const alone = async (root, work) => {
  mkdirSync(join(root, '.butler'), { recursive: true });
  const path = join(root, '.butler', 'install.lock');
  const wait = async () => {
    for (let holder = lockHolder(path); holder !== undefined; holder = lockHolder(path)) {
      if (!isAlive(holder) || isForgotten(path)) rmSync(path, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 300));
    }
  };
  await withProgress('Waiting for another command that installs packages', wait);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
};

const checkSpace = (root) => {
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize >= neededBytes) return;
  throw new SetupError(
    `The disk has ${gigabytes(bavail * bsize)} free, and Butler's packages need about ` +
      `${gigabytes(neededBytes)}. Free some space, then run this again.`,
  );
};

const callNpm = (root, args) => {
  const modules = join(root, 'node_modules');
  const placed = () => `${existsSync(modules) ? readdirSync(modules).length : 0} folders so far`;
  const npm = process.env.npm_execpath;
  const call = npm
    ? [process.execPath, [npm, ...args], { cwd: root }]
    : ['npm', args, { cwd: root, shell: process.platform === 'win32' }];
  return withProgress(`npm ${args[0]}`, () => runQuietly(...call), placed);
};

const install = async (root) => {
  checkSpace(root);
  // No package needs an install script (tests/tidy.test.ts watches that): none may run.
  const flags = ['--include=dev', '--include=optional', '--ignore-scripts', '--no-audit'];
  console.error('Installing the packages that Butler stands on (once, about 750 MB).');
  let { code, output } = await callNpm(root, ['ci', ...flags]);
  if (code !== 0 && /npm (error|ERR!) code EUSAGE/.test(output)) {
    // A developer's edited package.json, or a lock written where the registry has gaps.
    console.error('package-lock.json does not cover package.json: installing without saving.');
    ({ code, output } = await callNpm(root, ['install', '--no-save', ...flags]));
  }
  if (code !== 0) throw new SetupError(meaningOf(output));
};

/**
 * Installs the packages when they are missing or not those of package-lock.json.
 * @param {string} root the repository.
 * @throws {SetupError} with a sentence that says what to do.
 */
export const ensureModules = async (root) => {
  const stamp = join(root, 'node_modules', '.butler-stamp');
  const wanted = fingerprint(root);
  const isStamped = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isStamped()) return;
  try {
    await alone(root, async () => {
      if (isStamped()) return;
      if (!isInstalled(root)) await install(root);
      writeFileSync(stamp, wanted);
    });
  } catch (error) {
    if (error instanceof SetupError || !error.code) throw error;
    throw new SetupError(meaningOf(`npm error code ${error.code}`));
  }
};
