// Raw sound: odd chunks, headers, things that are no sound, and silence at the beginning.
import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, Framer, LeadTrim, NoSoundError, PcmReader, SAMPLES_PER_MS } from './pcm.ts';

const ramp = (length: number) =>
  Int16Array.from({ length }, (_, at) => ((at * 37) % 20_000) - 10_000);
const bytesOf = (samples: Int16Array) => new Uint8Array(samples.slice().buffer);

function read(bytes: Uint8Array, chunk: number): number[] {
  const reader = new PcmReader();
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at += chunk)
    out.push(...reader.push(bytes.subarray(at, at + chunk)));
  return [...out, ...reader.end()];
}

function wav({ rate = 24_000, channels = 1, bits = 16, data = ramp(480), extra = false } = {}) {
  const list = extra ? Buffer.from('LIST\u0004\u0000\u0000\u0000abcd', 'latin1') : Buffer.alloc(0);
  const head = Buffer.alloc(36);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(0xffffffff, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt16LE(bits, 34);
  const mark = Buffer.from('data\u00ff\u00ff\u00ff\u00ff', 'latin1');
  return new Uint8Array(Buffer.concat([head, list, mark, bytesOf(data)]));
}

describe('PcmReader', () => {
  it.each([1, 3, 7, 63, 64, 65, 1001, 5000])(
    'puts samples together from chunks of %i bytes',
    (chunk) => {
      expect(read(bytesOf(ramp(900)), chunk)).toEqual([...ramp(900)]);
    },
  );

  it('drops half a sample at the end', () => {
    expect(read(bytesOf(ramp(100)).subarray(0, 199), 50)).toEqual([...ramp(99)]);
  });

  it.each([1, 11, 44, 4000])('takes a WAV header off (chunks of %i bytes)', (chunk) => {
    expect(read(wav(), chunk)).toEqual([...ramp(480)]);
    expect(read(wav({ extra: true }), chunk)).toEqual([...ramp(480)]);
  });

  it.each([
    ['another rate', wav({ rate: 16_000 }), '16000 Hz'],
    ['two channels', wav({ channels: 2 }), '2 channels'],
    ['eight bits', wav({ bits: 8 }), '8 bits'],
    ['JSON', new TextEncoder().encode(`{"error":${'"a long message"'.repeat(9)}}`), 'text'],
    ['short text', new TextEncoder().encode('not found'), 'text'],
    ['a page', new TextEncoder().encode(`<!doctype html>${' '.repeat(200)}`), 'text'],
    ['MP3', new TextEncoder().encode(`ID3\u0003${'\u0000'.repeat(100)}`), 'compressed'],
    ['Ogg', new TextEncoder().encode(`OggS${'\u0000'.repeat(100)}`), 'compressed'],
  ])('refuses %s', (_name, bytes, why) => {
    expect(() => read(bytes, 50)).toThrow(NoSoundError);
    expect(() => read(bytes, 50)).toThrow(why);
  });
});

describe('Framer', () => {
  it('cuts frames of 20 ms and fills up the last one', () => {
    const framer = new Framer();
    const frames = [100, 1000, 380, 7].flatMap((length) => framer.push(ramp(length).fill(5)));
    expect(frames.map(({ length }) => length)).toEqual([
      FRAME_SAMPLES,
      FRAME_SAMPLES,
      FRAME_SAMPLES,
    ]);
    const last = framer.end();
    expect(last).toHaveLength(FRAME_SAMPLES);
    expect([...last.subarray(45, 49)]).toEqual([5, 5, 0, 0]);
  });
});

describe('LeadTrim', () => {
  const beginning = (silenceMs: number) => {
    const samples = new Int16Array((silenceMs + 100) * SAMPLES_PER_MS);
    samples.fill(20, 0, silenceMs * SAMPLES_PER_MS);
    samples.fill(3000, silenceMs * SAMPLES_PER_MS);
    return samples;
  };

  it.each([
    [0, 100],
    [60, 160],
    [65, 120],
    [300, 120],
  ])('%i ms of silence leave %i ms', (silenceMs, expectedMs) => {
    for (const chunk of [100, 480, 99_999]) {
      const trim = new LeadTrim();
      const all = beginning(silenceMs);
      let length = 0;
      for (let at = 0; at < all.length; at += chunk)
        length += trim.push(all.subarray(at, at + chunk)).length;
      expect((length + trim.end().length) / SAMPLES_PER_MS).toBe(expectedMs);
      expect(trim.silenceMs).toBe(silenceMs);
    }
  });

  it('leaves a little of a sound that never comes', () => {
    const trim = new LeadTrim();
    expect(trim.push(new Int16Array(24_000))).toHaveLength(0);
    expect(trim.end()).toHaveLength(20 * SAMPLES_PER_MS);
  });
});
