/** A loudspeaker made of code: buffered sound leaves it in real time, and can be cut off. */
import type { Ear } from './ear.ts';

const STEP_MS = 10;

interface Segment {
  samples: Int16Array;
  at: number;
}

/**
 * Sound leaves `preBufferMs` after it arrived, then without gaps for as long as more is there:
 * a player without jitter. Times are computed from the clock, so a late timer moves nothing.
 */
export class Loudspeaker {
  readonly #ear: Ear;
  readonly #preBufferMs: number;
  readonly #now: () => number;
  readonly #segments: Segment[] = [];
  readonly #timer: NodeJS.Timeout;
  #playsFromMs = 0;
  #playing = false;
  #started = false;
  #playedMs = 0;
  #underruns = 0;
  /** Called when the first of what had arrived has left, after silence. */
  onStart: (() => void) | undefined;
  /** Called when everything that had arrived has left. */
  onDrain: (() => void) | undefined;

  constructor({
    ear,
    preBufferMs = 40,
    now = () => performance.now(),
  }: { ear: Ear; preBufferMs?: number; now?: () => number }) {
    this.#ear = ear;
    this.#preBufferMs = preBufferMs;
    this.#now = now;
    this.#timer = setInterval(() => this.advance(), STEP_MS);
  }

  /** Milliseconds of sound that have left since `resetPlayed`. */
  get playedMs(): number {
    return this.#playedMs;
  }

  /** As `playedMs`, with what has left since the last step. */
  get playedExactlyMs(): number {
    return this.#playedMs + (this.#playing ? Math.max(0, this.#now() - this.#playsFromMs) : 0);
  }

  get playing(): boolean {
    return this.#playing;
  }

  /** How often the buffer ran dry: once an answer is its end, more is stutter. */
  get underruns(): number {
    return this.#underruns;
  }

  resetPlayed(): void {
    this.#playedMs = 0;
  }

  play(samples: Int16Array): void {
    this.advance();
    if (!this.#playing) {
      this.#playing = true;
      this.#started = false;
      this.#playsFromMs = this.#now() + this.#preBufferMs;
    }
    this.#segments.push({ samples, at: 0 });
  }

  /** Drops what has not left yet. */
  clear(): void {
    this.advance();
    this.#segments.length = 0;
    this.#playing = false;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#segments.length = 0;
  }

  /** Lets out everything whose time has come. */
  advance(): void {
    const step = (this.#ear.sampleRateHz * STEP_MS) / 1000;
    while (this.#playing && this.#now() - this.#playsFromMs >= STEP_MS) {
      const samples = this.#take(step);
      if (samples.length > 0) this.#ear.hear(samples, this.#playsFromMs);
      const lengthMs = (samples.length * 1000) / this.#ear.sampleRateHz;
      this.#playedMs += lengthMs;
      this.#playsFromMs += lengthMs;
      if (!this.#started) this.#onStarted();
      if (this.#segments.length > 0) continue;
      this.#playing = false;
      this.#underruns++;
      this.onDrain?.();
    }
  }

  #onStarted(): void {
    this.#started = true;
    this.onStart?.();
  }

  #take(length: number): Int16Array {
    const taken = new Int16Array(length);
    let filled = 0;
    while (filled < length) {
      const segment = this.#segments[0];
      if (!segment) break;
      const part = segment.samples.subarray(segment.at, segment.at + length - filled);
      taken.set(part, filled);
      filled += part.length;
      segment.at += part.length;
      if (segment.at >= segment.samples.length) this.#segments.shift();
    }
    return taken.subarray(0, filled);
  }
}
