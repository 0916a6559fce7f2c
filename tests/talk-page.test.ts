/** The talk page when things go wrong: lost house, dead LiveKit, other devices, interruptions. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningButler, startButler } from './rig/butler.ts';
import { noBrowser, signIn } from './rig/page.ts';
import { type Providers, startProviders } from './rig/providers.ts';
import { startBrowser, type TestBrowser } from './servers/browser.ts';
import { freePorts } from './servers/ports.ts';

interface Stats {
  framesSent: number;
  lastSpeechFrameAt: number;
  lastSoundAt: number;
  pressedAt: number;
  firstFrameAt: number;
  readyAt: number;
}
const stats = (page: Page): Promise<Stats> =>
  page.evaluate(() => (globalThis as unknown as { butlerStats: Stats }).butlerStats);

const stateIs = (page: Page, state: string) =>
  page.waitForSelector(`[data-testid=state][data-state=${state}]`, { timeout: 20_000 });
const pointer = { pointerId: 1, button: 0, isPrimary: true };
const press = (page: Page) => page.dispatchEvent('[data-testid=hold]', 'pointerdown', pointer);
const release = (page: Page) => page.dispatchEvent('[data-testid=hold]', 'pointerup', pointer);
const ask = async (page: Page, text: string): Promise<void> => {
  await page.fill('[data-testid=text-input]', text);
  await page.press('[data-testid=text-input]', 'Enter');
};
const answered = (page: Page, text: string) =>
  page.getByTestId('transcript-butler').filter({ hasText: text }).first().waitFor();
const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const long = 'Butter, flour, sugar, four eggs, a lemon, and a good deal of patience. '.repeat(12);
const title = noBrowser ? ` (${noBrowser})` : '';

// Without Chromium there is nothing to run this on; the title says so.
describe.skipIf(noBrowser)(`the talk page${title}`, () => {
  let providers: Providers;
  let dataFolder: string;
  let butler: RunningButler;
  let chromium: TestBrowser;
  let page: Page;
  let start: (more?: Record<string, string>) => Promise<RunningButler>;

  beforeAll(async () => {
    providers = await startProviders({ firstTokenMs: 20, transcriptionMs: 20 });
    // Nobody says anything here: what the page does is what counts.
    providers.groq.always({ text: '' });
    providers.claude.always({ text: 'It is a cake.' });
    dataFolder = mkdtempSync(path.join(tmpdir(), 'butler-talk-'));
    const [port = 0] = await freePorts(['tcp']);
    start = (more = {}) =>
      startButler({
        dataFolder,
        environment: { ...providers.environment, BUTLER_PORT: String(port), ...more },
      });
    butler = await start();
    // Its fake microphone beeps once a second.
    const opened = await startBrowser();
    if ('unavailable' in opened) throw new Error(opened.unavailable);
    chromium = opened;
    page = await chromium.context.newPage();
    await signIn(page, butler.url);
  });

  afterAll(async () => {
    await chromium?.stop();
    await butler?.stop();
    await providers?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it('has the first frame within 100 ms of the press, once the microphone is warm', async () => {
    const tookMs: number[] = [];
    for (let index = 0; index < 11; index += 1) {
      await press(page);
      await page.waitForFunction(
        () => (globalThis as unknown as { butlerStats: Stats }).butlerStats.firstFrameAt > 0,
      );
      const { pressedAt, firstFrameAt } = await stats(page);
      await release(page);
      await page.waitForSelector('[data-testid=hold][aria-pressed=false]');
      // The first one waits for the browser to open the microphone.
      if (index > 0) tookMs.push(firstFrameAt - pressedAt);
    }
    expect(median(tookMs)).toBeLessThanOrEqual(100);
  });

  it('falls silent at once when the button is pressed while Butler speaks', async () => {
    await stateIs(page, 'idle');
    providers.claude.always({ text: long });
    await ask(page, 'what do I need for the cake');
    await answered(page, 'Butter');
    await stateIs(page, 'speaking');
    await page.waitForFunction(
      () => (globalThis as unknown as { butlerStats: Stats }).butlerStats.lastSoundAt > 0,
    );
    await press(page);
    const { pressedAt } = await stats(page);
    await stateIs(page, 'listening');
    await page.waitForTimeout(700);
    const { lastSoundAt } = await stats(page);
    await release(page);
    expect(lastSoundAt - pressedAt).toBeLessThan(400);
    await page.waitForSelector('[data-cut=true]');
    providers.claude.always({ text: 'It is a cake.' });
  });

  it('sends only silence while it is muted, and says so', async () => {
    await page
      .getByTestId('stop')
      .click({ timeout: 1_000 })
      .catch(() => undefined);
    await page.getByTestId('tap').click();
    await page.getByTestId('mute').click();
    await stateIs(page, 'muted');
    await page.waitForTimeout(200);
    const before = await stats(page);
    await page.waitForTimeout(2_200);
    const after = await stats(page);
    expect(after.framesSent - before.framesSent).toBeGreaterThan(50);
    expect(after.lastSpeechFrameAt).toBe(before.lastSpeechFrameAt);
    await page.getByTestId('mute').click();
    await page.waitForFunction(
      (at) => (globalThis as unknown as { butlerStats: Stats }).butlerStats.lastSpeechFrameAt > at,
      after.lastSpeechFrameAt,
    );
    await page.getByTestId('tap').click();
  });

  it('remembers the chosen microphone, and hears through another when it has gone', async () => {
    await page.getByTestId('voice-settings').click();
    await page.getByTestId('microphone').selectOption({ label: 'Fake Audio Input 2' });
    const chosen = await page.getByTestId('microphone').inputValue();
    expect(chosen).not.toBe('');
    await page.reload();
    await stateIs(page, 'idle');
    await page.getByTestId('voice-settings').click();
    expect(await page.getByTestId('microphone').inputValue()).toBe(chosen);
    await page.evaluate(() =>
      localStorage.setItem(
        'butler.audio',
        JSON.stringify({ microphone: 'unplugged', volume: 0.5 }),
      ),
    );
    await page.reload();
    await stateIs(page, 'idle');
    await page.getByTestId('tap').click();
    await page.waitForSelector('[data-testid=notice][data-kind=microphone]');
    await page.waitForFunction(
      () => (globalThis as unknown as { butlerStats: Stats }).butlerStats.framesSent > 20,
    );
    await page.getByTestId('tap').click();
    await page.evaluate(() => localStorage.removeItem('butler.audio'));
  });

  it('comes back by itself with its lines, though LiveKit is dead now', async () => {
    await ask(page, 'what is this');
    await answered(page, 'It is a cake.');
    await butler.stop();
    await stateIs(page, 'reconnecting');
    const [dead = 0, worker = 0] = await freePorts(['tcp', 'tcp']);
    butler = await start({
      LIVEKIT_URL: `ws://127.0.0.1:${dead}`,
      LIVEKIT_API_KEY: 'butler-test',
      LIVEKIT_API_SECRET: 'a secret that nobody has to know',
      BUTLER_WORKER_PORT: String(worker),
    });
    await stateIs(page, 'idle');
    expect(await page.getByTestId('transcript-person').last().textContent()).toBe('what is this');
    const connection = page.getByTestId('connection');
    expect(await connection.getAttribute('data-transport')).toBe('websocket');
    expect(await connection.textContent()).toContain('LiveKit');
    providers.claude.always({ text: 'With lemon, I believe.' });
    await ask(page, 'and what kind');
    await answered(page, 'With lemon');
  });

  it('tries LiveKit again at the next start', async () => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/voice/session')) asked.push(request.postData() ?? '');
    });
    await page.reload();
    await stateIs(page, 'idle');
    expect(asked.map((body) => JSON.parse(body).transport)).toEqual([undefined, 'websocket']);
  });
});
