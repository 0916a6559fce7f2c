/** Archives that are whole, and every way in which one is not: a sentence each. */

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatName, type Manifest, manifestName, markName, sumName } from './manifest.ts';
import { checkArchive, membersOf } from './open.ts';
import { Packer } from './pack.ts';
import { seal } from './sealed.ts';

const folder = mkdtempSync(join(tmpdir(), 'butler-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** Random enough that packing leaves several chunks of it. */
const sumOf = (n: number) => createHash('sha256').update(String(n)).digest('base64');
const lines = Array.from({ length: 9_000 }, (_, n) => `{"id":${n},"text":"Grüße ${sumOf(n)}"}\n`);
const passphrase = 'a long enough passphrase';

const pack = async (name: string, { version = 1, rows = 9_000, key = '' } = {}) => {
  const file = join(folder, name);
  const packer = new Packer(file, key ? [seal(key)] : []);
  const mark = { format: formatName, version };
  await packer.add(markName, Buffer.from(JSON.stringify(mark)));
  packer.members.length = 0;
  await packer.add('tables/facts/1.jsonl', Buffer.from(lines.join('')), { table: 'facts' });
  writeFileSync(join(folder, 'empty'), '');
  await packer.addFile('data/empty', join(folder, 'empty'), { path: 'empty' });
  const manifest = {
    ...{ ...mark, at: new Date(0).toISOString(), butler: '1', engine: 'pglite', timeZone: 'UTC' },
    schema: [{ number: 1, name: 'one', sha256: 'a'.repeat(64) }],
    tables: { facts: { rows, columns: ['id'] } },
    ...{ sequences: {}, secret: 'inside', members: packer.members },
  };
  const text = Buffer.from(JSON.stringify(manifest));
  await packer.add(manifestName, text);
  await packer.add(sumName, Buffer.from(createHash('sha256').update(text).digest('hex')));
  await packer.end();
  return file;
};
const bent = (name: string, bytes: Buffer): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const codeOf = (file: string, key?: string): Promise<string> =>
  checkArchive({ file, key }).then(
    () => 'whole',
    (error: { code: string }) => error.code,
  );

let file = '';
let sealed = '';
beforeAll(async () => {
  file = await pack('whole');
  sealed = await pack('sealed', { key: passphrase });
});

describe('an archive', () => {
  it('is whole as it was written, and gives back every byte', async () => {
    const manifest: Manifest = await checkArchive({ file });
    const read: string[] = [];
    for await (const { name, body } of membersOf({ file }, manifest)) {
      const parts: Buffer[] = [];
      for await (const part of body) parts.push(part);
      read.push(`${name} ${Buffer.concat(parts).toString() === lines.join('')}`);
    }
    expect(read).toEqual(['tables/facts/1.jsonl true', 'data/empty false']);
  });

  it.each([0.02, 0.3, 0.6, 0.9, 0.999])('is damaged when cut at %f of its length', async (part) => {
    const bytes = readFileSync(file);
    const cut = bent('cut', bytes.subarray(0, Math.floor(bytes.length * part)));
    expect(await codeOf(cut)).toBe('backup-damaged');
  });

  it.each([0.01, 0.25, 0.5, 0.75, 0.97])('is damaged by one other bit at %f', async (part) => {
    const bytes = Buffer.from(readFileSync(file));
    const at = Math.floor(bytes.length * part);
    bytes[at] = (bytes[at] ?? 0) ^ 4;
    expect(await codeOf(bent('bit', bytes))).toBe('backup-damaged');
  });

  it('is damaged where a row was changed and packed again, or rows are missing', async () => {
    const text = gunzipSync(readFileSync(file)).toString('latin1');
    const changed = gzipSync(Buffer.from(text.replace('"id":5,', '"id":6,'), 'latin1'));
    expect(await codeOf(bent('changed', changed))).toBe('backup-damaged');
    expect(await codeOf(await pack('fewer', { rows: 9_001 }))).toBe('backup-damaged');
  });

  it('is refused where it is newer, foreign, or not there', async () => {
    expect(await codeOf(await pack('newer', { version: 2 }))).toBe('backup-newer');
    expect(await codeOf(bent('text', Buffer.from('Dear diary')))).toBe('backup-foreign');
    expect(await codeOf(bent('gz', gzipSync(Buffer.alloc(2_048, 'x'))))).toBe('backup-foreign');
    expect(await codeOf(bent('nothing', Buffer.alloc(0)))).toBe('backup-damaged');
    expect(await codeOf(join(folder, 'nowhere'))).toBe('ENOENT');
  });
});

describe('a sealed archive', () => {
  it('opens with its passphrase alone, and shows none of its words', async () => {
    expect(await codeOf(sealed, passphrase)).toBe('whole');
    expect(await codeOf(sealed)).toBe('backup-sealed');
    expect(await codeOf(sealed, `${passphrase}.`)).toBe('backup-sealed');
    expect(readFileSync(sealed).includes(Buffer.from([0x1f, 0x8b, 0x08]))).toBe(false);
  });

  it('notices chunks that are cut off, swapped or changed', async () => {
    const bytes = readFileSync(sealed);
    const [head, chunk] = [24, 4 + 64 * 1024 + 16];
    const first = bytes.subarray(head, head + chunk);
    const second = bytes.subarray(head + chunk, head + 2 * chunk);
    const rest = bytes.subarray(head + 2 * chunk);
    expect(rest.length).toBeGreaterThan(0);
    const start = bytes.subarray(0, head);
    const whole = [Buffer.concat([start, first, second, rest])];
    expect(await codeOf(bent('same', whole[0] as Buffer), passphrase)).toBe('whole');
    for (const parts of [
      [first, second],
      [second, first, rest],
      [first, rest],
      [first, second, rest, rest],
    ]) {
      const file = bent('swapped', Buffer.concat([start, ...parts]));
      expect(await codeOf(file, passphrase)).toMatch(/^backup-(damaged|sealed)$/);
    }
  });
});
