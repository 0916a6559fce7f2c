/** Watches a voice that arrives as a track: how loud it is, and when it began and ended. */
import { loudness } from './frames.ts';
import type { Sound } from './sound.ts';
import { countFirstSound, stats } from './stats.ts';

const lookEveryMs = 20;
/** Shorter gaps belong to one answer. */
const answerGapMs = 700;
const silenceBelow = 0.002;

export class TrackListener {
  readonly #sound: Sound;
  readonly #answered: (agoMs: number) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #track: MediaStreamTrack | undefined;
  #source: MediaStreamAudioSourceNode | undefined;
  #analyser: AnalyserNode | undefined;
  #lookedAt = 0;
  level = 0;
  /** The voice still arrives, but the person does not hear it. */
  hushed = false;

  /** @param answered an answer's first sample was heard, so many milliseconds ago. */
  constructor(sound: Sound, answered: (agoMs: number) => void) {
    this.#sound = sound;
    this.#answered = answered;
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  follow(track: MediaStreamTrack): void {
    this.#source?.disconnect();
    this.#source = undefined;
    this.#track = track;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#source?.disconnect();
  }

  /** The context exists and runs only after the person has touched the page. */
  #attach(): AnalyserNode | undefined {
    if (!this.#track || !this.#sound.running) return undefined;
    if (!this.#source) {
      this.#analyser ??= new AnalyserNode(this.#sound.context, { fftSize: 2048 });
      const stream = new MediaStream([this.#track]);
      this.#source = this.#sound.context.createMediaStreamSource(stream);
      this.#source.connect(this.#analyser);
    }
    return this.#analyser;
  }

  #look(): void {
    const analyser = this.#attach();
    if (!analyser || this.hushed) {
      this.level = 0;
      return;
    }
    const rateHz = this.#sound.context.sampleRate;
    const recent = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(recent);
    const block = recent.subarray(-Math.round((rateHz * lookEveryMs) / 1000));
    this.level = loudness(block);
    const isSound = (sample: number) => Math.abs(sample) > silenceBelow;
    const first = recent.findIndex(isSound);
    if (first === -1) return;
    const now = performance.now();
    // On a busy machine a look comes late: what lies in the buffer has been heard meanwhile.
    const heardMs = Math.min(now - this.#lookedAt, (recent.length / rateHz) * 1000);
    this.#lookedAt = now;
    const timeOf = (index: number) => now - ((recent.length - index) / rateHz) * 1000;
    const newAnswer = stats.firstSoundAt === 0 || now - stats.lastSoundAt > answerGapMs;
    if (newAnswer) {
      countFirstSound(timeOf(first));
      this.#answered(now - timeOf(first));
    }
    stats.lastSoundAt = timeOf(recent.findLastIndex(isSound));
    stats.samplesPlayed += Math.round(heardMs * 24);
  }
}
