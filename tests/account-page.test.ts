/** Accounts, notices and privacy in a real browser, over a real house with four services. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Services, startServices } from './rig/accounts.ts';
import { ownerOfTests, type RunningButler, startButler } from './rig/butler.ts';
import { noBrowser, signIn } from './rig/page.ts';
import { startBrowser, type TestBrowser } from './servers/browser.ts';

const pageWithinMs = 20_000;

describe.skipIf(noBrowser)(`people's pages${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let services: Services;
  let butler: RunningButler;
  let chromium: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    services = await startServices();
    const environment = { BUTLER_LOCAL_MODELS: 'off', ...services.environment };
    butler = await startButler({ environment });
    const started = await startBrowser();
    if ('unavailable' in started) throw new Error(started.unavailable);
    chromium = started;
    page = await chromium.context.newPage();
    await signIn(page, butler.url);
  });
  afterAll(async () => {
    await chromium?.stop();
    await butler?.stop();
    await services?.stop();
  });

  const open = async (name: string): Promise<void> => {
    await page.click('[data-testid=to-me]');
    await page.click(`[data-testid=to-${name}]`);
  };
  const told = (text: string | RegExp): Promise<void> =>
    page.locator('[data-testid=told]').filter({ hasText: text }).last().waitFor();
  const card = (service: string) => page.locator(`[data-testid=account-${service}]`);
  const dialog = () => page.getByRole('dialog');
  const answerOf = async (route: string): Promise<never> =>
    (await (await butler.request(route)).json()) as never;

  describe('accounts', () => {
    it('makes one on each service, and says of one that failed why', async () => {
      services.immich.fault = () => ({ status: 503, body: 'down for a minute' });
      await open('accounts');
      await page.click('[data-testid=make-accounts]');
      await dialog().getByRole('button', { name: 'Make my accounts' }).click();
      await told('is making your accounts');
      for (const service of ['jellyfin', 'audiobookshelf', 'nextcloud']) {
        await card(service).getByText('works', { exact: true }).waitFor();
      }
      await card('immich').getByText('does not work').waitFor({ timeout: pageWithinMs });
      const kept: { accounts: { service: string; message: string }[] } =
        await answerOf('/api/v1/accounts');
      const sentence = kept.accounts.find(({ service }) => service === 'immich')?.message ?? '';
      expect(sentence).not.toBe('');
      expect(await card('immich').textContent()).toContain(sentence);
      services.immich.fault = () => undefined;
      await page.getByRole('button', { name: 'Try again: Immich' }).click();
      await card('immich').getByText('works', { exact: true }).waitFor({ timeout: pageWithinMs });
      expect(services.immich.users.size).toBe(1);
    });

    it('shows a password to whoever knows the own one, and changes it', async () => {
      await page.getByRole('button', { name: 'Show password: Jellyfin' }).click();
      await dialog().getByLabel('Your Butler password', { exact: true }).fill('wrong');
      await dialog().getByRole('button', { name: 'Show it' }).click();
      await dialog().getByRole('alert').waitFor();
      expect(await page.locator('[data-testid=password]').count()).toBe(0);
      const own = dialog().getByLabel('Your Butler password', { exact: true });
      await own.fill(ownerOfTests.password);
      await dialog().getByRole('button', { name: 'Show it' }).click();
      const shown = (await page.locator('[data-testid=password]').textContent()) ?? '';
      const [user] = [...services.jellyfin.users.values()] as { password: string }[];
      expect(shown).toBe(user?.password);
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Change password: Jellyfin' }).click();
      await dialog().getByRole('radio', { name: 'I choose one' }).click();
      await dialog().getByLabel('Password', { exact: true }).fill('lemon tea at five');
      const proof = dialog().getByLabel('Your Butler password', { exact: true });
      await proof.fill(ownerOfTests.password);
      await dialog().getByRole('button', { name: 'Change password' }).click();
      await told('changing the password of Jellyfin');
      await expect
        .poll(() => ([...services.jellyfin.users.values()] as { password: string }[])[0]?.password)
        .toBe('lemon tea at five');
    });
  });

  describe('notices', () => {
    it('counts what is new as it comes, and lets it be read', async () => {
      const bell = page.locator('[data-testid=to-notices]');
      await open('notifications');
      await page.getByRole('heading', { name: 'Inbox' }).waitFor();
      // Unlike on another try of this test.
      const name = `Kitchen ${performance.now()}`;
      await butler.request('/api/v1/auth/register', { name, type: 'display' });
      const row = page.locator('[data-testid=notice-row]').filter({ hasText: name });
      await row.getByText('new', { exact: true }).waitFor();
      await bell.getByText(/unread notice/).waitFor({ state: 'attached' });
      await row.getByRole('link', { name: 'To the devices' }).waitFor();
      await row.getByRole('button').click();
      await row.getByText('new', { exact: true }).waitFor({ state: 'detached' });
    });

    it('keeps quiet hours, and takes them back', async () => {
      const quietNow = async () => {
        const kept: { notifications: { quiet: unknown } } = await answerOf(
          '/api/v1/me/notifications',
        );
        return kept.notifications.quiet;
      };
      await page.getByRole('switch', { name: 'Quiet hours' }).click();
      await told('It is kept');
      expect(await quietNow()).toEqual({ from: '22:00', to: '07:00' });
      await page.getByLabel('From', { exact: true }).fill('21:30');
      await page.getByLabel('From', { exact: true }).blur();
      await expect.poll(quietNow).toEqual({ from: '21:30', to: '07:00' });
      await page.locator('[data-testid=undo]').nth(1).click();
      await expect.poll(quietNow).toEqual({ from: '22:00', to: '07:00' });
    });
  });

  describe('privacy', () => {
    it('hands out everything as a file', async () => {
      await open('privacy');
      const coming = page.waitForEvent('download');
      await page.click('[data-testid=export]');
      const download = await coming;
      expect(download.suggestedFilename()).toMatch(/^butler-\d{4}-\d\d-\d\d\.zip$/);
      const bytes = await readFile(await download.path());
      expect(bytes.subarray(0, 2).toString()).toBe('PK');
      expect(bytes.includes('README.txt')).toBe(true);
      await told(/butler-.*\.zip is saved/);
    });

    it('shows what was done with what is theirs', async () => {
      await page.getByText('Saw an account’s password').first().waitFor();
      await page.getByText('Asked to see an account’s password').first().waitFor();
    });

    it('asks the only owner for the whole household, and deletes a guest for good', async () => {
      await page.click('[data-testid=purge]');
      await page.getByLabel(/^Type your username/).fill(ownerOfTests.username);
      await page.getByLabel('Your password', { exact: true }).fill(ownerOfTests.password);
      await page.getByRole('button', { name: 'Delete me for good' }).click();
      await page.getByLabel(/^To delete the household, type/).waitFor();
      await page.keyboard.press('Escape');

      const invited = { name: 'Ben', role: 'guest' };
      const made = await butler.request('/api/v1/auth/invitations', invited);
      const { token } = (await made.json()) as { token: string };
      const ben = { token, username: 'ben', password: 'a long password' };
      await butler.request('/api/v1/auth/invitations/accept', ben);
      const other = await chromium.browser.newContext({ locale: 'de-DE' });
      try {
        await deletesHimself(await other.newPage());
      } finally {
        await other.close();
      }
      const { users } = (await answerOf('/api/v1/users')) as { users: { name: string }[] };
      expect(users.map(({ name }) => name)).toEqual([ownerOfTests.name]);
    });

    const deletesHimself = async (his: Page): Promise<void> => {
      await his.goto(butler.url);
      await his.getByLabel('Benutzername').fill('ben');
      await his.getByLabel('Passwort', { exact: true }).fill('a long password');
      await his.getByRole('button', { name: 'Anmelden' }).click();
      await his.click('[data-testid=to-me]');
      await his.click('[data-testid=to-privacy]');
      await his.click('[data-testid=purge]');
      await his.getByLabel(/^Tippe deinen Benutzernamen/).fill('anna');
      await his.getByLabel('Dein Passwort', { exact: true }).fill('a long password');
      await his.getByRole('button', { name: 'Mich für immer löschen' }).click();
      await his.getByTestId('purge-form').getByRole('alert').waitFor();
      await his.getByLabel(/^Tippe deinen Benutzernamen/).fill('ben');
      await his.getByRole('button', { name: 'Mich für immer löschen' }).click();
      await his.getByRole('heading', { name: 'Schön, dich zu sehen.' }).waitFor();
      const farewell = his.getByTestId('farewell');
      await farewell.getByText('eine Suche danach fand nichts mehr von dir').waitFor();
    };
  });
});
