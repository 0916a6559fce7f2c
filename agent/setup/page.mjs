/** Builds the page when its sources have changed since it was last built. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SetupError } from './install.mjs';
import { withProgress } from './progress.mjs';
import { runQuietly } from './supervise.mjs';

/** Everything under web/ that the build may read. */
const sourcesOf = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !/^(dist|node_modules)[\\/]|\.test\.tsx?$/.test(relative(folder, path)))
    .sort();

const fingerprint = (root) => {
  const hash = createHash('sha256');
  const web = join(root, 'web');
  for (const path of [join(root, 'package-lock.json'), ...sourcesOf(web)]) {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
};

/**
 * @param {string} root the repository.
 * @param {string} node which Node runs Vite.
 * @throws {SetupError} with Vite's own words when the build fails.
 */
export const ensurePage = async (root, node) => {
  const stamp = join(root, 'node_modules', '.butler-page');
  const current = fingerprint(root);
  const built = existsSync(join(root, 'web', 'dist', 'index.html')) && existsSync(stamp);
  if (built && readFileSync(stamp, 'utf8') === current) return;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, output } = await withProgress('Building the page', () =>
    runQuietly(node, [vite, 'build', 'web', '--logLevel', 'warn'], { cwd: root }),
  );
  if (code !== 0) throw new SetupError(`The page could not be built:\n${output.trim()}`);
  writeFileSync(stamp, current);
};
