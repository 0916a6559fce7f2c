/** The file of a wake word: read as it was written, refused when it is something else. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readHead } from './head.ts';
import { wakeWords } from './words.ts';

interface Written {
  magic?: string;
  /** Those of every member, one after another. */
  weights?: number[][];
}

/** Three steps of two numbers; two convolutions of two steps, then one number: 10 + 10 + 3. */
const layers = [
  [2, 2, 2],
  [2, 2, 1],
];
const member = [1, 0, 0, 1, 1, 0, 0, 1, 0.5, -2, 1, 10, 2, 0, 0.25];

/** The layout of models/wake/network.py. */
const written = ({ magic = 'BWAKE2\0\0', weights = [member] }: Written = {}): Uint8Array => {
  const told = { word: 'test', steps: 3, members: weights.length, layers, slope: 0.1 };
  const header = new TextEncoder().encode(JSON.stringify(told).padEnd(120));
  const numbers = Float16Array.from(weights.flat());
  const file = new Uint8Array(12 + header.length + numbers.byteLength);
  file.set(new TextEncoder().encode(magic));
  new DataView(file.buffer).setUint32(8, header.length, true);
  file.set(header, 12);
  file.set(new Uint8Array(numbers.buffer), 12 + header.length);
  return file;
};

const steps = (...values: [number, number][]): Float32Array[] =>
  values.map((value) => Float32Array.from(value));

describe('a head', () => {
  it('computes what its layers say', () => {
    const head = readHead(written());
    expect(head).toMatchObject({ word: 'test', steps: 3 });
    // First step: 0.1 + 0.3 + 0.5 = 0.9 and 0.2 + 0.4 - 2 = -1.4, which leaks to -0.14.
    // Second step: 0.3 + 0.5 + 0.5 = 1.3 and 0.4 + 0.6 - 2 = -1, which leaks to -0.1.
    const logit = 0.9 * 1 - 0.14 * 10 + 1.3 * 2 - 0.1 * 0 + 0.25;
    expect(head.logit(steps([0.1, 0.2], [0.3, 0.4], [0.5, 0.6]))).toBeCloseTo(logit, 5);
  });

  it('averages its members, and reads small and negative halves', () => {
    const zero = member.map(() => 0);
    const shifted = [...zero.slice(0, -1), -3];
    const tiny = [...zero.slice(0, -1), 2 ** -20];
    const input = steps([0, 0], [0, 0], [0, 0]);
    expect(readHead(written({ weights: [shifted, zero] })).logit(input)).toBeCloseTo(-1.5, 6);
    expect(readHead(written({ weights: [tiny] })).logit(input)).toBeCloseTo(2 ** -20, 9);
  });

  it('refuses numbers that are none', () => {
    const broken = member.with(0, Number.NaN);
    expect(() => readHead(written({ weights: [broken] }))).toThrow('none');
  });

  it('keeps nothing between two blocks', () => {
    const head = readHead(written());
    const one = steps([1, 1], [1, 1], [1, 1]);
    const other = steps([-1, 0], [0, -1], [2, 2]);
    const [first, second] = [head.logit(one), head.logit(other)];
    expect(head.logit(one)).toBe(first);
    expect(second).not.toBe(first);
  });

  it('reads a file that lies at any place of a buffer', () => {
    const file = written();
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    expect(readHead(shifted.subarray(3)).word).toBe('test');
  });

  it('refuses another file and one that is cut short', () => {
    expect(() => readHead(written({ magic: 'GIF89a..' }))).toThrow('not a wake word');
    expect(() => readHead(written().subarray(0, 150))).toThrow('cut short');
  });

  it.each(wakeWords)('of $id is shipped under its id and looks at 16 embeddings', ({ id }) => {
    const head = readHead(readFileSync(new URL(`./heads/${id}.bin`, import.meta.url)));
    expect(head).toMatchObject({ word: id, steps: 16 });
    const silence = Array.from({ length: 16 }, () => new Float32Array(96));
    expect(head.logit(silence)).toBeLessThan(0);
  });
});
