/** `npm run new` in a copy of the repository: what it writes passes every check at once. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameMistake } from '../agent/setup/new.ts';
import { readTree, root } from './tidy/sources.ts';

const name = 'sample-lamp';
let copy: string;

/** Runs something of the copy with this Node. */
const run = (...call: string[]) => {
  const options = { cwd: copy, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, call, options);
  return { status, output: `${stdout}${stderr}` };
};
const tool = (...parts: string[]): string => join(copy, 'node_modules', ...parts);
const vitest = (...files: string[]) =>
  run(
    tool('vitest', 'vitest.mjs'),
    'run',
    '--config=tests/vitest.config.ts',
    '--retry=0',
    '--reporter=verbose',
    ...files,
  );
const make = (...given: string[]) => run('agent/setup/new.ts', ...given);
const read = (path: string): string => readFileSync(join(copy, path), 'utf8');

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'butler-new-'));
  for (const { path } of readTree()) {
    // Recorded speech is large, and nothing here listens.
    if (path.endsWith('.wav')) continue;
    mkdirSync(join(copy, dirname(path)), { recursive: true });
    copyFileSync(join(root, path), join(copy, path));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  execFileSync('git', ['init', '--quiet'], { cwd: copy });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('a new integration', () => {
  const files = ['ts', 'words.ts', 'test.ts'].map((end) => `tools/${name}.${end}`);

  it('is written with its words, its tests and its pages, and says what comes next', () => {
    const { status, output } = make(name);
    expect(output).toContain('SAMPLE_LAMP_URL and SAMPLE_LAMP_KEY');
    expect(output).toContain('docs/adding-a-tool.md');
    expect(status).toBe(0);
    for (const file of files) expect(existsSync(join(copy, file)), file).toBe(true);
    expect(files.map(read).join()).not.toContain('§');
    expect(read('docs/tools.md')).toContain('### `sample_lamp_switch`');
    expect(read('.env.example')).toContain('#SAMPLE_LAMP_KEY=');
  });

  it.each([
    ['lint and format', ['@biomejs', 'biome', 'bin', 'biome'], ['check', '--error-on-warnings']],
    ['types', ['typescript', 'bin', 'tsc'], ['--noEmit', '-p', '.']],
    ['dead code', ['knip', 'bin', 'knip.js'], []],
  ])('%s find nothing in it', (check, program, options) => {
    const { output } = run(
      tool(...program),
      ...options,
      ...(check.startsWith('lint') ? files : []),
    );
    expect(output.split('\n').filter((line) => line.includes(name))).toEqual([]);
  });

  it('its own tests pass, and those of every integration', () => {
    const { status, output } = vitest(`tools/${name}.test.ts`, 'tests/tools.test.ts');
    expect(output).toContain('sample_lamp_state');
    expect(output).not.toMatch(/^ FAIL/m);
    expect(status, output.slice(-4_000)).toBe(0);
  });

  it('the tidy rules have nothing to say of it, and the pages do not drift', () => {
    // What they have to say of other files is told where those are tested.
    const { output } = vitest('tests/tidy.test.ts');
    const lines = output.split('\n').filter((line) => !line.includes('✓'));
    expect(lines.filter((line) => line.includes(name))).toEqual([]);
    expect(vitest('tests/tidy.test.ts', '-t', 'npm run docs').status).toBe(0);
  });

  it('its tests are no decoration: a broken tool fails them', () => {
    const [file = ''] = files;
    const right = read(file);
    writeFileSync(join(copy, file), right.replace('asWanted: after.on === on', 'asWanted: true'));
    const { status, output } = vitest(`tools/${name}.test.ts`);
    writeFileSync(join(copy, file), right);
    expect(status).not.toBe(0);
    expect(output).toContain('is found out');
  });

  it('fits its lines also with the longest name', () => {
    const long = 'abcdefghij-abcdefghij-abcdefghij';
    expect(make(long).status).toBe(0);
    const written = files.map((file) => file.replace(name, long));
    const lines = written.flatMap((file) => read(file).split('\n'));
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    const biome = tool('@biomejs', 'biome', 'bin', 'biome');
    expect(run(biome, 'check', '--error-on-warnings', ...written).status).toBe(0);
    for (const file of written) rmSync(join(copy, file));
    run('agent/setup/tools-docs.ts');
  });

  it('is never overwritten', () => {
    const before = read(files[0] ?? '');
    const { status, output } = make(name);
    expect(status).toBe(1);
    expect(output).toMatch(/There is tools\/sample-lamp\.\S* already: choose another name\.\n$/);
    expect(read(files[0] ?? '')).toBe(before);
  });
});

it('a name without a word, and more than one, are told apart in a sentence', () => {
  expect(make().output).toContain('npm run new -- pi-hole');
  expect(make('two', 'names').output).toContain('Give one name');
  expect(make('../evil').output).toContain('A name is no path');
  expect(existsSync(join(copy, '..', 'evil.ts'))).toBe(false);
});

describe('a name that cannot be', () => {
  const taken = {
    entries: ['clock.ts', 'clock.says.ts', 'calendar', 'core', 'mine.words.ts'],
    variables: ['BUTLER_PORT', 'KOKORO_URL', 'GOOGLE_CLIENT_ID'],
  };
  it.each([
    [undefined, 'Give the integration a name'],
    ['', 'Give the integration a name'],
    ['../clock', 'is no path'],
    ['a/b', 'is no path'],
    ['a\\b', 'is no path'],
    ['/etc/passwd', 'is no path'],
    ['.hidden', 'is no path'],
    ['a\0b', 'is no path'],
    ['x'.repeat(33), '32 characters at most'],
    ['Pi-Hole', '"pi-hole" would do'],
    ['pi_hole', '"pi-hole" would do'],
    ['pi hole', '"pi-hole" would do'],
    ['pi--hole', '"pi-hole" would do'],
    ['-pi', '"pi" would do'],
    ['pi-', '"pi" would do'],
    ['3d-printer', '"d-printer" would do'],
    ['pi.hole', '"pi-hole" would do'],
    ['größe', 'would do'],
    ['日本', 'a letter first.'],
    ['core', 'keeps for itself'],
    ['con', 'keeps for itself'],
    ['clock', 'There is tools/clock.ts already'],
    ['calendar', 'There is tools/calendar already'],
    ['mine', 'There is tools/mine.words.ts already'],
    ['kokoro', 'as KOKORO_URL does'],
    ['google', 'as GOOGLE_CLIENT_ID does'],
    ['butler', 'as BUTLER_PORT does'],
  ])('%j', (given, sentence) => {
    const mistake = nameMistake(given, taken);
    expect(mistake).toContain(sentence);
    expect(mistake).toMatch(/^["A-Z]/);
  });

  it.each(['pi-hole', 'x', 'oura2', 'google-photos-2'.slice(7), 'clocks'])('%s may be', (given) => {
    expect(nameMistake(given, taken)).toBeUndefined();
  });
});
