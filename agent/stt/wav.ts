/** From LiveKit's frames to the 16 kHz mono WAV that every transcription service takes. */
import type { AudioBuffer } from '@livekit/agents';
import { AudioFrame, AudioResampler } from '@livekit/rtc-node';

export const SAMPLE_RATE_HZ = 16_000;
const HEADER_BYTES = 44;

function mixedDown({ data, channels }: AudioFrame): Int16Array {
  if (channels === 1) return data;
  const mono = new Int16Array(data.length / channels);
  for (let at = 0; at < mono.length; at++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += data[at * channels + channel] ?? 0;
    mono[at] = Math.round(sum / channels);
  }
  return mono;
}

function joined(parts: Int16Array[]): Int16Array {
  const samples = new Int16Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return samples;
}

function resampled(samples: Int16Array, sampleRateHz: number): Int16Array {
  const resampler = new AudioResampler(sampleRateHz, SAMPLE_RATE_HZ, 1);
  try {
    const frame = new AudioFrame(samples, sampleRateHz, 1, samples.length);
    const frames = [...resampler.push(frame), ...resampler.flush()];
    return joined(frames.map(({ data }) => data));
  } finally {
    resampler.close();
  }
}

/** One frame or many, any rate and number of channels, as 16 kHz mono samples. */
export function monoSamples(buffer: AudioBuffer): Int16Array {
  const frames = Array.isArray(buffer) ? buffer : [buffer];
  const sampleRateHz = frames[0]?.sampleRate ?? SAMPLE_RATE_HZ;
  if (frames.some((frame) => frame.sampleRate !== sampleRateHz)) {
    throw new RangeError('All frames of an utterance must have one sample rate.');
  }
  const samples = joined(frames.map(mixedDown));
  if (sampleRateHz === SAMPLE_RATE_HZ || samples.length === 0) return samples;
  return resampled(samples, sampleRateHz);
}

/** A WAV file (RIFF, PCM 16 bit, mono, 16 kHz) around the samples. */
export function wavOf(samples: Int16Array): Buffer<ArrayBuffer> {
  const bytes = samples.length * 2;
  const file = Buffer.alloc(HEADER_BYTES + bytes);
  file.write('RIFF', 0, 'ascii');
  file.writeUInt32LE(HEADER_BYTES - 8 + bytes, 4);
  file.write('WAVEfmt ', 8, 'ascii');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  file.writeUInt32LE(SAMPLE_RATE_HZ * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'ascii');
  file.writeUInt32LE(bytes, 40);
  for (let at = 0; at < samples.length; at++) {
    file.writeInt16LE(samples[at] ?? 0, HEADER_BYTES + at * 2);
  }
  return file;
}
