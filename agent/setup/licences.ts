/** The licences of what Butler ships, as the lock names them: none that binds the household. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Free to ship as they are, or as a library that stands beside ours. */
const allowed = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'],
  ...['Unlicense', 'BlueOak-1.0.0', 'Zlib', 'CC0-1.0', 'MPL-2.0'],
  // Shared libraries of their own, loaded and replaceable: libvips and FFmpeg.
  ...['LGPL-2.1-or-later', 'LGPL-3.0-or-later'],
]);

/** Read by a person, each with what was found. */
const known: Readonly<Record<string, string>> = {
  async: 'MIT: its package.json says so, the lock does not',
  '@livekit/local-inference': "LiveKit's model licence: use with LiveKit Agents, which this is",
};

interface Locked {
  license?: string;
  dev?: boolean;
}

/** Whether an SPDX expression can be met by what is allowed (AND binds closer than OR). */
export const isAllowed = (expression: string): boolean => {
  const inner = /\(([^()]*)\)/.exec(expression);
  if (inner) {
    const met = isAllowed(inner[1] ?? '') ? 'MIT' : 'none';
    return isAllowed(expression.replace(inner[0], met));
  }
  return expression
    .split(/\s+OR\s+/)
    .some((way) => way.split(/\s+AND\s+/).every((name) => allowed.has(name.trim())));
};

/** What of the lock's production packages has a licence that is not allowed or not named. */
export const foreignLicences = (packages: Readonly<Record<string, Locked>>): string[] =>
  Object.entries(packages).flatMap(([path, { license, dev }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    if (path === '' || dev || Object.hasOwn(known, name)) return [];
    if (license !== undefined && isAllowed(license)) return [];
    return [`${name}: ${license ?? 'names no licence'}`];
  });

const main = (): number => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const foreign = foreignLicences(lock.packages);
  if (foreign.length === 0) return 0;
  console.log(
    `These packages have licences that Butler cannot ship:\n${foreign.join('\n')}\n` +
      'Replace them, make them a development dependency, or read the licence and add it to ' +
      'agent/setup/licences.ts with what you found.',
  );
  return 1;
};

if (import.meta.main) process.exitCode = main();
