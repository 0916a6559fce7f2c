/** The readable OpenAPI document in a real Chromium: under our own CSP, with every path. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../admin/server.ts';
import { type FakeAdmin, fakeAdmin } from './rig/admin.ts';
import { startBrowser, type TestBrowser } from './servers/browser.ts';
import { findBrowser } from './servers/browser-find.ts';

const found = await findBrowser();
const noBrowser = 'unavailable' in found ? found.unavailable : undefined;

describe.skipIf(noBrowser)(`the page /docs${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let admin: FakeAdmin;
  let server: Listening;
  let chromium: TestBrowser;
  let page: Page;
  const complaints: string[] = [];
  const asked = new Set<string>();

  beforeAll(async () => {
    admin = await fakeAdmin();
    server = await listen({ app: admin.app, host: '127.0.0.1', port: 0, log: admin.house.log });
    const started = await startBrowser();
    if ('unavailable' in started) throw new Error(started.unavailable);
    chromium = started;
    page = await chromium.context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http')) asked.add(origin);
    });
    await page.goto(`${server.url}/docs`);
    await page.locator('.opblock').first().waitFor({ timeout: 30_000 });
  });
  afterAll(async () => {
    await chromium?.stop();
    await server?.close();
    await admin?.forget();
  });

  it('lists every path and method of the document', async () => {
    const answer = await fetch(`${server.url}/openapi.json`);
    const { paths } = (await answer.json()) as { paths: Record<string, Record<string, unknown>> };
    const documented = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const listed = await page.locator('.opblock-summary').evaluateAll((all) =>
      all.map((one) => {
        const method = one.querySelector('.opblock-summary-method')?.textContent ?? '';
        const path = one.querySelector('.opblock-summary-path')?.getAttribute('data-path') ?? '';
        return `${method} ${path}`;
      }),
    );
    expect(listed.sort()).toEqual(documented.sort());
    expect(listed.length).toBeGreaterThan(40);
  });

  it('asks with a token that is typed in, and forgets it with the page', async () => {
    const { bearer } = await admin.enter();
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    const token = bearer.authorization.replace('Bearer ', '');
    await page.getByLabel('auth-bearer-value').fill(token);
    await page.getByRole('button', { name: 'Apply credentials' }).first().click();
    await page.getByRole('button', { name: 'Close' }).first().click();
    const me = page
      .locator('.opblock')
      .filter({ hasText: 'Who you are, and what you have set.' })
      .first();
    await me.locator('.opblock-summary-control').click();
    await me.getByRole('button', { name: 'Try it out' }).click();
    await me.getByRole('button', { name: 'Execute' }).click();
    await me.locator('.live-responses-table').filter({ hasText: 'ada' }).waitFor();
    const stored = await page.evaluate(() => JSON.stringify(globalThis.localStorage));
    expect(stored).not.toContain(token);
  });

  it('breaks no rule of the CSP and asks nobody else', () => {
    expect(complaints).toEqual([]);
    expect([...asked]).toEqual([server.url]);
  });
});
