/** In the audio thread: Butler's frames become sound, and the page learns what was heard. */
import { fromPcm16, loudness, voiceRateHz } from './frames.ts';
import { PlaybackQueue } from './playback.ts';
import { Resampler } from './resample.ts';
import { scope } from './worklet-scope.ts';

export type PlaybackCommand =
  | { type: 'pcm'; bytes: ArrayBuffer }
  | { type: 'clear' }
  | { type: 'next-answer' };

export interface PlaybackReport {
  /** Which answer this is about: counted up by every `next-answer`. */
  answer: number;
  /** Of that answer, up to now; a `clear` takes nothing back. */
  playedMs: number;
  playing: boolean;
  level: number;
  /** On the audio context's clock, in the report that follows the first audible sample. */
  firstSoundAtSeconds?: number;
  lastSoundAtSeconds?: number;
}

const reportEveryMs = 40;
const silenceBelow = 0.002;

class Playback extends scope.AudioWorkletProcessor {
  readonly #queue = new PlaybackQueue(scope.sampleRate);
  readonly #resampler = new Resampler(voiceRateHz, scope.sampleRate);
  #answer = 0;
  #played = 0;
  #receivedMs = 0;
  #lastSoundAtSeconds = 0;
  #sounding = false;
  #sinceReport = 0;
  #level = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<PlaybackCommand>) => {
      if (data.type === 'pcm') {
        const samples = fromPcm16(data.bytes);
        this.#receivedMs += (samples.length / voiceRateHz) * 1000;
        this.#queue.push(this.#resampler.process(samples));
        return;
      }
      if (data.type === 'clear') this.#clear();
      else this.#nextAnswer();
    };
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const output = outputs[0]?.[0];
    if (!output) return true;
    const { played, ranDry, firstSoundAt } = this.#queue.pull(output);
    for (const other of outputs[0]?.slice(1) ?? []) other.set(output);
    const wasSounding = this.#sounding;
    this.#listen(output);
    if (played === 0 && !wasSounding) return true;
    this.#played += played;
    this.#sinceReport += played;
    this.#level = Math.max(loudness(output), this.#level * 0.9);
    const due = this.#sinceReport >= (reportEveryMs / 1000) * scope.sampleRate;
    const fellSilent = wasSounding && !this.#sounding;
    if (due || ranDry || fellSilent || firstSoundAt !== undefined) {
      this.#report(ranDry || played === 0, firstSoundAt);
    }
    return true;
  }

  /** What was dropped was never heard; the page is told the exact place. */
  #clear(): void {
    this.#queue.clear();
    this.#resampler.reset();
    this.#receivedMs = Math.min(this.#playedMs(), this.#receivedMs);
    this.#report(true, undefined);
  }

  #nextAnswer(): void {
    this.#queue.nextAnswer();
    this.#answer += 1;
    this.#played = 0;
    this.#receivedMs = 0;
  }

  #playedMs(): number {
    return (this.#played / scope.sampleRate) * 1000;
  }

  #listen(output: Float32Array): void {
    const last = output.findLastIndex((sample) => Math.abs(sample) > silenceBelow);
    this.#sounding = last !== -1;
    if (this.#sounding) this.#lastSoundAtSeconds = scope.currentTime + last / scope.sampleRate;
  }

  #report(dry: boolean, firstSoundAt: number | undefined): void {
    this.#sinceReport = 0;
    const report: PlaybackReport = {
      answer: this.#answer,
      // The filter holds back a fraction of a millisecond; at the end all of it was heard.
      playedMs: Math.round(dry ? this.#receivedMs : Math.min(this.#playedMs(), this.#receivedMs)),
      playing: !dry,
      level: dry ? 0 : this.#level,
    };
    if (this.#lastSoundAtSeconds > 0) report.lastSoundAtSeconds = this.#lastSoundAtSeconds;
    if (firstSoundAt !== undefined) {
      report.firstSoundAtSeconds = scope.currentTime + firstSoundAt / scope.sampleRate;
    }
    this.port.postMessage(report);
  }
}

scope.registerProcessor('butler-playback', Playback);
