/** The pages of the house in a real browser: what an owner does there, the house has done. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ownerOfTests, type RunningButler } from './rig/butler.ts';
import { noBrowser, type OpenPage, openPage } from './rig/page.ts';

const answerWithinMs = 15_000;

// Without Chromium there is nothing to run this on; the title says so.
describe.skipIf(noBrowser)(`the house${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let opened: OpenPage;
  let butler: RunningButler;
  let page: Page;

  beforeAll(async () => {
    opened = await openPage({
      prepare: ({ claude }) => claude.always({ text: 'A duck, most likely.' }),
    });
    ({ butler, page } = opened);
    page.setDefaultTimeout(answerWithinMs);
  });

  afterAll(() => opened?.close());

  const answerOf = async <Answer>(route: string): Promise<Answer> =>
    (await (await butler.request(route)).json()) as Answer;
  const say = async (text: string): Promise<void> =>
    void (await (await butler.request('/api/v1/chat', { text })).text());
  const goTo = async (id: string, title: string): Promise<void> => {
    await page.click('[data-testid=to-house]');
    await page.click(`[data-testid=to-${id}]`);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  };
  const told = (sentence: string | RegExp) =>
    page.locator('[data-testid=told]', { hasText: sentence }).waitFor();
  const undo = (sentence: string | RegExp) =>
    page.locator('[data-testid=told]', { hasText: sentence }).getByTestId('undo').click();

  it('says how every part is', async () => {
    await goTo('status', 'How the house is');
    const parts = page.locator('[data-testid=part]');
    await parts.first().waitFor();
    const known = await answerOf<{ parts: { name: string }[] }>('/health');
    expect(await parts.count()).toBeGreaterThanOrEqual(known.parts.length);
    await page.getByText('Nothing was ever down').waitFor();
  });

  it('shows turns as they happen, what they cost, and why something was done', async () => {
    await goTo('turns', 'Turns');
    await page.getByText('Nothing has been said yet').waitFor();
    await say('Which bird is that?');
    await say('set a tea timer for ten minutes');
    const turns = page.locator('[data-testid=turn]');
    await vi.waitFor(async () => expect(await turns.count()).toBe(2), answerWithinMs);
    await page.getByLabel('Show').selectOption({ label: 'With tools' });
    expect(await turns.count()).toBe(1);
    await turns.first().locator('summary').click();
    const call = page.locator('[data-testid=call]');
    await call.waitFor();
    const why = await call.textContent();
    expect(why).toContain('clock_set_timer');
    expect(why).toContain('checked afterwards');
    expect(why).toContain('set a tea timer for ten minutes');
    await vi.waitFor(
      async () => expect(await page.textContent('[data-testid=spent]')).toMatch(/\$0\.00\d+ for 2/),
      answerWithinMs,
    );
  });

  it('shows what is planned, and calls it off', async () => {
    await goTo('ledger', 'Schedule');
    await page.locator('[data-testid=planned]', { hasText: 'tea' }).waitFor();
    await page.getByRole('button', { name: 'Call off: tea' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Call off' }).click();
    await page.getByText('No timer runs').waitFor();
    expect(await answerOf('/api/v1/schedule')).toEqual({ entries: [] });
  });

  /** Somebody comes by invitation. */
  const bring = async (name: string): Promise<string> => {
    const made = await butler.request('/api/v1/auth/invitations', { name, role: 'child' });
    const { token } = (await made.json()) as { token: string };
    const { password } = ownerOfTests;
    const body = { token, username: name.toLowerCase(), password };
    const answer = await butler.request('/api/v1/auth/invitations/accept', body);
    return ((await answer.json()) as { user: { id: string } }).user.id;
  };

  it('gives somebody a role and permissions, with a way back', async () => {
    const id = await bring('Ben');
    const route = `/api/v1/users/${id}/permissions`;
    await goTo('people', 'People');
    await page.getByRole('button', { name: 'Manage Ben' }).click();
    const dialog = page.getByRole('region', { name: 'Ben' });
    await dialog.getByRole('radio', { name: /^Guest/ }).click();
    await undo('Ben is now: Guest.');
    await told('Ben is again: Child.');
    await dialog.getByRole('switch', { name: 'What their role may' }).click();
    await dialog.getByRole('switch', { name: 'Calendar' }).click();
    await dialog.getByRole('button', { name: 'Save what they may use' }).click();
    await told('What Ben may use is changed.');
    const { permissions } = await answerOf<{ permissions: string[] }>(route);
    expect(permissions).toContain('home');
    expect(permissions).not.toContain('calendar');
    await undo('What Ben may use is changed.');
    await told('What Ben may use is as it was.');
    expect(await answerOf(route)).toEqual({ permissions: null });
  });

  it('removes somebody, named and proven, and says what is left', async () => {
    await page.click('[data-testid=remove-person]');
    const dialog = page.getByRole('dialog', { name: 'Remove Ben for good?' });
    const act = dialog.getByRole('button', { name: 'Remove for good' });
    expect(await act.isDisabled()).toBe(true);
    await dialog.getByLabel(/write “ben”/).fill('Ben');
    await dialog.getByLabel('Your own password', { exact: true }).fill('not this one');
    await act.click();
    await dialog
      .getByRole('alert')
      .getByText(/Nothing was deleted/)
      .waitFor();
    await dialog.getByLabel('Your own password', { exact: true }).fill(ownerOfTests.password);
    await act.click();
    const report = page.locator('[data-testid=removed]');
    await report.getByText('found nothing of them any more').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    const { users } = await answerOf<{ users: { name: string }[] }>('/api/v1/users');
    expect(users.map(({ name }) => name)).toEqual([ownerOfTests.name]);
  });

  it('finds services by what one says to them, with what switches them on', async () => {
    await goTo('integrations', 'Integrations');
    const cards = page.locator('[data-testid=integration]');
    await cards.first().waitFor();
    await page.getByLabel('Search services and what they do').fill('timer');
    expect(await cards.count()).toBe(1);
    expect(await cards.textContent()).toContain('set a timer for ten minutes');
    await page.getByLabel('Search services and what they do').fill('calendar');
    const calendar = page.locator('[data-name=calendar]');
    expect(await calendar.textContent()).toMatch(/What switches it on: .*CALDAV_URL/);
  });

  it('makes a backup, hands it out byte by byte, and deletes it', async () => {
    await goTo('backups', 'Backups');
    await page.click('[data-testid=make-backup]');
    const row = page.locator('[data-testid=backup]');
    await row.waitFor({ timeout: 60_000 });
    const name = (await row.getAttribute('data-name')) ?? '';
    const coming = page.waitForEvent('download');
    await row.getByRole('button', { name: `Download ${name}` }).click();
    const saved = await (await coming).path();
    const kept = await butler.request(`/api/v1/backups/${name}`);
    expect((await readFile(saved)).equals(Buffer.from(await kept.arrayBuffer()))).toBe(true);
    await row.getByRole('button', { name: `Delete ${name}` }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('There is no backup yet').waitFor();
  });

  it('tells who did what, that it holds, and gives it out as a file', async () => {
    await goTo('audit', 'Audit');
    const lines = page.locator('[data-testid=audit-line]');
    await lines.getByText('Deleted a backup').waitFor();
    await page.click('[data-testid=verify-audit]');
    await page.getByText(/All \d+ lines hold/).waitFor();
    await page.getByLabel('Kind').selectOption({ label: 'Deletions' });
    await vi.waitFor(
      async () => expect(await lines.first().textContent()).toContain('Deleted a backup'),
      answerWithinMs,
    );
    const coming = page.waitForEvent('download');
    await page.click('[data-testid=audit-file]');
    const file = await readFile(await (await coming).path(), 'utf8');
    expect(file).toMatch(/"Ada","delete \/api\/v1\/backups\/\{name\}"/);
    expect(file).not.toContain('"post ');
  });

  it('changes a setting at once, says what is wrong with one, and takes it back', async () => {
    await goTo('settings', 'Settings');
    const route = '/api/v1/configuration';
    const setting = page.locator('[data-name=BUTLER_HISTORY_DAYS]');
    const field = setting.getByLabel('Days that conversations are kept');
    const days = async () => {
      const { settings } = await answerOf<{ settings: { key: string; value: unknown }[] }>(route);
      return settings.find(({ key }) => key === 'BUTLER_HISTORY_DAYS')?.value;
    };
    await field.fill('0');
    await setting.getByRole('button', { name: 'Save' }).click();
    await told(/must be a number of days from 1 to 3650/);
    await field.fill('60');
    await setting.getByRole('button', { name: 'Save' }).click();
    await told('“Days that conversations are kept” is changed.');
    expect(await days()).toBe(60);
    await undo('“Days that conversations are kept” is changed.');
    await told('“Days that conversations are kept” is as it was.');
    expect(await days()).toBe(30);
  });
});
