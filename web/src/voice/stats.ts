/** Counters that tests and benchmarks read as `window.butlerStats`; nothing else is exposed. */
import { loudness } from './frames.ts';

/** Times are `performance.now()` in milliseconds; 0 = not yet. */
export interface VoiceStats {
  /** 20 ms microphone frames handed to the transport. */
  framesSent: number;
  /** Samples of Butler's voice that were played, at 24 kHz. */
  samplesPlayed: number;
  /** First audible sample of the newest answer; back to 0 when the person starts to talk. */
  firstSoundAt: number;
  lastSoundAt: number;
  /** The newest microphone frame that was louder than a quiet room. */
  lastSpeechFrameAt: number;
  answersHeard: number;
  /** The newest press of the button, and the first frame captured after it. */
  pressedAt: number;
  firstFrameAt: number;
  /** The page could be talked to for the first time. */
  readyAt: number;
}

const speechAbove = 0.01;

export const stats: VoiceStats = {
  framesSent: 0,
  samplesPlayed: 0,
  firstSoundAt: 0,
  lastSoundAt: 0,
  lastSpeechFrameAt: 0,
  answersHeard: 0,
  pressedAt: 0,
  firstFrameAt: 0,
  readyAt: 0,
};

export function countFrame(frame: ArrayBuffer): void {
  stats.framesSent += 1;
  if (stats.firstFrameAt === 0) stats.firstFrameAt = performance.now();
  const samples = Float32Array.from(new Int16Array(frame), (sample) => sample / 32_768);
  if (loudness(samples) > speechAbove) stats.lastSpeechFrameAt = performance.now();
}

/** @param at when the finger came down, not when its event was handled. */
export function countPress(at: number): void {
  stats.pressedAt = at;
  stats.firstFrameAt = 0;
}

export function countReady(): void {
  if (stats.readyAt === 0) stats.readyAt = performance.now();
}

export function countFirstSound(at: number): void {
  stats.firstSoundAt = at;
  stats.answersHeard += 1;
}

export function showStats(): void {
  Object.defineProperty(window, 'butlerStats', { get: () => Object.freeze({ ...stats }) });
}
