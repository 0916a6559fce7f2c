/** The set-up as a person meets it: real child processes, real signals, npm's real words. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const here = (name: string): string => new URL(name, import.meta.url).href;
const { ensureModules, meaningOf } = (await import(here('install.mjs'))) as {
  ensureModules(root: string): Promise<void>;
  meaningOf(output: string): string;
};
const { pickNode } = (await import(here('node.mjs'))) as {
  pickNode(root: string, running: object): Promise<string>;
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'butler-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A dead process that nobody has collected yet still answers to signal 0.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

const gone = async (pid: number): Promise<boolean> => {
  for (let tries = 0; tries < 60 && isAlive(pid); tries++) await sleep(50);
  return !isAlive(pid);
};

/** A child with a child of its own; it prints both ids and each signal that reaches it. */
const family = (onSignal: string): string => `
  import { spawn } from 'node:child_process';
  const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
    console.log('got ' + signal);
    ${onSignal}
  });
  console.log('up ' + process.pid + ' ' + grandchild.pid);
  setInterval(() => {}, 1000);
`;

interface Supervised {
  supervisor: ChildProcess;
  pids: number[];
  printed: () => string;
}

const supervise = async (source: string): Promise<Supervised> => {
  const script = join(folder, 'family.mjs');
  writeFileSync(script, source);
  const call = `import(${JSON.stringify(here('supervise.mjs'))}).then(({ runChild }) =>
    runChild(process.execPath, [${JSON.stringify(script)}], { cwd: '.', leash: true }))
    .then((code) => process.exit(code))`;
  const supervisor = spawn(process.execPath, ['-e', call], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  supervisor.stdout?.on('data', (part) => {
    text += part;
  });
  while (!text.includes('up ') && supervisor.exitCode === null) await sleep(20);
  const pids =
    text
      .match(/up (\d+) (\d+)/)
      ?.slice(1)
      .map(Number) ?? [];
  return { supervisor, pids, printed: () => text };
};

describe('a supervised child', () => {
  it('gives its exit code on', async () => {
    const { supervisor } = await supervise('process.exit(7)');
    if (supervisor.exitCode === null) await once(supervisor, 'exit');
    expect(supervisor.exitCode).toBe(7);
  });

  for (const [sent, got] of [
    ['SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGTERM'],
    ['SIGHUP', 'SIGTERM'],
  ] as const) {
    it(`hears ${sent} once, stops in its own way, and leaves nothing behind`, async () => {
      const clean = 'setTimeout(() => process.exit(0), 100);';
      const { supervisor, pids, printed } = await supervise(family(clean));
      supervisor.kill(sent);
      await once(supervisor, 'exit');
      expect(supervisor.exitCode).toBe(0);
      expect(printed().match(/got \w+/g)).toEqual([`got ${got}`]);
      for (const pid of pids) expect(await gone(pid)).toBe(true);
    });
  }

  it('is ended with all its own children when it is asked a second time', async () => {
    const { supervisor, pids, printed } = await supervise(family('/* deaf */'));
    supervisor.kill('SIGTERM');
    while (!printed().includes('got')) await sleep(20);
    supervisor.kill('SIGTERM');
    await once(supervisor, 'exit');
    expect(supervisor.exitCode).toBe(128 + 9);
    for (const pid of pids) expect(await gone(pid)).toBe(true);
  });

  it('stops by itself when its supervisor dies without a word', async () => {
    const { supervisor, pids } = await supervise(family('grandchild.kill(); process.exit(0);'));
    supervisor.kill('SIGKILL');
    for (const pid of pids) expect(await gone(pid)).toBe(true);
  });
});

describe('npm that fails', () => {
  const npmError = (code: string): string => `npm error code ${code}\nnpm error something`;
  it.each([
    ['ENOSPC', /disk is full; about 1\.2 GB/],
    ['EACCES', /may not be written/],
    ['ENOTFOUND', /registry was not reached/],
    ['EINTEGRITY', /npm cache verify/],
    ['E403', /refused us/],
  ])('%s becomes a sentence that says what to do', (code, sentence) => {
    expect(meaningOf(npmError(code))).toMatch(sentence);
    expect(meaningOf(npmError(code))).toMatch(/run this again/);
  });

  it('says npm’s own last words where we know no better', () => {
    expect(meaningOf('npm error strange thing')).toContain('strange thing');
  });
});

/** A repository with one locked package, and an npm that does what the script says. */
const repository = (npmScript: string): void => {
  const lock = { packages: { '': {}, 'node_modules/one': { version: '1.0.0' } } };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  writeFileSync(join(folder, 'npm.mjs'), npmScript);
  process.env.npm_execpath = join(folder, 'npm.mjs');
};

const placesPackage = `
  import { mkdirSync, appendFileSync } from 'node:fs';
  mkdirSync('node_modules/one', { recursive: true });
  appendFileSync('calls', process.argv[2] + '\\n');
`;
const calls = (): string => readFileSync(join(folder, 'calls'), 'utf8');

describe('packages', () => {
  const before = process.env.npm_execpath;
  afterEach(() => {
    if (before === undefined) delete process.env.npm_execpath;
    else process.env.npm_execpath = before;
  });

  it('are installed once, and again only when the lock has changed', async () => {
    repository(placesPackage);
    await ensureModules(folder);
    await ensureModules(folder);
    expect(calls()).toBe('ci\n');
    const other = { packages: { '': {}, 'node_modules/one': { version: '2.0.0' } } };
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(other));
    await ensureModules(folder);
    expect(calls()).toBe('ci\nci\n');
  });

  it('that somebody installed by hand are taken as they are', async () => {
    repository('process.exit(1)');
    mkdirSync(join(folder, 'node_modules', 'one'), { recursive: true });
    const lock = readFileSync(join(folder, 'package-lock.json'));
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), lock);
    await ensureModules(folder);
    await expect(ensureModules(folder)).resolves.toBeUndefined();
  });

  it('are installed by one command when two start at once', async () => {
    repository(`${placesPackage} await new Promise((done) => setTimeout(done, 300));`);
    await Promise.all([ensureModules(folder), ensureModules(folder)]);
    expect(calls()).toBe('ci\n');
  });

  it('fail with the sentence, and go on from there the next time', async () => {
    repository(`console.error('npm error code ENOSPC'); process.exit(228)`);
    await expect(ensureModules(folder)).rejects.toThrow(/disk is full/);
    repository(placesPackage);
    await expect(ensureModules(folder)).resolves.toBeUndefined();
  });

  it('are installed without the lock when it does not cover package.json', async () => {
    repository(`${placesPackage}
      if (process.argv[2] === 'ci') { console.error('npm error code EUSAGE'); process.exit(1); }`);
    await ensureModules(folder);
    expect(calls()).toBe('ci\ninstall\n');
  });
});

describe('the Node that runs Butler', () => {
  const running = (version: string) => ({
    version: `v${version}`,
    versions: { node: version },
    execPath: '/running/node',
    platform: process.platform,
    arch: process.arch,
  });

  const packaged = (version: string): string => {
    const root = join(folder, 'node_modules', 'node-linux-any');
    mkdirSync(join(root, 'bin'), { recursive: true });
    const manifest = { version, os: process.platform, cpu: process.arch };
    writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(root, 'bin', 'node'), '');
    return join(root, 'bin', 'node');
  };

  it.each(['24.12.0', '24.21.0', '26.0.0'])('is the running one if it is %s', async (version) => {
    packaged('24.21.0');
    expect(await pickNode(folder, running(version))).toBe('/running/node');
  });

  it.each(['20.20.2', '24.11.9'])('is npm’s copy where the running one is %s', async (version) => {
    const binary = packaged('24.21.0');
    expect(await pickNode(folder, running(version))).toBe(binary);
  });

  it('is asked for in a sentence where there is none', async () => {
    packaged('24.0.0');
    await expect(pickNode(folder, running('20.20.2'))).rejects.toThrow(/install Node 24/);
  });
});
