/** What Butler knows, on the page in a browser: seen, corrected, forgotten, taken back. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { noBrowser, type OpenPage, openPage } from './rig/page.ts';

interface Fact {
  id: number;
  fact: string;
}

describe.skipIf(noBrowser)(`the page of facts${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let opened: OpenPage;
  let page: Page;

  beforeAll(async () => {
    opened = await openPage();
    page = opened.page;
    for (const [fact, category] of [
      ['I take my coffee black', 'preference'],
      ['My sister is called Nora', 'personal'],
      ['I run every Tuesday', 'routine'],
    ]) {
      const answer = await opened.butler.request('/api/v1/memory/facts', { fact, category });
      expect(answer.status).toBe(201);
    }
  });
  afterAll(() => opened?.close());

  const facts = (): Locator => page.locator('[data-testid=fact]');
  const fact = (text: string): Locator => facts().filter({ hasText: text });
  const search = (): Locator => page.getByRole('searchbox', { name: 'Search what Butler knows' });
  const told = (text: string | RegExp): Promise<void> =>
    page.locator('[data-testid=told]').filter({ hasText: text }).waitFor({ timeout: 10_000 });
  const known = async (): Promise<string[]> => {
    const answer = await opened.butler.request('/api/v1/memory/facts');
    return ((await answer.json()) as { facts: Fact[] }).facts.map(({ fact: text }) => text);
  };

  it('opens by keyboard and shows what Butler knows, by kind and with its source', async () => {
    await page.locator('[data-testid=to-me]').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-testid=to-memory]').focus();
    await page.keyboard.press('Enter');
    await facts().first().waitFor({ timeout: 10_000 });
    expect(await facts().count()).toBe(3);
    expect(await page.locator('#page h2').allTextContents()).toEqual(
      expect.arrayContaining(['About you', 'What you like', 'Your habits']),
    );
    expect(await fact('coffee').textContent()).toContain('you told me · ');
    // A screen reader begins with the title of the page that came.
    const title = page.getByRole('heading', { level: 1, name: 'What Butler knows about you' });
    expect(await title.evaluate((own) => own.ownerDocument.activeElement === own)).toBe(true);
  });

  it('finds while one types', async () => {
    await search().fill('coffee');
    await vi.waitFor(async () => {
      expect(await facts().first().textContent()).toContain('coffee');
      expect(await page.locator('[data-testid=fact-count]').textContent()).not.toContain('3');
    }, 10_000);
    await search().fill('');
    await vi.waitFor(async () => expect(await facts().count()).toBe(3), 10_000);
  });

  it('adds a fact, and corrects one in place', async () => {
    await page.click('[data-testid=fact-add]');
    await page.getByLabel('Something about you', { exact: true }).fill('I live in Olso');
    await page.getByRole('button', { name: 'Save' }).click();
    await told('remember');
    await page.getByRole('button', { name: 'Edit: I live in Olso' }).click();
    await page.getByLabel('Something about you', { exact: true }).fill('I live in Oslo');
    await page.getByRole('button', { name: 'Save' }).click();
    await told('this way now');
    await fact('Oslo').waitFor();
    expect(await known()).toContain('I live in Oslo');
    const edit = page.getByRole('button', { name: 'Edit: I live in Oslo' });
    await vi.waitFor(async () => {
      const focused = await edit.evaluate((own) => own.ownerDocument.activeElement === own);
      expect(focused).toBe(true);
    }, 5_000);
  });

  it('forgets, and knows again after an undo', async () => {
    await page.getByRole('button', { name: 'Forget: My sister is called Nora' }).click();
    await told('Forgotten');
    await fact('Nora').waitFor({ state: 'detached' });
    expect(await known()).not.toContain('My sister is called Nora');
    await page.locator('[data-testid=undo]').click();
    await told('knows it again');
    await fact('Nora').waitFor();
    expect(await known()).toContain('My sister is called Nora');
  });

  it('says the house’s own sentence when something is wrong', async () => {
    await page.getByRole('button', { name: 'Edit: I live in Oslo' }).click();
    await page.getByLabel('Something about you', { exact: true }).fill('I run every Tuesday');
    await page.getByRole('button', { name: 'Save' }).click();
    await told('Another fact says the same already');
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('forgets what a search found, but for what is left out, and takes it back', async () => {
    const before = await known();
    await search().fill('Tuesday Oslo');
    await vi.waitFor(async () => expect(await facts().count()).toBe(2), 10_000);
    await page.click('[data-testid=forget-found]');
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('checkbox', { name: 'I live in Oslo' }).uncheck();
    await dialog.getByRole('button', { name: 'Forget one fact' }).click();
    await told('Forgotten');
    expect((await known()).toSorted()).toEqual(
      before.filter((text) => text !== 'I run every Tuesday').toSorted(),
    );
    await page.locator('[data-testid=undo]').last().click();
    await vi.waitFor(async () => expect(await known()).toContain('I run every Tuesday'), 10_000);
    await search().fill('');
  });

  it('forgets everything only after asking, and then says how to begin', async () => {
    await page.click('[data-testid=forget-everything]');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await known()).toHaveLength(4);
    await page.click('[data-testid=forget-everything]');
    await page.getByRole('button', { name: 'Yes, forget everything' }).click();
    await told('Everything is forgotten');
    await page.getByText('Butler knows nothing about you yet').waitFor({ timeout: 10_000 });
    expect(await known()).toEqual([]);
  });
});
