/** Butler as an installed app: it opens without the house, tells the truth then, and is renewed. */
import { appendFile, cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../admin/server.ts';
import { type FakeAdmin, fakeAdmin, owner } from './rig/admin.ts';
import { noBrowser } from './rig/page.ts';
import { startBrowser, type TestBrowser } from './servers/browser.ts';

const built = fileURLToPath(new URL('../web/dist', import.meta.url));

/** The page is served from the device from now on. */
const underControl = (page: Page): Promise<unknown> =>
  page.waitForFunction('navigator.serviceWorker.controller !== null', undefined, {
    timeout: 20_000,
  });

describe.skipIf(noBrowser)(`the installed app${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let admin: FakeAdmin;
  let server: Listening;
  let chromium: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    admin = await fakeAdmin();
    await cp(built, admin.webFolder, { recursive: true });
    server = await listen({ app: admin.app, host: '127.0.0.1', port: 0, log: admin.house.log });
    await admin.enter();
    const started = await startBrowser();
    if ('unavailable' in started) throw new Error(started.unavailable);
    chromium = started;
    page = await chromium.context.newPage();
    await page.goto(server.url);
    await page.fill('input[name=username]', owner.username);
    await page.fill('input[name=password]', owner.password);
    await page.click('button[type=submit]');
    await page.waitForSelector('[data-testid=to-talk]', { timeout: 20_000 });
  });

  afterAll(async () => {
    await chromium?.stop();
    await server?.close();
    await admin?.forget();
  });

  it('can be installed', async () => {
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    const devtools = await chromium.context.newCDPSession(page);
    const { errors, data } = await devtools.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect(JSON.parse(data ?? '{}')).toMatchObject({ name: 'Butler', display: 'standalone' });
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    const named = installabilityErrors.map(({ errorId }) => errorId);
    // A context of tests is a private window, in which nothing can be installed.
    expect(named.filter((id) => id !== 'in-incognito')).toEqual([]);
  });

  it('changes over to a new version when the person says so, and stays signed in', async () => {
    await page.reload();
    await underControl(page);
    await appendFile(join(admin.webFolder, 'sw.js'), '\n// A later version.\n');
    // Those beside it are the old version, compressed.
    await Promise.all(['br', 'gz'].map((end) => rm(join(admin.webFolder, `sw.js.${end}`))));
    await page.evaluate(
      'navigator.serviceWorker.ready.then((one) => one.update()).then(() => true)',
    );
    const banner = page.getByTestId('banner-update');
    await banner.waitFor({ timeout: 15_000 });
    const changed = page.waitForEvent('load');
    await banner.getByRole('button').click();
    await changed;
    await page.waitForSelector('[data-testid=to-talk]');
    expect(await page.getByTestId('banner-update').count()).toBe(0);
  });

  it('keeps no answer of the house on the device', async () => {
    const kept = await page.evaluate<string[]>(`(async () => {
      const opened = (await caches.keys()).map((name) => caches.open(name));
      const lists = (await Promise.all(opened)).map((cache) => cache.keys());
      return (await Promise.all(lists)).flat().map(({ url }) => new URL(url).pathname);
    })()`);
    expect(kept).toContain('/index.html');
    expect(kept.filter((path) => /^\/(api|health|docs|voice|ws)/.test(path))).toEqual([]);
  });

  it('opens without the house, says that it is away, and finds it again', async () => {
    const { port } = new URL(server.url);
    await server.close();
    await page.reload();
    const away = page.getByTestId('banner-away');
    await away.waitFor({ timeout: 15_000 });
    expect(await away.textContent()).toContain('does not answer');
    await page.goto(`${server.url}/me/profile`);
    await page.waitForSelector('[data-testid=to-talk]');
    const { log } = admin.house;
    server = await listen({ app: admin.app, host: '127.0.0.1', port: Number(port), log });
    await away.waitFor({ state: 'detached', timeout: 15_000 });
  });
});
