/** The little of protocol buffers that an ONNX graph needs to be read and written again. */

/** One field of a message: its bytes, or its number; `fixed` bytes are written without a length. */
export interface Field {
  number: number;
  value: Uint8Array | bigint;
  fixed?: true;
}

const varintWire = 0;
const fixed64Wire = 1;
const bytesWire = 2;
const fixed32Wire = 5;

/** Reads the fields of a message in their order. Throws a sentence when the bytes end early. */
export const readMessage = (bytes: Uint8Array): Field[] => {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('The model file ends within a number.');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const number = tag >>> 3;
    const wire = tag & 7;
    if (wire === varintWire) fields.push({ number, value: varint() });
    else if (wire === bytesWire) {
      const length = Number(varint());
      if (at + length > bytes.length) throw new Error('The model file ends within a field.');
      fields.push({ number, value: bytes.subarray(at, at + length) });
      at += length;
    } else if (wire === fixed32Wire || wire === fixed64Wire) {
      const length = wire === fixed32Wire ? 4 : 8;
      fields.push({ number, value: bytes.subarray(at, at + length), fixed: true });
      at += length;
    } else throw new Error(`The model file has a field of unknown kind ${wire}.`);
  }
  return fields;
};

const writeVarint = (value: bigint, to: number[]): void => {
  let rest = BigInt.asUintN(64, value);
  while (rest >= 0x80n) {
    to.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  to.push(Number(rest));
};

const wireOf = (value: Uint8Array | bigint, fixed?: true): number => {
  if (typeof value === 'bigint') return varintWire;
  if (!fixed) return bytesWire;
  return value.length === 4 ? fixed32Wire : fixed64Wire;
};

export const writeMessage = (fields: readonly Field[]): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (const { number, value, fixed } of fields) {
    const head: number[] = [];
    writeVarint(BigInt((number << 3) | wireOf(value, fixed)), head);
    const isBytes = typeof value !== 'bigint';
    if (!fixed) writeVarint(isBytes ? BigInt(value.length) : value, head);
    parts.push(Uint8Array.from(head));
    if (isBytes) parts.push(value);
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const utf8 = { encode: new TextEncoder(), decode: new TextDecoder() };

export const text = (value: string): Uint8Array => utf8.encode.encode(value);

export const textOf = (field: Field | undefined): string =>
  field === undefined || typeof field.value === 'bigint' ? '' : utf8.decode.decode(field.value);

export const texts = (fields: readonly Field[], number: number): string[] =>
  fields.filter((field) => field.number === number).map(textOf);

export const messages = (fields: readonly Field[], number: number): Field[][] =>
  fields.flatMap((field) =>
    field.number === number && typeof field.value !== 'bigint' ? [readMessage(field.value)] : [],
  );

/** A repeated integer: packed into bytes, or one field each. */
export const integers = (fields: readonly Field[], number: number): number[] =>
  fields.flatMap((field) => {
    if (field.number !== number) return [];
    if (typeof field.value === 'bigint') return [Number(BigInt.asIntN(64, field.value))];
    const packed: number[] = [];
    for (let at = 0, value = 0, scale = 1; at < field.value.length; at++) {
      const byte = field.value[at] as number;
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte >= 0x80) continue;
      packed.push(value);
      [value, scale] = [0, 1];
    }
    return packed;
  });
