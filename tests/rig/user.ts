/** A person who talks with Butler, whichever door: what tests and the bench ask of one. */
import type { Ear } from './ear.ts';
import type { Messages } from './messages.ts';
import type { Microphone, Spoken } from './microphone.ts';

/** Clips are 16 kHz mono; all times are `performance.now()` of this process. */
export interface User {
  readonly ear: Ear;
  readonly microphone: Microphone;
  readonly messages: Messages;
  /** Speaks in real time; resolves when the last sample has been handed over. */
  say(clip: Int16Array): Promise<Spoken>;
  /** Presses or releases the talk button. */
  talk(down: boolean): void;
  text(text: string): void;
  /** Tells Butler to fall silent. */
  stop(): void;
  waitFor: Messages['waitFor'];
  /** Hangs up, and lets go of everything. */
  leave(): Promise<void>;
}

export const CLIP_SAMPLE_RATE_HZ = 16_000;
