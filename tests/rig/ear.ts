/** A listener made of code: what sounded when, by energy, and a recording of all of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { concatenate, rms } from './wav.ts';

const FRAME_MS = 10;
const POLL_MS = 5;
// One loud frame may be a click; a person hears the second.
const FRAMES_TO_COUNT = 2;

interface Frame {
  atMs: number;
  loud: boolean;
}

/** All times are on the clock that `hear` is given, milliseconds. */
export class Ear {
  readonly sampleRateHz: number;
  readonly #thresholdRms: number;
  readonly #now: () => number;
  readonly #frames: Frame[] = [];
  readonly #recorded: { atMs: number; samples: Int16Array }[] = [];
  #rest: Int16Array = new Int16Array();
  #restAtMs = 0;

  constructor({
    sampleRateHz,
    thresholdRms = 250,
    now = () => performance.now(),
  }: { sampleRateHz: number; thresholdRms?: number; now?: () => number }) {
    this.sampleRateHz = sampleRateHz;
    this.#thresholdRms = thresholdRms;
    this.#now = now;
  }

  /** Takes sound whose first sample is heard at `atMs`; any length, in order. */
  hear(samples: Int16Array, atMs: number): void {
    this.#recorded.push({ atMs, samples: samples.slice() });
    const length = (this.sampleRateHz * FRAME_MS) / 1000;
    const whole = this.#rest.length > 0 ? concatenate([this.#rest, samples]) : samples;
    const wholeAtMs = this.#rest.length > 0 ? this.#restAtMs : atMs;
    let at = 0;
    for (; at + length <= whole.length; at += length) {
      const frameAtMs = wholeAtMs + (at * 1000) / this.sampleRateHz;
      const loud = rms(whole.subarray(at, at + length)) > this.#thresholdRms;
      this.#frames.push({ atMs: frameAtMs, loud });
    }
    this.#rest = whole.slice(at);
    this.#restAtMs = wholeAtMs + (at * 1000) / this.sampleRateHz;
  }

  /** When sound began first after `atMs`: the first of two loud 10 ms frames in a row. */
  firstSoundAfter(atMs: number): number | undefined {
    let run = 0;
    for (let index = this.#indexAfter(atMs); index < this.#frames.length; index++) {
      run = this.#frames[index]?.loud ? run + 1 : 0;
      if (run === FRAMES_TO_COUNT) return this.#frames[index - FRAMES_TO_COUNT + 1]?.atMs;
    }
    return undefined;
  }

  /** When the last loud frame ended; undefined where there was none. */
  lastSound(): number | undefined {
    const last = this.#frames.findLast(({ loud }) => loud);
    return last && last.atMs + FRAME_MS;
  }

  /** How many milliseconds were loud between two times: above 0 while a person talks is a cut. */
  soundBetween(fromMs: number, toMs: number): number {
    let loud = 0;
    for (let index = this.#indexAfter(fromMs); index < this.#frames.length; index++) {
      const frame = this.#frames[index] as Frame;
      if (frame.atMs > toMs) break;
      if (frame.loud) loud += FRAME_MS;
    }
    return loud;
  }

  /** Waits for sound after `atMs`; rejects with a sentence when none came. */
  async waitForSound(atMs: number, withinMs = 5_000): Promise<number> {
    const giveUpAtMs = this.#now() + withinMs;
    while (true) {
      const sound = this.firstSoundAfter(atMs);
      if (sound !== undefined) return sound;
      if (this.#now() > giveUpAtMs) throw new Error(`Nothing was heard within ${withinMs} ms.`);
      await sleep(POLL_MS);
    }
  }

  /** Waits until nothing was loud for `quietMs`; the answer is when the last sound ended. */
  async waitQuiet(quietMs: number, withinMs = 30_000): Promise<number | undefined> {
    const beganAtMs = this.#now();
    while (true) {
      const last = this.lastSound();
      if (this.#now() - Math.max(last ?? beganAtMs, beganAtMs) >= quietMs) return last;
      if (this.#now() - beganAtMs > withinMs) {
        throw new Error(`It was never quiet for ${quietMs} ms within ${withinMs} ms.`);
      }
      await sleep(POLL_MS);
    }
  }

  /** The sound from `fromMs` on without the gaps in which nothing arrived; for transcription. */
  recording(fromMs = 0): Int16Array {
    const parts = this.#recorded.filter(({ atMs }) => atMs >= fromMs);
    return concatenate(parts.map(({ samples }) => samples));
  }

  /** Frames are in order of time: a search from the end is short for what has just happened. */
  #indexAfter(atMs: number): number {
    let index = this.#frames.length;
    while (index > 0 && (this.#frames[index - 1] as Frame).atMs > atMs) index--;
    return index;
  }
}
