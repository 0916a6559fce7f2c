/** Every page of the app: rules of accessibility, no overflow, and pictures to look at. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningButler, startButler } from './rig/butler.ts';
import { noBrowser, signIn } from './rig/page.ts';
import { startBrowser, type TestBrowser } from './servers/browser.ts';
import { testDataFolder } from './servers/livekit-build.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Pictures for people to look at; too large for git, and fonts differ between machines. */
const pictures = join(testDataFolder(), 'pictures');

const me = ['profile', 'soul', 'memory', 'accounts', 'devices', 'notifications', 'privacy'];
const house = [
  ...['status', 'turns', 'people', 'integrations', 'ledger', 'backups', 'audit', 'settings'],
];
const paths = [
  ...['/', '/history', '/welcome', '/room'],
  ...me.map((page) => `/me/${page}`),
  ...house.map((page) => `/house/${page}`),
];

const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const;
type Size = keyof typeof sizes;
const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

const nameOf = (path: string): string => path.slice(1).replaceAll('/', '-') || 'talk';

/** The rules of WCAG 2.2 at level AA, and what axe calls best practice. */
const complaintsOf = async (page: Page): Promise<string[]> => {
  const known = await page.evaluate(() => 'axe' in globalThis);
  if (!known) await page.evaluate(axe);
  const { violations } = (await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<unknown> } }).axe.run(),
  )) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  );
};

/** What stands outside of the window, where nothing scrolls to it. */
const overflowing = (page: Page): Promise<number> =>
  page.evaluate<number>(`(() => {
    const html = document.documentElement;
    const over = (one) => (one ? one.scrollWidth - one.clientWidth : 0);
    // Within the shell only the page scrolls, never the window.
    const below = document.querySelector('#page') ? html.scrollHeight - html.clientHeight : 0;
    return Math.max(over(html), over(document.querySelector('main')), below);
  })()`);

/** As a page in Arabic or Hebrew would be from its first moment. */
const fromRightToLeft = (page: Page): Promise<unknown> =>
  page.addInitScript(`document.addEventListener('readystatechange', () => {
    document.documentElement.dir = 'rtl';
  })`);

/** Nothing is on its way any more. */
const settled = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await page.locator('h1').first().waitFor({ timeout: 15_000 });
  await page.waitForFunction("document.querySelector('.animate-pulse') === null");
};

describe.skipIf(noBrowser)(`every page${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let butler: RunningButler;
  let chromium: TestBrowser;
  const pages = new Map<string, Page>();

  const open = async (size: Size, theme: Theme): Promise<Page> => {
    const context: BrowserContext = await chromium.browser.newContext({
      viewport: sizes[size],
      colorScheme: theme,
      reducedMotion: 'reduce',
      // axe is put into the page by the test, which the page itself forbids.
      bypassCSP: true,
      hasTouch: size === 'phone',
      permissions: ['microphone'],
    });
    const page = await context.newPage();
    await signIn(page, butler.url);
    pages.set(`${size}-${theme}`, page);
    return page;
  };
  const pageOf = (size: Size, theme: Theme): Page => {
    const page = pages.get(`${size}-${theme}`);
    if (!page) throw new Error(`No page was opened for ${size}, ${theme}.`);
    return page;
  };

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    butler = await startButler({ environment: { BUTLER_LOCAL_MODELS: 'off' } });
    for (const text of ['what time is it', 'set a timer for ten minutes', 'remember I like tea']) {
      await butler.request('/api/v1/chat', { text });
    }
    const started = await startBrowser();
    if ('unavailable' in started) throw new Error(started.unavailable);
    chromium = started;
    for (const size of Object.keys(sizes) as Size[])
      for (const theme of themes) await open(size, theme);
  });

  afterAll(async () => {
    await chromium?.stop();
    await butler?.stop();
  });

  for (const path of paths) {
    it(`${path} obeys the rules in both themes and sizes`, async () => {
      const look = async ([key, page]: [string, Page]): Promise<void> => {
        await page.goto(`${butler.url}${path}`);
        await settled(page);
        expect(await overflowing(page), `overflow, ${key}`).toBeLessThanOrEqual(0);
        expect(await complaintsOf(page), key).toEqual([]);
        const name = `${nameOf(path)}-${key}.png`;
        await page.screenshot({ path: join(pictures, name), fullPage: true });
      };
      // Side by side: most of it is waiting until nothing is on its way.
      await Promise.all([...pages].map(look));
    });
  }

  it('stays whole from right to left', async () => {
    const page = pageOf('phone', 'light');
    await fromRightToLeft(page);
    for (const path of paths) {
      await page.goto(`${butler.url}${path}`);
      await settled(page);
      expect(await overflowing(page), path).toBeLessThanOrEqual(0);
    }
    const desk = pageOf('desktop', 'dark');
    await fromRightToLeft(desk);
    await desk.goto(`${butler.url}/me/profile`);
    await settled(desk);
    const way = await desk.locator('nav').first().boundingBox();
    expect(way?.x ?? 0).toBeGreaterThan(sizes.desktop.width / 2);
  });

  it('speaks German throughout where the browser does', async () => {
    // One person has four conversations at most.
    await pageOf('phone', 'light').close();
    await pageOf('phone', 'dark').close();
    const context = await chromium.browser.newContext({ locale: 'de-DE' });
    const page = await context.newPage();
    await signIn(page, butler.url);
    expect(await page.getAttribute('html', 'lang')).toBe('de');
    const english = pageOf('desktop', 'light');
    for (const path of paths.filter((one) => one !== '/')) {
      await Promise.all([english, page].map((one) => one.goto(`${butler.url}${path}`)));
      await Promise.all([english, page].map(settled));
      const [ours, theirs] = await Promise.all(
        [page, english].map(async (one) => {
          const main = one.locator('body');
          const texts = await main.locator('h1, h2, label, button').allTextContents();
          return new Set(texts.map((text) => text.trim()).filter((text) => text.includes(' ')));
        }),
      );
      const same = [...(ours ?? [])].filter((text) => theirs?.has(text));
      // Names of people, devices and services are the same in every language.
      expect(
        same.filter((text) => / (the|your|is|of|to|and|a) /.test(text)),
        path,
      ).toEqual([]);
    }
    await context.close();
  });

  it('shows the entrance as well', async () => {
    for (const size of Object.keys(sizes) as Size[]) {
      for (const theme of themes) {
        const context = await chromium.browser.newContext({
          ...{ viewport: sizes[size], colorScheme: theme, bypassCSP: true },
        });
        const page = await context.newPage();
        await page.goto(butler.url);
        await settled(page);
        expect(await complaintsOf(page)).toEqual([]);
        expect(await overflowing(page)).toBeLessThanOrEqual(0);
        await page.screenshot({ path: join(pictures, `entrance-${size}-${theme}.png`) });
        await context.close();
      }
    }
  });
});
