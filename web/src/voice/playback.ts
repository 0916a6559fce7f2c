/** The queue between the network and the loudspeaker: pre-buffer, counting, and a soft clear. */

const prebufferMs = 40;
const fadeMs = 5;
/** A sound shorter than the pre-buffer would wait for ever: after this long it starts anyway. */
const prebufferWaitMs = 60;
/** Older audio than this is not worth keeping; the server sends about as fast as we play. */
const queueMaxMs = 120_000;
const silenceBelow = 0.002;

export interface Pulled {
  /** Samples of the answer in this block; the rest is silence or the end of a fade. */
  played: number;
  /** Index in this block of the first sample of the answer that can be heard. */
  firstSoundAt?: number;
  /** True once, in the block in which the queue ran dry. */
  ranDry: boolean;
}

/** Samples are at the loudspeaker's rate. */
export class PlaybackQueue {
  readonly #rateHz: number;
  #chunks: Float32Array[] = [];
  #offset = 0;
  #queued = 0;
  #playing = false;
  #waited = 0;
  #heard = false;
  /** Samples of a fade still queued: heard, but no longer part of an answer. */
  #fading = 0;

  constructor(rateHz: number) {
    this.#rateHz = rateHz;
  }

  get queued(): number {
    return this.#queued;
  }

  push(samples: Float32Array): void {
    if (samples.length === 0) return;
    if (this.#queued > this.#samples(queueMaxMs)) this.#drop(samples.length);
    this.#chunks.push(samples);
    this.#queued += samples.length;
  }

  /** Fills `output` with what comes next, silence where nothing does. */
  pull(output: Float32Array): Pulled {
    if (!this.#ready(output.length)) {
      output.fill(0);
      return { played: 0, ranDry: false };
    }
    const filled = this.#take(output);
    output.fill(0, filled);
    const faded = Math.min(this.#fading, filled);
    this.#fading -= faded;
    const played = filled - faded;
    const ranDry = this.#queued === 0 && played > 0;
    if (this.#queued === 0) this.#playing = false;
    const firstSoundAt = this.#firstSound(output.subarray(0, filled), faded);
    return firstSoundAt === undefined ? { played, ranDry } : { played, ranDry, firstSoundAt };
  }

  /** Barge-in: all but the next few milliseconds is dropped, and those fade out. */
  clear(): void {
    const rest = new Float32Array(Math.min(this.#samples(fadeMs), this.#queued));
    if (this.#playing) this.#take(rest);
    this.#chunks = [];
    this.#offset = 0;
    this.#queued = 0;
    if (this.#playing && rest.length > 0) {
      this.push(rest.map((sample, index) => sample * (1 - (index + 1) / rest.length)));
    }
    this.#fading = this.#queued;
    this.nextAnswer();
  }

  /** What follows is another answer: its first sound is looked for again. */
  nextAnswer(): void {
    this.#heard = false;
  }

  #ready(blockSamples: number): boolean {
    if (this.#playing) return true;
    if (this.#queued === 0) {
      this.#waited = 0;
      return false;
    }
    this.#waited += blockSamples;
    this.#playing =
      this.#queued >= this.#samples(prebufferMs) || this.#waited >= this.#samples(prebufferWaitMs);
    return this.#playing;
  }

  #take(output: Float32Array): number {
    let filled = 0;
    while (filled < output.length) {
      const chunk = this.#chunks[0];
      if (!chunk) break;
      const piece = chunk.subarray(this.#offset, this.#offset + output.length - filled);
      output.set(piece, filled);
      filled += piece.length;
      this.#offset += piece.length;
      if (this.#offset === chunk.length) {
        this.#chunks.shift();
        this.#offset = 0;
      }
    }
    this.#queued -= filled;
    return filled;
  }

  #drop(samples: number): void {
    this.#take(new Float32Array(samples));
  }

  #firstSound(output: Float32Array, from: number): number | undefined {
    if (this.#heard) return undefined;
    const index = output.findIndex((one, at) => at >= from && Math.abs(one) > silenceBelow);
    if (index === -1) return undefined;
    this.#heard = true;
    return index;
  }

  #samples(durationMs: number): number {
    return Math.round((durationMs / 1000) * this.#rateHz);
  }
}
