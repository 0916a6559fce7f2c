/** Many dot products at once, in WebAssembly: four numbers in one step (JavaScript takes one). */

/*
 * (module
 *   (import "block" "memory" (memory 1))
 *   (func (export "dots")
 *     (param $query i32) (param $rows i32) (param $count i32) (param $bytes i32) (param $out i32)
 *     (local $at i32) (local $a v128) (local $b v128)
 *     (block $done
 *       (loop $row
 *         (br_if $done (i32.eqz (local.get $count)))
 *         (local.set $a (v128.const f32x4 0 0 0 0))
 *         (local.set $b (v128.const f32x4 0 0 0 0))
 *         (local.set $at (i32.const 0))
 *         (loop $part
 *           (local.set $a (f32x4.add (local.get $a) (f32x4.mul
 *             (v128.load (i32.add (local.get $query) (local.get $at)))
 *             (v128.load (i32.add (local.get $rows) (local.get $at))))))
 *           (local.set $b (f32x4.add (local.get $b) (f32x4.mul
 *             (v128.load offset=16 (i32.add (local.get $query) (local.get $at)))
 *             (v128.load offset=16 (i32.add (local.get $rows) (local.get $at))))))
 *           (local.set $at (i32.add (local.get $at) (i32.const 32)))
 *           (br_if $part (i32.lt_u (local.get $at) (local.get $bytes))))
 *         (local.set $a (f32x4.add (local.get $a) (local.get $b)))
 *         (f32.store (local.get $out) (f32.add
 *           (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
 *           (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))
 *         (local.set $rows (i32.add (local.get $rows) (local.get $bytes)))
 *         (local.set $out (i32.add (local.get $out) (i32.const 4)))
 *         (local.set $count (i32.sub (local.get $count) (i32.const 1)))
 *         (br $row)))))
 */
const assembled =
  'AGFzbQEAAAABCQFgBX9/f39/AAIRAQVibG9jawZtZW1vcnkCAAEDAgEABwgBBGRvdHMAAArFAQHCAQIBfwJ7AkADQCAC' +
  'RQ0B/QwAAAAAAAAAAAAAAAAAAAAAIQb9DAAAAAAAAAAAAAAAAAAAAAAhB0EAIQUDQCAGIAAgBWr9AAQAIAEgBWr9AAQA' +
  '/eYB/eQBIQYgByAAIAVq/QAEECABIAVq/QAEEP3mAf3kASEHIAVBIGohBSAFIANJDQALIAYgB/3kASEGIAQgBv0fACAG' +
  '/R8BkiAG/R8CIAb9HwOSkjgCACABIANqIQEgBEEEaiEEIAJBAWshAgwACwsL';

/** The parameters above, in their order; addresses and lengths in bytes. */
type Dots = (...parameters: number[]) => void;

/** What is used of it here; TypeScript knows it only together with all of a browser. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
  Memory: new (size: { initial: number }) => { buffer: ArrayBuffer; grow(pages: number): number };
};

const module = new WebAssembly.Module(Buffer.from(assembled, 'base64'));
const numberBytes = 4;
const pageBytes = 65_536;
/** What one step of the loop takes: rows are filled up with zeros to a multiple of it. */
const stepNumbers = 8;

/** Rows of numbers, and room for one more row and a result for each. */
export class DotBlock {
  readonly #length: number;
  readonly #stride: number;
  readonly #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #dots: Dots;
  #rows = 0;
  #numbers = new Float32Array(0);

  /** `length`: of each row. */
  constructor(length: number) {
    this.#length = length;
    this.#stride = Math.ceil(length / stepNumbers) * stepNumbers;
    const { exports } = new WebAssembly.Instance(module, { block: { memory: this.#memory } });
    this.#dots = exports.dots as Dots;
  }

  set(row: number, values: Float32Array): void {
    if (row >= this.#rows) this.#grow(row);
    this.#numbers.set(values, this.#at(row));
  }

  /** A copy. */
  get(row: number): Float32Array {
    return this.#numbers.slice(this.#at(row), this.#at(row) + this.#length);
  }

  /** The dot product of each of the first `count` rows with the values; valid until the next. */
  with(values: Float32Array, count: number): Float32Array {
    const known = Math.min(count, this.#rows);
    const results = this.#at(this.#rows);
    this.#numbers.set(values, 0);
    const rows = this.#stride * numberBytes;
    this.#dots(0, rows, known, rows, results * numberBytes);
    return this.#numbers.subarray(results, results + known);
  }

  /** The first row is the one that the others are multiplied with. */
  #at(row: number): number {
    return (row + 1) * this.#stride;
  }

  #grow(row: number): void {
    const rows = Math.max(64, row + 1, Math.ceil(this.#rows * 1.5));
    const bytes = ((rows + 1) * this.#stride + rows) * numberBytes;
    const more = Math.ceil(bytes / pageBytes) - this.#memory.buffer.byteLength / pageBytes;
    if (more > 0) this.#memory.grow(more);
    // The results stood where rows go now; what fills rows up must be zero.
    this.#numbers = new Float32Array(this.#memory.buffer);
    this.#numbers.fill(0, this.#at(this.#rows), this.#at(rows));
    this.#rows = rows;
  }
}
