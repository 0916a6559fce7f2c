/** Rules about how files hang together: arrows, dead files, error codes, the lock. */
import { posix } from 'node:path';
import { byLine, isPython, isTest, isTypeScript, type Rule, type TreeFile } from './sources.ts';

interface Import {
  from: string;
  to: string;
  line: number;
  typeOnly: boolean;
}

const specifier = /(?:from|import\(|import|new URL\()\s*['"](\.{1,2}\/[^'"?]+)/;

/** Relative imports, also dynamic ones and those by URL, resolved to paths in the repository. */
const importsOf = ({ path, text }: TreeFile): Import[] => {
  const all = text.split('\n');
  return all.flatMap((content, index) => {
    const target = content.match(specifier)?.[1];
    if (!target) return [];
    const to = posix.join(posix.dirname(path), target);
    // A long import says `type` on the line where it begins.
    let start = index;
    while (start > 0 && /^(\s|\})/.test(all[start] ?? '')) start--;
    const typeOnly = /^import type\b|^export type\b/.test(all[start] ?? '');
    return [{ from: path, to, line: index + 1, typeOnly }];
  });
};

const folderOf = (path: string): string => path.split('/')[0] ?? '';

/** What admin may know of agent: the house, its doors, and the words both sides use. */
const forAdmin = [
  ...['backups', 'belongings', 'caller', 'config', 'events', 'happenings', 'house'],
  ...['household', 'log', 'metrics', 'monitor', 'notices', 'parts', 'reasons', 'spending'],
  ...['stages', 'turns'],
];
const agentForAdmin = new RegExp(`^agent/(doors/|(${forAdmin.join('|')})\\.ts$)`);

/** design: agent → tools, memory, tts, schedule, models; admin → agent; web → admin's types. */
const isAllowed = ({ from, to, typeOnly }: Import): boolean => {
  const [here, there] = [folderOf(from), folderOf(to)];
  if (here === there) return here !== 'tools' || isWithinIntegration(from, to);
  if (here === 'tests' || (isTest(from) && there === 'tests')) return true;
  if (here === 'agent') {
    if (['tools', 'memory', 'tts', 'schedule', 'models'].includes(there)) return true;
    // The composition root of `npm start` is the one place that puts both sides together; the
    // command at the server makes the same link as the route.
    return (
      there === 'admin' &&
      /^agent\/(start|setup\/(reset-password|rotate-key))(\.test)?\.ts$/.test(from)
    );
  }
  if (here === 'admin') {
    // The memory itself comes through the house; what a person, soul or fact may be does not.
    const memory =
      there === 'memory' &&
      (typeOnly || /\/(souls|users|secrets|purge|audit-anchor)\.ts$/.test(to));
    // Services are asked for accounts with the same limits and sentences as by tools.
    const timers = typeOnly && to === 'schedule/timers.ts';
    return memory || timers || agentForAdmin.test(to) || to === 'tools/core/http.ts';
  }
  // A test of the page holds its lists against those of the house.
  if (here === 'web') return isTest(from) || (there === 'admin' && typeOnly);
  return false;
};

/** An integration knows the kit and its own folder, never another integration. */
const isWithinIntegration = (from: string, to: string): boolean => {
  const own = from.split('/')[1]?.split('.')[0];
  const other = to.split('/')[1]?.split('.')[0];
  return own === other || other === 'core' || (own === 'core' && isTest(from));
};

export const arrows: Rule = (files) =>
  files
    .filter(({ path }) => isTypeScript(path))
    .flatMap(importsOf)
    .filter(({ to }) => /\.(tsx?|mjs)$/.test(to))
    .filter((one) => !isAllowed(one))
    .map(({ from, to, line }) => ({ path: from, line, says: `must not import ${to}` }));

/** Started by a person, by npm, by a tool or by a folder's loader. */
const isEntry = (path: string): boolean =>
  /^agent\/(start|main)\.ts$/.test(path) ||
  /^agent\/setup\/(run|complete-lock|healthy)\.mjs$/.test(path) ||
  /^tools\/[^/]+\.ts$|^web\/vite\.config\.ts$|^tests\/vitest\.config\.ts$|\.d\.ts$/.test(path) ||
  /(^|\/)test_\w+\.py$|(^|\/)conftest\.py$/.test(path) ||
  /^models\/wake\/fixture\.py$/.test(path) ||
  /^tests\/speech\/make\.py$|^tests\/rig\/tools\/|^tests\/bench\/[a-z]+\.ts$/.test(path) ||
  /^tools\/[^/]+\/index\.ts$/.test(path) ||
  isTest(path);

/** What other files call this one: its name in an import or as a path. */
const mentions = (path: string): RegExp => {
  const file = posix.basename(path).replaceAll('.', '\\.');
  const name = posix.basename(path, '.py');
  return isPython(path)
    ? new RegExp(`^\\s*(from ${name} import|import ${name}\\b)|['"/]${file}['"]`, 'm')
    : new RegExp(`['"/]${file}(\\?\\w+)?['"]`);
};

/** A file that nothing but its own test knows is dead; a test's tool may live for tests alone. */
export const deadFiles: Rule = (files) => {
  const programs = files.filter(({ path }) => /\.(tsx?|mjs|py|html)$/.test(path));
  return programs
    .filter(({ path }) => /\.(tsx?|mjs|py)$/.test(path) && !isEntry(path))
    .filter(({ path }) => {
      const pattern = mentions(path);
      const forTests = path.startsWith('tests/') || path.endsWith('-fake.ts');
      return !programs.some(
        (other) =>
          other.path !== path && (forTests || !isTest(other.path)) && pattern.test(other.text),
      );
    })
    .map(({ path }) => ({ path, says: 'is used by nothing' }));
};

const faultFolders = ['agent', 'admin', 'memory', 'models', 'tts', 'tools', 'schedule'];
const name = "'[a-z]+(?:-[a-z]+)*'";
const codesAt = new RegExp(
  `\\bcode(?:\\??: \\w+)?(?::| =) (${name}(?: \\| ${name})*)(?! in )`,
  'g',
);
const heading = /^#{2,3} `([a-z-]+)`/;

/** The codes of a line; a type may name several. */
const codesOf = (line: string): string[] =>
  [...line.matchAll(codesAt)].flatMap(([, names = '']) => names.match(/[a-z]+(-[a-z]+)*/g) ?? []);

/** Every error code has its heading in docs/troubleshooting.md, and every heading its code. */
export const troubleshooting: Rule = (files) => {
  const page = files.find(({ path }) => path === 'docs/troubleshooting.md');
  const explained = new Set(
    (page?.text.split('\n') ?? []).flatMap((line) => line.match(heading)?.[1] ?? []),
  );
  const programs = files.filter(
    ({ path }) => isTypeScript(path) && !isTest(path) && faultFolders.includes(folderOf(path)),
  );
  const missing = byLine(programs, (line) => {
    const unexplained = codesOf(line).filter((code) => !explained.has(code));
    if (unexplained.length === 0) return undefined;
    return `${unexplained.join(', ')}: no heading in docs/troubleshooting.md`;
  });
  const used = new Set(programs.flatMap(({ text }) => text.split('\n').flatMap(codesOf)));
  const dead = [...explained].filter((code) => !used.has(code));
  return [
    ...missing,
    ...dead.map((code) => ({ path: 'docs/troubleshooting.md', says: `${code} is no code now` })),
  ];
};

interface Locked {
  optionalDependencies?: Record<string, string>;
  hasInstallScript?: boolean;
}

/** Its install script does nothing (`node -e ""`); everything installs with --ignore-scripts. */
const harmless = ['node_modules/@livekit/local-inference', 'node_modules/fsevents'];

/** The lock installs on every machine, from any registry, without running anything. */
export const lock: Rule = (files) => {
  const path = 'package-lock.json';
  const file = files.find((one) => one.path === path);
  if (!file) return [];
  const { packages } = JSON.parse(file.text) as { packages: Record<string, Locked> };
  const names = new Set(Object.keys(packages).map((key) => key.replace(/^.*node_modules\//, '')));
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter((name) => !names.has(name))
    .map((name) => ({ path, says: `lacks ${name}: run node agent/setup/complete-lock.mjs` }));
  const scripts = Object.entries(packages)
    .filter(([key, { hasInstallScript }]) => hasInstallScript && !harmless.includes(key))
    .map(([key]) => ({ path, says: `${key} wants to run a script when it is installed` }));
  const resolved = /"resolved": "http/.test(file.text)
    ? [{ path, says: 'names a registry: npm install --omit-lockfile-registry-resolved' }]
    : [];
  return [...missing, ...scripts, ...resolved];
};
