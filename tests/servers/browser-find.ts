/** Finds a Chromium on this machine, or installs Debian's where a test run may do that. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { testDataFolder } from './livekit-build.ts';
import { once } from './once.ts';

const INSTALL_WITHIN_MS = 10 * 60_000;
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const without =
  'The browser tests need Chromium: install it (Debian: `apt-get install chromium`, macOS: ' +
  '`brew install --cask chromium`), or name one in CHROMIUM_PATH.';

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return folders.map((folder) => join(folder, name + suffix)).find((file) => existsSync(file));
}

function installed(): string | undefined {
  for (const name of names) {
    const path = onPath(name);
    if (path) return path;
  }
  return usualPlaces.find((place) => existsSync(place));
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/** `apt-get update` is needed where a fresh image has no package lists at all. */
async function install(): Promise<void> {
  console.log('Chromium: installing Debian’s package for the browser tests, once …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, encoding: 'utf8' as const, timeout: INSTALL_WITHIN_MS };
  spawnSync('apt-get', ['update', '-qq'], options);
  const wanted = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  const { status, stderr } = spawnSync('apt-get', wanted, options);
  if (status !== 0) throw new Error(`apt-get could not install chromium: ${stderr?.slice(-500)}`);
}

/** Whether a test run may change the machine: where it is asked to, or is thrown away (CI). */
const mayInstallByDefault = () =>
  Boolean(process.env.CI) || process.env.BUTLER_TEST_INSTALL === '1';

/**
 * The path of a Chromium: `CHROMIUM_PATH`, the PATH, the usual places. As root with apt, and with
 * `mayInstall` (default: in CI or with BUTLER_TEST_INSTALL=1), it is installed where missing.
 */
export async function findBrowser({
  mayInstall = mayInstallByDefault(),
} = {}): Promise<{ path: string } | { unavailable: string }> {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return { path: named };
    return { unavailable: `CHROMIUM_PATH names ${named}, which does not exist.` };
  }
  if (!installed() && mayInstall && isRoot() && onPath('apt-get')) {
    try {
      await once({
        lock: join(testDataFolder(), 'installing-chromium'),
        isDone: () => installed() !== undefined,
        work: install,
        withinMs: INSTALL_WITHIN_MS,
      });
    } catch (error) {
      return { unavailable: `${without} ${error instanceof Error ? error.message : error}` };
    }
  }
  const path = installed();
  return path ? { path } : { unavailable: without };
}
