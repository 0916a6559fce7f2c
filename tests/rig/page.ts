/** A whole Butler with its page in a real browser, signed in: how tests of the page begin. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startBrowser, type TestBrowser, writeMicrophoneFile } from '../servers/browser.ts';
import { findBrowser } from '../servers/browser-find.ts';
import { ownerOfTests, type RunningButler, type StartOptions, startButler } from './butler.ts';
import { type Providers, startProviders } from './providers.ts';

const browserFound = await findBrowser();
const built = existsSync(fileURLToPath(new URL('../../web/dist/index.html', import.meta.url)));
const noPage = built ? undefined : 'the page is not built: npm start builds it';

/** Why no page can be tested here; undefined where it can. */
export const noBrowser = 'unavailable' in browserFound ? browserFound.unavailable : noPage;

export const signIn = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.fill('input[name=username]', ownerOfTests.username);
  await page.fill('input[name=password]', ownerOfTests.password);
  await page.click('button[type=submit]');
  await page.waitForSelector('[data-testid=state][data-state=idle]', { timeout: 20_000 });
};

interface PageOptions {
  providers?: Parameters<typeof startProviders>[0];
  /** Over which transport; it may be missing on this machine. */
  start?: (options: StartOptions) => Promise<RunningButler | { unavailable: string }>;
  /** What is said into the microphone once it is open: 16 kHz mono. */
  clips?: readonly Int16Array[];
  leadMs?: number;
  /** Before the page is opened: what the fakes answer. */
  prepare?: (providers: Providers) => void;
}

export interface OpenPage {
  providers: Providers;
  butler: RunningButler;
  chromium: TestBrowser;
  page: Page;
  close(): Promise<void>;
}

/** @throws when a part that was found does not start. */
export const openPage = async (options: PageOptions = {}): Promise<OpenPage> => {
  const { start = startButler, clips = [], leadMs, prepare } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'butler-page-'));
  const providers = await startProviders(options.providers ?? {});
  prepare?.(providers);
  const butler = await start({ environment: providers.environment });
  if ('unavailable' in butler) throw new Error(butler.unavailable);
  const microphoneWav = path.join(folder, 'microphone.wav');
  const lead = leadMs === undefined ? {} : { leadMs };
  writeMicrophoneFile({ path: microphoneWav, clips, ...lead, gapMs: 0, tailMs: 60_000 });
  const chromium = await startBrowser({ microphoneWav });
  if ('unavailable' in chromium) throw new Error(chromium.unavailable);
  const page = await chromium.context.newPage();
  await signIn(page, butler.url);
  const close = async (): Promise<void> => {
    await chromium.stop();
    await butler.stop();
    await providers.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { providers, butler, chromium, page, close };
};
