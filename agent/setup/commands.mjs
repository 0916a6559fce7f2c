/** The commands: install what is missing, pick a Node, build the page, run the entry. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureModules, SetupError } from './install.mjs';
import { pickNode } from './node.mjs';
import { ensurePage } from './page.mjs';
import { runChild } from './supervise.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * `page`: needs web/dist. `settings`: reads .env; tests do not, so that a household's keys and
 * servers are never used by them.
 */
const commands = {
  // Left to itself V8 keeps 70 MB more for new objects, and over 100 MB of old ones under load;
  // some 90 MB of the 768 are in use.
  start: {
    entry: 'agent/start.ts',
    page: true,
    settings: true,
    flags: ['--max-semi-space-size=16', '--max-old-space-size=768'],
  },
  test: { entry: 'tests/run.ts', page: true, settings: false },
  check: { entry: 'agent/setup/check.ts', page: false, settings: false },
  bench: { entry: 'tests/bench/main.ts', page: true, settings: true },
  doctor: { entry: 'agent/setup/doctor.ts', page: false, settings: true },
  restore: { entry: 'agent/setup/restore.ts', page: false, settings: true },
  'reset-password': { entry: 'agent/setup/reset-password.ts', page: false, settings: true },
  connect: { entry: 'agent/setup/connect-google.ts', page: false, settings: true },
  'rotate-key': { entry: 'agent/setup/rotate-key.ts', page: false, settings: true },
  new: { entry: 'agent/setup/new.ts', page: false, settings: false },
  docs: { entry: 'agent/setup/tools-docs.ts', page: false, settings: false },
};

/**
 * @param {string[]} given the command's name, then its own arguments.
 * @returns the exit code.
 * @throws {SetupError} with a sentence that says what to do.
 */
export const runCommand = async ([name, ...rest]) => {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
  if (!command) {
    throw new SetupError(
      `There is no command ${name ?? ''}. Use one of: ${Object.keys(commands).join(', ')}.`,
    );
  }
  if (!existsSync(join(root, command.entry))) {
    throw new SetupError(`${command.entry} is missing: restore it (git checkout) and run again.`);
  }
  const started = Date.now();
  await ensureModules(root);
  const node = await pickNode(root);
  if (command.page) await ensurePage(root, node);
  if (process.env.BUTLER_SETUP_TIMES) console.error(`set-up took ${Date.now() - started} ms`);
  const hasSettings = command.settings && existsSync(join(root, '.env'));
  const { flags: ofEntry = [] } = command;
  const flags = [...ofEntry, ...(hasSettings ? [`--env-file=${join(root, '.env')}`] : [])];
  // Libraries are chatty outside production; somebody's own choice stands.
  const env = name === 'start' ? { NODE_ENV: 'production', ...process.env } : process.env;
  const options = { cwd: root, leash: true, env };
  return runChild(node, [...flags, join(root, command.entry), ...rest], options);
};
