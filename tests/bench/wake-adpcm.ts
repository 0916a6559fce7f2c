/** Reads the wake test's small set of sounds: WAV files of IMA ADPCM, 4 bits a sample. */

const imaAdpcm = 0x11;
const headerBytes = 4;
const indexChange = [-1, -1, -1, -1, 2, 4, 6, 8];
/** The step sizes of the IMA's Recommended Practices for Digital Audio (1992). */
const steps = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73,
  80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494,
  544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499,
  2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487,
  12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
];

const between = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

const decodeBlock = (view: DataView, to: Int16Array): void => {
  let value = view.getInt16(0, true);
  let index = view.getUint8(2);
  to[0] = value;
  for (let at = 1; at < to.length; at++) {
    const byte = view.getUint8(headerBytes + ((at - 1) >> 1));
    const code = at % 2 === 1 ? byte & 15 : byte >> 4;
    const step = steps[index] as number;
    const change =
      (step >> 3) + (code & 4 ? step : 0) + (code & 2 ? step >> 1 : 0) + (code & 1 ? step >> 2 : 0);
    value = between(code & 8 ? value - change : value + change, -32_768, 32_767);
    index = between(index + (indexChange[code & 7] as number), 0, steps.length - 1);
    to[at] = value;
  }
};

/** The samples, -1 to 1. Throws for a WAV file of another kind. */
export const readAdpcm = (file: Uint8Array): Float32Array => {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint16(20, true) !== imaAdpcm) throw new Error('This WAV file is no IMA ADPCM.');
  const blockBytes = view.getUint16(32, true);
  const blockSamples = (blockBytes - headerBytes) * 2 + 1;
  const dataAt = 20 + view.getUint32(16, true) + 8;
  const blocks = Math.floor((file.byteLength - dataAt) / blockBytes);
  const samples = new Int16Array(blocks * blockSamples);
  for (let at = 0; at < blocks; at++) {
    const block = new DataView(file.buffer, file.byteOffset + dataAt + at * blockBytes, blockBytes);
    decodeBlock(block, samples.subarray(at * blockSamples, (at + 1) * blockSamples));
  }
  return Float32Array.from(samples, (sample) => sample / 32_768);
};
