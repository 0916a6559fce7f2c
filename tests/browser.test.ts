/** The page in a real Chromium with recorded speech as its microphone, over both transports. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerOfTests, type RunningButler, startButler } from './rig/butler.ts';
import { type Providers, startProviders } from './rig/providers.ts';
import { startRoomButler } from './rig/rooms.ts';
import { startBrowser, type TestBrowser, writeMicrophoneFile } from './servers/browser.ts';
import { findBrowser } from './servers/browser-find.ts';
import { findLiveKit } from './servers/livekit-build.ts';
import { said } from './speech/clips.ts';

const browserFound = await findBrowser();
const liveKit = await findLiveKit();
const noBrowser = 'unavailable' in browserFound ? browserFound.unavailable : undefined;
const noLiveKit = 'unavailable' in liveKit ? liveKit.unavailable : undefined;

const transports = [
  { transport: 'websocket', start: startButler, why: noBrowser },
  { transport: 'livekit', start: startRoomButler, why: noBrowser ?? noLiveKit },
] as const;

const mona = said('Who painted the Mona Lisa?');
const answer = 'Leonardo da Vinci painted it. It hangs in Paris.';

const signIn = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.fill('input[name=username]', ownerOfTests.username);
  await page.fill('input[name=password]', ownerOfTests.password);
  await page.click('button[type=submit]');
  await page.waitForSelector('[data-testid=state][data-state=idle]', { timeout: 20_000 });
};

const lastOf = (page: Page, who: 'person' | 'butler') =>
  page.locator(`[data-testid=transcript-${who}]`).last();

/** Butler's words, once they are on the page. */
const shows = (page: Page, words: string | RegExp): Promise<void> =>
  page
    .locator('[data-testid=transcript-butler]')
    .filter({ hasText: words })
    .first()
    .waitFor({ timeout: 15_000 });

interface Stats {
  samplesPlayed: number;
  framesSent: number;
}
const stats = (page: Page): Promise<Stats> =>
  page.evaluate(() => (globalThis as unknown as { butlerStats: Stats }).butlerStats);

for (const { transport, start, why } of transports) {
  // Without Chromium (or Go, for LiveKit) there is nothing to run this on; the title says so.
  describe.skipIf(why)(`the page over ${transport}${why ? ` (${why})` : ''}`, () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'butler-page-'));
    let providers: Providers;
    let butler: RunningButler;
    let chromium: TestBrowser;
    let page: Page;

    beforeAll(async () => {
      providers = await startProviders({ firstTokenMs: 80, transcriptionMs: 60 });
      providers.groq.always({ text: mona.text });
      providers.claude.always({ text: answer });
      const started = await start({ environment: providers.environment });
      if ('unavailable' in started) throw new Error(started.unavailable);
      butler = started;
      const microphoneWav = path.join(folder, 'microphone.wav');
      writeMicrophoneFile({
        path: microphoneWav,
        clips: [mona.samples],
        leadMs: 1_200,
        gapMs: 0,
        tailMs: 60_000,
      });
      const opened = await startBrowser({ microphoneWav });
      if ('unavailable' in opened) throw new Error(opened.unavailable);
      chromium = opened;
      page = await chromium.context.newPage();
      await signIn(page, butler.url);
    });

    afterAll(async () => {
      await chromium?.stop();
      await butler?.stop();
      await providers?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('answers what is said while the button is held, aloud and in text', async () => {
      const hold = page.locator('[data-testid=hold]');
      await hold.dispatchEvent('pointerdown', { pointerId: 1, button: 0, isPrimary: true });
      await page.waitForTimeout(3_800);
      await hold.dispatchEvent('pointerup', { pointerId: 1, button: 0, isPrimary: true });
      await shows(page, 'Leonardo');
      expect(await lastOf(page, 'person').textContent()).toContain(mona.text);
      await page.waitForFunction(
        () => (globalThis as unknown as { butlerStats: Stats }).butlerStats.samplesPlayed > 24_000,
        undefined,
        { timeout: 15_000 },
      );
      const { framesSent } = await stats(page);
      if (transport === 'websocket') expect(framesSent).toBeGreaterThan(100);
      const heard = providers.groq.requests.at(-1)?.body.audio;
      expect(heard?.voicedMs).toBeGreaterThan(500);
    });

    it('answers typed text in the same conversation', async () => {
      await page.waitForSelector('[data-testid=state][data-state=idle]', { timeout: 20_000 });
      providers.claude.always({ text: 'About two thousand six hundred grams.' });
      await page.fill('[data-testid=text-input]', 'and how heavy is it?');
      await page.click('[data-testid=text-send]');
      await shows(page, 'two thousand');
      const body = providers.claude.requests.at(-1)?.body as { messages: unknown };
      expect(JSON.stringify(body.messages)).toContain('Leonardo');
    });

    it('has said nothing wrong to the console', async () => {
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.reload();
      await page.waitForSelector('[data-testid=state][data-state=idle]', { timeout: 20_000 });
      expect(errors).toEqual([]);
    });
  });
}

describe.skipIf(noBrowser)(
  `a microphone that is refused${noBrowser ? ` (${noBrowser})` : ''}`,
  () => {
    it('is explained, and text still works', async () => {
      const butler = await startButler({ environment: { BUTLER_LOCAL_MODELS: 'off' } });
      const opened = await startBrowser({ microphone: 'refused' });
      if ('unavailable' in opened) throw new Error(opened.unavailable);
      try {
        const page = await opened.context.newPage();
        await signIn(page, butler.url);
        await page.locator('[data-testid=tap]').click();
        const notice = page.locator('[data-testid=notice]').first();
        await notice.waitFor({ timeout: 10_000 });
        expect(await notice.textContent()).toMatch(/microphone/i);
        await page.fill('[data-testid=text-input]', 'what time is it');
        await page.click('[data-testid=text-send]');
        await shows(page, /\d/);
      } finally {
        await opened.stop();
        await butler.stop();
      }
    });
  },
);
