/** A real Chromium whose microphone is a WAV file, for tests of the page. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { concatenate, quiet, resample, writeWav } from '../rig/wav.ts';
import { findBrowser, isRoot } from './browser-find.ts';

export interface TestBrowser {
  browser: Browser;
  /** One person's browser profile; pages come from it. */
  context: BrowserContext;
  stop(): Promise<void>;
}

interface BrowserOptions {
  /** 48 kHz WAV, played once from the moment the page opens the microphone. */
  microphoneWav?: string;
  /** `refused`: the person says no when the page asks. */
  microphone?: 'granted' | 'refused';
  headless?: boolean;
  /** Whether a page may sound before anybody has touched it. */
  autoplay?: 'allowed' | 'blocked';
  mayInstall?: boolean;
}

// A test must not depend on, or tell, anybody outside this machine.
const offline = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
];

function flags(options: BrowserOptions): string[] {
  const { microphoneWav, microphone = 'granted', autoplay = 'allowed' } = options;
  const blocked = 'document-user-activation-required';
  const policy = autoplay === 'allowed' ? 'no-user-gesture-required' : blocked;
  return [
    ...offline,
    `--autoplay-policy=${policy}`,
    '--use-fake-device-for-media-stream',
    microphone === 'granted' ? '--use-fake-ui-for-media-stream' : '--deny-permission-prompts',
    ...(microphoneWav ? [`--use-file-for-fake-audio-capture=${microphoneWav}%noloop`] : []),
    // Chromium refuses to run as root with its sandbox.
    ...(isRoot() ? ['--no-sandbox'] : []),
  ];
}

/** Starts Chromium; `unavailable` says what would help. */
export async function startBrowser(
  options: BrowserOptions = {},
): Promise<TestBrowser | { unavailable: string }> {
  const { mayInstall } = options;
  const found = await findBrowser(mayInstall === undefined ? {} : { mayInstall });
  if ('unavailable' in found) return found;
  const { headless = true } = options;
  try {
    const args = flags(options);
    const browser = await chromium.launch({ executablePath: found.path, headless, args });
    const context = await browser.newContext();
    return { browser, context, stop: () => browser.close() };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { unavailable: `Chromium is there (${found.path}) but did not start: ${reason}` };
  }
}

interface MicrophoneFile {
  path: string;
  /** 16 kHz mono. */
  clips: readonly Int16Array[];
  /** Quiet before the first clip: the page needs time from opening the microphone to listening. */
  leadMs?: number;
  /** Quiet between clips: time for the answer. */
  gapMs?: number;
  tailMs?: number;
}

/** Where each clip lies in the file, milliseconds from the moment the microphone opens. */
export interface MicrophoneTrack {
  path: string;
  clips: { startMs: number; endMs: number }[];
  durationMs: number;
}

const FILE_SAMPLE_RATE_HZ = 48_000;
const CLIP_SAMPLE_RATE_HZ = 16_000;

/** Writes the 48 kHz file that Chromium plays as its microphone. */
export function writeMicrophoneFile(file: MicrophoneFile): MicrophoneTrack {
  const { path, clips, leadMs = 2_000, gapMs = 4_000, tailMs = 10_000 } = file;
  const parts = [quiet(leadMs, FILE_SAMPLE_RATE_HZ)];
  const places: MicrophoneTrack['clips'] = [];
  let atMs = leadMs;
  for (const [index, clip] of clips.entries()) {
    if (index > 0) {
      parts.push(quiet(gapMs, FILE_SAMPLE_RATE_HZ));
      atMs += gapMs;
    }
    parts.push(resample(clip, CLIP_SAMPLE_RATE_HZ, FILE_SAMPLE_RATE_HZ));
    const endMs = atMs + (clip.length * 1000) / CLIP_SAMPLE_RATE_HZ;
    places.push({ startMs: atMs, endMs });
    atMs = endMs;
  }
  parts.push(quiet(tailMs, FILE_SAMPLE_RATE_HZ));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, writeWav(concatenate(parts), FILE_SAMPLE_RATE_HZ));
  return { path, clips: places, durationMs: atMs + tailMs };
}
