/** Reads an archive: whole and checked before anything of it is used, then member by member. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BackupError } from './error.ts';
import {
  formatVersion,
  type Manifest,
  type Member,
  manifestName,
  manifestSchema,
  markName,
  markSchema,
  sumName,
} from './manifest.ts';
import { sealMark, unseal } from './sealed.ts';
import { NoArchive, readTar, type TarMember } from './tar.ts';

export interface Archive {
  file: string;
  /** BUTLER_BACKUP_KEY, for a sealed one. */
  key?: string | undefined;
}

const damaged = (file: string, cause?: unknown): BackupError =>
  new BackupError(
    { code: 'backup-damaged' },
    `${file} is cut short or damaged: not all of it is as it was written. Take another backup; ` +
      'nothing was changed.',
    cause,
  );

const foreign = (file: string, cause?: unknown): BackupError =>
  new BackupError(
    { code: 'backup-foreign' },
    `${file} is no backup of Butler. Give one that Butler made (butler-….tar.gz).`,
    cause,
  );

export const newer = (file: string, cause?: unknown): BackupError =>
  new BackupError(
    { code: 'backup-newer' },
    `${file} was made by a newer Butler than this one. Update Butler, then restore it.`,
    cause,
  );

const withoutKey = (file: string): BackupError =>
  new BackupError(
    { code: 'backup-sealed' },
    `${file} is sealed with a passphrase: set BUTLER_BACKUP_KEY to it.`,
  );

/** The first bytes say whether it is sealed. */
const isSealed = async (file: string): Promise<boolean> => {
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(sealMark.length);
    await handle.read(head, 0, head.length, 0);
    return head.equals(sealMark);
  } finally {
    await handle.close();
  }
};

const bytesOf = async ({ file, key }: Archive): Promise<AsyncIterable<Buffer>> => {
  const sealed = await isSealed(file);
  if (sealed && !key) throw withoutKey(file);
  const opening: Transform[] = sealed && key ? [unseal(key)] : [];
  const out = createGunzip();
  // What goes wrong before it ends it too: the reader hears of it as an error of `out`.
  pipeline([createReadStream(file), ...opening, out], () => undefined);
  return out;
};

const textOf = async ({ body, bytes }: TarMember): Promise<string> => {
  if (bytes > 64 * 1024 * 1024) throw new Error('it is too large');
  const parts: Buffer[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
};

/** The first member: @throws BackupError for what is not ours or newer. */
const readMark = async (file: string, member: TarMember | undefined): Promise<void> => {
  if (member?.name !== markName) throw foreign(file);
  const mark = markSchema.safeParse(JSON.parse(await textOf(member)));
  if (!mark.success) throw foreign(file);
  if (mark.data.version > formatVersion) throw newer(file);
};

interface Seen {
  bytes: number;
  sha256: string;
  lines: number;
}

const seenOf = async (member: TarMember): Promise<Seen> => {
  const sum = createHash('sha256');
  let lines = 0;
  for await (const part of member.body) {
    sum.update(part);
    for (const byte of part) if (byte === 10) lines += 1;
  }
  return { bytes: member.bytes, sha256: sum.digest('hex'), lines };
};

/** Is each member there that the manifest names, as it was, and each table with all its rows? */
const isWhole = ({ members, tables }: Manifest, seen: Map<string, Seen>): boolean => {
  const rows = new Map<string, number>();
  for (const { name, bytes, sha256, table } of members) {
    const found = seen.get(name);
    if (found?.bytes !== bytes || found.sha256 !== sha256) return false;
    if (table !== undefined) rows.set(table, (rows.get(table) ?? 0) + found.lines);
  }
  return (
    members.length === seen.size &&
    Object.entries(tables).every(([name, table]) => table.rows === (rows.get(name) ?? 0))
  );
};

const check = async (archive: Archive): Promise<Manifest> => {
  const { file } = archive;
  const seen = new Map<string, Seen>();
  let [manifestText, sum, isMarked] = ['', '', false];
  for await (const member of readTar(await bytesOf(archive))) {
    if (!isMarked) {
      await readMark(file, member);
      isMarked = true;
    } else if (member.name === manifestName) manifestText = await textOf(member);
    else if (member.name === sumName) sum = await textOf(member);
    else seen.set(member.name, await seenOf(member));
  }
  if (!isMarked) throw foreign(file);
  if (createHash('sha256').update(manifestText).digest('hex') !== sum) throw damaged(file);
  const manifest = manifestSchema.safeParse(JSON.parse(manifestText));
  if (!manifest.success || !isWhole(manifest.data, seen)) throw damaged(file, manifest.error);
  return manifest.data;
};

/**
 * Reads all of it and compares every sum.
 * @throws BackupError backup-foreign, -newer, -sealed or -damaged; the system's error where the
 * file cannot be read at all.
 */
export const checkArchive = async (archive: Archive): Promise<Manifest> => {
  try {
    return await check(archive);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (error instanceof BackupError || /^E[A-Z]+$/.test(code)) throw error;
    // Not packed at all: another kind of file. Broken off or bent later: damage.
    const isOther =
      error instanceof NoArchive ||
      (code === 'Z_DATA_ERROR' && /header/.test((error as Error).message));
    throw isOther ? foreign(archive.file, error) : damaged(archive.file, error);
  }
};

/** What `checkArchive` has found whole, in its order. */
export async function* membersOf(
  archive: Archive,
  manifest: Manifest,
): AsyncGenerator<Member & { body: AsyncIterable<Buffer> }> {
  const known = new Map(manifest.members.map((member) => [member.name, member]));
  for await (const { name, body } of readTar(await bytesOf(archive))) {
    const member = known.get(name);
    if (member) yield { ...member, body };
    else for await (const _ of body);
  }
}
