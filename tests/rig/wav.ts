/** Sound as numbers: WAV files, resampling between the rates we speak, loudness. */

/** Mono 16-bit samples; several channels are read as their first. */
export interface Wav {
  samples: Int16Array;
  sampleRateHz: number;
  channels: number;
}

const QUIET_ROOM_RMS = 250;

/**
 * Reads RIFF/WAVE with 16-bit PCM. Throws a sentence for anything else. Streams whose length field
 * is 0 or 0xffffffff (unknown when they began) are read to their end.
 */
export function readWav(file: Uint8Array): Wav {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tag = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  if (file.byteLength < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') {
    throw new Error('This is not a WAV file: it does not begin with RIFF and WAVE.');
  }
  let format: { kind: number; channels: number; sampleRateHz: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= file.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tag(at) === 'fmt ') {
      format = {
        kind: view.getUint16(body, true),
        channels: view.getUint16(body + 2, true),
        sampleRateHz: view.getUint32(body + 4, true),
        bits: view.getUint16(body + 14, true),
      };
    }
    if (tag(at) === 'data') {
      if (format?.bits !== 16 || (format.kind !== 1 && format.kind !== 0xfffe)) {
        throw new Error('Only 16-bit PCM WAV files are read: convert this one first.');
      }
      const streamed = size === 0xffffffff || size === 0;
      if (!streamed && body + size > file.byteLength) {
        throw new Error('The WAV file is shorter than its header says.');
      }
      const end = streamed ? file.byteLength : body + size;
      return { ...firstChannel(view, { body, end, ...format }), channels: format.channels };
    }
    at = body + size + (size & 1);
  }
  throw new Error('The WAV file has no data chunk.');
}

function firstChannel(
  view: DataView,
  part: { body: number; end: number; channels: number; sampleRateHz: number },
) {
  const step = part.channels * 2;
  const samples = new Int16Array(Math.floor((part.end - part.body) / step));
  for (let index = 0; index < samples.length; index++) {
    samples[index] = view.getInt16(part.body + index * step, true);
  }
  return { samples, sampleRateHz: part.sampleRateHz };
}

/** A mono 16-bit WAV file of the samples. */
export function writeWav(samples: Int16Array, sampleRateHz: number): Uint8Array {
  const file = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(file.buffer);
  const text = (at: number, word: string) => file.set(new TextEncoder().encode(word), at);
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  for (let index = 0; index < samples.length; index++) {
    view.setInt16(44 + index * 2, samples[index] ?? 0, true);
  }
  return file;
}

/** Root mean square, 0 to 32767. */
export function rms(samples: Int16Array): number {
  let power = 0;
  for (const sample of samples) power += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(power / samples.length);
}

/** How many milliseconds of 20 ms frames are louder than a quiet room. */
export function voicedMs(samples: Int16Array, sampleRateHz: number): number {
  const frame = Math.round(sampleRateHz / 50);
  let frames = 0;
  for (let at = 0; at + frame <= samples.length; at += frame) {
    if (rms(samples.subarray(at, at + frame)) > QUIET_ROOM_RMS) frames++;
  }
  return frames * 20;
}

const TAPS_PER_SIDE = 16;

/** Windowed-sinc low-pass at the lower of both rates' Nyquist, as seen `offset` from its centre. */
function kernel(offset: number, cutoff: number): number {
  const x = offset * cutoff;
  if (Math.abs(x) >= TAPS_PER_SIDE) return 0;
  const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  return cutoff * sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / TAPS_PER_SIDE));
}

/**
 * Changes the rate by windowed-sinc interpolation (Hann, 16 zero crossings a side), with one table
 * of coefficients per phase. Length is rounded to the nearest sample; equal rates give a copy.
 */
export function resample(samples: Int16Array, fromHz: number, toHz: number): Int16Array {
  if (fromHz === toHz) return samples.slice();
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const phases = toHz / divisor;
  const cutoff = Math.min(1, toHz / fromHz);
  const reach = Math.ceil(TAPS_PER_SIDE / cutoff);
  const tables = Array.from({ length: phases }, (_, phase) => {
    const shift = ((phase * fromHz) / toHz) % 1;
    return Float64Array.from({ length: 2 * reach + 1 }, (_, tap) =>
      kernel(tap - reach - shift, cutoff),
    );
  });
  const out = new Int16Array(Math.round((samples.length * toHz) / fromHz));
  for (let index = 0; index < out.length; index++) {
    const centre = Math.floor((index * fromHz) / toHz);
    const table = tables[index % phases] as Float64Array;
    let sum = 0;
    for (let tap = 0; tap < table.length; tap++) {
      sum += (samples[centre + tap - reach] ?? 0) * (table[tap] as number);
    }
    out[index] = Math.max(-32768, Math.min(32767, Math.round(sum)));
  }
  return out;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

export function concatenate(parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Silence with a little room noise, since a mute microphone is nothing that a person has. */
export function quiet(durationMs: number, sampleRateHz: number, peak = 10): Int16Array {
  const samples = new Int16Array(Math.round((durationMs * sampleRateHz) / 1000));
  // A fixed multiplicative generator (Park-Miller): the same room every time.
  let state = 20_011;
  for (let index = 0; index < samples.length; index++) {
    state = (state * 48_271) % 2_147_483_647;
    samples[index] = Math.round((state / 2_147_483_647 - 0.5) * 2 * peak);
  }
  return samples;
}

/** A voiced-looking sound: five harmonics, a syllable rhythm, and full level from its first ms. */
export function voice(durationMs: number, sampleRateHz: number, pitchHz = 150): Int16Array {
  const samples = new Int16Array(Math.round((durationMs * sampleRateHz) / 1000));
  const ramp = Math.max(1, sampleRateHz / 1000);
  for (let index = 0; index < samples.length; index++) {
    const seconds = index / sampleRateHz;
    let sum = 0;
    for (let harmonic = 1; harmonic <= 5; harmonic++) {
      sum += Math.sin(2 * Math.PI * pitchHz * harmonic * seconds) / harmonic;
    }
    const syllables = 0.75 + 0.25 * Math.cos(2 * Math.PI * 4 * seconds);
    const edge = Math.min(1, (index + 1) / ramp, (samples.length - index) / ramp);
    samples[index] = Math.round(sum * syllables * edge * 5_000);
  }
  return samples;
}
