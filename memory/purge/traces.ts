/** Looks for what should be gone: in every column of every table, and in files. */
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { allColumns, type Executor, grouped } from './catalogue.ts';

/** Numbers of a model: no words stand in them. */
const wordless = ['vector', 'halfvec', 'sparsevec', 'bytea', 'bool', 'timestamptz', 'date'];

/** As text stands in text, and inside of JSON. */
const spellings = (text: string): string[] => [
  ...new Set([text, JSON.stringify(text).slice(1, -1)]),
];

export interface Trace {
  /** `table.column`, or a file below BUTLER_DATA. */
  where: string;
  /** Rows; of a file 1. */
  count: number;
}

/** Whatever the case; an empty answer means that none of these texts is anywhere. */
export const tracesInTables = async (sql: Executor, texts: readonly string[]): Promise<Trace[]> => {
  const needles = texts.flatMap(spellings).map((text) => text.toLowerCase());
  const traces: Trace[] = [];
  for (const [table, columns] of grouped(await allColumns(sql))) {
    const worded = columns
      .filter(({ type }) => !wordless.includes(type))
      .map(({ column }) => column);
    if (worded.length === 0) continue;
    // One look at each table: a row's texts by column, and those in which one of these is found.
    const rows = await sql<{ column: string; count: number }[]>`
      select texts.key as "column", count(*)::int as count
      from (select ${sql(worded)} from butler.${sql(table)}) as searched,
        jsonb_each_text(to_jsonb(searched)) as texts
      where exists (select from jsonb_array_elements_text(${sql.json(needles)}) as needle
        where strpos(lower(texts.value), needle) > 0)
      group by texts.key order by texts.key`;
    traces.push(...rows.map(({ column, count }) => ({ where: `${table}.${column}`, count })));
  }
  return traces;
};

const pieceBytes = 256 * 1024;

const holds = async (file: string, needles: readonly Buffer[]): Promise<boolean> => {
  const longest = Math.max(...needles.map(({ length }) => length));
  let before: Buffer = Buffer.alloc(0);
  for await (const piece of createReadStream(file, { highWaterMark: pieceBytes })) {
    const text: Buffer =
      before.length === 0 ? (piece as Buffer) : Buffer.concat([before, piece as Buffer]);
    if (needles.some((needle) => text.includes(needle))) return true;
    before = text.subarray(Math.max(0, text.length - longest));
  }
  return false;
};

/**
 * Files that hold one of these texts as it is spelled here.
 * @param skip names directly below the folder that are left out.
 */
export const tracesInFiles = async (
  folder: string,
  texts: readonly string[],
  skip: readonly string[] = [],
): Promise<Trace[]> => {
  const needles = texts.flatMap(spellings).map((text) => Buffer.from(text));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const traces: Trace[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const below = path.relative(folder, file);
    if (skip.includes(below.split(path.sep)[0] ?? '')) continue;
    // A file that went away meanwhile holds nothing.
    if (await holds(file, needles).catch(() => false)) traces.push({ where: below, count: 1 });
  }
  return traces;
};
