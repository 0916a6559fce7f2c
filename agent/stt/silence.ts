/** When did speech last sound? Energy answers at once, the VAD's probability keeps it honest. */

/** How a frame counts as speech; levels are RMS of 16-bit samples (0 to 32768). */
const silenceLimits = {
  /** Below this nothing is speech, however quiet the room. */
  quietestSpeechRms: 60,
  /** Speech must stand this far above the room's own noise. */
  aboveNoiseRatio: 2.5,
  /** Within an utterance, what is 32 dB under its loudest part counts as silence. */
  belowPeakRatio: 0.025,
  /** The VAD must have given at least this probability in its last window. */
  leastProbability: 0.25,
  /** The VAD's own verdict that speech goes on. */
  certainProbability: 0.5,
} as const;

/** Root mean square of 16-bit samples. */
export const rms = (samples: Int16Array): number => {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
};

/**
 * Follows one microphone, frame by frame. Silero alone goes on saying "speech" for about 110 ms
 * after the last sample (measured); the energy of the frames ends the moment the person does.
 */
export class SpeechTracker {
  readonly #sampleRateHz: number;
  #noiseRms = 30;
  #peakRms = 0;
  #probability = 0;
  #heardSamples = 0;
  #lastSpeechSample = 0;

  constructor(sampleRateHz: number) {
    this.#sampleRateHz = sampleRateHz;
  }

  /** All samples so far. */
  get heardSamples(): number {
    return this.#heardSamples;
  }

  /** The sample after the last one that was speech. */
  get lastSpeechSample(): number {
    return this.#lastSpeechSample;
  }

  get silenceMs(): number {
    return ((this.#heardSamples - this.#lastSpeechSample) / this.#sampleRateHz) * 1000;
  }

  /** True while the VAD itself still hears speech. */
  get certainlySpeaking(): boolean {
    return this.#probability >= silenceLimits.certainProbability;
  }

  /** A new utterance: what was loud before says nothing about it. */
  begin(): void {
    this.#peakRms = 0;
    this.#lastSpeechSample = this.#heardSamples;
  }

  frame(samples: Int16Array): void {
    this.#heardSamples += samples.length;
    const level = rms(samples);
    if (this.#isSpeech(level)) {
      this.#peakRms = Math.max(this.#peakRms, level);
      this.#lastSpeechSample = this.#heardSamples;
    } else {
      this.#followNoise(level);
    }
  }

  /** The VAD's probability of speech for the latest window (about 32 ms behind the frames). */
  window(probability: number): void {
    this.#probability = probability;
  }

  #isSpeech(level: number): boolean {
    const threshold = Math.max(
      silenceLimits.quietestSpeechRms,
      this.#noiseRms * silenceLimits.aboveNoiseRatio,
      this.#peakRms * silenceLimits.belowPeakRatio,
    );
    return level > threshold && this.#probability >= silenceLimits.leastProbability;
  }

  /** Falls at once, rises slowly: a room's noise is the quietest that it has been lately. */
  #followNoise(level: number): void {
    const share = level < this.#noiseRms ? 0.3 : 0.02;
    this.#noiseRms += (level - this.#noiseRms) * share;
  }
}
