/** Packs a folder as a tar archive, piece by piece: a dump must not need the memory of its size. */
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const block = 512;

const octal = (value: number, digits: number): string =>
  `${value.toString(8).padStart(digits, '0')}\0`;

/** POSIX.1-1988 ustar: names of up to 100 bytes, which all of Postgres's are. */
const header = (
  name: string,
  { bytes, isFolder }: { bytes: number; isFolder: boolean },
): Buffer => {
  if (Buffer.byteLength(name) > 99) throw new Error(`${name} is too long a name for a dump.`);
  const head = Buffer.alloc(block);
  head.write(name, 0);
  head.write(octal(isFolder ? 0o700 : 0o600, 7), 100);
  head.write(octal(0, 7), 108);
  head.write(octal(0, 7), 116);
  head.write(octal(bytes, 11), 124);
  head.write(octal(0, 11), 136);
  head.fill(' ', 148, 156);
  head.write(isFolder ? '5' : '0', 156);
  head.write('ustar\0' + '00', 257);
  let sum = 0;
  for (const byte of head) sum += byte;
  head.write(`${octal(sum, 6)} `, 148);
  return head;
};

/** The folder's contents, without the folder itself. */
export async function* tarOf(folder: string): AsyncGenerator<Buffer> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  for (const entry of entries) {
    const status = statSync(join(folder, entry));
    const isFolder = status.isDirectory();
    const name = `${entry.replaceAll('\\', '/')}${isFolder ? '/' : ''}`;
    const bytes = isFolder ? 0 : status.size;
    yield header(name, { bytes, isFolder });
    if (bytes === 0) continue;
    for await (const part of createReadStream(join(folder, entry))) yield part as Buffer;
    const rest = bytes % block;
    if (rest > 0) yield Buffer.alloc(block - rest);
  }
  yield Buffer.alloc(2 * block);
}
