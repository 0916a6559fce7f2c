/** Tar archives, piece by piece: neither writing nor reading one needs the memory of its size. */

const block = 512;
/** POSIX.1-1988 ustar: 100 bytes with the end; what is longer is given another name outside. */
export const memberNameBytesMax = 99;

const octal = (value: number, digits: number): string =>
  `${value.toString(8).padStart(digits, '0')}\0`;

const sumOf = (head: Buffer): number => {
  let sum = 0;
  // The field of the sum itself counts as spaces.
  for (const [at, byte] of head.entries()) sum += at >= 148 && at < 156 ? 32 : byte;
  return sum;
};

/** @param bytes less than 8 GiB, which eleven octal digits hold. */
export const tarHeader = (name: string, bytes: number): Buffer => {
  if (Buffer.byteLength(name) > memberNameBytesMax) throw new Error(`${name} is too long a name.`);
  const head = Buffer.alloc(block);
  head.write(name, 0);
  head.write(octal(0o600, 7), 100);
  head.write(octal(0, 7), 108);
  head.write(octal(0, 7), 116);
  head.write(octal(bytes, 11), 124);
  head.write(octal(0, 11), 136);
  head.write('0', 156);
  head.write('ustar\0' + '00', 257);
  head.write(`${octal(sumOf(head), 6)} `, 148);
  return head;
};

/** What follows a member's bytes. */
export const tarPadding = (bytes: number): Buffer =>
  Buffer.alloc((block - (bytes % block)) % block);

export const tarEnd = (): Buffer => Buffer.alloc(2 * block);

export interface TarMember {
  name: string;
  bytes: number;
  /** To be read to its end before the next member is asked for. */
  body: AsyncIterable<Buffer>;
}

/** What is there is something else. */
export class NoArchive extends Error {}

class Bytes {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes, `count` of them in all. @throws where the source ends before. */
  async *pass(count: number): AsyncGenerator<Buffer> {
    let left = count;
    while (left > 0) {
      if (this.#rest.length === 0) {
        const next = await this.#source.next();
        if (next.done) throw new Error('it ends in the middle');
        this.#rest = next.value;
      }
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      left -= part.length;
      if (part.length > 0) yield part;
    }
  }

  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.pass(count)) parts.push(part);
    return Buffer.concat(parts);
  }

  /** What comes after the archive must be nothing. */
  async end(): Promise<void> {
    while (!(await this.#source.next()).done);
  }
}

const memberOf = (head: Buffer): { name: string; bytes: number } | undefined => {
  const text = (from: number, to: number) => head.toString('utf8', from, to).replace(/\0.*$/s, '');
  const sum = Number.parseInt(text(148, 156), 8);
  if (sum !== sumOf(head)) return undefined;
  return { name: text(0, 100), bytes: Number.parseInt(text(124, 136), 8) };
};

/** @throws an Error when the source is no whole archive. */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarMember> {
  const bytes = new Bytes(source);
  for (let count = 0; ; count++) {
    const head = await bytes.take(block);
    // The end: two blocks of nothing.
    if (head.every((byte) => byte === 0)) return await bytes.end();
    const member = memberOf(head);
    if (!member) throw count === 0 ? new NoArchive('it is no archive') : new Error('it is bent');
    yield { ...member, body: bytes.pass(member.bytes) };
    await bytes.take(tarPadding(member.bytes).length);
  }
}
