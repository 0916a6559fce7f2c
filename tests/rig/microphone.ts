/** A microphone made of code: frames in real time, room noise between the clips it is given. */
import { quiet } from './wav.ts';

export interface MicrophoneOptions {
  sampleRateHz: number;
  /** 20 for a WebSocket, 10 for LiveKit. */
  frameMs: number;
  /** Takes one frame; a rejected promise ends the microphone and fails what is being said. */
  send(frame: Int16Array): void | Promise<void>;
  /** Monotonic clock in milliseconds. */
  now?: () => number;
}

/** When a clip's first and last samples were handed over, on the microphone's clock. */
export interface Spoken {
  startedAtMs: number;
  endedAtMs: number;
}

interface Clip {
  samples: Int16Array;
  at: number;
  startedAtMs: number;
  resolve(spoken: Spoken): void;
  reject(error: unknown): void;
}

// A frame that is late by more than this is not made up for: bursts are not what people do.
const CATCH_UP_MS = 60;

/** Plays one clip after the other; `say` resolves when its last sample has been handed over. */
export class Microphone {
  readonly #options: MicrophoneOptions;
  readonly #now: () => number;
  readonly #frameLength: number;
  readonly #noise: Int16Array;
  readonly #clips: Clip[] = [];
  #frames = 0;
  #nextAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #open = false;
  #skippedMs = 0;

  constructor(options: MicrophoneOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#frameLength = (options.sampleRateHz * options.frameMs) / 1000;
    this.#noise = quiet(1000, options.sampleRateHz);
  }

  /** Time lost because this process was starved: above 0, its timings are not to be quoted. */
  get skippedMs(): number {
    return this.#skippedMs;
  }

  open(): void {
    if (this.#open) return;
    this.#open = true;
    this.#nextAtMs = this.#now();
    void this.#run();
  }

  /** Clips wait for those before them; `samples` are at the microphone's own rate. */
  say(samples: Int16Array): Promise<Spoken> {
    if (!this.#open) return Promise.reject(new Error('The microphone is closed: open it first.'));
    if (samples.length === 0) return Promise.reject(new Error('There is nothing in this clip.'));
    return new Promise((resolve, reject) => {
      this.#clips.push({ samples, at: 0, startedAtMs: 0, resolve, reject });
    });
  }

  /** Stops talking at once; what was being said rejects. */
  hush(reason = 'The microphone was hushed.'): void {
    for (const clip of this.#clips.splice(0)) clip.reject(new Error(reason));
  }

  close(): void {
    this.#open = false;
    clearTimeout(this.#timer);
    this.hush('The microphone was closed.');
  }

  async #run(): Promise<void> {
    while (this.#open) {
      const lateMs = this.#now() - this.#nextAtMs;
      if (lateMs > CATCH_UP_MS) {
        this.#skippedMs += lateMs;
        this.#nextAtMs = this.#now();
      }
      if (lateMs < 0) {
        await new Promise<void>((resolve) => {
          this.#timer = setTimeout(resolve, -lateMs);
        });
        continue;
      }
      try {
        await this.#step();
      } catch (error) {
        this.#open = false;
        for (const clip of this.#clips.splice(0)) clip.reject(error);
      }
    }
  }

  async #step(): Promise<void> {
    const length = this.#frameLength;
    const from = (this.#frames * length) % this.#noise.length;
    const frame = this.#noise.slice(from, from + length);
    const clip = this.#clips[0];
    const startedAtMs = this.#now();
    if (clip) {
      if (clip.at === 0) clip.startedAtMs = startedAtMs;
      frame.set(clip.samples.subarray(clip.at, clip.at + length));
      clip.at += length;
    }
    this.#frames++;
    this.#nextAtMs += this.#options.frameMs;
    await this.#options.send(frame);
    if (!clip || clip.at < clip.samples.length || this.#clips[0] !== clip) return;
    this.#clips.shift();
    // Taken before the frame went out: the moment at which the last sample existed.
    clip.resolve({ startedAtMs: clip.startedAtMs, endedAtMs: startedAtMs });
  }
}
