/** The turns on the page: what a real browser heard comes back as clocks, and is shown. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TurnClocks } from '../agent/events.ts';
import { ownerOfTests, type RunningButler, startButler } from './rig/butler.ts';
import { type Providers, startProviders } from './rig/providers.ts';
import { startRoomButler } from './rig/rooms.ts';
import { startBrowser, type TestBrowser, writeMicrophoneFile } from './servers/browser.ts';
import { findBrowser } from './servers/browser-find.ts';
import { findLiveKit } from './servers/livekit-build.ts';
import { said } from './speech/clips.ts';

const browserFound = await findBrowser();
const liveKit = await findLiveKit();
const built = existsSync(fileURLToPath(new URL('../web/dist/index.html', import.meta.url)));
const noPage = built ? undefined : 'the page is not built: npm start builds it';
const noBrowser = 'unavailable' in browserFound ? browserFound.unavailable : noPage;
const noLiveKit = 'unavailable' in liveKit ? liveKit.unavailable : undefined;
const clip = said('Who painted the Mona Lisa?');

const transports = [
  { transport: 'websocket', start: startButler, why: noBrowser },
  { transport: 'livekit', start: startRoomButler, why: noBrowser ?? noLiveKit },
] as const;

interface Kept {
  transport: string;
  clocks: TurnClocks;
}

interface Stats {
  firstSoundAt: number;
  lastSpeechFrameAt: number;
}

for (const { transport, start, why } of transports) {
  // Without Chromium (or Go, for LiveKit) there is nothing to run this on; the title says so.
  describe.skipIf(why)(`over ${transport}${why ? ` (${why})` : ''}`, () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'butler-turns-'));
    let providers: Providers;
    let butler: RunningButler;
    let chromium: TestBrowser;
    let page: Page;

    beforeAll(async () => {
      providers = await startProviders({ firstTokenMs: 80, transcriptionMs: 60 });
      providers.groq.always({ text: clip.text });
      providers.claude.always({ text: 'Leonardo da Vinci painted it. It hangs in Paris.' });
      const started = await start({ environment: providers.environment });
      if ('unavailable' in started) throw new Error(started.unavailable);
      butler = started;
      const microphoneWav = path.join(folder, 'microphone.wav');
      writeMicrophoneFile({ path: microphoneWav, clips: [clip.samples], tailMs: 60_000 });
      const opened = await startBrowser({ microphoneWav });
      if ('unavailable' in opened) throw new Error(opened.unavailable);
      chromium = opened;
      page = await chromium.context.newPage();
      await page.goto(butler.url);
      await page.fill('input[name=username]', ownerOfTests.username);
      await page.fill('input[name=password]', ownerOfTests.password);
      await page.click('button[type=submit]');
      await page.waitForSelector('[data-testid=state][data-state=idle]', { timeout: 20_000 });
    });

    afterAll(async () => {
      await chromium?.stop();
      await butler?.stop();
      await providers?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const kept = async (): Promise<Kept[]> =>
      ((await (await butler.request('/api/v1/turns')).json()) as { turns: Kept[] }).turns;

    it('the browser tells when it was heard, and the house keeps it', async () => {
      await page.click('[data-testid=tap]');
      await vi.waitFor(async () => expect(await kept()).toHaveLength(1), 20_000);
      const [turn] = await kept();
      expect(turn?.transport).toBe(transport);
      const { firstSentMs = 0, firstHeardMs = 0 } = turn?.clocks ?? {};
      expect(firstHeardMs).toBeGreaterThanOrEqual(firstSentMs);
      const stats = await page.evaluate(
        () => (globalThis as unknown as { butlerStats: Stats }).butlerStats,
      );
      const pageMs = stats.firstSoundAt - stats.lastSpeechFrameAt;
      console.log(`${transport}: clock ${firstHeardMs} ms, page ${Math.round(pageMs)} ms`);
      expect(Math.abs(firstHeardMs - pageMs)).toBeLessThan(250);
    });

    it('a drawer shows the turn, to the keyboard and to a screen reader too', async () => {
      const button = page.locator('[data-testid=turns-open]');
      await button.focus();
      await page.keyboard.press('Enter');
      const turn = page.locator('[data-testid=turn]').first();
      await turn.waitFor({ timeout: 5_000 });
      expect(await turn.textContent()).toMatch(/heard after \d+ ms/);
      expect(await page.locator('.waterfall span').count()).toBeGreaterThan(3);
      expect(await page.getByRole('dialog', { name: 'The last turns' }).count()).toBe(1);
      await page.keyboard.press('Escape');
      await page.locator('[data-testid=turns]').waitFor({ state: 'detached' });
      expect(
        await button.evaluate((element) => element.ownerDocument.activeElement === element),
      ).toBe(true);
    });
  });
}
