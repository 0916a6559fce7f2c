/** The words of a file, piece by piece: which kinds can be read, in which encoding. Pure. */
import { endingOf, isKind } from './entry.ts';

/** As much as a mind is given at once. */
const pieceMaxBytes = 1_300;
/** Room for a character that begins before the end of a piece. */
export const readMaxBytes = pieceMaxBytes + 4;

/** Plain text by its name, or without an ending by which to tell. */
export const isReadable = (file: string): boolean => isKind(file, 'text') || endingOf(file) === '';

export interface Piece {
  text: string;
  /** Where the next piece begins; undefined at the end. */
  next: number | undefined;
}

const isContinuation = (byte: number | undefined): boolean =>
  byte !== undefined && (byte & 0xc0) === 0x80;

/** The length of a piece that ends between two characters of UTF-8, if it can at a line's end. */
const cutAt = (bytes: Uint8Array, offset: number, size: number): number => {
  if (offset + bytes.length >= size) return bytes.length;
  let end = Math.min(pieceMaxBytes, bytes.length);
  while (end > 0 && isContinuation(bytes[end])) end--;
  const line = bytes.subarray(0, end).lastIndexOf(0x0a);
  return line > end / 2 ? line + 1 : end;
};

const decoded = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

const utf16 = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
};

/**
 * @param bytes of the file from `offset` on, `readMaxBytes` at most.
 * @returns undefined where this is no text.
 */
export const pieceOf = (
  bytes: Uint8Array,
  { offset, size }: { offset: number; size: number },
): Piece | undefined => {
  const wide = offset === 0 ? utf16(bytes) : undefined;
  if (wide) {
    // In this encoding only its beginning is read: it is rare, and has no mark further on.
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
    return { text: new TextDecoder(wide).decode(even), next: undefined };
  }
  if (bytes.includes(0)) return undefined;
  const skipped = offset > 0 ? bytes.findIndex((byte) => !isContinuation(byte)) : 0;
  const own = bytes.subarray(Math.max(0, skipped));
  const end = cutAt(own, offset + Math.max(0, skipped), size);
  const next = offset + Math.max(0, skipped) + end;
  return { text: decoded(own.subarray(0, end)), next: next < size ? next : undefined };
};
