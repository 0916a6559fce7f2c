/** The repository tests its own habits; a rule that is not checked is not a rule. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envExample } from '../agent/setup/env-example.ts';
import { toolsPage } from '../agent/setup/tools-docs.ts';
import { exceptions } from './tidy/exceptions.ts';
import { type Complaint, type Rule, readTree, root, type TreeFile } from './tidy/sources.ts';
import { arrows, deadFiles, lock, troubleshooting } from './tidy/structure-rules.ts';
import {
  blobs,
  firstLines,
  leftovers,
  lines,
  names,
  places,
  pythonFunctions,
  readme,
  sizes,
  top,
} from './tidy/text-rules.ts';

const file = (path: string, text = '', bytes = text.length): TreeFile => ({ path, text, bytes });
const many = (count: number, line: string): string => `${line}\n`.repeat(count);

/** Each rule with a tree that breaks it and one that does not. */
const rules: Record<string, { rule: Rule; wrong: TreeFile[][]; right: TreeFile[][] }> = {
  'a line has at most 100 characters': {
    rule: lines,
    wrong: [[file('agent/a.ts', 'x'.repeat(101))], [file('models/a.py', 'x'.repeat(101))]],
    right: [[file('agent/a.ts', 'x'.repeat(100))], [file('docs/a.md', 'x'.repeat(500))]],
  },
  'a file has at most 300 lines, a test 400': {
    rule: sizes,
    wrong: [[file('models/a.py', many(301, 'x'))], [file('agent/a.test.ts', many(401, 'x'))]],
    right: [[file('models/a.py', many(300, 'x'))], [file('agent/a.test.ts', many(400, 'x'))]],
  },
  'a Python function has at most 50 lines and 3 parameters by position': {
    rule: pythonFunctions,
    wrong: [
      [file('models/a.py', `def f():\n${many(50, '    x')}`)],
      [file('models/a.py', 'def f(a, b, c: dict[str, int], d):\n    return a\n')],
      [file('models/a.py', 'def f(\n    a,\n    b,\n    c,\n    d=1,\n):\n    return a\n')],
    ],
    right: [
      [file('models/a.py', `def f():\n${many(49, '    x')}\ndef g():\n    x\n`)],
      [file('models/a.py', 'def f(self, a, b: dict[str, list[int]], c, *, d):\n    return a\n')],
    ],
  },
  'a source file opens with its one idea': {
    rule: firstLines,
    wrong: [[file('agent/a.ts', "import './b.ts';")], [file('agent/a.ts', '/** Butler. */')]],
    right: [
      [file('agent/a.ts', '/** Who speaks in this turn. */\n')],
      [file('.ci/run', '#!/usr/bin/env bash\n# Runs every test there is.\n')],
      [file('models/a.py', '"""Chooses sizes by measurement.\n')],
    ],
  },
  'a name says its idea': {
    rule: names,
    wrong: [[file('agent/utils.ts')], [file('agent/helpers/a.ts')], [file('web/common.test.ts')]],
    right: [[file('agent/caller.ts')], [file('tools/core/run.ts')]],
  },
  'nothing is left to be done': {
    rule: leftovers,
    wrong: [
      [file('agent/a.ts', `// ${['TO', 'DO'].join('')} later`)],
      [file('a.test.ts', `it.${'skip'}(x)`)],
    ],
    right: [[file('a.test.ts', 'it.skip(x); // no Go on this machine')]],
  },
  'no place of one machine is named': {
    rule: places,
    wrong: [
      [file('docs/a.md', 'see /work/main')],
      [file('agent/a.ts', "const data = '/root/x/';")],
      [file('package-lock.json', 'https://registry.npmjs.org/a')],
    ],
    right: [[file('agent/a.ts', "'./work/x'; 'web/root/x'; tmpdir()")]],
  },
  'at most 16 visible entries are at the top': {
    rule: top,
    wrong: [Array.from({ length: 17 }, (_, index) => file(`folder${index}/a.ts`))],
    right: [[...Array.from({ length: 16 }, (_, index) => file(`f${index}/a.ts`)), file('.npmrc')]],
  },
  'the README has at most 150 lines': {
    rule: readme,
    wrong: [[file('README.md', many(151, 'x'))]],
    right: [[file('README.md', many(150, 'x'))], [file('docs/README.md', many(151, 'x'))]],
  },
  'no large file is kept, but speech for tests': {
    rule: blobs,
    wrong: [[file('web/a.png', '', 600_000)]],
    right: [[file('web/a.png', '', 500_000)], [file('tests/speech/a.wav', '', 600_000)]],
  },
  'imports follow the arrows': {
    rule: arrows,
    wrong: [
      [file('tools/clock.ts', "import { x } from '../agent/config.ts';")],
      [file('tools/clock.ts', "import { x } from './jellyfin.ts';")],
      [file('tts/kokoro.ts', "import {\n  x,\n} from '../memory/x.ts';")],
      [file('agent/house.ts', "import { x } from '../admin/server.ts';")],
      [file('admin/server.ts', "import { x } from '../agent/session.ts';")],
      [file('web/src/a.ts', "import { x } from '../../admin/server.ts';")],
      [file('agent/a.ts', "const x = await import('../tests/fakes/a.ts');")],
      [file('models/setup.ts', "import type { x } from '../agent/config.ts';")],
    ],
    right: [
      [file('agent/house.ts', "import { x } from '../tools/core/load.ts';")],
      [file('tools/clock.ts', "import { x } from './core/define.ts';")],
      [file('web/src/a.ts', "import type {\n  X,\n} from '../../admin/server.ts';")],
      [file('tts/kokoro.test.ts', "import { x } from '../tests/fakes/a.ts';")],
      [file('admin/server.ts', "import type { x } from '../agent/house.ts';")],
    ],
  },
  'every file is used': {
    rule: deadFiles,
    wrong: [
      [file('agent/a.ts'), file('agent/b.ts', '')],
      [file('agent/a.ts'), file('agent/a.test.ts', "import './a.ts';")],
      [file('models/one.py'), file('models/server.py', 'import json')],
    ].map((files) => [...files, file('agent/start.ts', "import './b.ts'; 'server.py'")]),
    right: [
      [file('agent/a.ts'), file('agent/start.ts', "import './a.ts';")],
      [file('tests/fakes/a.ts'), file('tests/a.test.ts', "import './fakes/a.ts';")],
      [file('models/one.py'), file('agent/start.ts', "'one.py'")],
      [file('tools/clock.ts')],
    ],
  },
  'every error code is explained, and nothing else': {
    rule: troubleshooting,
    wrong: [
      [file('agent/a.ts', "throw fault({ code: 'mind-busy' })")],
      [file('tts/a.ts', "code: 'failed' | 'mind-busy';"), file('docs/x.md', '## `failed`')],
      [file('docs/troubleshooting.md', '## `mind-busy`')],
    ],
    right: [
      [
        file('agent/a.ts', "readonly code = 'mind-busy';"),
        file('docs/troubleshooting.md', '## `mind-busy`: too much at once'),
      ],
    ],
  },
  'the lock installs everywhere and runs nothing': {
    rule: lock,
    wrong: [
      { a: { optionalDependencies: { 'a-darwin': '1.0.0' } } },
      { 'node_modules/native': { hasInstallScript: true } },
      { a: { resolved: 'https://example.org/a.tgz' } },
    ].map((packages) => [file('package-lock.json', JSON.stringify({ packages }, null, 1))]),
    right: [
      [
        file(
          'package-lock.json',
          JSON.stringify({
            packages: { a: { optionalDependencies: { b: '1' } }, 'node_modules/b': {} },
          }),
        ),
      ],
    ],
  },
};

const tree = readTree();
const described = ({ path, line, says }: Complaint): string =>
  `${path}${line === undefined ? '' : `:${line}`} ${says}`;

describe.each(Object.entries(rules))('%s', (name, { rule, wrong, right }) => {
  const excepted = exceptions[name] ?? [];

  it('here', () => {
    const complaints = rule(tree).filter(({ path }) => !excepted.includes(path));
    expect(complaints.map(described)).toEqual([]);
  });

  it('without an exception that is no longer needed', () => {
    const broken = new Set(rule(tree).map(({ path }) => path));
    expect(excepted.filter((path) => !broken.has(path))).toEqual([]);
  });

  it('and the rule itself tells right from wrong', () => {
    for (const files of wrong) expect(rule(files), JSON.stringify(files)).not.toEqual([]);
    for (const files of right) expect(rule(files).map(described)).toEqual([]);
  });
});

it('exceptions belong to rules', () => {
  expect(Object.keys(exceptions).filter((name) => !(name in rules))).toEqual([]);
});

it.each([
  ['.env.example', envExample],
  ['docs/tools.md', toolsPage],
])('%s is what the settings and integrations declare (npm run docs)', async (file, generate) => {
  expect(readFileSync(join(root, file), 'utf8')).toBe(await generate());
});

/** What Biome says, by our configuration, of a text that would stand at this path. */
const lint = (path: string, text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'butler-tidy-'));
  try {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    const settings = JSON.parse(readFileSync(join(root, '.biome.json'), 'utf8')) as object;
    // There is no git in this folder for Biome to ask.
    writeFileSync(join(folder, '.biome.json'), JSON.stringify({ ...settings, vcs: {} }));
    const binary = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const call = [binary, 'lint', '--colors=off', '.'];
    const { stdout, stderr } = spawnSync(process.execPath, call, { cwd: folder, encoding: 'utf8' });
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe('Biome holds what it can', () => {
  it.each([
    ['noExcessiveLinesPerFunction', `export const f = () => {\n${many(51, '  g();')}};\n`],
    ['noExcessiveLinesPerFile', many(301, 'g();')],
    ['useMaxParams', 'export const f = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];\n'],
    ['noProcessEnv', 'export const home = process.env.HOME;\n'],
    ['noExplicitAny', 'export const f = (a: any) => a;\n'],
    ['noFloatingPromises', 'const f = async () => 1;\nf();\n'],
  ])('%s', (rule, text) => {
    expect(lint('agent/proof.ts', text)).toContain(rule);
    const right = lint('agent/proof.ts', 'export const f = (a: 1) => a;\n');
    expect(right).toContain('Checked 1 file');
    expect(right).not.toContain(rule);
  });
});
