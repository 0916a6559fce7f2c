/** Sound to mel bands, as openWakeWord's melspectrogram.onnx hears it, 80 ms at a time. */

const sampleRateHz = 16_000;
/** Samples of one block: 80 ms. */
export const blockSamples = 1_280;
export const bins = 32;
export const framesPerBlock = 8;

const size = 512;
const hop = 160;
const windowSamples = 400;
/** Samples before a block that its first frame reaches back to. */
const reach = 480;
const lowestHz = 60;
const highestHz = 3_800;
const rangeDecibels = 80;
const smallestPower = 1e-10;

/** Hertz to mel after Slaney (Auditory Toolbox, 1998): linear to 1 kHz, logarithmic above. */
const mel = (hertz: number): number =>
  hertz < 1_000 ? (hertz * 3) / 200 : 15 + (27 * Math.log(hertz / 1_000)) / Math.log(6.4);

const hertzOf = (mels: number): number =>
  mels < 15 ? (mels * 200) / 3 : 1_000 * Math.exp(((mels - 15) * Math.log(6.4)) / 27);

interface Band {
  first: number;
  weights: Float64Array;
}

/** Triangles of equal area, the first from 60 Hz on, the last up to 3.8 kHz. */
const bands = (): Band[] => {
  const [low, high] = [mel(lowestHz), mel(highestHz)];
  const edges = Array.from({ length: bins + 2 }, (_, at) =>
    hertzOf(low + ((high - low) * at) / (bins + 1)),
  );
  return Array.from({ length: bins }, (_, at) => {
    const [left, middle, right] = edges.slice(at, at + 3) as [number, number, number];
    const hertz = (bin: number) => (bin * sampleRateHz) / size;
    const first = Math.ceil((left * size) / sampleRateHz);
    const count = Math.floor((right * size) / sampleRateHz) - first + 1;
    const weights = Float64Array.from({ length: count }, (_, index) => {
      const at = hertz(first + index);
      const side = Math.min((at - left) / (middle - left), (right - at) / (right - middle));
      return (Math.max(0, side) * 2) / (right - left);
    });
    return { first, weights };
  });
};

/** A periodic Hann window of 25 ms in the middle of the transform. */
const hann = (): Float64Array => {
  const window = new Float64Array(size);
  const before = (size - windowSamples) / 2;
  for (let at = 0; at < windowSamples; at++) {
    window[before + at] = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / windowSamples);
  }
  return window;
};

/** In-place radix-2 Fourier transform of 512 complex numbers. */
class Fourier {
  private readonly cosine = Float64Array.from({ length: size / 2 }, (_, at) =>
    Math.cos((2 * Math.PI * at) / size),
  );
  private readonly sine = Float64Array.from({ length: size / 2 }, (_, at) =>
    Math.sin((2 * Math.PI * at) / size),
  );
  private readonly reversed = Uint16Array.from({ length: size }, (_, at) => {
    let turned = 0;
    for (let bit = 1; bit < size; bit <<= 1) turned = (turned << 1) | (at & bit ? 1 : 0);
    return turned;
  });

  transform(real: Float64Array, imaginary: Float64Array): void {
    this.reorder(real);
    for (let half = 1; half < size; half <<= 1) {
      for (let at = 0; at < half; at++) {
        const turn = (at * size) / 2 / half;
        const [cosine, sine] = [this.cosine[turn] as number, this.sine[turn] as number];
        for (let upper = at; upper < size; upper += half * 2) {
          const lower = upper + half;
          const a = real[lower] as number;
          const b = imaginary[lower] as number;
          const turnedReal = a * cosine + b * sine;
          const turnedImaginary = b * cosine - a * sine;
          real[lower] = (real[upper] as number) - turnedReal;
          imaginary[lower] = (imaginary[upper] as number) - turnedImaginary;
          real[upper] = (real[upper] as number) + turnedReal;
          imaginary[upper] = (imaginary[upper] as number) + turnedImaginary;
        }
      }
    }
  }

  private reorder(real: Float64Array): void {
    for (let at = 0; at < size; at++) {
      const other = this.reversed[at] as number;
      if (other <= at) continue;
      const kept = real[at] as number;
      real[at] = real[other] as number;
      real[other] = kept;
    }
  }
}

/** Keeps the last 30 ms between blocks, so that blocks follow one another without a seam. */
export class Spectrogram {
  private readonly sound = new Float64Array(reach + blockSamples);
  private readonly bands = bands();
  private readonly window = hann();
  private readonly fourier = new Fourier();
  private readonly real = new Float64Array(size);
  private readonly imaginary = new Float64Array(size);

  reset(): void {
    this.sound.fill(0);
  }

  /** 1280 samples (16 bits) → 8 frames of 32 bands, scaled as the embedding network wants them. */
  block(samples: Int16Array): Float32Array {
    this.sound.copyWithin(0, blockSamples);
    this.sound.set(samples, reach);
    const decibels = new Float64Array(framesPerBlock * bins);
    for (let frame = 0; frame < framesPerBlock; frame++) this.frame(frame, decibels);
    let loudest = Number.NEGATIVE_INFINITY;
    for (const value of decibels) if (value > loudest) loudest = value;
    const floor = loudest - rangeDecibels;
    return Float32Array.from(decibels, (value) => Math.max(value, floor) / 10 + 2);
  }

  private frame(frame: number, decibels: Float64Array): void {
    for (let at = 0; at < size; at++) {
      this.real[at] = (this.sound[frame * hop + at] as number) * (this.window[at] as number);
    }
    this.imaginary.fill(0);
    this.fourier.transform(this.real, this.imaginary);
    for (let band = 0; band < bins; band++) {
      const { first, weights } = this.bands[band] as Band;
      let power = 0;
      for (let at = 0; at < weights.length; at++) {
        const [a, b] = [this.real[first + at] as number, this.imaginary[first + at] as number];
        power += (a * a + b * b) * (weights[at] as number);
      }
      decibels[frame * bins + band] = 10 * Math.log10(Math.max(power, smallestPower));
    }
  }
}
