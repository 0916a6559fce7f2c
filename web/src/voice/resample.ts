/** Changes the sample rate of a stream of audio without clicks between its pieces. */

const zeroCrossings = 12;

/**
 * Streaming polyphase low-pass with exact rational ratio (windowed sinc, Blackman window; see
 * Smith, "Digital Audio Resampling"). Mono samples in -1..1; delay about 12 samples of the
 * slower rate.
 */
export class Resampler {
  readonly #step: number;
  readonly #phases: Float32Array[];
  readonly #taps: number;
  #history: Float32Array;
  /** Position of the next output sample in units of 1/phases input samples from history[0]. */
  #position = 0;

  constructor(inputRateHz: number, outputRateHz: number) {
    if (!(inputRateHz > 0) || !(outputRateHz > 0)) {
      throw new RangeError(`Sample rates must be positive: ${inputRateHz} to ${outputRateHz}.`);
    }
    const divisor = greatestCommonDivisor(Math.round(inputRateHz), Math.round(outputRateHz));
    const phaseCount = Math.round(outputRateHz) / divisor;
    this.#step = Math.round(inputRateHz) / divisor;
    const cutoff = Math.min(1, outputRateHz / inputRateHz);
    this.#taps = 2 * Math.ceil(zeroCrossings / cutoff);
    this.#phases = Array.from({ length: phaseCount }, (_, phase) =>
      kernel(this.#taps, phase / phaseCount, cutoff),
    );
    this.#history = new Float32Array(this.#taps - 1);
  }

  /** The next samples at the output rate; a rest shorter than a sample is kept for later. */
  process(input: Float32Array): Float32Array {
    const samples = new Float32Array(this.#history.length + input.length);
    samples.set(this.#history);
    samples.set(input, this.#history.length);
    const phaseCount = this.#phases.length;
    const lastStart = samples.length - this.#taps;
    const available = (lastStart + 1) * phaseCount - this.#position;
    const count = Math.max(0, Math.ceil(available / this.#step));
    const output = new Float32Array(count);
    for (let index = 0; index < count; index += 1) {
      const start = Math.floor(this.#position / phaseCount);
      const phase = this.#phases[this.#position % phaseCount] as Float32Array;
      output[index] = dot(samples, start, phase);
      this.#position += this.#step;
    }
    const used = Math.min(Math.floor(this.#position / phaseCount), samples.length);
    this.#history = samples.slice(used);
    this.#position -= used * phaseCount;
    return output;
  }

  /** Forgets what came before, for the start of another recording. */
  reset(): void {
    this.#history = new Float32Array(this.#taps - 1);
    this.#position = 0;
  }
}

function dot(samples: Float32Array, start: number, weights: Float32Array): number {
  let sum = 0;
  for (let tap = 0; tap < weights.length; tap += 1) {
    sum += (samples[start + tap] as number) * (weights[tap] as number);
  }
  return sum;
}

/** Weights of one phase; scaled to sum 1 so that every phase has the same gain. */
function kernel(taps: number, fraction: number, cutoff: number): Float32Array {
  const weights = new Float32Array(taps);
  const half = taps / 2;
  let total = 0;
  for (let tap = 0; tap < taps; tap += 1) {
    const distance = tap - (half - 1) - fraction;
    // A little below the limit, so that the slope of the filter ends where aliases begin.
    const weight = sinc(distance * cutoff * 0.92) * blackman(distance / half);
    weights[tap] = weight;
    total += weight;
  }
  return weights.map((weight) => weight / total);
}

function sinc(value: number): number {
  return value === 0 ? 1 : Math.sin(Math.PI * value) / (Math.PI * value);
}

function blackman(position: number): number {
  if (Math.abs(position) >= 1) return 0;
  return 0.42 + 0.5 * Math.cos(Math.PI * position) + 0.08 * Math.cos(2 * Math.PI * position);
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
