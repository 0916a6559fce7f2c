// An archive that somebody else made: its files go into the state of the house or nowhere.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readMigrations } from '../database/migrations.ts';
import { formatName, manifestName, markName, sumName } from './manifest.ts';
import { Packer } from './pack.ts';
import { restoreBackup } from './restore.ts';

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'butler-restore-'));
  data = join(folder, 'data');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Whole, by its own sums, with one file that wants to go to `path`. */
const forged = async (path: string): Promise<string> => {
  const file = join(folder, 'forged.tar.gz');
  const packer = new Packer(file);
  const mark = { format: formatName, version: 1 };
  await packer.add(markName, Buffer.from(JSON.stringify(mark)));
  packer.members.length = 0;
  await packer.add('data/forged', Buffer.from('theirs'), { path });
  const manifest = {
    ...{ ...mark, at: new Date(0).toISOString(), butler: '1', engine: 'pglite', timeZone: 'UTC' },
    schema: readMigrations().map(({ number, name, sha256 }) => ({ number, name, sha256 })),
    ...{ tables: {}, sequences: {}, secret: 'inside', members: packer.members },
  };
  const text = Buffer.from(JSON.stringify(manifest));
  await packer.add(manifestName, text);
  await packer.add(sumName, Buffer.from(createHash('sha256').update(text).digest('hex')));
  await packer.end();
  return file;
};

it.each([
  ['../outside', 'leads out of the folder'],
  ['turns/../../../outside', 'leads out of the folder'],
  ['/outside', 'leads out of the folder'],
  ['.', 'leads out of the folder'],
  ['database/cluster/postgresql.conf', 'is no file of a backup'],
  ['turns/../database/cluster/base', 'is no file of a backup'],
  ['restore.json', 'is no file of a backup'],
])('refuses an archive with a file for %s', async (path, why) => {
  const archive = { file: await forged(path) };
  const restoring = restoreBackup({
    ...{ archive, folder: data, url: undefined, backups: join(data, 'backups'), replace: false },
    ...{ now: new Date(0), say: () => undefined },
  });
  await expect(restoring).rejects.toMatchObject({ code: 'restore-refused' });
  await expect(restoring).rejects.toThrow(why);
  expect(existsSync(join(folder, 'outside'))).toBe(false);
  expect(readdirSync(data)).not.toContain('.restoring');
});
