/** The head of one wake word: small perceptrons over the last 16 embeddings, trained by us. */

const magic = 'BWAKE2\0\0';
const headerAt = 12;

/** A convolution over time: sees `width` steps of its input at once. */
interface Layer {
  width: number;
  inputs: number;
  outputs: number;
  /** (width × inputs) rows of as many numbers as there are outputs. */
  weights: Float32Array;
  biases: Float32Array;
}

interface Header {
  word: string;
  steps: number;
  /** How many networks; what they say is averaged. */
  members: number;
  /** [width, inputs, outputs] of every layer; together they leave one step of one number. */
  layers: [number, number, number][];
  slope: number;
}

export interface Head {
  word: string;
  /** How many embeddings it looks at. */
  steps: number;
  /** `steps` embeddings, oldest first → the logit of the word ending here: above 0 is likely. */
  logit(embeddings: readonly Float32Array[]): number;
}

/** IEEE 754 half precision, which not every browser's DataView reads. */
const halfOf = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1_023;
  if (exponent === 31) throw new Error('The wake word has a number that is none.');
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1_024) * 2 ** (exponent - 15);
};

/** Steps × inputs → fewer steps × outputs: a window of rows lies in one stretch of memory. */
const convolved = (layer: Layer, input: Float32Array): Float32Array => {
  const { width, inputs, outputs, weights, biases } = layer;
  const span = width * inputs;
  const steps = input.length / inputs - width + 1;
  const made = new Float32Array(steps * outputs);
  for (let step = 0; step < steps; step++) {
    const sums = made.subarray(step * outputs, (step + 1) * outputs);
    sums.set(biases);
    for (let row = 0; row < span; row++) {
      const value = input[step * inputs + row] as number;
      const at = row * outputs;
      for (let column = 0; column < outputs; column++) {
        sums[column] = (sums[column] as number) + value * (weights[at + column] as number);
      }
    }
  }
  return made;
};

/** Layer by layer; leaky ReLU between them, none after the last. */
const run = (layers: readonly Layer[], slope: number, input: Float32Array): number => {
  let values = input;
  layers.forEach((layer, depth) => {
    values = convolved(layer, values);
    if (depth === layers.length - 1) return;
    values.forEach((value, at) => {
      if (value < 0) values[at] = value * slope;
    });
  });
  return values[0] as number;
};

/** Reads what models/wake/train.py wrote. Throws a sentence for anything else. */
export const readHead = (bytes: Uint8Array): Head => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (new TextDecoder().decode(bytes.subarray(0, magic.length)) !== magic) {
    throw new Error('This is not a wake word: the file does not begin as one.');
  }
  const length = view.getUint32(magic.length, true);
  const header = JSON.parse(
    new TextDecoder().decode(bytes.subarray(headerAt, headerAt + length)),
  ) as Header;
  let at = headerAt + length;
  const numbers = (count: number): Float32Array => {
    if (at + count * 2 > bytes.byteLength) throw new Error('The wake word is cut short.');
    const made = Float32Array.from({ length: count }, (_, index) =>
      halfOf(view.getUint16(at + index * 2, true)),
    );
    at += count * 2;
    return made;
  };
  const members = Array.from({ length: header.members }, () =>
    header.layers.map(([width, inputs, outputs]) => ({
      width,
      inputs,
      outputs,
      weights: numbers(width * inputs * outputs),
      biases: numbers(outputs),
    })),
  );
  const width = header.layers[0]?.[1] ?? 0;
  const input = new Float32Array(width * header.steps);
  return {
    word: header.word,
    steps: header.steps,
    logit(embeddings) {
      embeddings.forEach((one, step) => {
        input.set(one, step * width);
      });
      const said = members.map((layers) => run(layers, header.slope, input));
      return said.reduce((sum, one) => sum + one, 0) / header.members;
    },
  };
};
