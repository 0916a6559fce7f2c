/** A person's first steps, manner and profile in a real browser, against a real house. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Services, startServices } from './rig/accounts.ts';
import { ownerOfTests, startButler } from './rig/butler.ts';
import { noBrowser, type OpenPage, openPage } from './rig/page.ts';
import { said } from './speech/clips.ts';

const clip = said('Who painted the Mona Lisa?');
const pin = '2468';

// biome-ignore lint/suspicious/noExplicitAny: what a route answers is what each test looks at.
type Content = any;

describe.skipIf(noBrowser)(`the pages about a person${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let services: Services;
  let opened: OpenPage;
  let page: Page;

  beforeAll(async () => {
    services = await startServices();
    services.jellyfin.fault = () => ({ status: 503 });
    opened = await openPage({
      clips: [clip.samples],
      // The house of this person offers accounts.
      start: ({ environment }) =>
        startButler({ environment: { ...environment, ...services.environment } }),
      prepare: ({ groq, claude }) => {
        groq.always({ text: clip.text });
        claude.always({ text: 'Leonardo da Vinci painted it.' });
      },
    });
    page = opened.page;
  });
  afterAll(async () => {
    await opened?.close();
    await services?.stop();
  });

  const ask = async (path: string): Promise<Content> =>
    (await opened.butler.request(path)).json() as Promise<Content>;
  const wizard = () => ask('/api/v1/onboarding');
  const doors = async (): Promise<Content> => {
    const { user } = await ask('/api/v1/me');
    return (await ask(`/api/v1/users/${user.id}/doors`)).doors;
  };
  const spoken = (): number => opened.providers.kokoro.requests.length;
  const told = (text: string | RegExp): Promise<void> =>
    page.locator('[data-testid=told]').filter({ hasText: text }).waitFor({ timeout: 10_000 });
  const step = (name: string): Promise<void> =>
    page.locator(`[data-testid=step-${name}]`).waitFor({ timeout: 10_000 });
  const next = () => page.click('[data-testid=next]');

  it('asks a new person for name and manner, and loses neither on a reload', async () => {
    await page.goto(`${opened.butler.url}/welcome`);
    await step('you');
    await page.getByLabel('What Butler should call you').fill('Ada L.');
    await next();
    await step('manner');
    const before = spoken();
    await page.getByRole('button', { name: 'Hear “Classic butler”' }).click();
    await vi.waitFor(() => expect(spoken()).toBeGreaterThan(before), 10_000);
    expect((await wizard()).you.soul.formality).toBe('balanced');
    await page.click('[data-testid=preset-classic]');
    await vi.waitFor(
      async () => expect((await wizard()).you).toMatchObject({ soul: { formality: 'formal' } }),
      10_000,
    );
    await page.getByLabel('What you call him').fill('Jeeves');
    await next();
    await step('voice');
    await page.reload();
    await step('voice');
    await page.getByRole('button', { name: 'Back' }).click();
    await step('manner');
    expect(await page.getByLabel('What you call him').inputValue()).toBe('Jeeves');
    expect((await wizard()).you).toMatchObject({ name: 'Ada L.', soul: { butler_name: 'Jeeves' } });
    await next();
  });

  it('lets a voice be heard, keeps it, and takes it back', async () => {
    await step('voice');
    const before = spoken();
    await page.click('[data-testid=voice-bm_george]');
    await told('George');
    await vi.waitFor(() => expect(spoken()).toBeGreaterThan(before), 10_000);
    expect(opened.providers.kokoro.requests.at(-1)).toMatchObject({
      body: { voice: 'bm_george' },
    });
    expect((await wizard()).you.voice).toBe('bm_george');
    const george = page.locator('[data-testid=voice-bm_george]');
    expect(await george.getAttribute('aria-pressed')).toBe('true');
    await page.locator('[data-testid=undo]').last().click();
    await told('as before');
    expect((await wizard()).you.voice).toBeNull();
    await next();
  });

  it('tries the microphone: what was heard and answered stands there', async () => {
    await step('talk');
    await page.getByRole('radio', { name: /At once/ }).click();
    await page.click('[data-testid=try]');
    const heard = page.locator('[data-testid=heard]');
    await heard.waitFor({ timeout: 20_000 });
    expect(await heard.textContent()).toBe(clip.text);
    await page.getByText('Leonardo da Vinci').waitFor({ timeout: 10_000 });
    expect((await doors()).startMode).toBe('app_open');
    await next();
  });

  it('makes accounts, says of each how it went, and mends the one that failed', async () => {
    await step('accounts');
    await page.click('[data-testid=make-accounts]');
    const state = (service: string) => page.locator(`[data-testid=account-${service}]`);
    await state('nextcloud').filter({ hasText: 'ready' }).waitFor({ timeout: 15_000 });
    await state('jellyfin').filter({ hasText: 'failed' }).waitFor({ timeout: 15_000 });
    expect(await state('jellyfin').textContent()).toContain('fault of its own');
    services.jellyfin.fault = () => undefined;
    await page.getByRole('button', { name: 'Try again: Jellyfin' }).click();
    await state('jellyfin').filter({ hasText: 'ready' }).waitFor({ timeout: 15_000 });
    await next();
    await step('done');
    await page.getByRole('heading', { name: 'Jeeves is at your service.' }).waitFor();
    await page.getByRole('link', { name: 'Look at the profile' }).click();
  });

  it('changes a soul, warns before it is lost, saves it, and takes it back', async () => {
    await page.click('[data-testid=to-soul]');
    await page.getByLabel('Personality').fill('dry and exact');
    await page.getByRole('radio', { name: /casual/ }).click();
    await page.click('[data-testid=to-memory]');
    const warning = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await warning.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByLabel('Personality').inputValue()).toBe('dry and exact');
    await page.click('[data-testid=hear]');
    const sentence = page.locator('[data-testid=preview]');
    await sentence.filter({ hasText: 'dry and exact' }).waitFor({ timeout: 10_000 });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await told('tone: casual');
    expect((await wizard()).you.soul).toMatchObject({ personality: 'dry and exact' });
    await page.locator('[data-testid=undo]').last().click();
    await told('as it was before');
    expect((await wizard()).you.soul).toMatchObject({ formality: 'formal' });
    expect(await page.getByLabel('Personality').inputValue()).not.toBe('dry and exact');
  });

  it('sets a PIN only with the right password', async () => {
    await page.click('[data-testid=to-profile]');
    await page.getByLabel('Your password', { exact: true }).fill('not the password');
    await page.getByLabel('New PIN', { exact: true }).fill(pin);
    await page.getByRole('button', { name: 'Set PIN' }).click();
    await page.getByRole('alert').filter({ hasText: 'your own password' }).waitFor();
    await page.getByLabel('Your password', { exact: true }).fill(ownerOfTests.password);
    await page.getByRole('button', { name: 'Set PIN' }).click();
    await told('The PIN is set');
  });

  it('changes name, follow-up and theme', async () => {
    await page.getByLabel('What Butler should call you').fill('Ada');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await told('calls you Ada now');
    expect((await ask('/api/v1/me')).user.name).toBe('Ada');
    await page.getByRole('switch', { name: 'Go on without the word' }).click();
    await vi.waitFor(async () => expect((await doors()).followUp).toBe(false), 10_000);
    await page.getByRole('radio', { name: 'Dark', exact: true }).click();
    await page.locator(':root[data-theme=dark]').waitFor();
  });

  it('speaks German at once when somebody chooses it', async () => {
    await page.getByLabel('Language', { exact: true }).selectOption('de');
    await page
      .getByRole('heading', { level: 1, name: 'Profil', exact: true })
      .waitFor({ timeout: 15_000 });
    expect((await doors()).language).toBe('de');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.click('[data-testid=to-memory]');
    await page.getByText('Butler weiß noch nichts über dich').waitFor();
  });

  it('a new password counts, and the old one does not', async () => {
    await page.click('[data-testid=to-profile]');
    const password = 'another horse battery';
    await page.getByLabel('Jetziges Passwort', { exact: true }).fill(ownerOfTests.password);
    await page.getByLabel('Neues Passwort', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Passwort ändern' }).click();
    await told('gilt das neue Passwort');
    const login = (typed: string) =>
      opened.butler.request('/api/v1/auth/login', { username: 'ada', password: typed });
    expect((await login(ownerOfTests.password)).status).toBe(401);
    expect((await login(password)).status).toBeLessThan(300);
  });
});
