/** Butler's voice on its way to a WebSocket: paced, pausable, and honest about what was heard. */

import { voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';

/** Where the sound goes. */
export interface SoundSink {
  /** 16-bit mono PCM. */
  send(pcm: Int16Array): void;
  /** Drop everything that is buffered. */
  clear(): void;
}

/** So much may lie buffered at the client: enough for a bad moment, little to throw away. */
const leadMs = 200;
/** A client says what it has played; one that has been silent for this long is estimated. */
const reportStaleMs = 600;

/**
 * One segment (an answer) at a time, as LiveKit's sessions want it: `onPlaybackFinished` is called
 * exactly once for each segment that began.
 */
export class PacedOutput extends voice.AudioOutput {
  readonly #sink: SoundSink;
  readonly #rateHz: number;
  /** Frames of the segment from `#keptFromMs` on: what a pause throws away is sent again. */
  #kept: { atMs: number; frame: AudioFrame }[] = [];
  #sentMs = 0;
  #startedAtMs = 0;
  #started = false;
  #flushed = false;
  #generation = 0;
  #paused = false;
  #pausedAtMs = 0;
  /** The most that the client has reported of this answer. */
  #heardMs = 0;
  #reported: { ms: number; atMs: number } | undefined;
  #ending: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;
  #spokenText: ((playedMs: number) => string) | undefined;
  #nextSpokenText: ((playedMs: number) => string) | undefined;

  constructor(rateHz: number, sink: SoundSink) {
    super(rateHz, undefined, { pause: true });
    this.#rateHz = rateHz;
    this.#sink = sink;
  }

  /**
   * Which words belong to the sound that comes next; for the history of an interrupted answer. The
   * next answer may be ready while this one still sounds: each keeps its own words.
   */
  useText(spokenText: (playedMs: number) => string): void {
    this.#nextSpokenText = spokenText;
  }

  /**
   * The client's own word for how much of this answer has been heard; a `clear` takes nothing back
   * from it, the next answer begins at zero. A client that begins at zero too early, because it
   * was told of the next turn while this answer was paused, has not unheard anything.
   */
  played(ms: number): void {
    if (!this.#started) return;
    const heardMs = Math.min(ms, this.#sentMs);
    if (heardMs < this.#heardMs) return;
    this.#heardMs = heardMs;
    this.#reported = { ms: heardMs, atMs: performance.now() };
    // Said just after the pause: the exact place to go on from.
    if (this.#paused) this.#pausedAtMs = heardMs;
  }

  override async captureFrame(frame: AudioFrame): Promise<void> {
    const generation = this.#generation;
    await super.captureFrame(frame);
    if (generation !== this.#generation) return;
    while (this.#paused || this.#aheadMs() > leadMs) {
      await this.#sleep(this.#paused ? undefined : this.#aheadMs() - leadMs);
      if (generation !== this.#generation) return;
    }
    if (!this.#started) this.#begin();
    this.#send(frame);
  }

  override flush(): void {
    super.flush();
    if (this.#started) this.#endWhenPlayed();
  }

  override clearBuffer(): void {
    this.#generation += 1;
    super.flush();
    if (this.#started) this.#sink.clear();
    if (this.pendingPlayoutSegments > 0) this.#finish(true);
    this.#wakeUp();
  }

  override pause(): void {
    if (this.#paused) return;
    this.#pausedAtMs = this.#playedMs();
    this.#paused = true;
    clearTimeout(this.#ending);
    if (this.#started) this.#sink.clear();
    super.pause();
  }

  override resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    if (this.#started) this.#sendAgainFrom(this.#pausedAtMs);
    this.#wakeUp();
    super.resume();
  }

  /** Ends the segment without waiting: nobody listens any more. */
  close(): void {
    this.clearBuffer();
  }

  #begin(): void {
    this.#started = true;
    this.#spokenText = this.#nextSpokenText;
    this.#startedAtMs = performance.now();
    this.#reported = undefined;
    this.#heardMs = 0;
    this.onPlaybackStarted(Date.now());
  }

  #send(frame: AudioFrame): void {
    this.#kept.push({ atMs: this.#sentMs, frame });
    this.#sentMs += (frame.samplesPerChannel / this.#rateHz) * 1000;
    this.#sink.send(frame.data);
    const played = this.#playedMs();
    while ((this.#kept[0]?.atMs ?? played) < played - 1_000) this.#kept.shift();
  }

  #sendAgainFrom(playedMs: number): void {
    const again = this.#kept.filter(({ atMs }) => atMs >= playedMs);
    this.#kept = again;
    this.#startedAtMs = performance.now() - playedMs;
    this.#reported = undefined;
    for (const { frame } of again) this.#sink.send(frame.data);
    if (this.#flushed) this.#endWhenPlayed();
  }

  #aheadMs(): number {
    return this.#started ? this.#sentMs - this.#playedMs() : 0;
  }

  /** The client's word where it is fresh, moved on by the clock; else the clock alone. */
  #playedMs(): number {
    if (!this.#started) return 0;
    if (this.#paused) return this.#pausedAtMs;
    const now = performance.now();
    const byClock = now - this.#startedAtMs;
    const report = this.#reported;
    const fresh = report !== undefined && now - report.atMs < reportStaleMs;
    const played = fresh ? report.ms + (now - report.atMs) : byClock;
    return Math.max(0, Math.min(played, this.#sentMs));
  }

  #endWhenPlayed(): void {
    this.#flushed = true;
    clearTimeout(this.#ending);
    if (this.#paused) return;
    const leftMs = this.#sentMs - this.#playedMs();
    if (leftMs <= 0) this.#finish(false);
    else this.#ending = setTimeout(() => this.#endWhenPlayed(), Math.max(10, leftMs));
  }

  #finish(interrupted: boolean): void {
    clearTimeout(this.#ending);
    const playedMs = this.#playedMs();
    const heard = interrupted ? this.#spokenText?.(playedMs) : undefined;
    this.#started = false;
    this.#flushed = false;
    this.#sentMs = 0;
    this.#kept = [];
    this.onPlaybackFinished({
      playbackPosition: playedMs / 1000,
      interrupted,
      ...(heard === undefined ? {} : { synchronizedTranscript: heard }),
    });
  }

  #sleep(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, Math.max(1, ms));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
