/** A device in a room: the word, the question behind it, the answer, and silence again. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, type OpenPage, openPage, signIn } from './rig/page.ts';
import { quiet, voicedMs } from './rig/wav.ts';
import { startBrowser } from './servers/browser.ts';
import { said, wake } from './speech/clips.ts';

const question = wake('Hey Butler, who painted the Mona Lisa?');
const others = ['How do I get a red wine stain out of a carpet?', 'Set a timer for half an hour.'];
const answer = 'Leonardo da Vinci painted it. It hangs in Paris.';
const rateHz = 16_000;
/** The question without the word: what follows the pause after it. */
const questionMs = voicedMs(question.samples.subarray(0.9 * rateHz), rateHz);

/** What a living room sounds like before somebody calls: others talk, then the word comes. */
const scene = [
  quiet(800, rateHz),
  ...others.flatMap((text) => [said(text).samples, quiet(900, rateHz)]),
  question.samples,
];
const sceneMs = (scene.reduce((sum, part) => sum + part.length, 0) * 1_000) / rateHz;

interface Sent {
  /** Requests for a conversation, and sockets of one. */
  sessions: number;
  sockets: number;
}

/** Counts what would take sound out of the device, from now on. */
const watchedFor = (page: Page): Sent => {
  const sent: Sent = { sessions: 0, sockets: 0 };
  page.on('request', (request) => {
    if (request.url().endsWith('/api/v1/voice/session')) sent.sessions += 1;
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).pathname === '/voice') sent.sockets += 1;
  });
  return sent;
};

/** Runs in the page: how long the loudspeaker has been loud, whoever made the sound. */
const listenAtLoudspeaker = `
  const heard = { ms: 0 };
  Object.defineProperty(globalThis, 'loudspeaker', { value: heard });
  const connect = AudioNode.prototype.connect;
  const taps = new WeakMap();
  const tapOf = (context) => {
    const known = taps.get(context);
    if (known) return known;
    const tap = new AnalyserNode(context, { fftSize: 2048 });
    taps.set(context, tap);
    const samples = new Float32Array(tap.fftSize);
    setInterval(() => {
      tap.getFloatTimeDomainData(samples);
      if (samples.some((sample) => Math.abs(sample) > 0.02)) heard.ms += 40;
    }, 40);
    return tap;
  };
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode) connect.call(this, tapOf(this.context));
    return connect.call(this, to, ...more);
  };
`;
const loudMs = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { loudspeaker: { ms: number } }).loudspeaker.ms);

const becomes = (page: Page, state: string, timeout = 20_000) =>
  page.waitForSelector(`[data-testid=room][data-state=${state}]`, { timeout });

/** A page that stands in a room and waits for the word. */
const roomIn = async (context: BrowserContext, url: string): Promise<Page> => {
  const page = await context.newPage();
  await page.addInitScript({ content: listenAtLoudspeaker });
  await page.goto(`${url}/room`);
  await page.click('[data-testid=room-begin]');
  await becomes(page, 'waiting', 30_000);
  return page;
};

/** Chromium plays the scene from its beginning whenever a microphone is opened. */
const playScene = async (...pages: readonly Page[]): Promise<void> => {
  for (const page of pages) {
    if (await page.getAttribute('[data-testid=room]', 'data-state').then((now) => now !== 'muted'))
      await page.click('[data-testid=room-mute]');
  }
  await Promise.all(pages.map((page) => page.click('[data-testid=room-mute]')));
};

// Without Chromium there is nothing to run this on; the title says so.
describe.skipIf(noBrowser)(`a device in a room${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let opened: OpenPage;
  let page: Page;

  beforeAll(async () => {
    opened = await openPage({
      clips: scene,
      leadMs: 0,
      providers: { firstTokenMs: 80, transcriptionMs: 60 },
      prepare: ({ groq, claude }) => {
        groq.always({ text: question.text });
        claude.always({ text: answer });
      },
    });
    await opened.page.close();
    page = await roomIn(opened.chromium.context, opened.butler.url);
  });

  afterAll(() => opened?.close());

  it('sends nothing while others talk, then answers the question behind the word', async () => {
    const { groq } = opened.providers;
    const sent = watchedFor(page);
    await playScene(page);
    await page.waitForTimeout(sceneMs - (question.samples.length * 1_000) / rateHz - 200);
    expect(sent).toEqual({ sessions: 0, sockets: 0 });
    expect(groq.requests).toHaveLength(0);
    await becomes(page, 'speaking');
    expect(sent).toEqual({ sessions: 1, sockets: 1 });
    // All of the question was heard, also what was said before anything was connected.
    expect(groq.requests.at(-1)?.body.audio?.voicedMs).toBeGreaterThan(0.9 * questionMs);
    const caption = page.locator('[data-testid=caption-butler]').filter({ hasText: 'Leonardo' });
    await caption.waitFor();
    await becomes(page, 'waiting');
    expect(await loudMs(page)).toBeGreaterThan(1_000);
    expect(sent).toEqual({ sessions: 1, sockets: 1 });
  });

  it('lets one of two devices answer that hear the same', async () => {
    const { claude } = opened.providers;
    const second = await opened.chromium.browser.newContext();
    const entrance = await second.newPage();
    await signIn(entrance, opened.butler.url);
    await entrance.close();
    const other = await roomIn(second, opened.butler.url);
    const asked = claude.requests.length;
    const sent = [watchedFor(page), watchedFor(other)];
    await playScene(page, other);
    const quietOne = await Promise.race(
      [page, other].map(async (one) => {
        await becomes(one, 'elsewhere', 30_000);
        return one;
      }),
    );
    expect(await quietOne.textContent('[data-testid=room-hint]')).toMatch(/answers/);
    const loudOne = quietOne === page ? other : page;
    await becomes(loudOne, 'speaking');
    await becomes(quietOne, 'waiting');
    await becomes(loudOne, 'waiting');
    expect(sent.map(({ sessions }) => sessions)).toEqual([1, 1]);
    expect(sent.reduce((sum, { sockets }) => sum + sockets, 0)).toBe(1);
    expect(claude.requests.length - asked).toBe(1);
    await second.close();
  });

  it('says in a sentence that the microphone is refused', async () => {
    const refused = await startBrowser({ microphone: 'refused' });
    if ('unavailable' in refused) throw new Error(refused.unavailable);
    try {
      const stranger = await refused.context.newPage();
      await signIn(stranger, opened.butler.url);
      await stranger.goto(`${opened.butler.url}/room`);
      await stranger.click('[data-testid=room-begin]');
      const fault = stranger.locator('[data-testid=room-fault]');
      await fault.waitFor({ timeout: 15_000 });
      expect(await fault.textContent()).toMatch(/microphone is blocked/);
    } finally {
      await refused.stop();
    }
  });
});
