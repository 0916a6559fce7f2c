/** A ZIP made while it is sent: no file of it is ever whole in memory. */
import { Zip, ZipDeflate } from 'fflate';

export interface ArchiveFile {
  name: string;
  /** Pieces of its text. */
  text: AsyncIterable<string> | Iterable<string>;
}

/** Pieces below this are gathered first. */
const pieceLength = 32 * 1024;

async function* gathered(text: ArchiveFile['text']): AsyncGenerator<string> {
  let piece = '';
  for await (const part of text) {
    piece += part;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** @param at the time that the files bear. */
export async function* zipped(
  files: AsyncIterable<ArchiveFile>,
  at: Date,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let made: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    made.push(bytes);
  });
  const take = (): Uint8Array<ArrayBuffer>[] => {
    const ready = made;
    made = [];
    return ready;
  };
  for await (const { name, text } of files) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = at;
    zip.add(file);
    for await (const piece of gathered(text)) {
      file.push(Buffer.from(piece));
      yield* take();
    }
    file.push(new Uint8Array(), true);
    yield* take();
  }
  zip.end();
  yield* take();
}
