/** Samples as they travel: 16-bit little-endian PCM, cut into frames of 20 ms. */

/** 20 ms at 16 kHz. */
export const microphoneRateHz = 16_000;
export const voiceRateHz = 24_000;
export const frameSamples = 320;

/** Collects samples (-1..1, 16 kHz) until a frame of 640 bytes is full. */
export class Framer {
  readonly #pending = new Float32Array(frameSamples);
  #count = 0;

  push(samples: Float32Array): ArrayBuffer[] {
    const frames: ArrayBuffer[] = [];
    for (const sample of samples) {
      this.#pending[this.#count] = sample;
      this.#count += 1;
      if (this.#count === frameSamples) {
        frames.push(toPcm16(this.#pending));
        this.#count = 0;
      }
    }
    return frames;
  }

  /** What is left, filled up with silence to a whole frame; undefined when nothing is left. */
  flush(): ArrayBuffer | undefined {
    if (this.#count === 0) return undefined;
    const frame = toPcm16(this.#pending.fill(0, this.#count));
    this.#count = 0;
    return frame;
  }
}

export function toPcm16(samples: Float32Array): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, index) => {
    const limited = Math.max(-1, Math.min(1, sample));
    view.setInt16(index * 2, Math.round(limited < 0 ? limited * 32_768 : limited * 32_767), true);
  });
  return view.buffer;
}

/** An odd last byte is dropped: frames from the server are whole samples. */
export function fromPcm16(bytes: ArrayBuffer): Float32Array {
  const view = new DataView(bytes);
  const samples = new Float32Array(bytes.byteLength >> 1);
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = view.getInt16(index * 2, true) / 32_768;
  }
  return samples;
}

/** Root mean square, 0..1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}
