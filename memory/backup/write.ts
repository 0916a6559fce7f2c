/** Writes one backup: rows in one snapshot, the state's files, and what it must hold in the end. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { auditAnchor } from '../audit-anchor.ts';
import type { Sql, TransactionSql } from '../database.ts';
import { stateFiles } from './files.ts';
import {
  formatName,
  formatVersion,
  type Manifest,
  manifestName,
  markName,
  sumName,
} from './manifest.ts';
import { Packer } from './pack.ts';
import { readRows, readSequences, tablesOf } from './rows.ts';
import { seal } from './sealed.ts';
import { memberNameBytesMax } from './tar.ts';

export interface WriteOrder {
  /** Where it is written; there must be no file of that name. */
  file: string;
  /** ISO 8601. */
  at: string;
  /** Butler's version. */
  butler: string;
  timeZone: string;
  engine: Manifest['engine'];
  /** BUTLER_DATA. */
  folder: string;
  /** Where backups lie. */
  backups: string;
  /** BUTLER_BACKUP_KEY. */
  key?: string | undefined;
}

interface Writing {
  sql: Sql;
  order: WriteOrder;
  /** After each slice: how far it is. */
  progress(done: { table: string; rows: number }): void;
}

const jsonOf = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

type Rows = Pick<Manifest, 'schema' | 'tables' | 'sequences' | 'audit'>;

const packRows = async (
  tx: TransactionSql,
  packer: Packer,
  progress: Writing['progress'],
): Promise<Rows> => {
  await tx`set local timezone = 'UTC'`;
  await tx`set local extra_float_digits = 1`;
  const schema = await tx<Manifest['schema']>`
    select number, name, sha256 from butler.migrations order by number`;
  const tables: Manifest['tables'] = {};
  for (const table of await tablesOf(tx)) {
    let [rows, count] = [0, 0];
    for await (const { lines } of readRows(tx, table)) {
      const name = `tables/${table.name}/${String(++count).padStart(6, '0')}.jsonl`;
      await packer.add(name, Buffer.from(`${lines.join('\n')}\n`), { table: table.name });
      rows += lines.length;
      progress({ table: table.name, rows });
    }
    tables[table.name] = { rows, columns: table.columns };
  }
  const audit = tables.audit && (await auditAnchor(tx));
  // After the rows: numbers that were given out meanwhile are not given out again.
  const sequences = await readSequences(tx);
  return { schema: [...schema], tables, sequences, ...(audit && { audit }) };
};

/** A file that is gone again was a passing one: a timer that rang, a note that was taken. */
const packFiles = async ({ folder, backups }: WriteOrder, packer: Packer): Promise<void> => {
  for (const [index, path] of (await stateFiles(folder, backups)).entries()) {
    const plain = `data/${path}`;
    const isShort = Buffer.byteLength(plain) <= memberNameBytesMax;
    const name = isShort ? plain : `data-${String(index).padStart(6, '0')}`;
    if (existsSync(join(folder, path))) await packer.addFile(name, join(folder, path), { path });
  }
};

/**
 * @returns what is in it.
 * @throws Postgres's or the system's error; what was written by then is the caller's to remove.
 */
export const writeBackup = async ({ sql, order, progress }: Writing): Promise<Manifest> => {
  const { file, at, butler, timeZone, engine, folder, key } = order;
  const packer = new Packer(file, key ? [seal(key)] : []);
  try {
    await packer.add(markName, jsonOf({ format: formatName, version: formatVersion }));
    packer.members.length = 0;
    const rows = await sql.begin('isolation level repeatable read read only', (tx) =>
      packRows(tx, packer, progress),
    );
    await packFiles(order, packer);
    const manifest: Manifest = {
      ...{ format: formatName, version: formatVersion, at, butler, engine, timeZone },
      ...(rows as Rows),
      secret: existsSync(join(folder, 'secret')) ? 'inside' : 'elsewhere',
      members: [...packer.members],
    };
    const text = jsonOf(manifest);
    await packer.add(manifestName, text);
    await packer.add(sumName, Buffer.from(createHash('sha256').update(text).digest('hex')));
    await packer.end();
    return manifest;
  } catch (error) {
    await packer.giveUp();
    throw error;
  }
};
