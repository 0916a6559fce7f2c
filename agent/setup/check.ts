/** `npm run check`: types, lint, dead code, licences, known holes, tidiness, in one summary. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tool = (...parts: string[]): string => join(root, 'node_modules', ...parts);

/** Each check as arguments for this Node, and what it looks at. */
export const checks: Record<string, { looksAt: string; call: string[] }> = {
  types: { looksAt: 'tsc', call: [tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', '.'] },
  'page types': {
    looksAt: 'tsc, web/',
    call: [tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'web'],
  },
  lint: {
    looksAt: 'Biome: format, rules, sizes',
    call: [tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'],
  },
  'dead code': { looksAt: 'knip', call: [tool('knip', 'bin', 'knip.js')] },
  licences: { looksAt: 'the lock', call: [join(root, 'agent', 'setup', 'licences.ts')] },
  audit: { looksAt: 'npm audit', call: [join(root, 'agent', 'setup', 'audit.ts')] },
  tidy: {
    looksAt: 'tests/tidy.test.ts',
    call: [
      tool('vitest', 'vitest.mjs'),
      'run',
      '--config=tests/vitest.config.ts',
      'tests/tidy.test.ts',
    ],
  },
};

export interface Outcome {
  name: string;
  passed: boolean;
  tookMs: number;
  output: string;
}

/** Runs one check to its end. */
export const runCheck = (name: string, call: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(process.execPath, call, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const end = (passed: boolean): void =>
      resolve({ name, passed, tookMs: Date.now() - started, output: output.trim() });
    child.once('error', (error) => {
      output += error.message;
      end(false);
    });
    child.once('close', (code) => end(code === 0));
  });

const main = async (): Promise<number> => {
  const wanted = Object.entries(checks);
  console.error(`Checking ${wanted.map(([name]) => name).join(', ')} …`);
  const outcomes = await Promise.all(wanted.map(([name, { call }]) => runCheck(name, call)));
  for (const { name, passed, output } of outcomes) {
    if (!passed) console.log(`\n── ${name} ──\n${output}`);
  }
  console.log('');
  for (const { name, passed, tookMs, output } of outcomes) {
    const verdict = passed ? 'right' : 'WRONG';
    const seconds = `${(tookMs / 1000).toFixed(1)} s`.padStart(7);
    // What passed may have something to say: that nobody was there to be asked.
    const remark = name === 'audit' && passed ? (output.split('\n')[0] ?? '') : '';
    const looksAt = [checks[name]?.looksAt, remark].filter(Boolean).join(': ');
    console.log(`${verdict}  ${name.padEnd(10)} ${seconds}  ${looksAt}`);
  }
  return outcomes.every(({ passed }) => passed) ? 0 : 1;
};

if (import.meta.main) process.exit(await main());
