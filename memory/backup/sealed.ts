/** Archives under a passphrase: AES-256-GCM in chunks that cannot be reordered or cut off. */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { Transform } from 'node:stream';
import { BackupError } from './error.ts';

/** Eight bytes that no gzip begins with. */
export const sealMark = Buffer.from('BUTLERS1');
const saltBytes = 16;
const headBytes = sealMark.length + saltBytes;
const chunkBytes = 64 * 1024;
const tagBytes = 16;
const lengthBytes = 4;
/** In a chunk's length: it is the last one. */
const lastBit = 0x8000_0000;

/** RFC 7914; 32 MB and a tenth of a second make each guess at a passphrase dear. */
const keyOf = (passphrase: string, salt: Buffer): Buffer =>
  scryptSync(passphrase.normalize('NFKC'), salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 });

/** The chunk's number: no key sees a nonce twice, since each archive has a salt of its own. */
const nonceOf = (count: number): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(count));
  return nonce;
};

const lengthOf = (bytes: number, isLast: boolean): Buffer => {
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(isLast ? (bytes | lastBit) >>> 0 : bytes);
  return length;
};

/** The STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015), over AES-256-GCM. */
export const seal = (passphrase: string): Transform => {
  const salt = randomBytes(saltBytes);
  const key = keyOf(passphrase, salt);
  let [count, rest] = [0, Buffer.alloc(0) as Buffer];
  const sealed = (chunk: Buffer, isLast: boolean): Buffer => {
    const length = lengthOf(chunk.length, isLast);
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(count++)).setAAD(length);
    const text = Buffer.concat([cipher.update(chunk), cipher.final()]);
    return Buffer.concat([length, text, cipher.getAuthTag()]);
  };
  const through = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      rest = Buffer.concat([rest, bytes]);
      while (rest.length > chunkBytes) {
        this.push(sealed(rest.subarray(0, chunkBytes), false));
        rest = rest.subarray(chunkBytes);
      }
      done();
    },
    flush(done) {
      this.push(sealed(rest, true));
      done();
    },
  });
  through.push(Buffer.concat([sealMark, salt]));
  return through;
};

const wrongKey = (): BackupError =>
  new BackupError(
    { code: 'backup-sealed' },
    'The backup does not open with this BUTLER_BACKUP_KEY: give the passphrase that was set when ' +
      'it was made. If it is the right one, the file is damaged: take another backup.',
  );

const cut = (): BackupError =>
  new BackupError(
    { code: 'backup-damaged' },
    'The backup is cut short or damaged. Take another one; nothing was changed.',
  );

/** What `seal` made, as it was; its stream fails with backup-sealed or backup-damaged. */
export const unseal = (passphrase: string): Transform => {
  let key: Buffer | undefined;
  let [count, rest, isOver] = [0, Buffer.alloc(0) as Buffer, false];
  const open = (length: Buffer, text: Buffer, tag: Buffer): Buffer => {
    if (!key) throw cut();
    const cipher = createDecipheriv('aes-256-gcm', key, nonceOf(count++));
    cipher.setAAD(length).setAuthTag(tag);
    try {
      return Buffer.concat([cipher.update(text), cipher.final()]);
    } catch {
      throw count === 1 ? wrongKey() : cut();
    }
  };
  /** The next chunk, where all of it is there. */
  const next = (): Buffer | undefined => {
    if (rest.length < lengthBytes) return undefined;
    const length = rest.subarray(0, lengthBytes);
    const said = length.readUInt32BE();
    const bytes = (said & ~lastBit) >>> 0;
    const end = lengthBytes + bytes + tagBytes;
    if (isOver || bytes > chunkBytes) throw cut();
    if (rest.length < end) return undefined;
    const text = rest.subarray(lengthBytes, end - tagBytes);
    const opened = open(length, text, rest.subarray(end - tagBytes, end));
    isOver = said >= lastBit;
    rest = rest.subarray(end);
    return opened;
  };
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      try {
        rest = Buffer.concat([rest, bytes]);
        if (!key && rest.length >= headBytes) {
          key = keyOf(passphrase, rest.subarray(sealMark.length, headBytes));
          rest = rest.subarray(headBytes);
        }
        for (let chunk = key && next(); chunk; chunk = next()) this.push(chunk);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush: (done) => done(isOver && rest.length === 0 ? null : cut()),
  });
};
