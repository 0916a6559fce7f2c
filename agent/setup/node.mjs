/** Picks the Node that runs Butler: this one if it runs TypeScript unbuilt, else npm's copy. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './install.mjs';

/** Type stripping is stable from here on. */
const needed = [24, 12];

const isNewEnough = (version) => {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
};

const packagedNode = (modules) => {
  for (const folder of readdirSync(modules)) {
    if (!/^node-(bin-)?(linux|darwin|win)-/.test(folder)) continue;
    const manifest = JSON.parse(readFileSync(join(modules, folder, 'package.json'), 'utf8'));
    const binary = join(modules, folder, 'bin', manifest.os === 'win32' ? 'node.exe' : 'node');
    const fits = manifest.os === process.platform && manifest.cpu === process.arch;
    if (fits && isNewEnough(manifest.version) && existsSync(binary)) return binary;
  }
  return undefined;
};

/**
 * @param {string} root the repository.
 * @returns {Promise<string>} the path of a Node of 24.12 or newer.
 * @throws {SetupError} where there is none for this machine.
 */
export const pickNode = async (root, running = process) => {
  if (isNewEnough(running.versions.node)) return running.execPath;
  const packaged = packagedNode(join(root, 'node_modules'));
  if (packaged) return packaged;
  throw new SetupError(
    `Butler runs on Node ${needed.join('.')} or newer. This is ${running.version}, ` +
      `and npm has no newer one for ${running.platform} ${running.arch}: ` +
      'install Node 24 and run this again.',
  );
};
