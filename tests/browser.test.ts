/** The page in a real Chromium with recorded speech as its microphone, over both transports. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startButler } from './rig/butler.ts';
import { noBrowser, type OpenPage, openPage, signIn } from './rig/page.ts';
import { startRoomButler } from './rig/rooms.ts';
import { startBrowser } from './servers/browser.ts';
import { findLiveKit } from './servers/livekit-build.ts';
import { said } from './speech/clips.ts';

const liveKit = await findLiveKit();
const noLiveKit = 'unavailable' in liveKit ? liveKit.unavailable : undefined;

const transports = [
  { transport: 'websocket', start: startButler, why: noBrowser },
  { transport: 'livekit', start: startRoomButler, why: noBrowser ?? noLiveKit },
] as const;

const mona = said('Who painted the Mona Lisa?');
const answer = 'Leonardo da Vinci painted it. It hangs in Paris.';

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
    let opened: OpenPage;
    let page: Page;

    beforeAll(async () => {
      opened = await openPage({
        ...{ start, clips: [mona.samples], leadMs: 1_200 },
        providers: { firstTokenMs: 80, transcriptionMs: 60 },
        prepare: ({ groq, claude }) => {
          groq.always({ text: mona.text });
          claude.always({ text: answer });
        },
      });
      page = opened.page;
    });

    afterAll(() => opened?.close());

    it('answers what is said while the button is held, aloud and in text', async () => {
      const connection = page.locator('[data-testid=connection]');
      expect(await connection.getAttribute('data-transport')).toBe(transport);
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
      const heard = opened.providers.groq.requests.at(-1)?.body.audio;
      expect(heard?.voicedMs).toBeGreaterThan(500);
    });

    it('answers typed text in the same conversation', async () => {
      await page.waitForSelector('[data-testid=state][data-state=idle]', { timeout: 20_000 });
      opened.providers.claude.always({ text: 'About two thousand six hundred grams.' });
      await page.fill('[data-testid=text-input]', 'and how heavy is it?');
      await page.click('[data-testid=text-send]');
      await shows(page, 'two thousand');
      const body = opened.providers.claude.requests.at(-1)?.body as { messages: unknown };
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
        // What the browser is going to ask is explained first.
        await page.locator('[data-testid=ask-go]').click();
        const notice = page.locator('[data-testid=notice]').first();
        await notice.waitFor({ timeout: 10_000 });
        expect(await notice.textContent()).toMatch(/microphone/i);
        await page.fill('[data-testid=text-input]', 'what time is it');
        await page.click('[data-testid=text-send]');
        await shows(page, /\d/);
        // The person changes their mind in the browser's settings: the page notices by itself.
        await opened.context.grantPermissions(['microphone']);
        await page.locator('[data-testid=notice]', { hasText: 'ready now' }).waitFor();
      } finally {
        await opened.stop();
        await butler.stop();
      }
    });
  },
);
