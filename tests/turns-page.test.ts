/** The turns on the page: what a real browser heard comes back as clocks, and is shown. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TurnClocks } from '../agent/events.ts';
import { startButler } from './rig/butler.ts';
import { noBrowser, type OpenPage, openPage } from './rig/page.ts';
import { startRoomButler } from './rig/rooms.ts';
import { findLiveKit } from './servers/livekit-build.ts';
import { said } from './speech/clips.ts';

const liveKit = await findLiveKit();
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
    let opened: OpenPage;
    let page: Page;

    beforeAll(async () => {
      opened = await openPage({
        ...{ start, clips: [clip.samples] },
        providers: { firstTokenMs: 80, transcriptionMs: 60 },
        prepare: ({ groq, claude }) => {
          groq.always({ text: clip.text });
          claude.always({ text: 'Leonardo da Vinci painted it. It hangs in Paris.' });
        },
      });
      page = opened.page;
    });

    afterAll(() => opened?.close());

    const kept = async (): Promise<Kept[]> =>
      ((await (await opened.butler.request('/api/v1/turns')).json()) as { turns: Kept[] }).turns;

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

    it('a page of the house shows the turn, to keyboard and screen reader too', async () => {
      // The conversation goes on while somebody looks at another page.
      await page.click('[data-testid=to-house]');
      await page.click('[data-testid=to-turns]');
      const turn = page.locator('[data-testid=turn]').first();
      await turn.waitFor({ timeout: 10_000 });
      expect(await turn.textContent()).toMatch(/heard after \d+ ms/);
      expect(await turn.locator('[data-testid=waterfall] span').count()).toBeGreaterThan(3);
      await turn.locator('summary').focus();
      await page.keyboard.press('Enter');
      const times = turn.getByRole('table', { name: 'Where the time went' });
      await times.waitFor({ timeout: 5_000 });
      expect(await times.getByRole('rowheader', { name: 'transcript' }).count()).toBe(1);
      await turn.getByText('No tool was used in this turn.').waitFor({ timeout: 5_000 });
    });
  });
}
