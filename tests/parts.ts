/** What the whole tests stand on: got once, said why, kept for the next run. */

import { type SetupProgress, setUpModels } from '../models/setup.ts';
import { findBrowser } from './servers/browser-find.ts';
import { findHomeAssistant } from './servers/home-assistant/install.ts';
import { findLiveKit, testDataFolder } from './servers/livekit-build.ts';

type Got = { path: string } | { unavailable: string };

const localModels = async (onProgress: (progress: SetupProgress) => void): Promise<Got> => {
  const set = await setUpModels({ dataFolder: testDataFolder(), language: 'en', onProgress });
  return set.ok ? { path: set.folder } : { unavailable: set.why };
};

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

const described = ({ step, file, bytes, total }: SetupProgress): string => {
  const amount = bytes !== undefined && total ? `, ${megabytes(bytes)} of ${megabytes(total)}` : '';
  return `${step}${file ? ` ${file}` : ''}${amount}`;
};

const parts: { name: string; why: string; get: (say: (what: string) => void) => Promise<Got> }[] = [
  { name: 'LiveKit', why: 'audio over WebRTC, against a real server', get: () => findLiveKit() },
  {
    name: 'Home Assistant',
    why: 'a real home with lights and locks (about 700 MB, once)',
    get: () => findHomeAssistant(),
  },
  { name: 'Chromium', why: 'the page, with speech as its microphone', get: () => findBrowser() },
  {
    name: 'Local models',
    why: 'real speech is heard and spoken (about 1 GB, once)',
    get: (say) => localModels((progress) => say(described(progress))),
  },
];

/**
 * Gets what the whole tests need. What cannot be had is said; its tests skip with that reason.
 * @param filter with paths given only those tests run, and each starts what it needs itself.
 */
export const prepareParts = async (filter: readonly string[]): Promise<void> => {
  if (filter.length > 0) return;
  console.log(`The tests stand on real parts, kept in ${testDataFolder()}:`);
  for (const { name, why, get } of parts) {
    const started = Date.now();
    const seconds = (): string => `${Math.round((Date.now() - started) / 1000)} s`;
    let doing = '';
    const timer = setInterval(() => console.log(`  ${name} … ${seconds()} ${doing}`), 5_000);
    const got = await get((what) => {
      doing = what;
    });
    clearInterval(timer);
    const outcome = 'path' in got ? got.path : `not here: ${got.unavailable}`;
    console.log(`  ${name} (${why}): ${outcome}`);
  }
};
