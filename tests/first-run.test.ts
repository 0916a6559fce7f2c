/** A new house and a new person: from the empty page through the wizard to a spoken answer. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningButler, startButler } from './rig/butler.ts';
import { noBrowser } from './rig/page.ts';
import { heardOf, listenTo } from './rig/page-ear.ts';
import { startRoomButler } from './rig/rooms.ts';
import { transcribe } from './rig/transcribe.ts';
import { startBrowser, type TestBrowser, writeMicrophoneFile } from './servers/browser.ts';
import { findLiveKit } from './servers/livekit-build.ts';
import { said } from './speech/clips.ts';
import { canRunModels, preparedModels } from './speech/models.ts';

const noModels = (await canRunModels()) ? undefined : 'the local models need Python';
const liveKit = await findLiveKit();
const noLiveKit = 'unavailable' in liveKit ? liveKit.unavailable : undefined;
const transports = [
  { transport: 'websocket', start: startButler, why: noBrowser ?? noModels },
  { transport: 'livekit', start: startRoomButler, why: noBrowser ?? noModels ?? noLiveKit },
] as const;

const question = said('What time is it?');
const talkAfterMs = 1_500;
const transcriptWithinMs = 40_000;

const modelsReady = async ({ url }: RunningButler): Promise<void> =>
  vi.waitFor(
    async () => {
      const { parts } = (await (await fetch(`${url}/health`)).json()) as {
        parts: { name: string; state: string }[];
      };
      const waiting = parts.filter(
        ({ name, state }) => /speech|voice/i.test(name) && state !== 'ready',
      );
      expect(waiting).toEqual([]);
    },
    { timeout: 90_000, interval: 500 },
  );

for (const { transport, start, why } of transports) {
  describe.skipIf(why)(`the first run over ${transport}${why ? ` (${why})` : ''}`, () => {
    let butler: RunningButler;
    let chromium: TestBrowser;
    let page: Page;

    beforeAll(async () => {
      const { dataFolder } = await preparedModels();
      const models = path.join(dataFolder, 'models');
      const started = await start({ models, untouched: true });
      if ('unavailable' in started) throw new Error(started.unavailable);
      butler = started;
      await modelsReady(butler);
      const microphoneWav = path.join(butler.dataFolder, 'microphone.wav');
      const clips = [question.samples];
      writeMicrophoneFile({ path: microphoneWav, clips, leadMs: talkAfterMs, tailMs: 60_000 });
      const browser = await startBrowser({ microphoneWav });
      if ('unavailable' in browser) throw new Error(browser.unavailable);
      chromium = browser;
      await listenTo(chromium.context);
      page = await chromium.context.newPage();
    });

    afterAll(async () => {
      await chromium?.stop();
      await butler?.stop();
    });

    it('makes the first person the owner, and asks how the house is to be', async () => {
      await page.goto(butler.url);
      await page.fill('input[name=name]', 'Grace');
      await page.fill('input[name=username]', 'grace');
      await page.fill('input[name=password]', 'a ship in port is safe');
      await page.click('button[type=submit]');
      await page.waitForSelector('[data-testid=step-you]');
      for (const step of ['manner', 'voice', 'talk', 'accounts', 'done']) {
        await page.click('[data-testid=next]');
        await page.waitForSelector(`[data-testid=step-${step}]`);
      }
      await page.locator('[data-testid=step-done] a').first().click();
      await page.waitForSelector('[data-testid=state][data-state=idle]', { timeout: 20_000 });
      const connection = page.locator('[data-testid=connection]');
      expect(await connection.getAttribute('data-transport')).toBe(transport);
    });

    it('answers the first question aloud, with the right words', async () => {
      const hold = page.locator('[data-testid=hold]');
      const pointer = { pointerId: 1, button: 0, isPrimary: true };
      await hold.dispatchEvent('pointerdown', pointer);
      await page.waitForTimeout(talkAfterMs + (question.samples.length / 16_000) * 1_000 + 700);
      await hold.dispatchEvent('pointerup', pointer);
      const answer = page.locator('[data-testid=transcript-butler]').first();
      await answer.waitFor({ timeout: transcriptWithinMs });
      await page.waitForSelector('[data-testid=state][data-state=speaking]', { timeout: 20_000 });
      await page.waitForSelector('[data-testid=state][data-state=idle]', { timeout: 20_000 });
      const shown = (await answer.textContent()) ?? '';
      const hour = /\d{1,2}/.exec(shown)?.[0] ?? 'no time at all';
      expect(await page.locator('[data-testid=transcript-person]').last().textContent()).toMatch(
        /time/i,
      );
      const words = await transcribe(butler.dataFolder, await heardOf(page));
      // Whisper writes the same time in many ways; the hour is in all of them.
      expect(words).toMatch(new RegExp(`(?<!\\d)0?${hour}`));
    });

    it('is still there after the page was loaded anew', async () => {
      await page.reload();
      await page.waitForSelector('[data-testid=state][data-state=idle]', { timeout: 20_000 });
      const earlier = page.getByText('Earlier today');
      await earlier.waitFor({ timeout: 10_000 });
      await earlier.click();
      await page.getByText(/time/i).first().waitFor();
    });
  });
}
