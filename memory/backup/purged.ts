/** Whoever was purged after a backup was made does not come back with it: no row, and no file. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Sql, TransactionSql } from '../database.ts';
import { applyTombstones } from '../purge.ts';

/** memory/purge/tombstones.ts writes it: salted sums of the ids of people who are gone. */
const listName = 'purged.json';
const listSchema = z.object({
  version: z.literal(1),
  purged: z.array(z.looseObject({ hash: z.string() })),
});

const listIn = (folder: string): z.infer<typeof listSchema>['purged'] => {
  const file = join(folder, listName);
  if (!existsSync(file)) return [];
  return listSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).purged;
};

/** The list as it is now goes with the restored state, and with it what the backup knew. */
export const carryTombstones = (folder: string, stage: string): void => {
  const all = new Map([...listIn(stage), ...listIn(folder)].map((one) => [one.hash, one]));
  if (all.size === 0) return;
  const text = JSON.stringify({ version: 1, purged: [...all.values()] });
  writeFileSync(join(stage, listName), `${text}\n`, { mode: 0o600 });
};

/** A transaction where a client is expected: what would begin one there is a savepoint here. */
const asClient = (tx: TransactionSql): Sql =>
  new Proxy(tx, {
    get: (target, name) =>
      name === 'begin' ? target.savepoint.bind(target) : Reflect.get(target, name),
  }) as unknown as Sql;

const gone = Symbol('gone');

/** A value without what is of these people: keys, and objects that name one of them in a field. */
const without = (value: unknown, ids: ReadonlySet<string>): unknown => {
  if (Array.isArray(value)) {
    return value.map((item) => without(item, ids)).filter((item) => item !== gone);
  }
  if (typeof value === 'string') return ids.has(value) ? gone : value;
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value).filter(([key]) => !ids.has(key));
  if (fields.some(([, field]) => typeof field === 'string' && ids.has(field))) return gone;
  const kept = fields.map(([key, field]) => [key, without(field, ids)] as const);
  return Object.fromEntries(kept.filter(([, field]) => field !== gone));
};

const cleanLine = (line: string, ids: ReadonlySet<string>): string | undefined => {
  if (![...ids].some((id) => line.includes(JSON.stringify(id).slice(1, -1)))) return line;
  try {
    const cleaned = without(JSON.parse(line), ids);
    return cleaned === gone ? undefined : JSON.stringify(cleaned);
  } catch {
    // Not ours to read, but it names somebody who is gone.
    return undefined;
  }
};

/** A file of JSON, or of JSON lines; another kind that names them goes as a whole. */
const cleanFile = (file: string, ids: ReadonlySet<string>): void => {
  const text = readFileSync(file, 'utf8');
  if (![...ids].some((id) => text.includes(JSON.stringify(id).slice(1, -1)))) return;
  const isLines = file.endsWith('.jsonl');
  const lines = (isLines ? text.split('\n') : [text]).flatMap((line) => cleanLine(line, ids) ?? []);
  if (lines.length === 0) rmSync(file);
  else writeFileSync(file, lines.join('\n'), { mode: 0o600 });
};

/**
 * Deletes them again, in the transaction that brings the rows back and from the files in `stage`.
 * @returns how many there were.
 */
export const dropPurged = async (tx: TransactionSql, stage: string): Promise<number> => {
  const ids = new Set(await applyTombstones(asClient(tx), stage));
  if (ids.size === 0) return 0;
  const skip = join(stage, 'database');
  for (const entry of readdirSync(stage, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !file.startsWith(skip)) cleanFile(file, ids);
  }
  return ids.size;
};
