/** `npm test`: gets what the tests need, runs them, and closes with the plain line of counts. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseCLI, startVitest } from 'vitest/node';
import { CountingReporter, closingLine, exitCode } from './count.ts';
import { prepareParts } from './parts.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

const run = async (given: string[]): Promise<number> => {
  process.chdir(root);
  const { filter, options } = parseCLI(['vitest', 'run', ...given]);
  for (const path of filter) {
    if (path.includes('/') && !existsSync(path)) {
      console.error(`There is no ${path}; give a path from the repository's root.`);
      return 1;
    }
  }
  await prepareParts(filter);
  const counting = new CountingReporter();
  const vitest = await startVitest('test', filter, {
    ...options,
    config: 'tests/vitest.config.ts',
    watch: false,
    reporters: ['default', counting],
  });
  await vitest.close();
  if (exitCode(counting.counts) === 1 && counting.counts.failed === 0) {
    console.log('No test ran: nothing has been shown.');
  }
  console.log(closingLine(counting.counts));
  return exitCode(counting.counts);
};

process.exit(await run(process.argv.slice(2)));
