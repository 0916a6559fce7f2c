/** Writes an archive member by member, and notes the sum of each. */
import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Member } from './manifest.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';

type About = Pick<Member, 'table' | 'path'>;

const memberFor = (name: string, bytes: number, { sum, about }: { sum: Hash; about: About }) => ({
  ...{ name, bytes, sha256: sum.digest('hex') },
  ...about,
});

export class Packer {
  readonly members: Member[] = [];
  readonly #in: Writable;
  readonly #done: Promise<void>;

  /** @param through what the packed bytes pass on their way to the file. */
  constructor(file: string, through: Transform[] = []) {
    const gzip = createGzip({ level: 6 });
    const out = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
    this.#in = gzip;
    this.#done = pipeline([gzip, ...through, out]);
    // Whoever writes next hears of it; until then nobody waits for it.
    this.#done.catch(() => undefined);
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#in.destroyed) await this.#done;
    if (bytes.length === 0 || this.#in.write(bytes)) return;
    await Promise.race([once(this.#in, 'drain'), this.#done]);
  }

  async add(name: string, bytes: Buffer, about: About = {}): Promise<void> {
    await this.#write(tarHeader(name, bytes.length));
    await this.#write(bytes);
    await this.#write(tarPadding(bytes.length));
    const sum = createHash('sha256').update(bytes);
    this.members.push(memberFor(name, bytes.length, { sum, about }));
  }

  /** @param path of a file that may grow meanwhile: what it holds now is taken. */
  async addFile(name: string, path: string, about: About): Promise<void> {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      await this.#write(tarHeader(name, size));
      const sum = createHash('sha256');
      // A stream of nothing cannot be asked for: `end` is the last byte's place.
      const source = size > 0 ? handle.createReadStream({ autoClose: false, end: size - 1 }) : [];
      let left = size;
      for await (const part of source) {
        left -= (part as Buffer).length;
        sum.update(part as Buffer);
        await this.#write(part as Buffer);
      }
      if (left !== 0) throw new Error(`${path} was cut while it was read`);
      await this.#write(tarPadding(size));
      this.members.push(memberFor(name, size, { sum, about }));
    } finally {
      await handle.close();
    }
  }

  /** On the disk when it resolves. */
  async end(): Promise<void> {
    await this.#write(tarEnd());
    this.#in.end();
    await this.#done;
  }

  async giveUp(): Promise<void> {
    this.#in.destroy();
    await this.#done.catch(() => undefined);
  }
}
