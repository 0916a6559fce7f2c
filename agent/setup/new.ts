/** `npm run new -- NAME`: writes an integration that works, with its words and tests, to change. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadTools } from '../../tools/core/load.ts';
import { namePattern } from '../../tools/core/naming.ts';
import { settings } from '../config.ts';
import { filesFor, namesOf } from './new-template.ts';
import { writeDocs } from './tools-docs.ts';

const nameMax = 32;
/** Folders and files that the loader or the tests take for something else. */
const reserved: ReadonlySet<string> = new Set(['core', 'index', 'new', 'con', 'nul', 'aux', 'prn']);

export interface Taken {
  /** What stands in tools/ already: files and folders. */
  entries: readonly string[];
  /** Variables that belong to something else. */
  variables: readonly string[];
}

/** @returns what is wrong with the name, as a sentence; undefined when it may be used. */
export const nameMistake = (name: string | undefined, taken: Taken): string | undefined => {
  if (!name) return 'Give the integration a name: npm run new -- pi-hole';
  if (/[/\\]|\.\.|^\.|\0/.test(name)) {
    return 'A name is no path: give only the name, such as pi-hole; it is written to tools/.';
  }
  if (name.length > nameMax) return `That name is too long: use ${nameMax} characters at most.`;
  const better = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-\d]+|-+$/g, '');
  if (!namePattern.test(name)) {
    const fix = better ? ` "${better}" would do.` : '';
    return `A name is lower case letters, digits and single dashes, a letter first.${fix}`;
  }
  if (reserved.has(name)) return `"${name}" is a name that Butler or a system keeps for itself.`;
  const present = taken.entries.find((entry) => entry.split('.')[0] === name);
  if (present) return `There is tools/${present} already: choose another name.`;
  const { prefix } = namesOf(name);
  const variable = taken.variables.find((one) => one.startsWith(`${prefix}_`));
  if (variable) {
    return `Its settings would begin with ${prefix}_, as ${variable} does: choose another name.`;
  }
  return undefined;
};

const takenIn = async (root: string): Promise<Taken> => {
  const { toolbox } = await loadTools({ environment: {} });
  const declared = toolbox.integrations.flatMap(({ variables }) => variables);
  return {
    entries: readdirSync(join(root, 'tools')),
    variables: [...Object.keys(settings.shape), ...declared.map(({ name }) => name)],
  };
};

/** Long names break lines elsewhere; without Biome (production) the files are as they are. */
const format = (root: string, files: readonly string[]): void => {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  if (!existsSync(biome)) return;
  spawnSync(process.execPath, [biome, 'check', '--write', ...files], { cwd: root });
};

const next = (name: string): string => {
  const { title, prefix } = namesOf(name);
  return [
    `${title} is there. It works against a service that answers GET and PUT /api/state; next:`,
    `  1. tools/${name}.ts: make the paths, fields and tools those of your service.`,
    `  2. tools/${name}.words.ts: say it as your household would, in both languages.`,
    `  3. .env: set ${prefix}_URL and ${prefix}_KEY, then ask npm run doctor.`,
    `  4. npm test -- tools/${name}.test.ts tests/tools.test.ts, and npm run check.`,
    '  5. npm run docs, whenever what it declares has changed.',
    'docs/adding-a-tool.md explains every word of it.',
  ].join('\n');
};

const main = async (given: string[]): Promise<number> => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const [name, ...more] = given;
  const mistake =
    more.length > 0
      ? 'Give one name: words of it are joined by dashes.'
      : nameMistake(name, await takenIn(root));
  if (mistake !== undefined || name === undefined) {
    console.error(mistake);
    return 1;
  }
  const files = Object.entries(filesFor(name));
  // `wx`: what somebody else has written meanwhile is left as it is.
  for (const [file, text] of files) writeFileSync(join(root, file), text, { flag: 'wx' });
  format(
    root,
    files.map(([file]) => file),
  );
  await writeDocs(pathToFileURL(root));
  for (const [file] of files) console.log(`written: ${file}`);
  console.log(`written anew: docs/tools.md, .env.example\n\n${next(name)}`);
  return 0;
};

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
