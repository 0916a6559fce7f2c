/** The page beside an empty page of Vite's: opening, the press of the button, and its weight. */
import { loadavg } from 'node:os';
import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { noBrowser, type OpenPage, openPage } from '../rig/page.ts';
import { startEmptyPage } from './page-empty.ts';
import { median, percentile, table } from './table.ts';

const roundsDefault = 15;
const goals = { openingMs: 1_500, pressMs: 100, scriptKilobytes: 200 };
const pointer = { pointerId: 1, button: 0, isPrimary: true };

interface Stats {
  readyAt: number;
  pressedAt: number;
  firstFrameAt: number;
}
interface Empty {
  readyAt: number;
  pressMs: number[];
}
type Global = typeof globalThis & { butlerStats: Stats; empty: Empty };

interface Figures {
  opening: number[];
  press: number[];
}

/** From the start of the navigation to a voice connection on which Butler listens. */
const openButler = async (page: Page, url: string): Promise<number> => {
  await page.goto(url);
  const ready = await page.waitForFunction(() => (globalThis as Global).butlerStats?.readyAt || 0);
  return ready.jsonValue();
};

/** From the finger to the first captured frame; the microphone was opened before. */
const pressButler = async (page: Page): Promise<number> => {
  await page.dispatchEvent('[data-testid=hold]', 'pointerdown', pointer);
  const took = await page.waitForFunction(() => {
    const { pressedAt, firstFrameAt } = (globalThis as Global).butlerStats;
    return firstFrameAt > 0 && pressedAt > 0 ? firstFrameAt - pressedAt : undefined;
  });
  await page.dispatchEvent('[data-testid=hold]', 'pointerup', pointer);
  await page.waitForSelector('[data-testid=hold][aria-pressed=false]');
  return (await took.jsonValue()) ?? Number.NaN;
};

const openEmpty = async (page: Page, url: string): Promise<number> => {
  await page.goto(url);
  const ready = await page.waitForFunction(() => (globalThis as Global).empty?.readyAt || 0);
  return ready.jsonValue();
};

/** From the finger to the next picture: the least that a page can do about it. */
const pressEmpty = async (page: Page): Promise<number> => {
  await page.dispatchEvent('button', 'pointerdown', pointer);
  const took = await page.waitForFunction(() => (globalThis as Global).empty.pressMs.at(-1));
  return (await took.jsonValue()) ?? Number.NaN;
};

/** What a browser that has never been here fetches until the page can be talked to. */
const weigh = async ({ chromium, page, butler }: OpenPage) => {
  const state = await page.context().storageState();
  const context = await chromium.browser.newContext({
    storageState: state,
    serviceWorkers: 'block',
  });
  const fetched: Response[] = [];
  const fresh = await context.newPage();
  fresh.on('response', (response) => fetched.push(response));
  await openButler(fresh, butler.url);
  const bytes = { script: 0, stylesheet: 0 };
  for (const response of fetched) {
    const type = response.request().resourceType();
    if (type !== 'script' && type !== 'stylesheet') continue;
    bytes[type] += gzipSync(await response.body(), { level: 9 }).length;
  }
  await context.close();
  return { scriptKilobytes: bytes.script / 1_000, styleKilobytes: bytes.stylesheet / 1_000 };
};

const rowOf = (what: string, [butler, empty]: [number[], number[]], goalMs: number) => ({
  what,
  'median ms': median(butler),
  'p95 ms': percentile(butler, 0.95),
  'goal ms': goalMs,
  'empty page ms': median(empty),
  // Of each round by itself: the machine is not the same in all of them.
  ratio: median(butler.map((ms, at) => ms / (empty[at] ?? Number.NaN))),
});

/** @param options how many rounds; default 15. */
export default async function pageBenchmark(options: string[]): Promise<object> {
  if (noBrowser) throw new Error(`The page cannot be measured here: ${noBrowser}.`);
  const rounds = Number(options[0]) || roundsDefault;
  const empty = await startEmptyPage();
  const opened = await openPage({ prepare: ({ groq }) => groq.always({ text: '' }) });
  const other = await opened.chromium.context.newPage();
  try {
    const weight = await weigh(opened);
    const ours: Figures = { opening: [], press: [] };
    const theirs: Figures = { opening: [], press: [] };
    // Round 0 warms caches, the service worker and the microphone.
    for (let round = 0; round <= rounds; round += 1) {
      const one: Figures = {
        opening: [await openButler(opened.page, opened.butler.url)],
        press: [await pressButler(opened.page), await pressButler(opened.page)].slice(1),
      };
      const two: Figures = {
        opening: [await openEmpty(other, empty.url)],
        press: [await pressEmpty(other)],
      };
      if (round === 0) continue;
      for (const name of ['opening', 'press'] as const) {
        ours[name].push(...one[name]);
        theirs[name].push(...two[name]);
      }
    }
    const rows = [
      rowOf('opening to ready to talk', [ours.opening, theirs.opening], goals.openingMs),
      rowOf('press to first captured frame', [ours.press, theirs.press], goals.pressMs),
    ];
    console.log(table(rows));
    console.log(
      `first load, gzip: ${weight.scriptKilobytes.toFixed(1)} kB of JavaScript ` +
        `(goal ${goals.scriptKilobytes}), ${weight.styleKilobytes.toFixed(1)} kB of style; ` +
        `load of the machine ${loadavg()[0]?.toFixed(1)}`,
    );
    return { rounds, rows, weight, ours, theirs, load: loadavg() };
  } finally {
    await opened.close();
    empty.stop();
  }
}
