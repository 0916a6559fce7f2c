/** What Butler knows, on the page in a browser: seen, corrected, forgotten, taken back; souls. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ownerOfTests } from './rig/butler.ts';
import { noBrowser, type OpenPage, openPage } from './rig/page.ts';

interface Fact {
  id: number;
  fact: string;
}

describe.skipIf(noBrowser)(`the page about a person${noBrowser ? ` (${noBrowser})` : ''}`, () => {
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
  const told = (text: string | RegExp): Promise<void> =>
    page.locator('[data-testid=told]').filter({ hasText: text }).waitFor({ timeout: 10_000 });
  const known = async (): Promise<string[]> => {
    const answer = await opened.butler.request('/api/v1/memory/facts');
    return ((await answer.json()) as { facts: Fact[] }).facts.map(({ fact: text }) => text);
  };
  const ask = async (path: string): Promise<unknown> =>
    (await opened.butler.request(path)).json() as Promise<unknown>;

  it('opens by keyboard and shows what Butler knows, by kind and with its source', async () => {
    await page.locator('[data-testid=about-open]').focus();
    await page.keyboard.press('Enter');
    await facts().first().waitFor({ timeout: 10_000 });
    expect(await facts().count()).toBe(3);
    expect(await page.locator('.about h3').allTextContents()).toEqual(
      expect.arrayContaining(['About you', 'What you like', 'Your habits']),
    );
    expect(await fact('coffee').textContent()).toContain('you told me · today');
    const dialog = page.getByRole('dialog', { name: 'What Butler knows about you' });
    expect(await dialog.count()).toBe(1);
    await page.locator('.about-page').focus();
    await page.keyboard.down('Space');
    const state = page.locator('[data-testid=state]');
    expect(await state.getAttribute('data-state')).toBe('idle');
    await page.keyboard.up('Space');
  });

  it('finds while one types', async () => {
    await page.getByLabel('Search what Butler knows').fill('coffee');
    await vi.waitFor(async () => {
      expect(await facts().first().textContent()).toContain('coffee');
      expect(await page.locator('.about-count').textContent()).not.toContain('3 facts');
    }, 10_000);
    await page.getByLabel('Search what Butler knows').fill('');
    await vi.waitFor(async () => expect(await facts().count()).toBe(3), 10_000);
  });

  it('adds a fact, and corrects one in place', async () => {
    await page.click('[data-testid=fact-add]');
    await page.getByLabel('Something about you').fill('I live in Olso');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Save' }).click();
    await told('remember');
    await page.getByRole('button', { name: 'Edit: I live in Olso' }).click();
    await page.getByLabel('Something about you').fill('I live in Oslo');
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
    const undo = page.locator('[data-testid=undo]');
    expect(await undo.evaluate((own) => own.ownerDocument.activeElement === own)).toBe(true);
    expect(await known()).not.toContain('My sister is called Nora');
    await page.keyboard.press('Enter');
    await told('knows it again');
    await fact('Nora').waitFor();
    expect(await known()).toContain('My sister is called Nora');
  });

  it('says the house’s own sentence when something is wrong', async () => {
    await page.getByRole('button', { name: 'Edit: I live in Oslo' }).click();
    await page.getByLabel('Something about you').fill('I run every Tuesday');
    await page.getByRole('button', { name: 'Save' }).click();
    await told('Another fact says the same already');
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('shows a soul by keyboard, lets it be heard, and saves it', async () => {
    await page.getByRole('tab', { name: 'Facts' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByLabel('Personality').waitFor();
    await page.getByLabel('Personality').fill('dry and exact');
    await page.getByRole('radio', { name: 'formal', exact: true }).check();
    const before = opened.providers.kokoro.requests.length;
    await page.click('[data-testid=hear]');
    const sentence = page.locator('[data-testid=preview]');
    await sentence.waitFor({ timeout: 10_000 });
    expect(await sentence.textContent()).toContain(ownerOfTests.name);
    await vi.waitFor(
      () => expect(opened.providers.kokoro.requests.length).toBeGreaterThan(before),
      10_000,
    );
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await told('tone: formal');
    const { user } = (await ask('/api/v1/me')) as { user: { id: string } };
    expect(await ask(`/api/v1/users/${user.id}/soul`)).toMatchObject({
      soul: { personality: 'dry and exact', formality: 'formal' },
    });
  });

  it('sets a PIN only with the right password', async () => {
    await page.getByRole('tab', { name: 'PIN' }).click();
    await page.getByLabel('Your password').fill('not the password');
    await page.getByLabel('New PIN').fill('2468');
    await page.getByRole('button', { name: 'Set PIN' }).click();
    await told('your own password');
    await page.getByLabel('Your password').fill(ownerOfTests.password);
    await page.getByRole('button', { name: 'Set PIN' }).click();
    await told('The PIN is set');
  });

  it('shows what was said, and deletes it', async () => {
    await page.keyboard.press('Escape');
    await page.locator('[data-testid=about]').waitFor({ state: 'detached' });
    await page.fill('[data-testid=text-input]', 'what time is it');
    await page.click('[data-testid=text-send]');
    await page.locator('[data-testid=transcript-butler]').filter({ hasText: /\d/ }).waitFor();
    await page.waitForSelector('[data-testid=state][data-state=idle]', { timeout: 20_000 });
    await page.click('[data-testid=about-open]');
    await page.getByRole('tab', { name: 'History' }).click();
    const said = page.locator('[data-testid=said]');
    await said.first().waitFor({ timeout: 10_000 });
    expect(await said.first().textContent()).toContain('what time is it');
    await said.getByRole('button').first().click();
    await said.getByRole('button').first().click();
    await told('Deleted');
    await said.first().waitFor({ state: 'detached' });
    expect(await ask('/api/v1/memory/history')).toEqual({ turns: [] });
  });

  it('forgets everything only after asking', async () => {
    await page.getByRole('tab', { name: 'Facts' }).click();
    await page.click('[data-testid=forget-everything]');
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(await known()).toHaveLength(4);
    await page.click('[data-testid=forget-everything]');
    await page.click('[data-testid=forget-yes]');
    await told('Everything is forgotten');
    await vi.waitFor(async () => expect(await facts().count()).toBe(0), 10_000);
    expect(await known()).toEqual([]);
  });
});
