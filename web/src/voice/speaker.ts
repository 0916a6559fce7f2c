/** Butler's voice on the WebSocket transport: PCM in, sound out, and how much was heard. */
import type { PlaybackCommand, PlaybackReport } from './playback.worklet.ts';
import playbackUrl from './playback.worklet.ts?worker&url';
import type { Sound } from './sound.ts';
import { countFirstSound, stats } from './stats.ts';

const blockedAfterMs = 400;
/** Two of the reports that come while something is playing. */
const reportLateMs = 80;

/** What a transport sees of a loudspeaker. */
export interface VoiceOutput {
  readonly playing: boolean;
  readonly level: number;
  /** Of the current answer; what is buffered does not count. */
  readonly playedMs: number;
  /** From the audio thread to the ear, as far as the browser knows. */
  readonly latencyMs: number;
  play(bytes: ArrayBuffer): void;
  /** Drops what is buffered, at once; what was played stays counted. */
  clear(): void;
  /** Counting starts again: what is played from here on belongs to another answer. */
  nextAnswer(): void;
  onProgress(listener: (progress: { playedMs: number; playing: boolean }) => void): void;
}

export class Speaker implements VoiceOutput {
  readonly #sound: Sound;
  readonly #onBlocked: (blocked: boolean) => void;
  #node: Promise<AudioWorkletNode> | undefined;
  #listener: ((progress: { playedMs: number; playing: boolean }) => void) | undefined;
  #answer = 0;
  #reported = { playedMs: 0, at: 0 };
  #countedMs = 0;
  playing = false;
  level = 0;

  constructor(sound: Sound, onBlocked: (blocked: boolean) => void) {
    this.#sound = sound;
    this.#onBlocked = onBlocked;
  }

  onProgress(listener: (progress: { playedMs: number; playing: boolean }) => void): void {
    this.#listener = listener;
  }

  get playedMs(): number {
    const { playedMs, at } = this.#reported;
    // Reports are a little old: the sound has gone on since.
    const sinceMs = this.playing && playedMs > 0 ? performance.now() - at : 0;
    return Math.round(playedMs + Math.min(sinceMs, reportLateMs));
  }

  get latencyMs(): number {
    return this.#sound.latencyMs;
  }

  play(bytes: ArrayBuffer): void {
    this.playing = true;
    this.#command({ type: 'pcm', bytes }, [bytes]);
  }

  clear(): void {
    this.#reported = { playedMs: this.playedMs, at: performance.now() };
    this.playing = false;
    this.level = 0;
    if (this.#node !== undefined) this.#command({ type: 'clear' });
  }

  nextAnswer(): void {
    this.#reported = { playedMs: 0, at: 0 };
    this.#countedMs = 0;
    if (this.#node === undefined) return;
    this.#answer += 1;
    this.#command({ type: 'next-answer' });
  }

  #command(command: PlaybackCommand, transfer: Transferable[] = []): void {
    this.#node ??= this.#start();
    // A promise's callbacks run in the order they were added, so frames keep their order.
    this.#node.then(
      (node) => node.port.postMessage(command, transfer),
      () => {
        this.#node = undefined;
        this.playing = false;
      },
    );
  }

  async #start(): Promise<AudioWorkletNode> {
    const context = this.#sound.context;
    this.#sound.onChange(() => this.#tellBlocked());
    // Where sound is allowed, a new context runs after a moment; where not, it stays suspended.
    setTimeout(() => this.#tellBlocked(), blockedAfterMs);
    await this.#sound.load(playbackUrl);
    const node = new AudioWorkletNode(context, 'butler-playback', {
      numberOfInputs: 0,
      outputChannelCount: [1],
    });
    node.port.onmessage = ({ data }: MessageEvent<PlaybackReport>) => this.#report(data);
    node.connect(this.#sound.output);
    return node;
  }

  #tellBlocked(): void {
    this.#onBlocked(this.#sound.silenced && this.playing);
  }

  #report(report: PlaybackReport): void {
    if (report.firstSoundAtSeconds !== undefined) {
      countFirstSound(this.#sound.pageTime(report.firstSoundAtSeconds));
    }
    if (report.lastSoundAtSeconds !== undefined) {
      stats.lastSoundAt = this.#sound.pageTime(report.lastSoundAtSeconds);
    }
    // Said before the next answer began: no longer of interest.
    if (report.answer !== this.#answer) return;
    this.playing = report.playing;
    this.level = report.level;
    const heardMs = report.playedMs - this.#countedMs;
    if (heardMs > 0) stats.samplesPlayed += heardMs * 24;
    this.#countedMs = report.playedMs;
    this.#reported = { playedMs: report.playedMs, at: performance.now() };
    this.#listener?.(report);
  }
}
