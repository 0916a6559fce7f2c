/** Raw sound as it comes over the wire: 24 kHz mono, 16-bit little-endian, in any cut. */

export const SAMPLE_RATE_HZ = 24_000;
export const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;
/** LiveKit's and the app's own frame: 20 ms. */
export const FRAME_SAMPLES = 20 * SAMPLES_PER_MS;

const HEAD_BYTES = 64;
const HEADER_BYTES_MAX = 4096;

/** The service answered, but not with sound; the message says what came instead. */
export class NoSoundError extends Error {}

const tag = (bytes: Uint8Array, at: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + 4));

/** Sound has zero and high bytes everywhere; a page or a JSON body has hardly any. */
function looksLikeText(bytes: Uint8Array): boolean {
  const printable = bytes.filter((byte) => byte === 9 || byte === 10 || (byte >= 32 && byte < 127));
  return bytes.length > 0 && printable.length / bytes.length > 0.9;
}

/** Where the samples begin in a WAV file; undefined while the header is not complete. */
function samplesBegin(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    if (tag(bytes, at) === 'data') return at + 8;
    if (tag(bytes, at) === 'fmt ' && at + 24 <= bytes.length) {
      const [kind, channels] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
      const [rate, bits] = [view.getUint32(at + 12, true), view.getUint16(at + 22, true)];
      if (kind !== 1 || channels !== 1 || rate !== SAMPLE_RATE_HZ || bits !== 16) {
        throw new NoSoundError(`a WAV file of ${rate} Hz, ${channels} channels, ${bits} bits`);
      }
    }
    at += 8 + size + (size & 1);
  }
  if (bytes.length > HEADER_BYTES_MAX) throw new NoSoundError('a WAV file without samples');
  return undefined;
}

/** Chunks of bytes in, whole samples out; looks at the beginning before it lets anything pass. */
export class PcmReader {
  #held = new Uint8Array(0);
  #open = false;
  /** Samples that have come out so far. */
  samples = 0;

  /** @throws {NoSoundError} */
  push(chunk: Uint8Array): Int16Array {
    const bytes = new Uint8Array(this.#held.length + chunk.length);
    bytes.set(this.#held);
    bytes.set(chunk, this.#held.length);
    const from = this.#open ? 0 : this.#look(bytes);
    if (from === undefined) {
      this.#held = bytes;
      return new Int16Array(0);
    }
    this.#open = true;
    // A chunk may end inside a sample.
    const end = bytes.length - ((bytes.length - from) & 1);
    this.#held = bytes.slice(end);
    const samples = new Int16Array(bytes.slice(from, end).buffer);
    this.samples += samples.length;
    return samples;
  }

  /** At the end of the stream: what a short answer still holds. @throws {NoSoundError} */
  end(): Int16Array {
    if (this.#open) return new Int16Array(0);
    const bytes = this.#held;
    this.#held = new Uint8Array(0);
    this.#open = true;
    if (looksLikeText(bytes)) throw new NoSoundError('text');
    const samples = new Int16Array(bytes.slice(0, bytes.length & ~1).buffer);
    this.samples += samples.length;
    return samples;
  }

  #look(bytes: Uint8Array): number | undefined {
    if (bytes.length < HEAD_BYTES) return undefined;
    if (tag(bytes, 0) === 'RIFF' && tag(bytes, 8) === 'WAVE') return samplesBegin(bytes);
    const magic = ['ID3\u0003', 'ID3\u0004', 'OggS', 'fLaC'].find((name) => tag(bytes, 0) === name);
    if (magic) throw new NoSoundError(`compressed sound (${magic.slice(0, 3)})`);
    if (looksLikeText(bytes.subarray(0, HEAD_BYTES))) throw new NoSoundError('text');
    return 0;
  }
}

/** Collects samples and gives them out in frames of 20 ms. */
export class Framer {
  #rest = new Int16Array(0);

  push(samples: Int16Array): Int16Array[] {
    const all = new Int16Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    const frames: Int16Array[] = [];
    let at = 0;
    for (; at + FRAME_SAMPLES <= all.length; at += FRAME_SAMPLES) {
      frames.push(all.slice(at, at + FRAME_SAMPLES));
    }
    this.#rest = all.slice(at);
    return frames;
  }

  /** The last frame of a reply, filled up with silence: never empty, so that it can close it. */
  end(): Int16Array {
    const frame = new Int16Array(FRAME_SAMPLES);
    frame.set(this.#rest);
    this.#rest = new Int16Array(0);
    return frame;
  }
}

const WINDOW_SAMPLES = 5 * SAMPLES_PER_MS;
/** About -46 dB: below it lies the model's hiss, above it even a soft consonant. */
const AUDIBLE_PEAK = 164;
const KEPT_MS = 20;
const TRIMMED_FROM_MS = 60;

const isAudible = (window: Int16Array): boolean =>
  window.some((sample) => sample > AUDIBLE_PEAK || sample < -AUDIBLE_PEAK);

/** Takes the silence from the beginning of a reply: more than 60 ms of it becomes 20 ms. */
export class LeadTrim {
  #held = new Int16Array(0);
  #open = false;
  /** The silence that was there, milliseconds; known once sound came. */
  silenceMs = 0;

  push(samples: Int16Array): Int16Array {
    if (this.#open) return samples;
    const all = new Int16Array(this.#held.length + samples.length);
    all.set(this.#held);
    all.set(samples, this.#held.length);
    for (let at = 0; at + WINDOW_SAMPLES <= all.length; at += WINDOW_SAMPLES) {
      if (!isAudible(all.subarray(at, at + WINDOW_SAMPLES))) continue;
      this.#open = true;
      this.silenceMs = at / SAMPLES_PER_MS;
      if (this.silenceMs <= TRIMMED_FROM_MS) return all;
      return all.slice(at - KEPT_MS * SAMPLES_PER_MS);
    }
    this.#held = all;
    return new Int16Array(0);
  }

  /** What was held back when the sound ended without ever becoming audible. */
  end(): Int16Array {
    const held = this.#open ? new Int16Array(0) : this.#held.slice(0, KEPT_MS * SAMPLES_PER_MS);
    this.#open = true;
    return held;
  }
}
