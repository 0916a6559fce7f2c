/** Sound from before the connection: kept, then handed over faster than it was said. */

import type { FrameListener, VoiceInput } from '../voice/microphone.ts';

const frameMs = 20;
/** Two seconds and a half: the word itself, and what a slow ear is behind. */
const beforeMax = 125;
/** The word is never longer; what was said before it is nobody's business. */
const wordMax = 75;
/** Ten seconds: a house that takes longer to answer gets the newest ones. */
const framesMax = 500;
/** Half a second of speech every few milliseconds: no network takes that for a flood. */
const burstFrames = 25;
const burstEveryMs = 8;
/** Between the word and the question: frames this quiet, at least so many. */
const pauseFrames = 6;
/** Of the loudest frame of the word, and of the room's own sound. */
const quietShare = 0.05;
const aboveRoom = 3;
const quietShareMax = 0.3;
/** A pause after the word begins at most so long before the word is recognised, and after. */
const pauseBefore = 14;
const pauseAfter = 5;
/** So much of the pause is left out: what follows must not be clipped. */
const skippedFrames = 3;

/** The microphone for a transport: kept frames first, live ones behind them, in order. */
export class CatchUp implements VoiceInput {
  readonly #microphone: VoiceInput;
  #kept: ArrayBuffer[] = [];
  /** The word was said, and `after` frames were kept since. */
  #called = false;
  #after = 0;
  #onFrame: FrameListener | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(microphone: VoiceInput) {
    this.#microphone = microphone;
  }

  get track(): MediaStreamTrack | undefined {
    return this.#microphone.track;
  }

  /** A frame that is not sent yet, the caller's own copy; without a word only the newest stay. */
  keep(frame: ArrayBuffer): void {
    this.#kept.push(frame);
    if (this.#called) this.#after += 1;
    if (this.#kept.length > (this.#called ? framesMax : beforeMax)) this.#kept.shift();
  }

  /** The word was said, and ended so many milliseconds ago: what was kept since is the question. */
  called(agoMs = 0): void {
    this.#called = true;
    this.#after = Math.min(Math.round(agoMs / frameMs), this.#kept.length);
    this.#kept = this.#kept.slice(-wordMax - this.#after);
  }

  forget(): void {
    this.#kept = [];
    this.#after = 0;
    this.#called = false;
  }

  open(onFrame: FrameListener): void {
    // Without a word nothing leaves that was said before.
    this.#kept = this.#called ? worthTelling(this.#kept, this.#after) : [];
    this.#called = false;
    this.#after = 0;
    this.#onFrame = onFrame;
    this.#microphone.open((frame) => this.#live(frame));
    if (this.#kept.length === 0) return;
    this.#timer = setInterval(() => this.#burst(), burstEveryMs);
    this.#burst();
  }

  async shut(): Promise<void> {
    await this.#microphone.shut();
    while (this.#timer !== undefined && this.#kept.length > 0) this.#burst();
    this.#stop();
    this.#onFrame = undefined;
  }

  #live(frame: ArrayBuffer): void {
    if (this.#timer === undefined) this.#onFrame?.(frame);
    else this.#kept.push(frame);
  }

  #burst(): void {
    for (const frame of this.#kept.splice(0, burstFrames)) this.#onFrame?.(frame);
    if (this.#kept.length === 0) this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/**
 * Where the person paused after the word, only what follows goes: the word alone is no question.
 * Where they went on without a pause all of it goes: a cut inside a word would be misheard.
 * @param after how many of the last frames came after the word was recognised.
 */
function worthTelling(frames: ArrayBuffer[], after: number): ArrayBuffer[] {
  const loudness = frames.map(rms);
  const heardAt = frames.length - after;
  const loudest = Math.max(...loudness.slice(0, heardAt), 0);
  const room = loudness.toSorted((one, other) => one - other)[Math.floor(frames.length / 10)] ?? 0;
  const quiet = Math.min(Math.max(loudest * quietShare, room * aboveRoom), loudest * quietShareMax);
  for (let at = Math.max(0, heardAt - pauseBefore); at <= heardAt + pauseAfter; at += 1) {
    const pause = loudness.slice(at, at + pauseFrames);
    if (pause.length === pauseFrames && pause.every((level) => level <= quiet)) {
      return frames.slice(at + skippedFrames);
    }
  }
  return frames;
}

function rms(frame: ArrayBuffer): number {
  const samples = new Int16Array(frame);
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
