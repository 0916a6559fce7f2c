/** What a page really sounds: everything that goes to its loudspeaker is recorded beside it. */
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';

interface Recorded {
  sampleRateHz: number;
  /** -1 to 1, mono. */
  pieces: number[][];
}

/** Before any page of the context is opened. */
export const listenTo = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript({
    path: fileURLToPath(new URL('page-recorder.mjs', import.meta.url)),
  });

/** 16-bit samples of all that has sounded so far, silence left out. */
export const heardOf = async (
  page: Page,
): Promise<{ samples: Int16Array; sampleRateHz: number }> => {
  const { sampleRateHz, pieces } = await page.evaluate<Recorded>('globalThis.butlerHeard');
  return { samples: Int16Array.from(pieces.flat(), (one) => one * 32_767), sampleRateHz };
};
