/** What is known of one utterance while somebody is still speaking it. */
import type { AudioFrame } from '@livekit/rtc-node';
import type { Ending } from './endpointing.ts';

/** One transcription of the utterance as far as it had come. */
export interface Guess {
  /** It covers the microphone's samples up to here. */
  toSample: number;
  cancel: AbortController;
  /** The words; absent while the transcription runs, empty when there were none. */
  text?: string;
  /** When the words were there, on `performance.now()`. */
  readyAtMs: number;
  /** How these words end; absent as long as they are. */
  ending?: Ending;
  /** The mind was already given these words. */
  thinking: boolean;
}

export interface Utterance {
  frames: AudioFrame[];
  hold: boolean;
  released: boolean;
  /** It began while Butler was speaking. */
  overButler: boolean;
  guesses: number;
  guess?: Guess;
  startSample: number;
}

const preRollMs = 400;

/** The last moments before speech was noticed: the first consonant lies in there. */
export class PreRoll {
  readonly #samplesMax: number;
  #frames: AudioFrame[] = [];
  #samples = 0;

  constructor(sampleRateHz: number) {
    this.#samplesMax = (preRollMs * sampleRateHz) / 1000;
  }

  push(frame: AudioFrame): void {
    this.#frames.push(frame);
    this.#samples += frame.samplesPerChannel;
    while (this.#samples > this.#samplesMax) {
      this.#samples -= this.#frames.shift()?.samplesPerChannel ?? 0;
    }
  }

  /** Hands over the frames and starts anew. */
  take(): AudioFrame[] {
    const frames = this.#frames;
    this.#frames = [];
    this.#samples = 0;
    return frames;
  }
}
